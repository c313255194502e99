"""All designs at once, and periods as whole numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.effects import Design, Grain, Period, look, period_in, strongest

GRAINS = [Grain.YEAR, Grain.QUARTER, Grain.MONTH]
YEARS = (1900, 2099)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("2024", "2024"),
        ("2024.0", "2024"),
        ("２０２４年", "2024"),
        ("2024-07", "2024-07"),
        ("2024年7月", "2024-07"),
        ("202407", "2024-07"),
        ("2024-07-31", "2024-07"),
        ("2024Q3", "2024Q3"),
        ("2024年第3季度", "2024Q3"),
        ("1", "1"),
    ],
)
def test_a_period_is_read_as_people_write_it(text, label):
    assert period_in(text).label == label


@pytest.mark.parametrize("text", ["", "去年", "2024-13", "2024Q5", "-3", "1e9", "12345"])
def test_what_says_no_period_is_none(text):
    assert period_in(text) is None


@given(st.sampled_from(GRAINS), st.integers(*YEARS), st.integers(0, 3))
def test_what_is_written_reads_back_and_the_next_is_one_more(grain, year, part):
    number = {Grain.YEAR: year, Grain.QUARTER: year * 4 + part, Grain.MONTH: year * 12 + part}
    period = Period(number=number[grain], grain=grain)
    assert period_in(period.label) == period


def panel(effect: float):
    """Three places that rise by one a year; with the project the first one is lower after 2020."""
    for unit, level in (("有项目", 50.0), ("甲", 40.0), ("乙", 60.0)):
        for year in range(2012, 2026):
            with_project = unit == "有项目" and year >= 2020
            yield unit, year, level + (year - 2012) + (effect if with_project else 0)


def test_every_design_finds_what_was_put_there():
    looked = look(panel(-5.0), treated=frozenset({"有项目"}), since=2020)
    assert [each.design for each in looked] == [
        Design.SYNTHETIC_DIFFERENCES,
        Design.SYNTHETIC_CONTROL,
        Design.DIFFERENCES,
        Design.BEFORE_AFTER,
    ]
    for each in looked:
        assert each.effect.estimate == pytest.approx(-5.0, abs=1e-3)
    assert strongest(looked) is looked[0]


def test_without_others_only_before_and_after_are_compared():
    alone = [row for row in panel(-5.0) if row[0] == "有项目"]
    looked = look(alone, treated=frozenset({"有项目"}), since=2020)
    assert strongest(looked).design is Design.BEFORE_AFTER
    assert all(each.why_not for each in looked[:3])


def test_units_that_are_missing_in_a_period_are_still_compared_before_and_after():
    rows = [(f"{group}{n}", at, base + n + at * (3 if group == "甲" else 1))
            for group, base in (("甲", 10.0), ("乙", 20.0)) for n in range(5) for at in (0, 1)
            if (group, n, at) != ("乙", 4, 1)]  # fmt: skip
    looked = look(rows, treated=frozenset(f"甲{n}" for n in range(5)), since=1)
    assert strongest(looked).design is Design.DIFFERENCES


def test_nothing_to_go_by_is_said_and_not_guessed():
    looked = look([("甲", 2024, 1.0)], treated=frozenset({"甲"}), since=2024)
    assert strongest(looked) is None
    assert all(each.why_not for each in looked)
