"""Laws of the designs on data made for them, what is refused, and words that claim no cause."""

import re
from math import isnan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongzhi.core.effects import (
    Observed,
    Outcomes,
    before_after,
    difference_in_differences,
    differences,
    outcomes_of,
    synthetic_control,
    synthetic_differences,
)
from gongzhi.core.effects.effect import HEADS, LIMITS, Design, Effect, shown
from gongzhi.core.terms import Said
from gongzhi.words import say

CAUSES = re.compile(r"导致|造成|带来|使得|归功|because|caused|thanks to|owing to", re.IGNORECASE)
DESIGNS = (differences, synthetic_control, synthetic_differences)
FIGURES = st.integers(-1000, 1000).map(float)
SHIFTS = st.integers(-100, 100).map(float)


@st.composite
def panels(draw, *, least=3, most=6):
    others, before, after = draw(st.integers(least, most)), 6, 3
    periods = range(before + after)
    values = {
        f"对照{at}": [draw(st.integers(0, 50)) + 2.0 * period for period in periods]
        for at in range(others)
    }
    return values, before


def outcomes(values, *, before, shift=0.0, level=0.0):
    """The treated is the mean of two others, so that every design can match it."""
    first, second, *_ = values.values()
    mix = [(a + b) / 2 + level for a, b in zip(first, second, strict=True)]
    seen = [value + (shift if at >= before else 0) for at, value in enumerate(mix)]
    rows = [(unit, at, value) for unit, row in values.items() for at, value in enumerate(row)]
    rows += [("本地", at, value) for at, value in enumerate(seen)]
    found = outcomes_of(rows, treated=frozenset({"本地"}), since=before)
    assert isinstance(found, Outcomes)
    return found


@settings(max_examples=25, deadline=None)
@given(panels(), SHIFTS, st.sampled_from(DESIGNS))
def test_a_shift_of_what_came_after_is_the_change_of_the_estimate(panel, shift, design):
    values, before = panel
    without = design(outcomes(values, before=before))
    shifted = design(outcomes(values, before=before, shift=shift))
    assert shifted.estimate - without.estimate == pytest.approx(shift, abs=1e-6)
    assert shifted.low <= shifted.estimate <= shifted.high
    assert 0 < shifted.p <= 1


@settings(max_examples=25, deadline=None)
@given(panels(), SHIFTS)
def test_what_can_be_matched_is_matched(panel, shift):
    values, before = panel
    found = synthetic_control(outcomes(values, before=before, shift=shift))
    assert found.fit == pytest.approx(0, abs=1e-2)


@settings(max_examples=25, deadline=None)
@given(panels(), SHIFTS, st.sampled_from([differences, synthetic_differences]))
def test_a_constant_between_them_is_left_free(panel, level, design):
    values, before = panel
    there = design(outcomes(values, before=before, level=level)).estimate
    assert there == pytest.approx(design(outcomes(values, before=before)).estimate, abs=1e-3)


@given(FIGURES, st.integers(-20, 20), SHIFTS, st.integers(4, 12), st.integers(1, 5))
def test_before_and_after_finds_a_shift_of_a_line(start, slope, shift, before, after):
    line = [(at, start + slope * at) for at in range(before)]
    later = [(at, start + slope * at + shift) for at in range(before, before + after)]
    found = before_after(line + later, since=before)
    assert found.estimate == pytest.approx(shift, abs=1e-6)


@given(st.lists(FIGURES, min_size=8, max_size=20), st.integers(4, 7))
def test_before_and_after_bounds_its_estimate_and_gives_its_course(values, before):
    found = before_after(list(enumerate(values)), since=before)
    assert found.low <= found.estimate <= found.high
    gaps = [each.seen - each.without for each in found.course if each.period >= before]
    assert found.estimate == pytest.approx(sum(gaps) / len(gaps), abs=1e-6)


def test_intervals_of_noise_hold_nothing_about_as_often_as_they_say():
    """Numbers of a fixed generator, so that the test says the same every time."""
    state, held, times = 12345, 0, 400
    for _ in range(times):
        series = []
        for at in range(14):
            total = 0.0
            for _ in range(12):
                state = (1103515245 * state + 12345) % 2**31
                total += state / 2**31
            series.append((at, total - 6))
        found = before_after(series, since=10)
        held += found.low <= 0 <= found.high
    assert 0.92 <= held / times <= 1


