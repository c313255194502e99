"""Amounts and days as people say them, in any language: rounded to what one can keep in mind."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from gongzhi.core.monitoring.figures import end_of, rounded
from gongzhi.core.terms import FiscalYear, Money, Said

TEN_THOUSAND, MILLION, HUNDRED_MILLION = Decimal(10) ** 4, Decimal(10) ** 6, Decimal(10) ** 8
YUAN = Said("元")
MONTHS = (
    Said("1 月 {day} 日"),
    Said("2 月 {day} 日"),
    Said("3 月 {day} 日"),
    Said("4 月 {day} 日"),
    Said("5 月 {day} 日"),
    Said("6 月 {day} 日"),
    Said("7 月 {day} 日"),
    Said("8 月 {day} 日"),
    Said("9 月 {day} 日"),
    Said("10 月 {day} 日"),
    Said("11 月 {day} 日"),
    Said("12 月 {day} 日"),
)


def amount_said(amount: Money, *, unit: Said = YUAN) -> Said:
    """An amount in 元, 万元 or 亿元 or another currency's unit; in English in units and millions.

    Under 10,000 to the cent; then to four or five digits, as one says it.
    """
    size = abs(amount)
    if size >= HUNDRED_MILLION:
        shown = _rounded(amount / HUNDRED_MILLION, "0.01")
        return Said(
            "{hundred_millions} 亿{unit}",
            {
                "hundred_millions": f"{shown:,f}",
                "millions": f"{_short(shown * 100):,f}",
                "unit": unit,
            },
        )
    if size >= TEN_THOUSAND:
        shown = _rounded(amount / TEN_THOUSAND, "0.1" if size < MILLION * 10 else "1")
        return Said(
            "{ten_thousands} 万{unit}",
            {
                "ten_thousands": f"{shown:,f}",
                "whole": f"{_short(shown * TEN_THOUSAND):,f}",
                "unit": unit,
            },
        )
    return Said("{amount} {unit}", {"amount": f"{_rounded(amount, '0.01'):,f}", "unit": unit})


def told_until(year: FiscalYear, *, today: date) -> Said:
    """Until which day a year's money is told: today, or the year's last day once it is over."""
    last = min(today, end_of(year, len(MONTHS)))
    return day_said(last, today=last)


def day_said(day: date, *, today: date) -> Said:
    """A day as one says it; the year only where it isn't the present one."""
    short = Said(MONTHS[day.month - 1].text, {"day": day.day})
    if day.year == today.year:
        return short
    return Said("{year} 年 {day}", {"year": day.year, "day": short})


def in_a_row(parts: Sequence[Said | str]) -> Said:
    """Several of a kind, one after the other: 甲、乙、丙."""
    assert parts, "nothing to put in a row"
    row = Said("{first}", {"first": parts[0]})
    for part in parts[1:]:
        row = Said("{first}、{next}", {"first": row, "next": part})
    return row


def _rounded(value: Decimal, places: str) -> Decimal:
    return _short(rounded(value, Decimal(places)))


def _short(value: Decimal) -> Decimal:
    """Without zeros after the point that say nothing."""
    return value.normalize() if value == value.to_integral() else value
