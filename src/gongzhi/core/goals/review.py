"""How goals are examined: handed in by the unit, forwarded by its department, approved by finance.

What happened to a version is a row of steps; where each leads stands in TRANSITIONS. A version
that was returned stays as it is: the unit drafts another one. An approved version is locked, and
replaced only by an approved adjustment.
"""

from dataclasses import dataclass
from enum import StrEnum

from gongzhi.core.terms import Said


class GoalStage(StrEnum):
    """How far a version of goals got."""

    DRAFT = "draft"
    SUBMITTED = "submitted"  # waits for the department above the unit
    FORWARDED = "forwarded"  # waits for the finance bureau
    ASKED = "asked"  # citizens, social organisations and enterprises are asked
    RETURNED = "returned"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


class Examiner(StrEnum):
    """Who takes a step; who exactly may is the charter's answer."""

    UNIT = "unit"
    DEPARTMENT = "department"
    FINANCE = "finance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """A step that may be taken in a stage: by whom, where it leads, what it needs.

    under_department tells that it leads there only for a unit that has a department above it
    (True) or has none (False); None is for every unit.
    """

    stage: GoalStage
    verb: str
    to: GoalStage
    side: Examiner
    name: Said
    under_department: bool | None = None
    needs_reason: bool = False


def _withdrawn(stage: GoalStage) -> Transition:
    return Transition(
        stage=stage,
        verb="withdraw_goals",
        to=GoalStage.WITHDRAWN,
        side=Examiner.UNIT,
        name=Said("撤回"),
    )


def _submitted(to: GoalStage, *, under_department: bool) -> Transition:
    return Transition(
        stage=GoalStage.DRAFT,
        verb="submit_goals",
        to=to,
        side=Examiner.UNIT,
        name=Said("审核并报送"),
        under_department=under_department,
    )


def _returned(stage: GoalStage, side: Examiner) -> Transition:
    return Transition(
        stage=stage,
        verb="return_goals",
        to=GoalStage.RETURNED,
        side=side,
        name=Said("退回修改"),
        needs_reason=True,
    )


def _approved(stage: GoalStage) -> Transition:
    return Transition(
        stage=stage,
        verb="approve_goals",
        to=GoalStage.APPROVED,
        side=Examiner.FINANCE,
        name=Said("批复"),
    )


TRANSITIONS: tuple[Transition, ...] = (
    _submitted(GoalStage.SUBMITTED, under_department=True),
    _submitted(GoalStage.FORWARDED, under_department=False),
    _withdrawn(GoalStage.DRAFT),
    Transition(
        stage=GoalStage.SUBMITTED,
        verb="forward_goals",
        to=GoalStage.FORWARDED,
        side=Examiner.DEPARTMENT,
        name=Said("审核并转报财政部门"),
    ),
    _returned(GoalStage.SUBMITTED, Examiner.DEPARTMENT),
    _withdrawn(GoalStage.SUBMITTED),
    Transition(
        stage=GoalStage.FORWARDED,
        verb="ask_about_goals",
        to=GoalStage.ASKED,
        side=Examiner.FINANCE,
        name=Said("征求意见"),
    ),
    _approved(GoalStage.FORWARDED),
    _returned(GoalStage.FORWARDED, Examiner.FINANCE),
    _approved(GoalStage.ASKED),
    _returned(GoalStage.ASKED, Examiner.FINANCE),
)
ENDS = (GoalStage.RETURNED, GoalStage.APPROVED, GoalStage.WITHDRAWN)


def steps_open_to(stage: GoalStage, *, has_department: bool) -> tuple[Transition, ...]:
    """What may be done with goals in a stage, of a unit with a department above it or without."""
    return tuple(
        each
        for each in TRANSITIONS
        if each.stage is stage and each.under_department in (None, has_department)
    )


def step_to_take(
    stage: GoalStage, verb: str, *, has_department: bool, reason: str = ""
) -> Transition | Said:
    """The step that a verb takes from a stage, or why it can't be taken, in words."""
    open_now = steps_open_to(stage, has_department=has_department)
    step = next((each for each in open_now if each.verb == verb), None)
    if step is None:
        return Said("绩效目标现在的状态不能这样办理")
    if step.needs_reason and not reason.strip():
        return Said("请写明理由")
    return step
