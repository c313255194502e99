"""What waits for whom, until when, by which clause; each room says what waits in it.

A room's `waiting_for(member, *, today)` tells these for the member's organisation and person;
whether the member themselves may do it is what the charter answers.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongzhi.core.charter import Thing
from gongzhi.core.terms import Said
from gongzhi.core.working_days import Calendar, working_days_between

SOON_DAYS = 3  # the clock turns amber so many working days before the end


class Urgency(StrEnum):
    """How near the end is; the order is that of a list, the most urgent first."""

    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"
    OPEN = "open"  # no clause sets a day


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Something to be done with a thing: by an organisation, an office's role, or one person.

    `said` says what is to be done, `title` is the thing's name in its people's own words;
    `address_of` is the thing whose page leads there, if it isn't the thing itself.
    """

    verb: str
    thing: Thing
    said: Said
    title: str = ""
    organisation: str | None = None
    role: str | None = None
    person: str | None = None
    opened_on: date
    due_on: date | None = None
    provisional: bool = False
    clause: str | None = None
    address_of: Thing | None = None

    @property
    def place(self) -> Thing:
        """The thing whose page leads there."""
        return self.address_of or self.thing


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """How many working days are left (negative: gone by), and how urgent that is."""

    days: int | None
    urgency: Urgency
    provisional: bool = False

    @property
    def days_late(self) -> int:
        """How many working days too late."""
        return max(0, -(self.days or 0))


def clock_of(waiting: Waiting, *, today: date, calendar: Calendar) -> Clock:
    """The clock of something that waits, as it stands today."""
    if waiting.due_on is None:
        return Clock(days=None, urgency=Urgency.OPEN)
    days = working_days_between(today, waiting.due_on, calendar=calendar)
    if today > waiting.due_on:
        # A day that nobody works on is late too, though no working day has gone by yet.
        return Clock(days=min(days, -1), urgency=Urgency.OVERDUE, provisional=waiting.provisional)
    urgency = Urgency.SOON if days <= SOON_DAYS else Urgency.LATER
    return Clock(days=days, urgency=urgency, provisional=waiting.provisional)
