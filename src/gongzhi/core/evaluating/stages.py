"""How an evaluation goes: assigned, accepted with independence declared, handed in, opened, heard.

What happened to it is a row of steps; where each leads stands in TRANSITIONS. What was handed in
stays closed until every evaluation of the same panel is in or has fallen away; then all open
together. The evaluated is heard before anything is concluded.
"""

from dataclasses import dataclass
from enum import StrEnum

from gongzhi.core.terms import Said


class EvaluationStage(StrEnum):
    """How far an evaluation got."""

    ASSIGNED = "assigned"  # waits for the evaluator to declare independence, or to decline
    ACCEPTED = "accepted"  # the evaluator works on the sheet
    HANDED_IN = "handed_in"  # closed until all of the panel are in
    OPENED = "opened"  # waits for the commissioner to send it to the evaluated
    SENT = "sent"  # the evaluated may object or acknowledge
    OBJECTED = "objected"  # objections wait for their answers
    ANSWERED = "answered"  # waits for its conclusion
    CONCLUDED = "concluded"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Side(StrEnum):
    """Who takes a step; who exactly may is the charter's answer."""

    EVALUATOR = "evaluator"
    COMMISSIONER = "commissioner"
    EVALUATED = "evaluated"
    PLATFORM = "platform"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """A step that may be taken in a stage: by whom, where it leads, whether it needs a reason."""

    stage: EvaluationStage
    verb: str
    to: EvaluationStage
    side: Side
    name: Said
    needs_reason: bool = False


def _step(
    stage: EvaluationStage,
    verb: str,
    to: EvaluationStage,
    *,
    side: Side,
    name: str,
    needs_reason: bool = False,
) -> Transition:
    return Transition(
        stage=stage, verb=verb, to=to, side=side, name=Said(name), needs_reason=needs_reason
    )


def _withdrawn(stage: EvaluationStage) -> Transition:
    return _step(
        stage,
        "withdraw_evaluation",
        EvaluationStage.WITHDRAWN,
        side=Side.COMMISSIONER,
        name="撤回评价",
        needs_reason=True,
    )


def _worked_on(stage: EvaluationStage) -> tuple[Transition, ...]:
    return (
        _step(stage, "draft_sheet", stage, side=Side.EVALUATOR, name="保存评分表"),
        _step(stage, "file_working_paper", stage, side=Side.EVALUATOR, name="归入工作底稿"),
    )


def _objected(stage: EvaluationStage) -> Transition:
    return _step(
        stage,
        "object_to_evaluation",
        EvaluationStage.OBJECTED,
        side=Side.EVALUATED,
        name="提出异议",
        needs_reason=True,
    )


def _concluded(stage: EvaluationStage) -> Transition:
    return _step(
        stage,
        "conclude_evaluation",
        EvaluationStage.CONCLUDED,
        side=Side.COMMISSIONER,
        name="作出评价结论",
    )


TRANSITIONS: tuple[Transition, ...] = (
    _step(
        EvaluationStage.ASSIGNED,
        "accept_assignment",
        EvaluationStage.ACCEPTED,
        side=Side.EVALUATOR,
        name="声明独立并接受评价任务",
    ),
    _step(
        EvaluationStage.ASSIGNED,
        "decline_assignment",
        EvaluationStage.DECLINED,
        side=Side.EVALUATOR,
        name="谢绝评价任务",
        needs_reason=True,
    ),
    _withdrawn(EvaluationStage.ASSIGNED),
    *_worked_on(EvaluationStage.ACCEPTED),
    _step(
        EvaluationStage.ACCEPTED,
        "hand_in_evaluation",
        EvaluationStage.HANDED_IN,
        side=Side.EVALUATOR,
        name="署名并提交评价",
    ),
    _withdrawn(EvaluationStage.ACCEPTED),
    _step(
        EvaluationStage.HANDED_IN,
        "open_evaluations",
        EvaluationStage.OPENED,
        side=Side.PLATFORM,
        name="同时打开各方评价",
    ),
    _withdrawn(EvaluationStage.HANDED_IN),
    _step(
        EvaluationStage.OPENED,
        "send_evaluation",
        EvaluationStage.SENT,
        side=Side.COMMISSIONER,
        name="送被评价单位",
    ),
    _objected(EvaluationStage.SENT),
    _step(
        EvaluationStage.SENT,
        "acknowledge_evaluation",
        EvaluationStage.ANSWERED,
        side=Side.EVALUATED,
        name="认可评价意见",
        needs_reason=True,
    ),
    _concluded(EvaluationStage.SENT),
    _objected(EvaluationStage.OBJECTED),
    _step(
        EvaluationStage.OBJECTED,
        "answer_objection",
        EvaluationStage.OBJECTED,
        side=Side.EVALUATOR,
        name="答复异议",
        needs_reason=True,
    ),
    _concluded(EvaluationStage.ANSWERED),
)
ENDS = (EvaluationStage.CONCLUDED, EvaluationStage.DECLINED, EvaluationStage.WITHDRAWN)
FALLEN_AWAY = (EvaluationStage.DECLINED, EvaluationStage.WITHDRAWN)
AWAITED = (EvaluationStage.ASSIGNED, EvaluationStage.ACCEPTED)
# From here on the sheets of a panel lie open to each other and to who commissioned them.
OPEN = (
    EvaluationStage.OPENED,
    EvaluationStage.SENT,
    EvaluationStage.OBJECTED,
    EvaluationStage.ANSWERED,
    EvaluationStage.CONCLUDED,
)
# The main way, for whoever looks how far it got.
WAY = (
    EvaluationStage.ASSIGNED,
    EvaluationStage.ACCEPTED,
    EvaluationStage.HANDED_IN,
    EvaluationStage.OPENED,
    EvaluationStage.SENT,
    EvaluationStage.OBJECTED,
    EvaluationStage.ANSWERED,
    EvaluationStage.CONCLUDED,
)


def steps_open_to(stage: EvaluationStage) -> tuple[Transition, ...]:
    """What may be done with an evaluation in a stage."""
    return tuple(each for each in TRANSITIONS if each.stage is stage)


def step_to_take(stage: EvaluationStage, verb: str, *, reason: str = "") -> Transition | Said:
    """The step that a verb takes from a stage, or why it can't be taken, in words."""
    step = next((each for each in steps_open_to(stage) if each.verb == verb), None)
    if step is None:
        return Said("评价现在的状态不能这样办理")
    if step.needs_reason and not reason.strip():
        return Said("请写明理由")
    return step
