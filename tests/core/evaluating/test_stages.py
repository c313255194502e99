"""How an evaluation runs: every one ends, sheets stay hidden, the evaluated is heard."""

from datetime import date

import pytest

from gongzhi.core.evaluating.independence import why_not_reviewer
from gongzhi.core.evaluating.stages import (
    ENDS,
    HIDDEN,
    TRANSITIONS,
    EvaluationStage,
    Hand,
    due_of,
    step_to_take,
    steps_open_to,
)
from gongzhi.core.terms import Said
from gongzhi.core.working_days import Calendar, Due
from gongzhi.rules.packs.evaluation import load_evaluation
from gongzhi.words import say

TODAY = date(2027, 3, 1)
DAYS = load_evaluation("mof-2020-10").kind("finance").days
CALENDAR = Calendar(holidays=frozenset(), extra_workdays=frozenset(), years=frozenset((2026, 2027)))
Stage = EvaluationStage


def taken(stage, verb, **other):
    return step_to_take(stage, verb, **{"today": TODAY, "reason": "有依据", **other})


def test_every_stage_that_is_no_end_leads_on_and_no_end_does():
    for stage in Stage:
        assert bool(steps_open_to(stage)) == (stage not in ENDS)


def test_a_verb_leads_from_a_stage_to_one_other():
    for stage in Stage:
        verbs = [step.verb for step in steps_open_to(stage)]
        assert len(verbs) == len(set(verbs))


def test_every_stage_is_reached_from_the_first():
    reached, new = {Stage.ASSIGNED}, {Stage.ASSIGNED}
    while new:
        new = {step.to for each in new for step in steps_open_to(each)} - reached
        reached |= new
    assert reached == set(Stage)


def test_sheets_stay_hidden_until_nobody_of_the_panel_is_at_work():
    waiting = taken(Stage.HANDED_IN, "open_evaluation", others=[Stage.ACCEPTED])
    assert waiting == Said("还有评价方没有提交，暂不公开")
    others = [Stage.HANDED_IN, Stage.DECLINED, Stage.WITHDRAWN, Stage.CONCLUDED]
    assert taken(Stage.HANDED_IN, "open_evaluation", others=others).to is Stage.OPENED
    assert Stage.HANDED_IN in HIDDEN


def test_nothing_is_concluded_before_the_evaluated_was_heard():
    ways = [step for step in TRANSITIONS if step.to is Stage.CONCLUDED]
    assert {step.stage for step in ways} == {Stage.SENT, Stage.ANSWERED}
    due = Due(on=TODAY, provisional=False)
    early = taken(Stage.SENT, "conclude_evaluation", due=due)
    assert early == Said("被评价单位提出异议的期限还没有过")
    after = taken(Stage.SENT, "conclude_evaluation", due=due, today=date(2027, 3, 2))
    assert after.to is Stage.CONCLUDED
    assert isinstance(taken(Stage.SENT, "conclude_evaluation"), Said)


def test_an_objection_is_answered_by_somebody_else():
    hands = {step.hand for step in TRANSITIONS if step.stage is Stage.OBJECTED}
    assert hands == {Hand.REVIEWER}
    assert why_not_reviewer("甲", worked=frozenset({"甲", "乙"}))
    assert why_not_reviewer("丙", worked=frozenset({"甲", "乙"})) is None


@pytest.mark.parametrize(
    ("stage", "verb"),
    [(step.stage, step.verb) for step in TRANSITIONS if step.needs_reason],
)
def test_what_takes_or_disputes_says_why(stage, verb):
    assert taken(stage, verb, reason=" ") == Said("请写明理由")
    assert not isinstance(taken(stage, verb), Said)


def test_what_is_over_stays_over():
    for stage in ENDS:
        for verb in {step.verb for step in TRANSITIONS}:
            assert taken(stage, verb) == Said("评价现在的状态不能这样办理")


def test_ten_working_days_to_object_and_ten_to_answer():
    for stage in (Stage.SENT, Stage.OBJECTED):
        due = due_of(stage, since=TODAY, days=DAYS, calendar=CALENDAR)
        assert due.on == date(2027, 3, 15)
    assert due_of(Stage.HANDED_IN, since=TODAY, days=DAYS, calendar=CALENDAR) is None


def test_every_step_has_its_words_in_both_languages():
    assert all(say(step.name, "en") != step.name.text for step in TRANSITIONS)
