"""An alert 预警 and what may happen to it: answered, planned, put right, checked, closed.

A project gets one alert a round, with all signals of that round that warn: the unit chooses once
for the project. What happened to it is a row of steps; its stage follows from them by TRANSITIONS,
which also draws the diagram in docs/reference/monitoring.md. Nothing disappears: an alert that was
wrong is withdrawn with its reason and stays.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from gongzhi.core.monitoring.case import Signal
from gongzhi.core.monitoring.figures import end_of
from gongzhi.core.monitoring.rules import Clocks, Level
from gongzhi.core.terms import FiscalYear, Said
from gongzhi.core.working_days import Calendar, Due, due_on


class Stage(StrEnum):
    """How far an alert got."""

    OPEN = "open"  # waits for the unit's answer
    UNANSWERED = "unanswered"  # no answer in time: suspension was proposed
    ANSWERED = "answered"  # the unit has chosen
    PLANNED = "planned"  # a plan to put things right was filed
    REPORTED = "reported"  # the unit says that it is done; waits for the check
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Choice(StrEnum):
    """What a unit may choose: continue, reallocate, cancel."""

    CONTINUE = "continue"  # 继续执行
    REALLOCATE = "reallocate"  # 调剂
    CANCEL = "cancel"  # 取消


class Side(StrEnum):
    """Who takes a step; who exactly may is the charter's answer."""

    UNIT = "unit"
    FINANCE = "finance"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """A step that may be taken in a stage: by which side, where it leads, what it needs.

    choices are the answers after which it may be taken; restarts tells whether the clock of the
    stage that it leads to counts from this step, instead of from before.
    """

    stage: Stage
    verb: str
    to: Stage
    side: Side
    name: Said
    choices: tuple[Choice, ...] = ()
    needs_choice: bool = False
    needs_reason: bool = True
    restarts: bool = False


