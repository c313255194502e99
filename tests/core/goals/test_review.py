"""The review of goals: every version ends, nothing leaves an end, a return states its reason."""

import pytest

from gongzhi.core.goals.review import (
    ENDS,
    TRANSITIONS,
    Examiner,
    GoalStage,
    step_to_take,
    steps_open_to,
)
from gongzhi.core.terms import Said

UNITS = pytest.mark.parametrize("has_department", [True, False])


@UNITS
def test_every_stage_that_is_no_end_leads_on_and_no_end_does(has_department):
    for stage in GoalStage:
        unreachable = stage is GoalStage.SUBMITTED and not has_department
        steps = steps_open_to(stage, has_department=has_department)
        assert bool(steps) == (stage not in ENDS) or unreachable


@UNITS
def test_a_verb_leads_from_a_stage_to_one_other(has_department):
    for stage in GoalStage:
        verbs = [step.verb for step in steps_open_to(stage, has_department=has_department)]
        assert len(verbs) == len(set(verbs))


def test_goals_pass_the_department_only_where_there_is_one():
    for has_department, to in ((True, GoalStage.SUBMITTED), (False, GoalStage.FORWARDED)):
        step = step_to_take(GoalStage.DRAFT, "submit_goals", has_department=has_department)
        assert not isinstance(step, Said)
        assert step.to is to


def test_what_is_returned_states_why():
    asked = {"verb": "return_goals", "has_department": True}
    silent = step_to_take(GoalStage.FORWARDED, **asked, reason=" ")
    told = step_to_take(GoalStage.FORWARDED, **asked, reason="没有满意度指标")
    assert silent == Said("请写明理由")
    assert not isinstance(told, Said)


def test_only_the_bureau_approves():
    approving = {step.side for step in TRANSITIONS if step.to is GoalStage.APPROVED}
    assert approving == {Examiner.FINANCE}


def test_what_is_decided_stays_decided():
    for stage in ENDS:
        for verb in {step.verb for step in TRANSITIONS}:
            step = step_to_take(stage, verb, has_department=True, reason="改")
            assert step == Said("绩效目标现在的状态不能这样办理")
