"""The figures that a hospital's money hangs on, out of its indicators."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.results.measures import MeasuredLine, measures
from gongzhi.core.results.rules import Measured
from gongzhi.rules.packs.folders import USUAL
from gongzhi.rules.packs.results import load_results

RULES = load_results(USUAL)
HOSPITAL = RULES.institutions["hospital"]
SHARES = st.decimals(min_value=0, max_value=2, places=4)
WEIGHTS = st.none() | st.decimals(min_value=0, max_value=40, places=2)


def quality(key: str, reached: str | None, *, weight: str | None = None) -> MeasuredLine:
    return MeasuredLine(
        key=key,
        heading="质量指标",
        weight=None if weight is None else Decimal(weight),
        reached=None if reached is None else Decimal(reached),
    )


def satisfaction(value: str | None) -> MeasuredLine:
    return MeasuredLine(
        key="satisfied",
        heading="服务对象满意度指标",
        weight=Decimal(10),
        value=None if value is None else Decimal(value),
        reached=Decimal(1),
    )


def test_satisfaction_is_the_percentage_that_was_read_not_the_share_of_the_target():
    assert measures(HOSPITAL, lines=[satisfaction("82")])["satisfaction"] == Decimal("0.82")


def test_quality_is_the_mean_of_what_was_reached_by_weight():
    lines = [quality("a", "1", weight="30"), quality("b", "0.5", weight="10")]
    assert measures(HOSPITAL, lines=lines)["quality"] == Decimal("0.875")


def test_indicators_without_weights_weigh_alike():
    lines = [quality("a", "1"), quality("b", "0.5")]
    assert measures(HOSPITAL, lines=lines)["quality"] == Decimal("0.75")


def test_what_nobody_read_is_left_out_and_nothing_at_all_is_unknown():
    assert measures(HOSPITAL, lines=[quality("a", "1"), quality("b", None)])["quality"] == 1
    found = measures(HOSPITAL, lines=[quality("a", None), satisfaction(None)])
    assert found == {"quality": None, "satisfaction": None}


def test_other_headings_feed_nothing():
    other = MeasuredLine(key="km", heading="数量指标", weight=Decimal(10), reached=Decimal(0))
    assert measures(HOSPITAL, lines=[other, quality("a", "1")])["quality"] == 1


def test_public_hospitals_fall_under_their_formula_and_schools_under_none():
    assert RULES.formula_for("2100201") is HOSPITAL
    assert RULES.formula_for("2050202") is None
    assert RULES.formula_for("") is None


@given(st.lists(st.tuples(WEIGHTS, st.none() | SHARES), max_size=6))
def test_a_figure_lies_between_its_lowest_and_its_highest(parts):
    lines = [
        MeasuredLine(key=f"i{number}", heading="质量指标", weight=weight, reached=reached)
        for number, (weight, reached) in enumerate(parts)
    ]
    found = measures(HOSPITAL, lines=lines)["quality"]
    known = [given for each in lines if (given := each.gives(Measured.REACHED)) is not None]
    if found is None:
        assert known == []
    else:
        slack = Decimal("1e-20")
        assert min(known) - slack <= found <= max(known) + slack
