"""Meetings by rule: on which days a series meets, when it is quorate, when a resolution passes.

Shares are exact: more than half of five is three, and of six four.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from gongzhi.core.working_days import Calendar

DAY = timedelta(days=1)
WEEK = 7
MONTHS = 12
LAST = 5  # the fifth of a weekday is the last one: no month has a sixth


class MeetingStage(StrEnum):
    """How far a meeting got."""

    PLANNED = "planned"
    CONVENED = "convened"  # the papers are out
    IN_SESSION = "in_session"
    DRAFTED = "drafted"  # the minutes lie with those who were there
    PUBLISHED = "published"
    CANCELLED = "cancelled"


class AttendanceStage(StrEnum):
    """How far somebody's part in a meeting got."""

    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    PRESENT = "present"
    ABSENT = "absent"
    ASKED = "asked"  # was there, and is asked to confirm the minutes
    CONFIRMED = "confirmed"
    CALLED_OFF = "called_off"


# Whoever was there, whatever became of the minutes since.
WERE_THERE = (AttendanceStage.PRESENT, AttendanceStage.ASKED, AttendanceStage.CONFIRMED)


class Vote(StrEnum):
    """What a member says to a resolution."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Monthly:
    """The nth of a weekday in each month: 1 to 4, or the last (5); Monday is 1."""

    nth: int
    weekday: int

    def of(self, year: int, month: int) -> date:
        """The day in a month."""
        first = date(year, month, 1)
        day = first + timedelta(days=(self.weekday - first.isoweekday()) % WEEK)
        day += timedelta(weeks=self.nth - 1)
        return day if day.month == month else day - timedelta(weeks=1)


def meeting_days(rule: Monthly, *, after: date, calendar: Calendar) -> Iterator[date]:
    """The days after a day on which a series meets; a day off moves to the next working day."""
    year, month = after.year, after.month
    while True:
        day = rule.of(year, month)
        while not calendar.works_on(day):
            day += DAY
        if day > after:
            yield day
        year, month = (year + 1, 1) if month == MONTHS else (year, month + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """More than a part of the whole; or at least that part, where it suffices."""

    part: Fraction
    suffices: bool

    def least(self, whole: int) -> int:
        """How many are needed; nobody is never enough."""
        exact = self.part * whole
        needed = -(-exact.numerator // exact.denominator)
        if not self.suffices and needed == exact:
            needed += 1
        return max(needed, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quorum:
    """How many with a vote there are, how many were there, and how many have to be."""

    members: int
    present: int
    needed: int

    @property
    def is_met(self) -> bool:
        """Whether those who are there may decide."""
        return self.present >= self.needed


def quorum_of(*, members: int, present: int, share: Share, own: int | None = None) -> Quorum:
    """The quorum by the body's own number, else by the rule."""
    needed = own if own is not None else share.least(members)
    return Quorum(members=members, present=present, needed=needed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The votes on a resolution."""

    votes_for: int
    against: int
    abstained: int

    def passes(self, *, present: int, share: Share) -> bool:
        """Whether enough of those with a vote who are there are for it; silence isn't for it."""
        return self.votes_for >= share.least(present)


def tally_of(votes: Iterator[str] | list[str]) -> Tally:
    """The votes counted."""
    given = list(votes)
    return Tally(
        votes_for=given.count(Vote.FOR),
        against=given.count(Vote.AGAINST),
        abstained=given.count(Vote.ABSTAIN),
    )
