"""What a file says of a negotiation, part by part, before anything of it is understood.

Both kinds of files become the same parts: each value a text with its place.
"""

from dataclasses import dataclass, field
from typing import TypeAlias

from gongzhi.core.terms import Problem, Said, Where

TEXT_MAX, NAME_MAX, PATH_MAX = 2000, 100, 200
NOWHERE = Where()


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A value as it stands in the file; in JSON the path says where."""

    text: str
    where: Where = NOWHERE
    path: str = ""

    def problem(self, what: Said, hint: Said) -> Problem:
        """What is wrong here."""
        if self.path:
            what = Said("{path}：{what}", {"path": self.path[:PATH_MAX], "what": what})
        return Problem(where=self.where, what=what, hint=hint)


Row: TypeAlias = dict[str, Leaf]


@dataclass(slots=True, kw_only=True)
class Parts:
    """All that a file says: rows of values by the names of fields; amounts name side and option.

    amounts: side, field (worth, floors, offered, accepts), option, value. scores: side, criterion,
    option, value. costs: what, side, what it needs. support: round (from 1), side, option, value.
    """

    facts: Row = field(default_factory=dict)
    options: list[Row] = field(default_factory=list)
    criteria: list[Row] = field(default_factory=list)
    sides: list[Row] = field(default_factory=list)
    amounts: list[tuple[Leaf, str, Leaf, Leaf]] = field(default_factory=list)
    scores: list[tuple[Leaf, Leaf, Leaf, Leaf]] = field(default_factory=list)
    points: list[tuple[Leaf, Leaf, Leaf]] = field(default_factory=list)
    judgements: list[tuple[Leaf, Leaf, Leaf, Leaf]] = field(default_factory=list)
    support: list[tuple[int, Leaf, Leaf, Leaf]] = field(default_factory=list)
    costs: list[tuple[Leaf, Leaf, Leaf]] = field(default_factory=list)
    dissents: list[tuple[int, Leaf, Leaf]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
