"""The picture from money to effect, and what is missing in it."""

from dataclasses import replace
from decimal import Decimal

from gongzhi.core.goals import (
    Activity,
    Beneficiaries,
    DraftGoal,
    DraftIndicator,
    Layer,
    logic_model,
)
from gongzhi.words import say

PIPES = DraftIndicator(
    key="homes",
    name="燃气通气户数",
    level1="产出指标",
    level2="数量指标",
    target="≥1785户",
    leads_to=("accidents",),
)
ACCIDENTS = DraftIndicator(
    key="accidents", name="瓶装气事故数", level1="效益指标", level2="社会效益指标", target="≤1起"
)
GOAL = DraftGoal(
    project="瓶改管",
    budget=Decimal(4_998_000),
    beneficiaries=(Beneficiaries(who="居民", count=Decimal(5200)),),
    activities=(
        Activity(key="lay", name="铺设管道", money=Decimal(4_998_000), leads_to=("homes",)),
    ),
    indicators=(PIPES, ACCIDENTS),
)


def gaps(goal):
    return [gap.code for gap in logic_model(goal).gaps]


def arrows(goal):
    return [(link.start, link.end) for link in logic_model(goal).links]


def test_a_whole_chain_has_no_gap_and_reads_as_a_sentence():
    model = logic_model(GOAL)
    assert model.gaps == ()
    assert arrows(GOAL) == [("money", "lay"), ("lay", "homes"), ("homes", "accidents")]
    assert say(model.said, "zh") == "投入 1 项 → 活动 1 项 → 产出 1 项 → 效果 1 项"
    assert say(model.said, "en") == "1 inputs → 1 activities → 1 outputs → 1 outcomes"
    assert [node.figure for node in model.layer(Layer.OUTPUT)] == ["≥1785户"]


def test_an_output_without_an_outcome_is_a_gap():
    assert gaps(replace(GOAL, indicators=(replace(PIPES, leads_to=()),))) == ["no_outcome"]


def test_an_outcome_without_an_output_is_a_gap():
    assert gaps(replace(GOAL, indicators=(ACCIDENTS,))) == ["no_output"]


def test_money_without_an_activity_is_a_gap():
    assert gaps(replace(GOAL, activities=())) == ["no_activity"]


def test_an_activity_without_money_is_a_gap():
    [lay] = GOAL.activities
    goal = replace(GOAL, activities=(lay, replace(lay, key="tell", money=None)))
    assert gaps(goal) == ["activity_without_money"]


def test_effects_for_nobody_are_a_gap():
    assert gaps(replace(GOAL, beneficiaries=())) == ["nobody_benefits"]


def test_loose_ends_are_named_one_by_one():
    [lay] = GOAL.activities
    goal = replace(
        GOAL,
        activities=(replace(lay, leads_to=()),),
        indicators=(replace(PIPES, leads_to=()), ACCIDENTS),
    )
    assert gaps(goal) == [
        "activity_without_output",
        "output_without_activity",
        "output_without_outcome",
        "outcome_without_output",
    ]
    [first, *_] = logic_model(goal).gaps
    assert first.nodes == ("lay",)
    assert say(first.said, "en") == "“铺设管道” leads to no output"


def test_where_nobody_said_so_links_are_guessed_by_shared_words_and_marked():
    safe = replace(ACCIDENTS, name="燃气事故数")
    goal = replace(GOAL, indicators=(replace(PIPES, leads_to=()), safe))
    [guessed] = [link for link in logic_model(goal).links if link.guessed]
    assert (guessed.start, guessed.end) == ("homes", "accidents")


def test_costs_limit_inputs_and_have_no_box():
    price = DraftIndicator(key="price", name="单价", level1="成本指标", level2="经济成本指标")
    model = logic_model(replace(GOAL, indicators=(*GOAL.indicators, price)))
    assert "price" not in {node.key for node in model.nodes}
