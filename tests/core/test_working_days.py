"""Periods in working days end on the right day, and say when that day may still move."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.charter import INSTALLATION
from gongzhi.core.terms import Said
from gongzhi.core.waiting import SOON_DAYS, Urgency, Waiting, clock_of
from gongzhi.core.working_days import Calendar, due_on, working_days_between
from gongzhi.rules.calendar import load_calendar

SPRING = {date(2026, 2, 15) + timedelta(days=n) for n in range(9)}
KNOWN = Calendar(
    holidays=frozenset({*SPRING, date(2026, 10, 1), date(2026, 10, 2)}),
    extra_workdays=frozenset({date(2026, 2, 14), date(2026, 2, 28)}),
    years=frozenset({2026}),
)
days = st.dates(date(2025, 6, 1), date(2027, 6, 30))
lengths = st.integers(0, 90)


@pytest.mark.parametrize(
    ("opened", "length", "due"),
    [
        (date(2026, 3, 2), 1, date(2026, 3, 3)),  # Monday: the day of opening isn't counted
        (date(2026, 3, 6), 1, date(2026, 3, 9)),  # Friday: over the weekend
        (date(2026, 3, 7), 1, date(2026, 3, 9)),  # opened on a Saturday
        (date(2026, 2, 13), 1, date(2026, 2, 14)),  # a Saturday that is worked
        (date(2026, 2, 14), 1, date(2026, 2, 24)),  # over the whole Spring Festival
        (date(2026, 2, 13), 10, date(2026, 3, 5)),
        (date(2026, 3, 2), 0, date(2026, 3, 2)),
    ],
)
def test_a_period_ends_with_its_last_working_day(opened: date, length: int, due: date):
    assert due_on(opened, working_days=length, calendar=KNOWN).on == due


def test_the_published_calendar_gives_the_days_that_its_notice_says():
    calendar = load_calendar()

    assert due_on(date(2026, 2, 13), working_days=2, calendar=calendar).on == date(2026, 2, 24)
    assert due_on(date(2026, 9, 30), working_days=1, calendar=calendar).on == date(2026, 10, 8)


@given(days, lengths)
def test_as_many_working_days_lie_between_as_the_period_has(opened: date, length: int):
    due = due_on(opened, working_days=length, calendar=KNOWN)
    assert working_days_between(opened, due.on, calendar=KNOWN) == length


@given(days, st.integers(1, 90))
def test_a_period_ends_on_a_working_day_and_no_earlier_day_would_do(opened: date, length: int):
    due = due_on(opened, working_days=length, calendar=KNOWN).on
    assert KNOWN.works_on(due)
    before = due - timedelta(days=1)
    assert working_days_between(opened, before, calendar=KNOWN) == length - 1


@given(days, lengths, lengths)
def test_two_periods_one_after_the_other_are_one_long_period(opened: date, one: int, two: int):
    first = due_on(opened, working_days=one, calendar=KNOWN).on
    whole = due_on(opened, working_days=one + two, calendar=KNOWN).on
    assert due_on(first, working_days=two, calendar=KNOWN).on == whole


@given(days, days, days)
def test_days_between_add_up_and_turn_their_sign(one: date, two: date, three: date):
    def between(first: date, last: date) -> int:
        return working_days_between(first, last, calendar=KNOWN)

    assert between(one, two) == -between(two, one)
    assert between(one, two) + between(two, three) == between(one, three)


@given(days, lengths)
def test_a_year_that_is_not_published_makes_the_day_provisional(opened: date, length: int):
    due = due_on(opened, working_days=length, calendar=KNOWN)
    assert due.provisional == ({opened.year, due.on.year} != {2026})


@given(st.dates(date(2030, 1, 1), date(2031, 12, 31)))
def test_a_year_that_is_not_published_is_counted_by_its_weekends(day: date):
    assert KNOWN.works_on(day) == (day.weekday() < 5)


def waiting(*, due: date | None) -> Waiting:
    return Waiting(
        verb="share_result",
        thing=INSTALLATION,
        said=Said("某事"),
        opened_on=date(2026, 3, 2),
        due_on=due,
    )


@given(days, days)
def test_a_clock_is_overdue_exactly_after_its_day(today: date, due: date):
    clock = clock_of(waiting(due=due), today=today, calendar=KNOWN)
    assert (clock.urgency is Urgency.OVERDUE) == (today > due)
    assert (clock.days_late > 0) == (today > due)
    if today <= due:
        assert (clock.urgency is Urgency.SOON) == (clock.days <= SOON_DAYS)


def test_without_a_day_nothing_is_late():
    clock = clock_of(waiting(due=None), today=date(2030, 1, 1), calendar=KNOWN)
    assert (clock.days, clock.urgency) == (None, Urgency.OPEN)
