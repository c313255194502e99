"""What a form earns, case by case."""

from dataclasses import replace
from decimal import Decimal

import pytest

from gongzhi.core.scoring import Basis, score_form
from gongzhi.core.scoring.execution import rate_of_budget, rate_of_receipts
from gongzhi.core.scoring.methods import Method
from gongzhi.core.scoring.rows import row_points
from gongzhi.core.terms import Form, FormType, FundRow, Indicator
from gongzhi.rules.packs import load_packs
from gongzhi.words import say

MOF = load_packs()["mof-2020-10"]
HUBEI = load_packs()["hubei-20-80"]
TEN = Decimal(10)


def qualitative(*, actual: str, score: object, weight: object = 10) -> Indicator:
    return Indicator(
        level2="社会效益指标",
        target_text="效果明显",
        actual_text=actual,
        weight=Decimal(str(weight)),
        score=None if score is None else Decimal(str(score)),
    )


def form(*rows: Indicator, **changes: object) -> Form:
    whole = Form(
        form_type=FormType.SELF_EVALUATION,
        layout="any",
        budget_adjusted=Decimal(100),
        executed=Decimal(90),
        execution_weight=TEN,
        has_total_row=True,
        indicators=rows,
    )
    return replace(whole, **changes)


@pytest.mark.parametrize(
    ("actual", "stated", "points"),
    [
        ("达成预期指标", 10, 10),
        ("达成预期指标", 8, 8),
        ("达成预期指标", 7, 8),  # below what the words allow
        ("部分达成", 7, 7),
        ("部分达成", 10, 8),  # above what the words allow
        ("部分达成", 6, 6),
        ("未达成", 5, 5),
        ("未达成", 9, 6),
        ("改善了办学条件", 9, 9),  # the words say nothing: as stated
        ("改善了办学条件", 12, 10),  # never above the weight
    ],
)
def test_words_only_bound_the_stated_score(actual, stated, points):
    earned = row_points(qualitative(actual=actual, score=stated), pack=MOF)
    assert (earned.points, earned.basis) == (points, Basis.ACCEPTED)


def test_a_score_on_the_border_belongs_to_the_upper_band():
    """Bands are half-open: 8 of 10 is 达成, not 部分达成."""
    partly = say(row_points(qualitative(actual="部分达成", score=8), pack=MOF).said, "zh")
    fully = say(row_points(qualitative(actual="达成", score=8), pack=MOF).said, "zh")
    assert ("不在此档内" in partly, "在此档内，予以采用" in fully) == (True, True)


def test_bands_are_the_packs():
    partly = qualitative(actual="部分达成", score=5)
    assert row_points(partly, pack=MOF).points == 6
    assert row_points(partly, pack=HUBEI).points == 5


def test_words_without_a_stated_score_stay_open_between_the_ends_of_their_band():
    earned = row_points(qualitative(actual="部分达成", score=None), pack=MOF)
    assert (earned.points, earned.least, earned.most) == (None, 6, 8)


def test_a_result_that_was_never_written_earns_nothing_that_could_be_told():
    row = Indicator(target_text="≥28万亩", weight=TEN, score=TEN)
    earned = row_points(row, pack=MOF)
    assert (earned.basis, earned.points, earned.most) == (Basis.OPEN, None, 10)


def test_far_above_the_target_keeps_full_marks_but_asks_for_an_explanation():
    row = Indicator(target_text="≥100", actual_text="150", weight=TEN, score=TEN)
    earned = row_points(row, pack=MOF)
    assert earned.points == 10
    assert "超出 50%" in say(earned.said, "zh")


def test_a_row_shows_its_sum():
    row = Indicator(target_text="=100%", actual_text="98%", weight=TEN, score=TEN)
    assert row_points(row, pack=MOF).arithmetic == "98 ÷ 100 × 10 = 9.8"


def test_a_form_without_weights_counts_its_scores_and_says_so():
    row = Indicator(target_text="90%", actual_text="100%", score=Decimal(80))
    card = score_form(form(row, execution_weight=Decimal(20)), pack=HUBEI)
    assert (card.total.points, card.total.basis) == (98, Basis.ACCEPTED)


@pytest.mark.parametrize(
    ("total", "grade"),
    [("90", "优"), ("89.5", "良"), ("80", "良"), ("79.99", "中"), ("60", "中"), ("59.9", "差")],
)
def test_grades_are_half_open(total, grade):
    assert MOF.grade(Decimal(total)) == grade


def test_weights_of_110_are_graded_out_of_a_hundred():
    row = Indicator(target_text="100", actual_text="100", weight=Decimal(100))
    card = score_form(form(row), pack=MOF)
    assert (card.total.points, card.grade) == (109, "优")
    assert "99.09" in say(card.grade_said, "zh")


def test_a_sum_above_full_marks_without_weights_has_no_grade():
    row = Indicator(target_text="90%", actual_text="100%", score=Decimal(110))
    card = score_form(form(row), pack=HUBEI)
    assert (card.total.points, card.grade) == (119, None)


def test_a_table_without_its_end_has_no_total():
    row = Indicator(target_text="100", actual_text="100", weight=Decimal(50))
    card = score_form(form(row, has_total_row=False), pack=MOF)
    assert (card.total.points, card.total.least, card.grade) == (None, 59, None)


def test_a_paper_that_reports_no_results_is_not_scored():
    row = Indicator(target_text="100", weight=Decimal(90))
    card = score_form(form(row, form_type=FormType.GOAL), pack=MOF)
    assert {part.basis for part in (*card.rows, card.execution, card.total)} == {Basis.NOT_SCORED}


def test_two_rates_with_two_denominators():
    """DOMAIN §3: 全年预算数 in a self-evaluation, 到位资金 in a full evaluation."""
    executed = Decimal(90)
    assert rate_of_budget(executed=executed, budget=Decimal(100)).ratio == Decimal("0.9")
    assert rate_of_receipts(executed=executed, received=Decimal(90)).ratio == 1


def test_spending_above_the_budget_earns_the_weight_and_no_more():
    card = score_form(form(executed=Decimal(120)), pack=MOF)
    assert (card.execution.points, card.execution_rate.ratio) == (10, Decimal("1.2"))


def test_an_empty_total_of_execution_is_taken_from_its_parts():
    rows = (
        FundRow(label="年度资金总额"),
        FundRow(label="其中：财政拨款", executed=Decimal(60)),
        FundRow(label="其他资金", executed=Decimal(20)),
    )
    card = score_form(form(executed=None, fund_rows=rows), pack=MOF)
    assert card.execution.points == 8


def test_without_amounts_the_printed_rate_counts():
    card = score_form(form(executed=None, execution_rate_text="79.27"), pack=MOF)
    assert card.execution.points == Decimal("7.93")


def test_satisfaction_can_have_a_method_of_its_own():
    pack = replace(MOF, satisfaction=Method(name="pass_line", pass_line=Decimal("0.6")))
    row = Indicator(level1="满意度指标", target_text="100%", actual_text="80%", weight=TEN)
    assert row_points(row, pack=pack).points == 5
    assert row_points(replace(row, level1="产出指标"), pack=pack).points == 8


def test_an_old_score_recomputes_under_the_pack_of_its_day():
    row = qualitative(actual="部分达成", score=5, weight=90)
    old = score_form(form(row), pack=HUBEI)
    assert old == score_form(form(row), pack=load_packs()["hubei-20-80"])
    assert old.total.points != score_form(form(row), pack=MOF).total.points
