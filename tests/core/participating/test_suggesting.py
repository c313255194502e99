"""A suggestion on a figure, held against the goal as it stands; and voices, answered once."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.goals import DraftGoal, DraftIndicator
from gongzhi.core.participating.finding import share, telling
from gongzhi.core.participating.suggesting import (
    SIGNS,
    Figure,
    Wanted,
    figure_of,
    title_of,
    wanted,
    with_figure,
)
from gongzhi.core.participating.voices import Outcome, VoiceKind, VoiceStage, why_no_answer
from gongzhi.core.terms import Said

LINE = DraftIndicator(key="i1", name="改造管网", target="≥100", measure="公里", weight=Decimal(60))
GOAL = DraftGoal(
    project="管网", budget=Decimal(14_800_000), indicators=(LINE, replace(LINE, key="i2"))
)


def asked(figure: Figure, text: str, *, goal: DraftGoal = GOAL, indicator: str = "i1"):
    return wanted(goal, figure=figure, indicator=indicator, asked=text)


@pytest.mark.parametrize(
    ("figure", "text", "proposed"),
    [
        (Figure.TARGET, "120", "≥120公里"),
        (Figure.TARGET, "１２０", "≥120公里"),
        (Figure.TARGET, "≤120公里", "≤120公里"),
        (Figure.WEIGHT, "45.50", "45.5"),
        (Figure.RELATION, "=", "="),
        (Figure.AMOUNT, "1380", "13800000"),
        (Figure.AMOUNT, "1,380.5 万元", "13805000"),
    ],
)
def test_a_bare_number_takes_the_sign_and_the_unit_of_what_it_replaces(figure, text, proposed):
    found = asked(figure, text)
    assert isinstance(found, Wanted)
    assert found.proposed == proposed


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (Figure.TARGET, ""),
        (Figure.TARGET, "很多"),
        (Figure.TARGET, "100"),  # what it is now
        (Figure.TARGET, "9" * 101),
        (Figure.WEIGHT, "-1"),
        (Figure.WEIGHT, "101"),
        (Figure.WEIGHT, "六十"),
        (Figure.RELATION, "≈"),
        (Figure.AMOUNT, "1e9"),
        (Figure.AMOUNT, "-5"),
        (Figure.AMOUNT, "9" * 18),
    ],
)
def test_what_does_not_suit_is_said_in_words(figure, text):
    assert isinstance(asked(figure, text), Said)


def test_a_target_in_words_is_replaced_by_words_and_has_no_relation():
    goal = replace(GOAL, indicators=(replace(LINE, target="明显改善", measure=""),))
    found = asked(Figure.TARGET, "全部改善", goal=goal)
    assert isinstance(found, Wanted)
    assert found.proposed == "全部改善"
    assert isinstance(asked(Figure.RELATION, "=", goal=goal), Said)
    assert isinstance(asked(Figure.TARGET, "1", indicator="i9"), Said)


@given(st.sampled_from(list(Figure)), st.integers(0, 100), st.sampled_from(sorted(SIGNS)))
def test_what_is_adopted_is_the_figure_and_nothing_else_changes(figure, number, sign):
    found = asked(figure, sign if figure is Figure.RELATION else str(number))
    if isinstance(found, Said):
        return  # what it is already
    goal = with_figure(GOAL, figure=figure, indicator=found.indicator, proposed=found.proposed)
    assert isinstance(goal, DraftGoal)
    assert figure_of(goal, figure=figure, indicator="i1") == found.proposed
    assert goal.indicators[1] == GOAL.indicators[1]
    others = [each for each in Figure if each is not figure]
    if figure in (Figure.TARGET, Figure.RELATION):
        others = [Figure.WEIGHT, Figure.AMOUNT]
    for each in others:
        kept = figure_of(GOAL, figure=each, indicator="i1")
        assert figure_of(goal, figure=each, indicator="i1") == kept


def test_a_suggestion_is_called_by_its_figure():
    found = asked(Figure.TARGET, "120")
    assert isinstance(found, Wanted)
    assert title_of(found, most=100) == "改造管网：≥100公里 → ≥120公里"


@pytest.mark.parametrize(
    ("kind", "stage", "outcome", "reason", "taken"),
    [
        ("need", "received", "adopted", "做", True),
        ("need", "received", "adopted", " ", False),
        ("need", "received", None, "做", False),
        ("need", "answered", "adopted", "做", False),
        ("need", "merged", "adopted", "做", False),
        ("need", "asked", "partly", "做", True),
        ("suggestion", "received", "declined", "钱不够", True),
        ("suggestion", "received", "adopted", "做", False),
        ("suggestion", "asked", "partly", "差 80 万", True),
    ],
)
def test_an_answer_has_a_reason_and_a_figure_is_adopted_by_changing_it(
    kind, stage, outcome, reason, taken
):
    problem = why_no_answer(
        VoiceKind(kind),
        VoiceStage(stage),
        outcome=Outcome(outcome) if outcome else None,
        reason=reason,
    )
    assert (problem is None) == taken


def test_joining_characters_find_nothing():
    assert telling("的了是在和") == []
    assert {"助餐", "餐点"} <= set(telling("希望社区开一个助餐点"))


@given(st.text(max_size=60), st.text(max_size=60))
def test_what_two_texts_share_is_the_same_both_ways_and_all_of_itself(one, other):
    assert share(one, other) == share(other, one)
    assert share(one, one) in (0, 100)


@pytest.mark.parametrize(
    ("written", "known", "alike"),
    [
        ("路灯不亮，东门晚上看不清", "东门外两盏路灯不亮，走夜路害怕", True),
        ("老人做饭难，要一个助餐点", "社区开一个助餐点，独居老人做饭难", True),
        ("老人做饭难，要一个助餐点", "北片管网还有二十公里没换", False),
        ("请把目标定高一些", "目标定得太低，请定高一些，登记本上有", True),
        ("停车难，加建地下车库", "土建造价比市场高约一成，建议复核", False),
    ],
)
def test_what_says_the_same_is_alike_and_nothing_else(written, known, alike):
    assert (share(written, known) >= 25) == alike
