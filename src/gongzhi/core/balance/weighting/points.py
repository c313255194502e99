"""Weights from points that somebody gave: shares of their sum, exactly."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from gongzhi.core.terms import Said

NEGATIVE = Said("权重分不能是负数，也不能不是数")
NOTHING = Said("权重分加起来是零：至少给一项打分")


def by_points(points: Sequence[Decimal | int]) -> tuple[Fraction, ...] | Said:
    """The share of each; or why there is none."""
    given = [Decimal(each) for each in points]
    if any(not each.is_finite() or each < 0 for each in given):
        return NEGATIVE
    whole = sum(map(Fraction, given))
    if not whole:
        return NOTHING
    return tuple(Fraction(each) / whole for each in given)
