"""What a letter tells the evaluated of a result: the lines that lost points, and why.

The letter keeps what it said: a sheet that changes later changes no letter.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from gongzhi.core.scoring.sheet import SheetScore
from gongzhi.core.terms import Points, Ratio, Text

FULL = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFound:
    """A line that lost points: by whose evaluation, how many of how many, for what reason."""

    evaluation: str
    line: str
    level1: Text
    name: Text
    weight: Points
    points: Points
    reason: str

    @property
    def key(self) -> str:
        """What names it among those of a letter."""
        return f"{self.evaluation}:{self.line}"

    @property
    def lost(self) -> Points:
        """The points that it lost."""
        return self.weight - self.points

    def is_grave(self, *, below: Ratio) -> bool:
        """Whether it earned less than that share of its weight."""
        return self.points < self.weight * below


def lines_found(score: SheetScore, *, evaluation: str) -> tuple[LineFound, ...]:
    """The lines of a sheet that lost points, in their order."""
    return tuple(
        LineFound(
            evaluation=evaluation,
            line=each.line.code,
            level1=each.line.level1,
            name=each.line.name,
            weight=each.line.weight,
            points=each.points,
            reason=each.reason,
        )
        for each in score.lines
        if each.points is not None and each.points < each.line.weight
    )


def lines_as_record(lines: Iterable[LineFound]) -> list[dict[str, Any]]:
    """The lines as a letter keeps them."""
    return [
        {
            "evaluation": each.evaluation,
            "line": each.line,
            "level1": {"zh": each.level1.zh, "en": each.level1.en},
            "name": {"zh": each.name.zh, "en": each.name.en},
            "weight": str(each.weight),
            "points": str(each.points),
            "reason": each.reason,
        }
        for each in lines
    ]


def lines_from_record(kept: Iterable[Mapping[str, Any]]) -> tuple[LineFound, ...]:
    """The same, read back."""
    return tuple(
        LineFound(
            evaluation=each["evaluation"],
            line=each["line"],
            level1=Text(**each["level1"]),
            name=Text(**each["name"]),
            weight=Decimal(each["weight"]),
            points=Decimal(each["points"]),
            reason=each["reason"],
        )
        for each in kept
    )
