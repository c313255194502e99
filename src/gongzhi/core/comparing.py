"""A figure among those of similar projects: median, quartiles, its place; nothing under so many.

Quartiles are medians of the halves, the middle one left out of both (Moore & McCabe); all figures
are exact. What is compared is for the caller to choose and to say.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from gongzhi.core.indicators.reach import plain
from gongzhi.core.terms import Said, SaidValues

ENOUGH = 5  # others; ours: below, a place says more of chance than of the project
PERCENT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Where a figure stands: how many others there are, how they lie, how many lie below it."""

    count: int
    median: Decimal
    low: Decimal
    high: Decimal
    least: Decimal
    most: Decimal
    below: int
    alike: int
    mine: Decimal

    @property
    def place(self) -> int:
        """Its place among all from the lowest on; of the same figures, the first."""
        return self.below + 1

    @property
    def from_median(self) -> Decimal:
        """How far from the median, as a share of it."""
        return (self.mine - self.median) / self.median

    @property
    def is_usual(self) -> bool:
        """Whether it lies within the middle half of the others."""
        return self.low <= self.mine <= self.high

    @property
    def said(self) -> Said:
        """Where it stands, in a sentence that judges nothing."""
        values: SaidValues = {
            "count": self.count,
            "place": self.place,
            "all": self.count + 1,
            "share": plain(abs(round(self.from_median * PERCENT, 1))),
        }
        if self.mine == self.median:
            return Said(
                "与 {count} 个同类项目的中位数一样，从低到高排第 {place}（共 {all} 个）", values
            )
        if self.mine > self.median:
            return Said(
                "比 {count} 个同类项目的中位数高 {share}%，从低到高排第 {place}（共 {all} 个）",
                values,
            )
        return Said(
            "比 {count} 个同类项目的中位数低 {share}%，从低到高排第 {place}（共 {all} 个）", values
        )


def compare(mine: Decimal, others: Sequence[Decimal], *, enough: int = ENOUGH) -> Compared | Said:
    """A figure above nothing among others such; or that there are too few to say."""
    if len(others) < enough:
        return Said(
            "同类项目只有 {count} 个，不到 {enough} 个，不比",
            {"count": len(others), "enough": enough},
        )
    assert min(mine, *others) > 0, "costs are above nothing"
    ordered = sorted(others)
    half = len(ordered) // 2
    return Compared(
        count=len(ordered),
        median=_median(ordered),
        low=_median(ordered[:half]),
        high=_median(ordered[-half:]),
        least=ordered[0],
        most=ordered[-1],
        below=sum(each < mine for each in ordered),
        alike=sum(each == mine for each in ordered),
        mine=mine,
    )


def _median(ordered: Sequence[Decimal]) -> Decimal:
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2
