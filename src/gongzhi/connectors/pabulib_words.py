"""Amounts and complaints of pabulib files."""

from decimal import Decimal, InvalidOperation
from fractions import Fraction

from gongzhi.core.terms import Problem, Said, Where

SHOWN_MAX = 60
DIGITS_MAX, DECIMALS_MAX = 18, 6


def bad(what: Said, hint: Said, *, row: int | None = None) -> Problem:
    """A problem at a line of the file."""
    return Problem(where=Where(row=row), what=what, hint=hint)


def amount(text: str) -> Fraction | None:
    """A number that isn't negative, with a point or a comma before its decimals; else None."""
    if len(text) > 2 * DIGITS_MAX:
        return None
    try:
        number = Decimal(text.replace(",", ".").replace(" ", ""))
    except InvalidOperation:
        return None
    if not number.is_finite() or number < 0 or number.adjusted() > DIGITS_MAX:
        return None
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -DECIMALS_MAX:
        return None
    return Fraction(number)


def cleaned(text: str) -> str:
    """A text of the file as it may be shown: in one line, not too long, nothing that steers."""
    shown = "".join(each if each.isprintable() else "�" for each in text)
    return shown if len(shown) <= SHOWN_MAX else shown[: SHOWN_MAX - 1] + "…"
