"""A figure that answers for itself: a number with its unit, and how it came of its parts.

A part is a figure in turn, found by its name, or a row somebody brought. `worked_out` does the sum
again from the parts: a figure whose parts say something else than the figure isn't one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from gongzhi.core.terms import Said

NOTHING = Decimal(0)


class Unit(StrEnum):
    """What a figure counts."""

    MONEY = "money"
    SHARE = "share"  # 0–1, shown in per cent
    GAP = "gap"  # a difference of shares, shown in points
    NUMBER = "number"


class Way(StrEnum):
    """How a figure comes of its parts."""

    GIVEN = "given"  # somebody said so
    RULED = "ruled"  # by rules that see more than the parts: recomputed as a whole
    SUM = "sum"
    PRODUCT = "product"
    QUOTIENT = "quotient"  # the first ÷ the second
    DIFFERENCE = "difference"  # the first − the second
    MEAN = "mean"  # weighted


class FigureName(NamedTuple):
    """What a figure of a thing is called: which one, by the end of which month, of which line."""

    what: str
    month: int | None = None
    indicator: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a figure is made of: its name, its value, its weight in a mean.

    figure is its own name where it is one of the same thing; key tells it from its neighbours where
    it is a row or another thing's.
    """

    name: Said | str
    value: Decimal | None
    unit: Unit
    weight: Decimal | None = None
    figure: FigureName | None = None
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number, or None where there is none, with how it came about.

    formula says it in words; at_most is the value that it is cut off at; measure is what it counts,
    words what stands instead of a number.
    """

    name: FigureName
    title: Said
    value: Decimal | None
    unit: Unit
    way: Way
    formula: Said
    parts: tuple[Part, ...] = ()
    at_most: Decimal | None = None
    measure: str = ""
    words: str = ""

    @property
    def as_part(self) -> Part:
        """The figure as something that another is made of."""
        return Part(name=self.title, value=self.value, unit=self.unit, figure=self.name)

    def measured(self, measure: str) -> "Figure":
        """The same, with what it counts."""
        return replace(self, measure=measure)

    def valued(self, value: Decimal | None) -> "Figure":
        """The same with its value."""
        return replace(self, value=value)


def worked_out(figure: Figure) -> Decimal | None:
    """The sum done again; None where the parts alone don't make the figure, or one is missing."""
    work = WORK.get(figure.way)
    values = [part.value for part in figure.parts]
    known = [value for value in values if value is not None]
    if work is None or len(known) < len(values):
        return None
    weights = [NOTHING if part.weight is None else part.weight for part in figure.parts]
    result = work(known, weights)
    if result is None or figure.at_most is None:
        return result
    return min(result, figure.at_most)


Values = Sequence[Decimal]


def _product(values: Values, _weights: Values) -> Decimal:
    result = Decimal(1)
    for value in values:
        result *= value
    return result


def _quotient(values: Values, _weights: Values) -> Decimal | None:
    part, whole = values
    return part / whole if whole else None


def _difference(values: Values, _weights: Values) -> Decimal:
    first, second = values
    return first - second


def _mean(values: Values, weights: Values) -> Decimal | None:
    whole = sum(weights, start=NOTHING)
    total = sum((v * w for v, w in zip(values, weights, strict=True)), start=NOTHING)
    return total / whole if whole else None


WORK: Mapping[Way, Callable[[Values, Values], Decimal | None]] = {
    Way.SUM: lambda values, _weights: sum(values, start=NOTHING),
    Way.PRODUCT: _product,
    Way.QUOTIENT: _quotient,
    Way.DIFFERENCE: _difference,
    Way.MEAN: _mean,
}
