"""How an evaluation runs, from its assignment to its conclusion, and who takes which step.

What happened to it is a row of steps; where each leads stands in TRANSITIONS, which also draws the
diagram in docs/reference/evaluation.md. What is handed in stays hidden from the other evaluators
of the thing until all of its panel are in; only then is it opened, and sent to the evaluated.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongzhi.core.evaluating.rules import Days
from gongzhi.core.terms import Said
from gongzhi.core.working_days import Calendar, Due, due_on


class EvaluationStage(StrEnum):
    """How far an evaluation got."""

    ASSIGNED = "assigned"  # waits for the evaluator, who declares independence or declines
    ACCEPTED = "accepted"  # the evaluator works
    HANDED_IN = "handed_in"  # sealed; hidden until all of the panel are in
    OPENED = "opened"  # the panel sees each other's sheets
    SENT = "sent"  # the evaluated reads it and may object
    OBJECTED = "objected"  # waits for another reviewer's answer
    ANSWERED = "answered"  # nothing stands open
    CONCLUDED = "concluded"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Hand(StrEnum):
    """Who takes a step; who exactly may is the charter's answer."""

    COMMISSIONER = "commissioner"  # who assigned it
    EVALUATOR = "evaluator"
    EVALUATED = "evaluated"
    REVIEWER = "reviewer"  # of the evaluating side, but nobody who worked on it
    SYSTEM = "system"


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationTransition:
    """A step that may be taken in a stage: by whom, where it leads, what it needs.

    with_panel: only once nobody of the panel is still at work. after_due: only once the days of the
    stage are over.
    """

    stage: EvaluationStage
    verb: str
    to: EvaluationStage
    hand: Hand
    name: Said
    needs_reason: bool = False
    with_panel: bool = False
    after_due: bool = False


def _withdrawn(stage: EvaluationStage) -> EvaluationTransition:
    return EvaluationTransition(
        stage=stage,
        verb="withdraw_evaluation",
        to=EvaluationStage.WITHDRAWN,
        hand=Hand.COMMISSIONER,
        name=Said("撤回评价任务"),
        needs_reason=True,
    )


def _declined(stage: EvaluationStage) -> EvaluationTransition:
    return EvaluationTransition(
        stage=stage,
        verb="decline_evaluation",
        to=EvaluationStage.DECLINED,
        hand=Hand.EVALUATOR,
        name=Said("谢绝或者回避"),
        needs_reason=True,
    )


TRANSITIONS: tuple[EvaluationTransition, ...] = (
    EvaluationTransition(
        stage=EvaluationStage.ASSIGNED,
        verb="accept_evaluation",
        to=EvaluationStage.ACCEPTED,
        hand=Hand.EVALUATOR,
        name=Said("声明独立并接受"),
    ),
    _declined(EvaluationStage.ASSIGNED),
    _withdrawn(EvaluationStage.ASSIGNED),
    EvaluationTransition(
        stage=EvaluationStage.ACCEPTED,
        verb="hand_in_evaluation",
        to=EvaluationStage.HANDED_IN,
        hand=Hand.EVALUATOR,
        name=Said("提交评价"),
    ),
    _declined(EvaluationStage.ACCEPTED),
    _withdrawn(EvaluationStage.ACCEPTED),
    EvaluationTransition(
        stage=EvaluationStage.HANDED_IN,
        verb="open_evaluation",
        to=EvaluationStage.OPENED,
        hand=Hand.SYSTEM,
        name=Said("各方都已提交，互相公开"),
        with_panel=True,
    ),
    _withdrawn(EvaluationStage.HANDED_IN),
    EvaluationTransition(
        stage=EvaluationStage.OPENED,
        verb="send_evaluation",
        to=EvaluationStage.SENT,
        hand=Hand.COMMISSIONER,
        name=Said("送被评价单位"),
    ),
    EvaluationTransition(
        stage=EvaluationStage.SENT,
        verb="object_to_evaluation",
        to=EvaluationStage.OBJECTED,
        hand=Hand.EVALUATED,
        name=Said("提出异议"),
        needs_reason=True,
    ),
    EvaluationTransition(
        stage=EvaluationStage.SENT,
        verb="agree_to_evaluation",
        to=EvaluationStage.ANSWERED,
        hand=Hand.EVALUATED,
        name=Said("没有异议"),
    ),
    EvaluationTransition(
        stage=EvaluationStage.SENT,
        verb="conclude_evaluation",
        to=EvaluationStage.CONCLUDED,
        hand=Hand.COMMISSIONER,
        name=Said("期满没有异议，作出结论"),
        after_due=True,
    ),
    EvaluationTransition(
        stage=EvaluationStage.OBJECTED,
        verb="answer_objection",
        to=EvaluationStage.ANSWERED,
        hand=Hand.REVIEWER,
        name=Said("逐条答复异议"),
        needs_reason=True,
    ),
    EvaluationTransition(
        stage=EvaluationStage.ANSWERED,
        verb="conclude_evaluation",
        to=EvaluationStage.CONCLUDED,
        hand=Hand.COMMISSIONER,
        name=Said("作出结论"),
    ),
)
ENDS = (EvaluationStage.CONCLUDED, EvaluationStage.DECLINED, EvaluationStage.WITHDRAWN)
AT_WORK = (EvaluationStage.ASSIGNED, EvaluationStage.ACCEPTED)
HIDDEN = (*AT_WORK, EvaluationStage.HANDED_IN)
GONE = (EvaluationStage.DECLINED, EvaluationStage.WITHDRAWN)


def panel_is_in(others: Iterable[EvaluationStage]) -> bool:
    """Whether nobody else of the panel is still at work; who declined isn't waited for."""
    return not any(stage in AT_WORK for stage in others)


def steps_open_to(stage: EvaluationStage) -> tuple[EvaluationTransition, ...]:
    """What may be done with an evaluation in a stage."""
    return tuple(each for each in TRANSITIONS if each.stage is stage)


def step_to_take(
    stage: EvaluationStage,
    verb: str,
    *,
    today: date,
    due: Due | None = None,
    others: Iterable[EvaluationStage] = (),
    reason: str = "",
) -> EvaluationTransition | Said:
    """The step that a verb takes from a stage, or why it can't be taken, in words.

    due is the stage's own day, others are the stages of the panel's other evaluations.
    """
    step = next((each for each in steps_open_to(stage) if each.verb == verb), None)
    if step is None:
        return Said("评价现在的状态不能这样办理")
    if step.needs_reason and not reason.strip():
        return Said("请写明理由")
    if step.with_panel and not panel_is_in(others):
        return Said("还有评价方没有提交，暂不公开")
    if step.after_due and (due is None or today <= due.on):
        return Said("被评价单位提出异议的期限还没有过")
    return step


def due_of(stage: EvaluationStage, *, since: date, days: Days, calendar: Calendar) -> Due | None:
    """Until when the stage's next step is due; None where nobody has to do anything."""
    allowed = {
        EvaluationStage.ASSIGNED: days.accept,
        EvaluationStage.ACCEPTED: days.hand_in,
        EvaluationStage.OPENED: days.send,
        EvaluationStage.SENT: days.object,
        EvaluationStage.OBJECTED: days.answer,
        EvaluationStage.ANSWERED: days.conclude,
    }.get(stage)
    if allowed is None:
        return None
    return due_on(since, working_days=allowed, calendar=calendar)
