"""Where a year will end: three methods, their intervals, and how good they were."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongzhi.core.monitoring import how_good, seasons_of
from gongzhi.core.monitoring.forecast import Method, forecast

shares = st.lists(st.floats(0, 1.2), min_size=12, max_size=12).map(sorted)
EVEN = [month / 12 for month in range(1, 13)]
LATE = [0.0] * 9 + [0.3, 0.6, 1.0]


def history(*courses, neighbours=20, least=10):
    return seasons_of(courses, level=0.8, neighbours=neighbours, least=least)


def test_with_neither_history_nor_plan_the_pace_goes_on():
    found = forecast(0.3, month=6)
    assert (found.method, found.level) == (Method.EVEN, None)
    assert [found.low, found.expected, found.high] == pytest.approx([0.45, 0.6, 0.9])


def test_with_a_plan_the_rest_comes_as_planned_at_the_pace_so_far():
    planned = [0.1] * 9 + [0.4, 0.7, 1.0]
    found = forecast(0.05, month=6, planned=planned)
    assert found.method is Method.PLANNED
    assert [found.low, found.expected, found.high] == pytest.approx([0.275, 0.5, 0.95])
    ahead = forecast(0.2, month=6, planned=planned)
    assert ahead.expected == 1.0  # no faster than planned, and no further than the whole


def test_a_year_that_is_over_ends_where_it_stands():
    found = forecast(0.83, month=12)
    assert (found.low, found.expected, found.high) == (0.83, 0.83, 0.83)


def test_what_exceeds_the_whole_already_stays_there():
    assert forecast(1.1, month=6).expected == 1.1


def test_those_that_pay_late_are_foreseen_to_pay_late():
    seasons = history(*[("补助", LATE)] * 12, *[("工程", EVEN)] * 12)
    late = forecast(0.0, month=9, category="补助", seasons=seasons)
    even = forecast(0.75, month=9, category="工程", seasons=seasons)
    assert (late.method, late.expected, late.level) == (Method.SEASONAL, 1.0, 0.8)
    assert even.expected == pytest.approx(1.0)


def test_a_class_with_little_history_learns_from_all_classes():
    seasons = history(("新类", EVEN), *[("工程", LATE)] * 12)
    assert (
        forecast(0.0, month=9, category="新类", seasons=seasons).courses == 12
    )  # it stood at 0 like them
    assert forecast(0.0, month=9, category="新类", seasons=history(("新类", EVEN))).level is None


def test_only_the_nearest_courses_count():
    far = [("", [0.9] * 12)] * 30
    near = [("", LATE)] * 30
    found = forecast(0.0, month=8, seasons=history(*far, *near))
    assert (found.courses, found.low, found.high) == (30, 1.0, 1.0)


@settings(max_examples=60)
@given(courses=st.lists(shares, min_size=1, max_size=30), mine=shares, month=st.integers(1, 12))
def test_an_interval_holds_its_middle_and_starts_no_lower_than_now(courses, mine, month):
    now = mine[month - 1]
    seasons = history(*[("", course) for course in courses], least=1)
    for found in (
        forecast(now, month=month, seasons=seasons),
        forecast(now, month=month, planned=mine),
        forecast(now, month=month),
    ):
        assert now - 1e-9 <= found.low <= found.expected <= found.high <= max(1.0, now) + 1e-9


def test_all_that_stood_as_near_count_and_not_only_the_first_of_them():
    """At nothing in March stand those that never begin and those that pay it all in December."""
    never, late = [("", [0.0] * 12)] * 60, [("", LATE)] * 60
    found = forecast(0.0, month=3, seasons=history(*never, *late))
    assert (found.low, found.expected, found.high) == (0.0, 0.5, 1.0)


def test_what_has_begun_is_not_compared_with_what_has_not():
    never = [("", [0.0] * 12)] * 60
    begun = [("", [0.5 + month / 24 for month in range(1, 13)])] * 20
    assert forecast(0.01, month=3, seasons=history(*never, *begun)).low > 0.3


@settings(max_examples=60)
@given(courses=st.lists(shares, min_size=5, max_size=30), now=st.floats(0.01, 1.2))
def test_the_nearest_are_those_that_an_honest_search_finds(courses, now):
    seasons = history(*[("", course) for course in courses], neighbours=5, least=1)
    begun = [course for course in courses if course[5] > 0] or courses
    width = sorted(abs(course[5] - now) for course in begun)[:5][-1] + 1e-9
    ends = [now + each[-1] - each[5] for each in begun if abs(each[5] - now) <= width]
    found = forecast(now, month=6, seasons=seasons)
    most = max(now, 1.0)
    assert min(*ends, most) - 1e-6 <= found.low
    assert found.high <= min(max(ends), most) + 1e-6


def test_an_interval_of_four_fifths_holds_four_fifths_of_what_comes():
    chance = random.Random(5)  # noqa: S311

    def course():
        power, end = chance.uniform(0.6, 2.5), chance.uniform(0.5, 1)
        return [end * (month / 12) ** power for month in range(1, 13)]

    seasons = seasons_of([("", course()) for _ in range(600)], level=0.8, neighbours=40, least=40)
    coming = [course() for _ in range(600)]
    for month in (3, 6, 9):
        found = [forecast(each[month - 1], month=month, seasons=seasons) for each in coming]
        quality = how_good(found, [each[-1] for each in coming])
        assert 0.75 < quality.coverage < 0.87
        assert quality.mean_abs_error < 0.14


def test_how_good_counts_what_came():
    found = [forecast(0.3, month=6), forecast(0.3, month=6)]
    quality = how_good(found, [0.7, 0.2])
    assert (quality.count, quality.coverage) == (2, 0.5)
    assert quality.mean_abs_error == pytest.approx(0.25)
    assert quality.bias == pytest.approx(0.15)
    assert quality.width == pytest.approx(0.45)
    assert how_good([], []) is None


def test_an_unfinished_year_is_no_history():
    with pytest.raises(AssertionError, match="finished"):
        history(("", [0.1] * 6))
