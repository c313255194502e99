"""Laws of points, totals and rates."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core import strategies
from gongzhi.core.scoring import Basis, score_form
from gongzhi.core.scoring.methods import METHODS, Method
from gongzhi.core.scoring.points import share_of
from gongzhi.core.scoring.rows import row_points
from gongzhi.core.terms import Form, FormType, Indicator
from gongzhi.rules.packs import load_packs

PACK = load_packs()["mof-2020-10"]
positive = st.decimals(min_value="0.01", max_value=10**6, places=2)
weights = st.decimals(min_value=0, max_value=100, places=2)
signs = st.sampled_from(["≥", "=", ">", ""])
METHOD_SAMPLES = [
    Method(name="proportional"),
    Method(name="direct"),
    Method(name="pass_line", pass_line=Decimal("0.6")),
    Method(name="banded", steps=((Decimal("0.9"), Decimal(1)), (Decimal("0.6"), Decimal("0.5")))),
]


def points_for(*, target: str, actual: str, weight: Decimal, level2: str = "数量指标") -> Decimal:
    row = Indicator(level2=level2, target_text=target, actual_text=actual, weight=weight)
    points = row_points(row, pack=PACK).points
    assert points is not None
    return points


@given(form=strategies.forms)
def test_points_are_never_above_the_weight_nor_below_nothing(form):
    card = score_form(form, pack=PACK)
    for row, earned in zip(form.indicators, card.rows, strict=True):
        if earned.points is not None:
            assert earned.points >= 0
            assert row.weight is None or earned.points <= row.weight
    if card.execution.points is not None:
        assert 0 <= card.execution.points <= form.execution_weight


@given(form=strategies.forms)
def test_a_total_is_the_sum_of_its_parts(form):
    card = score_form(form, pack=PACK)
    parts = [part for part in (*card.rows, card.execution) if part.basis is not Basis.NOT_SCORED]
    if card.total.points is not None:
        assert card.total.points == sum(part.points for part in parts)


@given(form=strategies.forms)
def test_an_open_part_leaves_the_total_open(form):
    card = score_form(form, pack=PACK)
    if any(part.basis is Basis.OPEN for part in (*card.rows, card.execution)):
        assert card.total.points is None
        assert card.grade is None


@given(form=strategies.forms, other=strategies.points)
def test_a_total_is_never_what_somebody_typed(form, other):
    """The stated total may be anything: nothing that is computed moves with it."""
    assert score_form(form, pack=PACK) == score_form(replace(form, stated_total=other), pack=PACK)


@given(target=positive, one=positive, other=positive, weight=weights, sign=signs)
def test_more_achieved_never_earns_less(target, one, other, weight, sign):
    few, many = sorted((one, other))
    promise = f"{sign}{target}个"
    less = points_for(target=promise, actual=f"{few}个", weight=weight)
    assert less <= points_for(target=promise, actual=f"{many}个", weight=weight)


@given(target=positive, one=positive, other=positive, weight=weights, sign=st.sampled_from("≤<"))
def test_more_spent_never_earns_more_where_less_is_better(target, one, other, weight, sign):
    few, many = sorted((one, other))
    promise = f"{sign}{target}元"
    more = points_for(target=promise, actual=f"{few}元", weight=weight)
    assert more >= points_for(target=promise, actual=f"{many}元", weight=weight)


@given(target=positive, actual=positive, weight=weights, scale=st.integers(1, 1000))
def test_points_do_not_depend_on_the_unit_that_both_are_counted_in(target, actual, weight, scale):
    plain = points_for(target=f"≥{target}人", actual=f"{actual}人", weight=weight)
    scaled = points_for(target=f"≥{target * scale}人", actual=f"{actual * scale}人", weight=weight)
    assert plain == scaled


@given(weight=weights, share=st.fractions(min_value=0, max_value=1))
def test_points_are_rounded_to_hundredths_half_up(weight, share):
    points = share_of(weight, share)
    assert abs(Fraction(points) - Fraction(weight) * share) <= Fraction(1, 200)
    assert points <= weight


def test_a_half_hundredth_is_rounded_up():
    assert share_of(Decimal("0.01"), Fraction(1, 2)) == Decimal("0.01")


@pytest.mark.parametrize("method", METHOD_SAMPLES, ids=lambda method: method.name)
@given(one=st.fractions(min_value=0, max_value=1), other=st.fractions(min_value=0, max_value=1))
def test_every_method_gives_more_for_more_and_the_whole_for_all(method, one, other):
    low, high = sorted((one, other))
    assert 0 <= method.share(low) <= method.share(high) <= 1
    assert method.share(Fraction(1)) == 1


def test_every_method_has_a_sample_here():
    assert {method.name for method in METHOD_SAMPLES} == set(METHODS)


def test_a_pass_line_counts_only_what_lies_above_it():
    method = Method(name="pass_line", pass_line=Decimal("0.6"))
    assert (method.share(Fraction("0.59")), method.share(Fraction("0.8"))) == (0, Fraction(1, 2))


@given(
    budget=st.decimals(min_value=1, max_value=10**9, places=2),
    executed=st.decimals(min_value=0, max_value=10**9, places=2),
)
def test_execution_earns_the_rate_times_its_weight_at_most_the_whole(budget, executed):
    form = Form(
        form_type=FormType.SELF_EVALUATION,
        layout="any",
        budget_adjusted=budget,
        executed=executed,
        execution_weight=Decimal(10),
    )
    card = score_form(form, pack=PACK)
    assume(card.execution.points is not None)
    wanted = min(Fraction(executed) / Fraction(budget), Fraction(1)) * 10
    assert abs(Fraction(card.execution.points) - wanted) <= Fraction(1, 200)
