"""Shares, points and amounts as sentences and sums show them."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from gongzhi.core.monitoring.plan import MONTHS
from gongzhi.core.terms import FiscalYear, Money, Ratio

TENTH = Decimal("0.1")
CENT = Decimal("0.01")
HUNDRED = 100
LARGEST = Decimal(10) ** 20
DAY = timedelta(days=1)
NOTHING = Decimal(0)
WHOLE = Decimal(1)


def percent(share: Ratio) -> Decimal:
    """A share in per cent, to one place."""
    return rounded(share * HUNDRED, TENTH)


def shown(value: Decimal) -> str:
    """A figure without exponent and idle zeros, with at most two places."""
    short = rounded(value, CENT)
    return f"{short.normalize():,f}" if short else "0"


def rounded(value: Decimal, places: Decimal) -> Decimal:
    """Rounded to be shown; what is larger than any honest figure has no places anyway."""
    return value.quantize(places, ROUND_HALF_UP) if abs(value) < LARGEST else value


def in_percent(share: Ratio) -> str:
    """A share as sums show it: 62.5%."""
    return f"{shown(percent(share))}%"


def quotient(part: Money, whole: Money) -> str:
    """A division with its result: 620 ÷ 1,000 = 62%."""
    return f"{shown(part)} ÷ {shown(whole)} = {in_percent(part / whole)}"


def end_of(year: FiscalYear, month: int) -> date:
    """The last day of a month."""
    if month == MONTHS:
        return date(year, MONTHS, 31)
    return date(year, month + 1, 1) - DAY


def month_of(today: date, *, year: FiscalYear) -> int:
    """The month of a fiscal year that a day falls into: 0 before it, 12 after it."""
    if today.year != year:
        return 0 if today.year < year else MONTHS
    return today.month


def months_ended(today: date, *, year: FiscalYear) -> int:
    """How many months of a fiscal year are over at the end of a day."""
    month = month_of(today, year=year)
    is_over = today.year != year or (today + DAY).month != today.month
    return month if is_over else month - 1
