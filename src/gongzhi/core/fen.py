"""The fen: the smallest money there is."""

from decimal import Decimal

from gongzhi.core.terms import Money

FEN = Decimal("0.01")


def is_whole_fen(amount: Money) -> bool:
    """Whether an amount has no part of a fen; it is finite."""
    return amount == amount.quantize(FEN)
