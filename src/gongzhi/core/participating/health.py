"""How participation fares: what was asked, and what became of it, in counts that add up.

Everything that was asked has one fate, so asked = answered + open + gave up, in the whole and in
each of its parts.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


class AskedKind(StrEnum):
    """In which way somebody took part."""

    VOICE = "voice"  # a need, a proposal, a suggestion
    OPINION = "panel_opinion"  # of somebody drawn by lot
    TASK = "action_item"  # what a meeting asked somebody to do
    STATEMENT = "statement"  # on a topic
    SURVEY = "survey"  # answers of a survey whose results are published
    MEETING_SEAT = "attendance"
    PANEL_SEAT = "panel_volunteer"


class Fate(StrEnum):
    """What became of something that was asked."""

    OPEN = "open"
    ADOPTED = "adopted"
    PARTLY = "partly"
    REFUSED = "refused"  # with its reason
    DONE = "done"  # results or minutes published, the account given, the seat taken
    WITHDRAWN = "withdrawn"  # taken back, declined, not come
    MERGED = "merged"  # leads to another one
    UNHEARD = "unheard"  # no answer until what it was part of had ended


ADOPTED = frozenset({Fate.ADOPTED, Fate.PARTLY})
ANSWERED = ADOPTED | {Fate.REFUSED, Fate.DONE}
GAVE_UP = frozenset({Fate.WITHDRAWN, Fate.MERGED, Fate.UNHEARD})


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """So many things of a kind, asked of an office within a process in a year, with one fate.

    in_time is None where nothing was answered or no clock ran; changed says that a figure moved.
    """

    kind: AskedKind
    year: int
    office: str
    fate: Fate
    count: int
    process: str = ""
    in_time: bool | None = None
    changed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """Which of what was asked a number counts."""

    fates: frozenset[Fate] = frozenset(Fate)
    in_time: bool | None = None
    changed: bool | None = None

    def takes(self, asked: Asked) -> bool:
        """Whether it counts them."""
        return (
            asked.fate in self.fates
            and self.in_time in (None, asked.in_time)
            and self.changed in (None, asked.changed)
        )


# The numbers, in the order in which tables show them.
COLUMNS: Mapping[str, Column] = {
    "asked": Column(),
    "answered": Column(fates=ANSWERED),
    "in_time": Column(fates=ANSWERED, in_time=True),
    "late": Column(fates=ANSWERED, in_time=False),
    "adopted": Column(fates=ADOPTED),
    "changed": Column(changed=True),
    "refused": Column(fates=frozenset({Fate.REFUSED})),
    "gave_up": Column(fates=GAVE_UP),
    "open": Column(fates=frozenset({Fate.OPEN})),
}

Health = Mapping[str, int]


def health(asked: Iterable[Asked]) -> Health:
    """How many there are of each column."""
    counted = dict.fromkeys(COLUMNS, 0)
    for each in asked:
        for name, column in COLUMNS.items():
            if column.takes(each):
                counted[name] += each.count
    return counted


def health_by(asked: Iterable[Asked], key: Callable[[Asked], Key]) -> dict[Key, Health]:
    """The same for each part; where most was asked first."""
    parts: dict[Key, list[Asked]] = {}
    for each in asked:
        parts.setdefault(key(each), []).append(each)
    found = {part: health(rows) for part, rows in parts.items()}
    return dict(sorted(found.items(), key=lambda item: (-item[1]["asked"], str(item[0]))))
