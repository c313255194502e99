"""By when what came about has to be disclosed, and who did so in time (clause 6.9)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from gongzhi.core.terms import Said, Text
from gongzhi.core.working_days import Calendar, Due, due_on


class Label(StrEnum):
    """The class of a field (rules/charter/kinds.toml); only public ones go into a pack."""

    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL = "personal"
    CONFIDENTIAL = "confidential"


class Timeliness(StrEnum):
    """How a duty to disclose was met."""

    IN_TIME = "in_time"
    LATE = "late"
    OVERDUE = "overdue"  # not yet, and the day has gone by
    WAITING = "waiting"


TIMELINESS: Mapping[Timeliness, Said] = {
    Timeliness.IN_TIME: Said("按时公开"),
    Timeliness.LATE: Said("逾期后公开"),
    Timeliness.OVERDUE: Said("逾期未公开"),
    Timeliness.WAITING: Said("还没到期"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRule:
    """A field of a kind of piece: its title, its class, whether it is people's own words."""

    code: str
    title: Text
    label: Label
    words: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRule:
    """A kind of piece: with which occasion it goes, how long after it came about, its fields.

    Without days it has no clock of its own.
    """

    code: str
    name: Text
    occasion: str
    days: int | None
    working: bool
    clause: str
    source: Text
    verified: bool
    fields: tuple[FieldRule, ...]

    def due(self, came_on: date, *, calendar: Calendar) -> Due | None:
        """The last day on which what came about on a day is disclosed in time."""
        if self.days is None:
            return None
        if self.working:
            return due_on(came_on, working_days=self.days, calendar=calendar)
        return Due(on=came_on + timedelta(days=self.days), provisional=False)

    @property
    def public(self) -> tuple[FieldRule, ...]:
        """The fields that go into a pack."""
        return tuple(each for each in self.fields if each.label is Label.PUBLIC)

    @property
    def closed(self) -> tuple[FieldRule, ...]:
        """The fields that never do."""
        return tuple(each for each in self.fields if each.label is not Label.PUBLIC)


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureRules:
    """The occasions and the kinds of pieces; how few people a published count may be about."""

    occasions: Mapping[str, Text]
    kinds: Mapping[str, KindRule]
    least_people: int

    def of(self, occasion: str) -> tuple[KindRule, ...]:
        """The kinds of pieces that go with an occasion, in their order."""
        return tuple(each for each in self.kinds.values() if each.occasion == occasion)


def timeliness(*, due: date, published_on: date | None, today: date) -> Timeliness:
    """How the duty stands on a day."""
    if published_on is not None:
        return Timeliness.IN_TIME if published_on <= due else Timeliness.LATE
    return Timeliness.OVERDUE if today > due else Timeliness.WAITING


def first_due(dues: Iterable[Due | None]) -> Due | None:
    """The earliest of several days; None where nothing has one."""
    return min((each for each in dues if each is not None), key=lambda each: each.on, default=None)
