"""What holds for every drafted goal, whatever was typed."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings

from core.expected_forms import expected_forms
from core.goals.drafts import goals
from gongzhi.core.goals import (
    FIELDS,
    GOAL_CHECKS,
    CostNorm,
    Layer,
    Mark,
    check_goal,
    cost_per_beneficiary,
    cost_per_unit,
    difference,
    draft_of,
    logic_model,
)
from gongzhi.core.goals.checking import FORM_CHECKS
from gongzhi.core.terms import Said
from gongzhi.rules.goals import load_examples, load_goal_rules
from gongzhi.rules.packs import load_packs
from gongzhi.words import say, translate

CHINESE = re.compile(r"[\u3400-\u9fff]")
PACKS = load_packs()
RULES = load_goal_rules(on=date(2026, 3, 1))
NORMS = (CostNorm(name="培训", measure="人", most=1000, clause="x"),)
TELLS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def inside(said: Said) -> Iterator[str]:
    yield said.text
    for value in said.values.values():
        if isinstance(value, Said):
            yield from inside(value)


def has_english(said: Said) -> bool:
    texts = (text for text in inside(said) if CHINESE.search(text))
    return all(translate(text, "en") != text for text in texts) and bool(say(said, "en"))


@TELLS
@given(goals)
def test_any_goal_can_be_checked_and_the_findings_have_their_place_and_english(goal):
    for pack in PACKS.values():
        once = check_goal(goal, pack=pack, rules=RULES, norms=NORMS)
        assert once == check_goal(goal, pack=pack, rules=RULES, norms=NORMS)
        for finding in once:
            assert has_english(finding.said)
            assert finding.clause
            assert finding.code in FIELDS
            at = finding.where.indicator
            assert at is None or 0 <= at < len(goal.indicators)
        certain = [finding.certain for finding in once]
        assert certain == sorted(certain, reverse=True)


@TELLS
@given(goals)
def test_a_logic_model_links_what_is_there_and_only_onward(goal):
    model = logic_model(goal)
    columns = list(Layer)
    place = {node.key: columns.index(node.layer) for node in model.nodes}
    assert {end for link in model.links for end in (link.start, link.end)} <= set(place)
    assert {key for gap in model.gaps for key in gap.nodes} <= set(place)
    if len(place) == len(model.nodes):  # no key was used for two boxes
        assert all(place[link.start] < place[link.end] for link in model.links)
    told = (model.said, *(each.said for each in (*model.gaps, *model.nodes)))
    assert all(has_english(said) for said in told)


@TELLS
@given(goals, goals)
def test_nothing_differs_from_itself_and_texts_are_put_together_again(one, other):
    assert difference(one, one).is_empty
    found = difference(one, other)
    assert has_english(found.said)
    for change in (*found.changes, *(c for each in found.indicators for c in each.changes)):
        earlier = [piece.text for piece in change.pieces if piece.mark is not Mark.ADDED]
        later = [piece.text for piece in change.pieces if piece.mark is not Mark.REMOVED]
        assert "".join(earlier) == change.before
        assert "".join(later) == change.after


@TELLS
@given(goals, goals)
def test_a_difference_read_backwards_swaps_what_was_added_and_removed(one, other):
    forth, back = difference(one, other), difference(other, one)
    assert count(forth, Mark.ADDED) - count(forth, Mark.REMOVED) == len(other.indicators) - len(
        one.indicators
    )
    assert forth.is_empty == back.is_empty


def count(found, mark) -> int:
    return sum(each.mark is mark for each in found.indicators)


@TELLS
@given(goals)
def test_costs_are_in_cents_and_show_their_sum(goal):
    for cost in (*cost_per_beneficiary(goal), *cost_per_unit(goal)):
        assert cost.amount == round(cost.amount, 2) or abs(cost.amount) > 10**20
        assert " ÷ " in cost.arithmetic


def test_every_check_stands_at_a_field_that_has_its_examples():
    fields = set(load_examples())
    assert {check.field for check in GOAL_CHECKS} | {field for _, field in FORM_CHECKS} <= fields
    assert len(FIELDS) == len(GOAL_CHECKS) + len(FORM_CHECKS)


@pytest.mark.parametrize("example", load_examples().values(), ids=load_examples())
def test_every_field_is_shown_well_and_badly_in_both_languages(example):
    for text in (example.name, example.hint, example.good, example.bad):
        assert CHINESE.search(text.zh) or re.search("[0-9]", text.zh)
        assert not CHINESE.search(text.en.replace("单位提供", ""))
    assert example.good.zh != example.bad.zh


def test_goals_of_real_forms_can_be_checked_compared_and_drawn():
    fired = set()
    for expected in expected_forms():
        goal = draft_of(expected.form)
        findings = check_goal(goal, pack=PACKS["mof-2020-10"], rules=RULES)
        fired |= {finding.code for finding in findings}
        assert all(has_english(finding.said) for finding in findings)
        assert difference(goal, goal).is_empty
        assert logic_model(goal).nodes or not goal.indicators or goal.budget is None
    assert {"wish_as_name", "no_unit", "how_asked", "kinds_missing", "wrong_place"} <= fired