@given(st.lists(FIGURES, min_size=4, max_size=4), st.lists(FIGURES, min_size=4, max_size=4))
def test_difference_in_differences_is_the_difference_of_four_means(first, second):
    observed = [
        Observed(unit=f"{group}{unit}", with_project=group, after=after, value=value)
        for group, values in ((True, first), (False, second))
        for (unit, after), value in zip(
            [(0, False), (1, False), (0, True), (1, True)], values, strict=True
        )
    ]
    found = difference_in_differences(observed)
    mine = (first[2] + first[3] - first[0] - first[1]) / 2
    theirs = (second[2] + second[3] - second[0] - second[1]) / 2
    assert found.estimate == pytest.approx(mine - theirs, abs=1e-9)
    assert found.low <= found.estimate <= found.high


def test_the_solver_says_nothing_on_its_own(capfd):
    values = {f"对照{at}": [float(at * period) for period in range(9)] for at in range(3)}
    synthetic_differences(outcomes(values, before=6))
    assert capfd.readouterr() == ("", "")


REFUSED = [
    ([("甲", 1, 1.0), ("甲", 1, 2.0)], "甲 的 1 期有两个数"),
    ([("甲", 1, float("nan"))], "甲 的 1 期不是数字"),
    ([("乙", 1, 1.0)], "没有 甲 的数据"),
    ([("甲", 1, 1.0), ("乙", 1, 1.0)], "对照不到 2 个"),
    ([(unit, 1, 1.0) for unit in "甲乙丙"], "之前至少要有 2 期"),
    ([(u, t, 1.0) for u in "甲乙丙" for t in range(4) if (u, t) != ("丙", 2)], "缺少 丙 的 2 期"),
]


@pytest.mark.parametrize(("rows", "told"), REFUSED)
def test_what_cant_be_compared_is_told(rows, told):
    found = outcomes_of(rows, treated=frozenset({"甲"}), since=2)
    assert told in say(found, "zh")
    assert say(found, "en") != say(found, "zh")


def test_too_little_before_and_too_few_units_are_told():
    assert isinstance(before_after([(1, 1.0), (2, 2.0), (3, 3.0)], since=3), Said)
    assert say(before_after([(1, 1.0), (1, 2.0)], since=3), "zh") == "同一期有两个数"
    assert isinstance(difference_in_differences([]), Said)
    both = [
        Observed(unit=unit, with_project=group, after=after, value=1.0)
        for unit in "甲乙"
        for group in (True, False)
        for after in (True, False)
    ]
    assert "同时在两组里" in say(difference_in_differences(both), "zh")


def test_so_few_others_can_show_nothing_and_that_is_said():
    values = {f"对照{at}": [float(at + period) for period in range(9)] for at in range(3)}
    found = differences(outcomes(values, before=6, shift=50))
    assert any("对照只有 3 个" in say(each, "zh") for each in found.limits)
    assert found.p >= 0.25


@pytest.mark.parametrize("design", Design)
def test_no_design_claims_a_cause_and_each_says_what_it_cant_show(design):
    found = Effect(design=design, estimate=-3.14159, low=-5, high=-1)
    unclear = Effect(design=design, estimate=3, low=-5, high=8)
    bare = Effect(design=design, estimate=0.0)
    for effect in (found, unclear, bare):
        for language in ("zh", "en"):
            assert not CAUSES.search(say(effect.said, language))
        assert say(effect.said, "en") != say(effect.said, "zh")
    assert found.limits[0] == LIMITS[design]
    assert say(LIMITS[design], "en") != LIMITS[design].text
    assert "看不出" in say(unclear.said, "zh")
    assert "3.142" in say(found.said, "zh")
    assert design in HEADS


@given(st.floats(-1e12, 1e12))
def test_a_figure_is_shown_without_exponent(value):
    assert not isnan(float(shown(value)))
    assert "e" not in shown(value).lower()
    assert float(shown(value)) == pytest.approx(value, rel=1e-3, abs=1e-300)