MOVED = (Choice.REALLOCATE, Choice.CANCEL)
TRANSITIONS: tuple[Transition, ...] = (
    Transition(
        stage=Stage.OPEN,
        verb="answer_alert",
        to=Stage.ANSWERED,
        side=Side.UNIT,
        name=Said("答复：继续、调剂或取消"),
        needs_choice=True,
    ),
    Transition(
        stage=Stage.OPEN,
        verb="propose_suspension",
        to=Stage.UNANSWERED,
        side=Side.SYSTEM,
        name=Said("逾期未答复，提出暂停拨付建议"),
        needs_reason=False,
    ),
    Transition(
        stage=Stage.UNANSWERED,
        verb="answer_alert",
        to=Stage.ANSWERED,
        side=Side.UNIT,
        name=Said("答复：继续、调剂或取消"),
        needs_choice=True,
    ),
    Transition(
        stage=Stage.UNANSWERED,
        verb="decide_suspension",
        to=Stage.UNANSWERED,
        side=Side.FINANCE,
        name=Said("决定是否暂停拨付"),
    ),
    Transition(
        stage=Stage.OPEN,
        verb="withdraw_alert",
        to=Stage.WITHDRAWN,
        side=Side.FINANCE,
        name=Said("撤回预警"),
    ),
    Transition(
        stage=Stage.UNANSWERED,
        verb="withdraw_alert",
        to=Stage.WITHDRAWN,
        side=Side.FINANCE,
        name=Said("撤回预警"),
    ),
    Transition(
        stage=Stage.ANSWERED,
        verb="accept_answer",
        to=Stage.CLOSED,
        side=Side.FINANCE,
        name=Said("同意答复，不需要整改"),
        choices=(Choice.CONTINUE,),
    ),
    Transition(
        stage=Stage.ANSWERED,
        verb="return_answer",
        to=Stage.OPEN,
        side=Side.FINANCE,
        name=Said("退回答复"),
        restarts=True,
    ),
    Transition(
        stage=Stage.ANSWERED,
        verb="file_plan",
        to=Stage.PLANNED,
        side=Side.UNIT,
        name=Said("提出整改方案"),
        choices=(Choice.CONTINUE,),
    ),
    Transition(
        stage=Stage.ANSWERED,
        verb="report_done",
        to=Stage.REPORTED,
        side=Side.UNIT,
        name=Said("报告调剂或取消已经办理"),
        choices=MOVED,
        restarts=True,
    ),
    Transition(
        stage=Stage.PLANNED,
        verb="return_plan",
        to=Stage.ANSWERED,
        side=Side.FINANCE,
        name=Said("退回整改方案"),
        restarts=True,
    ),
    Transition(
        stage=Stage.PLANNED,
        verb="report_done",
        to=Stage.REPORTED,
        side=Side.UNIT,
        name=Said("报告整改结果"),
        restarts=True,
    ),
    Transition(
        stage=Stage.REPORTED,
        verb="pass_check",
        to=Stage.CLOSED,
        side=Side.FINANCE,
        name=Said("核查通过"),
    ),
    Transition(
        stage=Stage.REPORTED,
        verb="fail_check",
        to=Stage.ANSWERED,
        side=Side.FINANCE,
        name=Said("核查不通过"),
        restarts=True,
    ),
)
ENDS = (Stage.CLOSED, Stage.WITHDRAWN)
SEVERITY = (Level.RED, Level.YELLOW, Level.BLUE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What was done to an alert on a day."""

    verb: str
    on: date
    choice: Choice | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """A project's alert of a round, with the signals that it is about and its steps so far."""

    key: str
    project: str
    year: FiscalYear
    round: int
    opened_on: date
    signals: tuple[Signal, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def stage(self) -> Stage:
        """How far it got."""
        stage = Stage.OPEN
        for step in self.steps:
            stage = _transition(stage, step.verb).to
        return stage

    @property
    def choice(self) -> Choice | None:
        """What the unit chose last."""
        return next((step.choice for step in reversed(self.steps) if step.choice), None)

    @property
    def level(self) -> Level:
        """The colour of its gravest signal."""
        levels = {signal.level for signal in self.signals}
        return next((level for level in SEVERITY if level in levels), Level.YELLOW)

    @property
    def running_since(self) -> date:
        """The day from which the present stage's clock counts."""
        since, stage = self.opened_on, Stage.OPEN
        for step in self.steps:
            taken = _transition(stage, step.verb)
            since, stage = step.on if taken.restarts else since, taken.to
        return since


def open_alert(
    key: str,
    *,
    project: str,
    signals: tuple[Signal, ...],
    today: date,
    clocks: Clocks,
    known: tuple[Alert, ...] = (),
) -> Alert | None:
    """The alert to open today, if signals warn and this round hasn't one of the project yet."""
    warning = tuple(signal for signal in signals if signal.warns)
    found = round_of(today, rounds=clocks.rounds)
    has_one = any(each.project == project and (each.year, each.round) == found for each in known)
    if not warning or has_one:
        return None
    year, month = found
    return Alert(key=key, project=project, year=year, round=month, opened_on=today, signals=warning)


def round_of(today: date, *, rounds: tuple[int, ...]) -> tuple[FiscalYear, int]:
    """The last round that is over: its year and month."""
    past = [month for month in rounds if end_of(today.year, month) <= today]
    return (today.year, max(past)) if past else (today.year - 1, max(rounds))


def steps_open_to(alert: Alert) -> tuple[Transition, ...]:
    """What may be done with an alert now."""
    return tuple(
        each
        for each in TRANSITIONS
        if each.stage is alert.stage and (not each.choices or alert.choice in each.choices)
    )


def why_not(alert: Alert, step: Step) -> Said | None:
    """Why a step can't be taken, in words; None where it can."""
    taken = next((each for each in steps_open_to(alert) if each.verb == step.verb), None)
    if taken is None:
        return Said("预警现在的状态不能这样办理")
    if step.on < (alert.steps[-1].on if alert.steps else alert.opened_on):
        return Said("日期早于上一步")
    if taken.needs_choice != (step.choice is not None):
        return Said("请选择继续执行、调剂或取消") if taken.needs_choice else Said("这一步不作选择")
    if taken.needs_reason and not step.reason.strip():
        return Said("请写明理由")
    return None


def advanced(alert: Alert, step: Step) -> Alert:
    """The alert after a step; ask `why_not` first."""
    assert why_not(alert, step) is None, "a step that may not be taken"
    return replace(alert, steps=(*alert.steps, step))


def due_of(alert: Alert, *, clocks: Clocks, calendar: Calendar) -> Due | None:
    """Until when the next step is due; None where nothing is.

    Answer, plan and report all count from the day of the alert, or from its last return.
    """
    days = {
        Stage.OPEN: clocks.answer,
        Stage.UNANSWERED: clocks.answer,
        Stage.ANSWERED: clocks.report if alert.choice in MOVED else clocks.plan,
        Stage.PLANNED: clocks.report,
        Stage.REPORTED: clocks.check,
    }.get(alert.stage)
    if days is None:
        return None
    return due_on(alert.running_since, working_days=days, calendar=calendar)


def _transition(stage: Stage, verb: str) -> Transition:
    return next(each for each in TRANSITIONS if each.stage is stage and each.verb == verb)
