"""Invented identity numbers and registration codes with right check digits."""

from stdnum.cn import ric, uscc

# Place and day of birth that nobody has: Beijing's first district, 1 January 1900.
BEGINNING = "11010119000101"


def identity_number(human: int) -> str:
    """An identity number for the n-th invented human."""
    number = f"{BEGINNING}{human:03}"
    return number + ric.calc_check_digit(f"{number}?")


def credit_code(number: int, *, registered_by: str = "5", kind: str = "1") -> str:
    """A unified social credit code; the first digits say who registered what."""
    code = f"{registered_by}{kind}990100MJ{number:07}"
    return code + uscc.calc_check_digit(code)
