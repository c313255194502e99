"""The year's days: on which money moves, when readings are called for and handed in."""

from datetime import date, timedelta
from functools import cache

from gongzhi.city.invented.values import Call
from gongzhi.core.monitoring.figures import end_of
from gongzhi.core.monitoring.plan import MONTHS
from gongzhi.core.working_days import due_on
from gongzhi.rules.calendar import load_calendar

YEAR = 2026
DUE_AFTER = 5  # working days after the month
LAST_READ_ON = date(YEAR, MONTHS, 28)  # the year's last readings are taken before it ends
LAST_CALL = (date(YEAR, MONTHS, 21), date(YEAR, MONTHS, 31))
LAST_DAY = date(YEAR, MONTHS, 31)
LIVES_UNTIL = date(YEAR + 1, 8, 31)  # the year is judged, and the next one decided, by then
ROUNDS = (2, 4, 6, 8, 10, 12)  # months in which every project is read


@cache
def working_days(year: int, month: int) -> tuple[date, ...]:
    """The days of a month on which offices, and the treasury, are open."""
    calendar, first, last = load_calendar(), date(year, month, 1), end_of(year, month)
    days = (first + timedelta(days=each) for each in range((last - first).days + 1))
    return tuple(day for day in days if calendar.works_on(day))


@cache
def read_on(month: int) -> date:
    """The last day of the period that a reading of a month is about."""
    return LAST_READ_ON if month == MONTHS else end_of(YEAR, month)


@cache
def handed_in(month: int, after: int) -> date:
    """The day so many working days after a month's readings were taken; never after the year."""
    day = due_on(read_on(month), working_days=after, calendar=load_calendar()).on
    return min(day, LAST_DAY)


@cache
def calls() -> tuple[Call, ...]:
    """The calls for readings of the year, one a month."""
    usual = tuple(
        Call(month=month, opened_on=handed_in(month, 1), due_on=handed_in(month, DUE_AFTER))
        for month in range(1, MONTHS)
    )
    return (*usual, Call(month=MONTHS, opened_on=LAST_CALL[0], due_on=LAST_CALL[1]))
