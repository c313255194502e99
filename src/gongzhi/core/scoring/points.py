"""Points: what a row, the execution line or a whole form earns, and on what ground."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from gongzhi.core.terms import Points, Said

CENTS = 100
NOTHING = Decimal(0)


class Basis(StrEnum):
    """On what ground points were given."""

    COMPUTED = "computed"  # from the figures alone
    ACCEPTED = "accepted"  # the stated score, as far as the words allow
    OPEN = "open"  # cannot be told
    NOT_SCORED = "not_scored"  # this paper gives no points here


@dataclass(frozen=True, slots=True, kw_only=True)
class Earned:
    """Points with their ground, their sum in words and in figures.

    Where they are open, least and most say between which points they lie.
    """

    basis: Basis
    said: Said
    points: Points | None = None
    least: Points = NOTHING
    most: Points | None = None
    arithmetic: str | None = None


def share_of(weight: Points, share: Fraction) -> Points:
    """That share of a weight, rounded half up to hundredths, never above the weight."""
    if share.numerator >= share.denominator:
        return weight
    above, below = weight.as_integer_ratio()
    return min(_hundredths(above * share.numerator, below * share.denominator), weight)


def hundredths(value: Fraction) -> Decimal:
    """A number that isn't negative, half up to hundredths."""
    return _hundredths(value.numerator, value.denominator)


def _hundredths(above: int, below: int) -> Decimal:
    return Decimal((2 * CENTS * above + below) // (2 * below)) / CENTS


def certainly(points: Points, *, basis: Basis, said: Said, arithmetic: str | None) -> Earned:
    """Points that are known."""
    return Earned(
        basis=basis, said=said, points=points, least=points, most=points, arithmetic=arithmetic
    )
