"""What sides state as whole fen or exact points, and both as people read them."""

from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from gongzhi.core.balance.negotiating.case import Measure, Side
from gongzhi.core.fen import grouped
from gongzhi.core.terms import Said

Value: TypeAlias = Fraction | int  # whole fen, or points
FEN_IN_YUAN = 100
POINTS_SHOWN = Decimal("0.01")


def valued(amount: Decimal, measure: Measure) -> Value:
    """An amount as it is computed with."""
    return in_fen(amount) if measure is Measure.MONEY else Fraction(amount)


def in_fen(amount: Decimal) -> int:
    """Yuan as whole fen."""
    return int(amount * FEN_IN_YUAN)


def in_yuan(fen: int) -> Decimal:
    """Whole fen as yuan with two decimals."""
    return Decimal(fen).scaleb(-2)


def yuan(fen: Value) -> Said:
    """Money in words."""
    return Said("{amount} 元", {"amount": grouped(in_yuan(int(fen)))})


def points(value: Value) -> Said:
    """Points in words."""
    shown = Decimal(value.numerator) / Decimal(value.denominator)
    return Said("{points} 分", {"points": shown.quantize(POINTS_SHOWN)})


def worded(value: Value, side: Side) -> Said:
    """A worth, a limit or a gain of a side in words."""
    return yuan(value) if side.measure is Measure.MONEY else points(value)


def percent(share: Fraction) -> str:
    """A share as people read it."""
    return f"{float(share) * 100:.0f}%"
