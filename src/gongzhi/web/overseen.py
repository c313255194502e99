"""What is late with those whom a reader oversees: by how much, by which clause, who has to do it.

This list stays inside: whoever may read the things themselves sees them here, nobody else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from gongzhi.core.charter import Member
from gongzhi.core.waiting import Clock, Urgency, clock_of
from gongzhi.cycle import alerts_waiting as alerts
from gongzhi.cycle import calls_waiting as calls
from gongzhi.cycle import disclosure_due as disclosures
from gongzhi.cycle import goal_waiting as goals
from gongzhi.cycle import inquiry_waiting as inquiries
from gongzhi.cycle import rectification_waiting as rectifications
from gongzhi.cycle import self_evaluations_due as self_evaluations
from gongzhi.cycle.models import Project
from gongzhi.desk import waiting as desk
from gongzhi.forum import meeting_waiting as meetings
from gongzhi.forum import remarks_waiting as remarks
from gongzhi.forum import voice_waiting as voices
from gongzhi.parties.models import Organisation
from gongzhi.parties.rooms import Room, waiting_in_all
from gongzhi.rules.calendar import load_calendar
from gongzhi.web.waiting import Item

# One line for each room in which something waits for those whom somebody oversees.
ROOMS: tuple[Room, ...] = (
    alerts.waiting_within,
    disclosures.waiting_within,
    calls.waiting_within,
    goals.waiting_within,
    inquiries.waiting_within,
    voices.waiting_within,
    meetings.waiting_within,
    rectifications.waiting_within,
    remarks.waiting_within,
    self_evaluations.waiting_within,
    desk.waiting_within,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LateUnit:
    """A unit with what it is late with, the latest first."""

    unit: Organisation
    items: tuple[Item, ...]

    @property
    def worst(self) -> Clock:
        """The clock of what is latest."""
        return self.items[0].clock


def oversees(member: Member) -> bool:
    """Whether the member oversees anybody's projects but their own organisation's."""
    if member.organisation is None:
        return False
    overseen = Project.objects.visible_to(member).overseen_by(member)
    return bool(overseen.exclude(unit=member.organisation).exists())


def late_items(member: Member, *, today: date) -> tuple[Item, ...]:
    """Everything that others are late with and that the member oversees, the latest first."""
    waiting = waiting_in_all(ROOMS, member, today=today)
    calendar = load_calendar()
    clocks = ((each, clock_of(each, today=today, calendar=calendar)) for each in waiting)
    late = [
        Item(waiting=each, clock=clock, mine=False)
        for each, clock in clocks
        if clock.urgency is Urgency.OVERDUE
    ]
    return tuple(sorted(late, key=_order))


def late_units(member: Member, items: Sequence[Item]) -> tuple[LateUnit, ...]:
    """What is late by unit: who is late with most things first."""
    by_unit: Mapping[str, list[Item]] = {
        unit: list(mine) for unit, mine in groupby(sorted(items, key=_unit), key=_unit) if unit
    }
    known = Organisation.objects.visible_to(member).select_related("parent")
    units = known.in_bulk([UUID(unit) for unit in by_unit])
    found = [
        LateUnit(unit=units[UUID(unit)], items=tuple(sorted(mine, key=_order)))
        for unit, mine in by_unit.items()
        if UUID(unit) in units
    ]
    return tuple(sorted(found, key=lambda each: (-len(each.items), each.unit.code)))


def _unit(item: Item) -> str:
    return item.waiting.organisation or ""


def _order(item: Item) -> tuple[date, str]:
    return (item.waiting.due_on or date.max, item.waiting.thing.id)
