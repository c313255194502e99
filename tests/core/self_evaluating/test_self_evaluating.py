"""A self-evaluation begins with the facts; its points follow; what differs is named."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongzhi.core.goals import DraftGoal, DraftIndicator
from gongzhi.core.goals.drafts import Funds
from gongzhi.core.indicators.lexicon import Degree
from gongzhi.core.monitoring import Course, Facts, Payment, Plan, Promised, Reading, curves
from gongzhi.core.official import Filler
from gongzhi.core.self_evaluating import (
    SelfEvaluation,
    Survey,
    differences,
    missing,
    prefilled,
    scored,
    self_evaluation_of_form,
)
from gongzhi.rules.packs import load_packs
from gongzhi.rules.packs.folders import USUAL
from gongzhi.rules.packs.monitoring import load_monitoring

PACK = load_packs()[USUAL]
YEAR_END = date(2026, 12, 31)
OUTPUT, BENEFIT, SATISFACTION = "产出指标", "效益指标", "满意度指标"


def line(key: str, name: str, target: str, weight: int, **more: str) -> DraftIndicator:
    return DraftIndicator(key=key, name=name, target=target, weight=Decimal(weight), **more)


GOAL = DraftGoal(
    project="农村公路建设",
    year=2026,
    text="新建农村公路 120 公里",
    funds=Funds(fiscal=Decimal(4_000_000)),
    indicators=(
        line("a", "新建里程", "≥120", 50, level1=OUTPUT, level2="数量指标", measure="公里"),
        line("b", "出行更加便利", "明显改善", 30, level1=BENEFIT, level2="社会效益指标"),
        line("c", "群众满意度", "≥90%", 10, level1=SATISFACTION, level2="服务对象满意度指标"),
    ),
)
PROMISES = (
    Promised(key="a", name="新建里程", target=Decimal(120), course=Course.ADDS_UP),
    Promised(key="b", name="出行更加便利"),
    Promised(key="c", name="群众满意度", target=Decimal(90), course=Course.KEPT),
)
PLAN = Plan(project="P1", year=2026, indicators=PROMISES)
FACTS = Facts(
    initial=Decimal(4_000_000),
    payments=(Payment(date(2026, 3, 1), Decimal(3_800_000)),),
    readings=(
        Reading("a", date(2026, 6, 30), Decimal(60)),
        Reading("a", date(2026, 12, 31), Decimal(57)),
        Reading("b", date(2026, 12, 31), degree=Degree.FULL),
        Reading("c", date(2026, 12, 31), Decimal(92)),
    ),
)
WORDS = {"b": "明显改善"}
SURVEYS = {"c": Survey(who="沿线村民", asked=300, answered=280, how="入户问卷")}


def known(facts: Facts = FACTS, goal: DraftGoal = GOAL) -> SelfEvaluation:
    shares = load_monitoring(USUAL).words.shares
    return prefilled(
        goal,
        facts=facts,
        curves=curves(PLAN, facts, today=YEAR_END, degrees=shares),
        pack=PACK,
        by=Filler(code="P1", unit="公路管理中心"),
        words=WORDS,
        surveys=SURVEYS,
    )


def whole(sheet: SelfEvaluation) -> SelfEvaluation:
    """The sheet with the one score that a person chooses, and the points that follow."""
    lines = list(sheet.indicators)
    lines[1] = replace(lines[1], score=Decimal(28))
    return scored(replace(sheet, indicators=tuple(lines)), pack=PACK)


def test_money_and_the_last_readings_of_the_year_are_filled_in():
    sheet = known()
    total = sheet.money.total
    assert (total.initial, total.adjusted, total.paid) == (4_000_000, 4_000_000, 3_800_000)
    assert total.rate == Decimal("0.95")
    assert sheet.money.fiscal == total
    assert [each.done for each in sheet.indicators] == ["117公里", "明显改善", "92%"]
    assert sheet.indicators[2].reason == (
        "调查对象：沿线村民；调查 300 人；收回有效答卷 280 份；方式：入户问卷"
    )


def test_points_follow_and_the_total_is_derived():
    sheet = whole(known())
    assert sheet.execution_score == Decimal("9.5")
    assert [each.score for each in sheet.indicators] == [Decimal("48.75"), 28, 10]
    assert sheet.total == Decimal("96.25")
    assert sheet.total_weight == 100


def test_what_no_fact_tells_stays_empty_and_is_named():
    sheet = known(Facts(), replace(GOAL, text=""))
    assert sheet.money.total.paid is None
    assert sheet.indicators[0].done == ""
    fields = [each.field for each in missing(sheet)]
    assert fields == [
        "initial-total", "adjusted-total", "paid-total", "goal", "goal_done", "done-0",
        "done-2",
    ]  # fmt: skip
    assert sheet.total is None


def test_a_satisfaction_without_whom_how_many_and_how_is_named():
    sheet = known()
    bare = replace(sheet, indicators=(replace(sheet.indicators[2], reason=""),))
    assert "reason-0" in {each.field for each in missing(bare)}


def test_sources_that_do_not_make_the_budget_are_left_empty():
    part = replace(GOAL, funds=Funds(fiscal=Decimal(1_000_000), other=Decimal(1)))
    assert known(goal=part).money.fiscal.initial is None
    two = replace(GOAL, funds=Funds(fiscal=Decimal(1_000_000), other=Decimal(3_000_000)))
    fiscal = known(goal=two).money.fiscal
    assert (fiscal.initial, fiscal.adjusted, fiscal.paid) == (1_000_000, None, None)


def test_the_facts_themselves_differ_nowhere():
    facts = known()
    assert differences(whole(facts), facts=facts, pack=PACK) == ()


@pytest.mark.parametrize(
    ("change", "field", "fact", "stated"),
    [
        (lambda one: replace(one, done="120公里"), "done-0", "117公里", "120公里"),
        (lambda one: replace(one, done=""), "done-0", "117公里", None),
        (lambda one: replace(one, target="≥100公里"), "target-0", "≥120公里", "≥100公里"),
        (lambda one: replace(one, weight=Decimal(49)), "weight-0", Decimal(50), Decimal(49)),
        (lambda one: replace(one, score=Decimal(50)), "score-0", Decimal("48.75"), Decimal(50)),
    ],
)
def test_a_line_that_says_otherwise_is_named_with_both_values(change, field, fact, stated):
    facts = known()
    sheet = replace(facts, indicators=(change(facts.indicators[0]), *facts.indicators[1:]))
    found = {each.field: each for each in differences(whole(sheet), facts=facts, pack=PACK)}
    assert (found[field].fact, found[field].stated) == (fact, stated)


def test_money_lines_and_promises_that_differ_are_named():
    facts = known()
    money = replace(facts.money, total=replace(facts.money.total, paid=Decimal(4_000_000)))
    stranger = replace(facts.indicators[2], name="没有承诺过的")
    sheet = replace(facts, money=money, goal="", indicators=(*facts.indicators[:2], stranger))
    found = [each.field for each in differences(whole(sheet), facts=facts, pack=PACK)]
    assert found == ["paid-total", "goal", "name-3", "name-2"]
    amount = differences(whole(sheet), facts=facts, pack=PACK)[0]
    assert amount.is_money
    assert (amount.fact, amount.stated) == (3_800_000, 4_000_000)


def test_a_score_outside_what_the_words_allow_differs():
    facts = known()
    lines = list(facts.indicators)
    lines[1] = replace(lines[1], score=Decimal(20))
    sheet = scored(replace(facts, indicators=tuple(lines)), pack=PACK)
    (found,) = differences(sheet, facts=facts, pack=PACK)
    assert (found.field, found.fact, found.stated) == ("score-1", 24, 20)


def test_a_form_says_what_the_sheet_says():
    sheet = replace(whole(known()), code="")
    assert self_evaluation_of_form(sheet.as_form()) == sheet


@settings(max_examples=60, deadline=None)
@given(
    paid=st.decimals(min_value=0, max_value=8_000_000, places=2),
    done=st.none() | st.decimals(min_value=0, max_value=400, places=2),
)
def test_whatever_the_facts_are_points_stay_within_weights_and_nothing_differs(paid, done):
    readings = () if done is None else (Reading("a", date(2026, 7, 1), done),)
    facts = known(replace(FACTS, payments=(Payment(date(2026, 3, 1), paid),), readings=readings))
    sheet = scored(facts, pack=PACK)
    assert sheet.execution_score is not None
    assert 0 <= sheet.execution_score <= 10
    assert all(each.score is None or 0 <= each.score <= each.weight for each in sheet.indicators)
    assert differences(sheet, facts=facts, pack=PACK) == ()
