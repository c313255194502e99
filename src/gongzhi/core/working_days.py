"""Deadlines in working days: which day ends a period, and how many days are left.

The day on which a period opens is not counted; a period of n working days ends with its n-th.
A year whose holidays aren't published yet is counted by its weekends and called provisional:
the day may move once the notice is out, and whoever reads it must know that.
"""

from dataclasses import dataclass
from datetime import date, timedelta

SATURDAY = 5
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Days off, weekends that are worked all the same, and the years that are known at all."""

    holidays: frozenset[date]
    extra_workdays: frozenset[date]
    years: frozenset[int]

    def works_on(self, day: date) -> bool:
        """Whether offices are open that day."""
        is_weekday = day.weekday() < SATURDAY
        return day in self.extra_workdays or (is_weekday and day not in self.holidays)

    def knows(self, first: date, last: date) -> bool:
        """Whether every year from the one day to the other has been published."""
        return self.years.issuperset(range(first.year, last.year + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The last day of a period; provisional while a year in it isn't published."""

    on: date
    provisional: bool


def due_on(opened_on: date, *, working_days: int, calendar: Calendar) -> Due:
    """The day on which a period of so many working days ends."""
    assert working_days >= 0, "a period doesn't run backwards"
    day, left = opened_on, working_days
    while left:
        day += DAY
        left -= calendar.works_on(day)
    return Due(on=day, provisional=not calendar.knows(opened_on, day))


def working_days_between(first: date, last: date, *, calendar: Calendar) -> int:
    """The working days after the first day up to the last; negative where the last lies before."""
    if last < first:
        return -working_days_between(last, first, calendar=calendar)
    span = (last - first).days
    return sum(calendar.works_on(first + timedelta(days=n)) for n in range(1, span + 1))
