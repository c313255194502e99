"""How an evaluation goes: every one ends, the evaluated is heard, what is over stays over."""

import itertools

import pytest

from gongzhi.core.evaluating.independence import why_not_reviewer
from gongzhi.core.evaluating.stages import (
    AWAITED,
    ENDS,
    FALLEN_AWAY,
    OPEN,
    TRANSITIONS,
    WAY,
    EvaluationStage,
    Side,
    step_to_take,
    steps_open_to,
)
from gongzhi.core.terms import Said
from gongzhi.words import say

Stage = EvaluationStage


def test_every_stage_that_is_no_end_leads_on_and_no_end_does():
    for stage in Stage:
        assert bool(steps_open_to(stage)) == (stage not in ENDS)


def test_a_verb_leads_from_a_stage_to_one_other():
    for stage in Stage:
        verbs = [step.verb for step in steps_open_to(stage)]
        assert len(verbs) == len(set(verbs))


def test_from_every_stage_an_end_is_reached_and_the_way_goes_on():
    leads_on = {stage: {step.to for step in steps_open_to(stage)} for stage in Stage}
    leads_on[Stage.OBJECTED].add(Stage.ANSWERED)  # with the answer to the last objection
    ending = set(ENDS)
    while more := {stage for stage in Stage if leads_on[stage] & ending} - ending:
        ending |= more
    assert ending == set(Stage)
    assert all(after in leads_on[stage] for stage, after in itertools.pairwise(WAY))


def test_what_is_awaited_or_closed_lies_open_to_nobody():
    assert not set(AWAITED) & set(OPEN)
    assert Stage.HANDED_IN not in OPEN
    assert set(FALLEN_AWAY) <= set(ENDS)


def test_nothing_is_concluded_before_the_evaluated_was_sent_it():
    ways = [step for step in TRANSITIONS if step.to is Stage.CONCLUDED]
    assert {step.stage for step in ways} == {Stage.SENT, Stage.ANSWERED}
    assert {step.side for step in ways} == {Side.COMMISSIONER}


def test_an_objection_is_answered_by_somebody_else():
    assert why_not_reviewer("甲", worked=frozenset({"甲", "乙"}))
    assert why_not_reviewer("丙", worked=frozenset({"甲", "乙"})) is None


@pytest.mark.parametrize(
    ("stage", "verb"),
    [(step.stage, step.verb) for step in TRANSITIONS if step.needs_reason],
)
def test_what_takes_or_disputes_says_why(stage, verb):
    assert step_to_take(stage, verb, reason=" ") == Said("请写明理由")
    assert not isinstance(step_to_take(stage, verb, reason="有依据"), Said)


def test_what_is_over_stays_over():
    for stage in ENDS:
        for verb in {step.verb for step in TRANSITIONS}:
            told = step_to_take(stage, verb, reason="改")
            assert told == Said("评价现在的状态不能这样办理")


def test_every_step_has_its_words_in_both_languages():
    assert all(say(step.name, "en") != step.name.text for step in TRANSITIONS)
