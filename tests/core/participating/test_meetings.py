"""Meetings by rule: days, quorum, majority."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.participating.meetings import (
    Monthly,
    Share,
    Tally,
    meeting_days,
    quorum_of,
    tally_of,
)
from gongzhi.core.working_days import Calendar

MORE_THAN_HALF = Share(part=Fraction(1, 2), suffices=False)
TWO_THIRDS = Share(part=Fraction(2, 3), suffices=True)
NO_HOLIDAYS = Calendar(holidays=frozenset(), extra_workdays=frozenset(), years=frozenset())
WEDNESDAY = 3


@pytest.mark.parametrize(
    ("year", "month", "nth", "day"),
    [(2026, 2, 1, 4), (2026, 7, 1, 1), (2026, 8, 1, 5), (2026, 9, 5, 30), (2026, 8, 5, 26)],
)
def test_the_nth_wednesday_and_the_last_one(year, month, nth, day):
    assert Monthly(nth=nth, weekday=WEDNESDAY).of(year, month) == date(year, month, day)


def test_a_series_goes_on_month_by_month_over_the_end_of_the_year():
    days = meeting_days(
        Monthly(nth=1, weekday=WEDNESDAY), after=date(2026, 11, 4), calendar=NO_HOLIDAYS
    )
    assert [*islice(days, 3)] == [date(2026, 12, 2), date(2027, 1, 6), date(2027, 2, 3)]


def test_a_day_off_moves_to_the_next_working_day():
    off = frozenset({date(2026, 10, 7), date(2026, 10, 8)})
    calendar = Calendar(holidays=off, extra_workdays=frozenset(), years=frozenset())
    days = meeting_days(
        Monthly(nth=1, weekday=WEDNESDAY), after=date(2026, 9, 2), calendar=calendar
    )
    assert next(days) == date(2026, 10, 9)


@given(
    nth=st.integers(1, 5), weekday=st.integers(1, 7),
    after=st.dates(date(2020, 1, 1), date(2040, 1, 1)),
)  # fmt: skip
def test_days_of_a_series_are_working_days_each_in_its_order(nth, weekday, after):
    rule = Monthly(nth=nth, weekday=weekday)
    days = [*islice(meeting_days(rule, after=after, calendar=NO_HOLIDAYS), 4)]
    assert days == sorted(set(days))
    assert all(day > after and NO_HOLIDAYS.works_on(day) for day in days)
    assert (days[0] - after) <= timedelta(days=63)


@pytest.mark.parametrize(
    ("share", "whole", "least"),
    [
        (MORE_THAN_HALF, 5, 3),
        (MORE_THAN_HALF, 6, 4),
        (MORE_THAN_HALF, 1, 1),
        (TWO_THIRDS, 9, 6),
        (TWO_THIRDS, 10, 7),
        (MORE_THAN_HALF, 0, 1),
    ],
)
def test_how_many_are_enough(share, whole, least):
    assert share.least(whole) == least


@given(part=st.fractions(0, 1), suffices=st.booleans(), whole=st.integers(1, 500))
def test_the_least_that_is_enough_is_enough_and_one_less_is_not(part, suffices, whole):
    share = Share(part=part, suffices=suffices)
    least = share.least(whole)

    def enough(count: int) -> bool:
        return count >= part * whole if suffices else count > part * whole

    assert enough(least)
    assert least == 1 or not enough(least - 1)


def test_a_body_may_have_a_quorum_of_its_own():
    assert not quorum_of(members=9, present=5, share=MORE_THAN_HALF, own=6).is_met
    assert quorum_of(members=9, present=5, share=MORE_THAN_HALF).is_met


def test_nobody_is_no_quorum():
    assert not quorum_of(members=0, present=0, share=MORE_THAN_HALF).is_met


def test_who_abstains_or_is_silent_is_not_for_it():
    tally = tally_of(["for", "for", "abstain", "against"])
    assert tally == Tally(votes_for=2, against=1, abstained=1)
    assert not tally.passes(present=4, share=MORE_THAN_HALF)
    assert tally.passes(present=3, share=MORE_THAN_HALF)
