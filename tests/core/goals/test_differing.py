"""Two versions side by side: what was changed, and what became easier."""

from dataclasses import replace
from decimal import Decimal

from gongzhi.core.goals import DraftGoal, DraftIndicator, Ease, Mark, difference
from gongzhi.words import say

ROADS = DraftIndicator(
    key="a", name="公路里程", level2="数量指标", target="≥120公里", weight=Decimal(20)
)
PASSED = DraftIndicator(
    key="b", name="验收合格率", level2="质量指标", target="=100%", weight=Decimal(10)
)
GOAL = DraftGoal(
    project="公路", text="新建120公里", budget=Decimal(900), indicators=(ROADS, PASSED)
)


def test_a_lowered_target_is_easier_and_shows_by_how_much():
    later = replace(GOAL, indicators=(replace(ROADS, target="≥100公里"), PASSED))
    found = difference(GOAL, later)
    [change] = found.indicators[0].changes
    assert (change.field, change.before, change.after) == ("target", "≥120公里", "≥100公里")
    assert change.ease is Ease.EASIER
    assert change.arithmetic == "120 − 20 = 100"
    assert [each.name for each in found.eased] == ["公路里程"]
    assert say(found.said, "zh") == "指标改 1 项、增 0 项、删 0 项，其他改动 0 处；目标放松 1 项"


def test_a_raised_ceiling_is_easier_too():
    accidents = DraftIndicator(name="事故数", level2="社会效益指标", target="≤2起")
    before, after = (
        replace(GOAL, indicators=(replace(accidents, target=target),))
        for target in ("≤2起", "≤3起")
    )
    assert difference(before, after).eased
    assert not difference(after, before).eased


def test_a_cost_without_a_sign_is_easier_when_it_rises():
    price = DraftIndicator(name="单价", level2="成本指标", target="900元")
    before, after = (
        replace(GOAL, indicators=(replace(price, target=target),)) for target in ("900元", "950元")
    )
    assert difference(before, after).indicators[0].changes[0].ease is Ease.EASIER


def test_added_and_removed_indicators_are_told_apart_from_changed_ones():
    jobs = DraftIndicator(key="c", name="带动就业人数", level2="经济效益指标", target="≥90人")
    found = difference(GOAL, replace(GOAL, indicators=(PASSED, jobs)))
    assert [(each.mark, each.name) for each in found.indicators] == [
        (Mark.ADDED, "带动就业人数"),
        (Mark.REMOVED, "公路里程"),
    ]


def test_the_order_of_indicators_counts_for_nothing():
    assert difference(GOAL, replace(GOAL, indicators=(PASSED, ROADS))).is_empty


def test_without_keys_a_new_name_is_a_change_of_name():
    before, after = (
        replace(GOAL, indicators=(replace(ROADS, key="", name=name),))
        for name in ("新改建公路里程", "新改建农村公路里程")
    )
    [change] = difference(before, after).indicators
    assert [each.field for each in change.changes] == ["name"]


def test_texts_are_marked_letter_by_letter():
    [change] = difference(GOAL, replace(GOAL, text="新建100公里")).changes
    assert [(piece.mark, piece.text) for piece in change.pieces] == [
        (Mark.KEPT, "新建1"),
        (Mark.REMOVED, "2"),
        (Mark.ADDED, "0"),
        (Mark.KEPT, "0公里"),
    ]
