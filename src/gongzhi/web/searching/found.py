"""What a search finds: lines, and the kinds that they are grouped by."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from gongzhi.core.terms import Said, Text
from gongzhi.parties.deed_lists import Count
from gongzhi.web.shown import Piece

FOUND_MAX = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A line: what it is called, where it leads, and what else is told of it."""

    name: tuple[Piece, ...]
    address: str
    code: tuple[Piece, ...] = ()
    unit: str = ""
    notes: tuple[Said | Text | str, ...] = ()
    beside: Mapping[str, str] = field(default_factory=dict)
    in_chinese: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The keys of what was found, the best first, and whose they are."""

    keys: Sequence[object] = ()
    more: bool = False
    units: Mapping[UUID, int] = field(default_factory=Counter)

    @property
    def count(self) -> Count:
        """How many there are."""
        return Count(number=len(self.keys), more=self.more)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A kind with how much of it was found, some of it, and the address of all of it."""

    kind: str
    name: str
    count: Count
    hits: Sequence[Hit]
    address: str
