"""The figures that an institution's money is tied to, out of its projects' indicators."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from gongzhi.core.results.rules import InstitutionFormula, Measured, TiedPart
from gongzhi.core.terms import Ratio

NOTHING, WHOLE, HUNDRED = Decimal(0), Decimal(1), Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredLine:
    """An indicator where it stands: its heading, its weight, what was read, the reached share.

    value is what was read; None for what nobody read.
    """

    key: str
    heading: str
    weight: Decimal | None = None
    value: Decimal | None = None
    reached: Ratio | None = None

    def gives(self, measured: Measured) -> Ratio | None:
        """What it gives to a figure, from 0 to 1; None while nothing is known."""
        found = self.reached
        if measured is Measured.VALUE:
            found = None if self.value is None else self.value / HUNDRED
        return None if found is None else min(max(found, NOTHING), WHOLE)


def measures(
    formula: InstitutionFormula, *, lines: Iterable[MeasuredLine]
) -> Mapping[str, Ratio | None]:
    """Each figure of a formula; None where nothing that it is made of is known."""
    every = tuple(lines)
    return {part.measure: _measure(part, every) for part in formula.parts}


def _measure(part: TiedPart, lines: tuple[MeasuredLine, ...]) -> Ratio | None:
    """The mean by weight; where no line has one, all weigh alike."""
    mine = [line for line in lines if line.heading in part.headings]
    given = [(line.weight, line.gives(part.measured)) for line in mine]
    known = [(weight, share) for weight, share in given if share is not None]
    if not known:
        return None
    weighs = any(weight for weight, _ in known)
    parts = [((weight or NOTHING) if weighs else WHOLE, share) for weight, share in known]
    whole = sum((weight for weight, _ in parts), start=NOTHING)
    return sum((weight * share for weight, share in parts), start=NOTHING) / whole
