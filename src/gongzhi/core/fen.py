"""The fen: the smallest money there is, and money as sentences write it."""

from decimal import Decimal
from fractions import Fraction

from gongzhi.core.terms import Money

FEN = Decimal("0.01")


def is_whole_fen(amount: Money) -> bool:
    """Whether an amount has no part of a fen; it is finite."""
    return amount == amount.quantize(FEN)


def grouped(amount: Money | Fraction | float) -> str:
    """An amount as sentences write it: thousands apart, no fen where there are none."""
    exact = float(amount) if isinstance(amount, Fraction) else amount
    return f"{exact:,.2f}".removesuffix(".00")
