"""An alert: what it is about, how far it got, until when what is due, and the deeds open to it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.monitoring.alert import TRANSITIONS, Choice, Stage, steps_open_to
from gongzhi.core.terms import Said
from gongzhi.core.waiting import Clock, Waiting, clock_of
from gongzhi.core.working_days import Due
from gongzhi.cycle.actions import alerts as actions
from gongzhi.cycle.alerts_due import VISITING, as_value, dues_of
from gongzhi.cycle.models import Alert, AlertStep, Project
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.rights import charter_in_force
from gongzhi.rules.calendar import load_calendar
from gongzhi.trust.seals import Seal
from gongzhi.web.beside import beside
from gongzhi.web.clauses import ShownClause, clause_shown
from gongzhi.web.filled import KeyForm, new_key, shown
from gongzhi.web.here import Here, Permitted, about
from gongzhi.web.pages.monitoring.readers import may_read_payments
from gongzhi.web.pages.monitoring.seen import answering, level_of, shown_signals
from gongzhi.web.readable import readable_thing
from gongzhi.web.seals import seals_on
from gongzhi.web.shown import Stage as Station
from gongzhi.web.step_seals import step_seals
from gongzhi.web.stepping import step_on

REASON_MAX = 2000
CHOICES: Mapping[str, Said] = {
    Choice.CONTINUE: Said("继续执行"),
    Choice.REALLOCATE: Said("调剂"),
    Choice.CANCEL: Said("取消"),
}
WAY = (Stage.OPEN, Stage.ANSWERED, Stage.PLANNED, Stage.REPORTED, Stage.CLOSED)
CLOCK_CLAUSES = {
    Stage.OPEN: "4.12",
    Stage.UNANSWERED: "4.12",
    Stage.ANSWERED: "4.16",
    Stage.PLANNED: "4.16",
    Stage.REPORTED: "4.16",
}
# What is asked beside the reason, and how the reason is called.
ASKED: Mapping[str, Said] = {
    "answer_alert": Said("理由"),
    "decide_suspension": Said("理由"),
    "withdraw_alert": Said("为什么撤回"),
    "accept_answer": Said("意见"),
    "return_answer": Said("为什么退回"),
    "file_plan": Said("整改方案：做什么，谁负责，什么时候完成"),
    "return_plan": Said("为什么退回"),
    "report_done": Said("办了什么，结果怎样，证明在哪里"),
    "pass_check": Said("核查意见"),
    "fail_check": Said("哪里不符"),
    "order_visit": Said("为什么去，什么时候去"),
    "record_visit": Said("现场看到了什么"),
}


class StepForm(KeyForm):
    """A step with its words; which of them it needs is for the action to say."""

    reason = forms.CharField(max_length=REASON_MAX)


class AnswerForm(StepForm):
    """An answer: the choice with its reason."""

    choice = forms.ChoiceField(choices=[(code, code) for code in CHOICES])


class DecisionForm(StepForm):
    """A decision on suspension with its reason."""

    decision = forms.ChoiceField(choices=AlertStep.Decision.choices)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownStep:
    """A step that was taken: what, by whom, when, and its seal."""

    step: AlertStep
    name: Said
    choice: Said | None
    seal: Seal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenStep:
    """A step that the reader may take: the deed, its form's fields; beside: whatever the stage."""

    deed: Permitted
    asked: Said
    choices: Sequence[tuple[str, Said]]
    decisions: Sequence[tuple[str, Any]]
    beside: bool


@require_safe
def alert(request: MemberRequest, alert: UUID) -> HttpResponse:
    """The alert, with the deeds that the reader may do."""
    return _page(request, readable_thing(request, "alert", alert))


def _page(
    request: MemberRequest, row: Alert, *, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    side = beside(request.member, row)
    here = about(request, row, *side.made_here)
    reads = may_read_payments(request.member, row.project)
    context = {
        "alert": row,
        "project": row.project,
        "project_readable": _reads_project(request, row),
        "level": level_of(row.level),
        "clock": clock_for(row, dues_of([row])[row.pk]),
        "clause": _clause(row),
        "stations": list(_stations(row)),
        "signals": answering(
            shown_signals(row.signals, with_money=reads),
            project=row.project_id,
            year=row.fiscal_year,
            on=row.opened_on,
        ),
        "steps": list(_steps(request, row)),
        "open": list(_open(row, here)),
        "seal": seals_on([row], verbs=["open_alert"]),
        "faults": shown(faults or {}),
        "given": request.POST,
        "key": new_key(),
        "beside": side,
    }
    return render(request, "pages/monitoring/alert.html", context, status=422 if faults else 200)


def _reads_project(request: MemberRequest, row: Alert) -> bool:
    return Project.objects.visible_to(request.member).filter(pk=row.project_id).exists()


def clock_for(row: Alert, due: Due | None) -> Clock | None:
    """The clock of what is due next; none where nothing is."""
    if due is None:
        return None
    waiting = Waiting(
        verb="answer_alert",
        thing=row.thing(),
        said=Said(""),
        opened_on=row.opened_on,
        due_on=due.on,
        provisional=due.provisional,
    )
    return clock_of(waiting, today=business_date(), calendar=load_calendar())


def _clause(row: Alert) -> ShownClause | None:
    number = CLOCK_CLAUSES.get(Stage(row.stage))
    return clause_shown(number) if number in charter_in_force().clauses and number else None


def _stations(row: Alert) -> Iterator[Station]:
    """The way of an alert: what was passed, where it stands, what comes; back where returned."""
    stage = Stage(row.stage)
    way = [Stage.OPEN, Stage.WITHDRAWN] if stage is Stage.WITHDRAWN else list(WAY)
    if stage is Stage.UNANSWERED:
        way.insert(1, stage)
    at = way.index(stage)
    names = dict(Alert.Stage.choices)
    for number, station in enumerate(way):
        state = "done" if number < at else "here" if number == at else "next"
        yield Station(name=str(names[station]), state=state, said=_since(row, station))


def _since(row: Alert, station: Stage) -> str:
    """When it came to a station last."""
    if station is Stage.OPEN:
        return row.opened_on.isoformat()
    for step in reversed(row.steps.all()):
        if any(each.verb == step.verb and each.to is station for each in TRANSITIONS):
            return str(step.done_on.isoformat())
    return ""


def _steps(request: MemberRequest, row: Alert) -> Iterator[ShownStep]:
    """The steps with the seals of their deeds."""
    seal = step_seals(request.member, row.thing())
    names = charter_in_force().verb_names
    for step in row.steps.all():
        yield ShownStep(
            step=step,
            name=names.get(step.verb, Said(step.verb)),
            choice=CHOICES.get(step.choice),
            seal=seal(step.verb),
        )


def _open(row: Alert, here: Here) -> Iterator[OpenStep]:
    """The steps that the alert's rules and the charter both allow."""
    verbs = dict.fromkeys(each.verb for each in steps_open_to(as_value(row)))
    for verb in (*verbs, *VISITING):
        deed = here[verb] if verb in ASKED else None
        if deed is not None:
            yield OpenStep(
                deed=deed,
                asked=ASKED[verb],
                choices=list(CHOICES.items()) if verb == "answer_alert" else (),
                decisions=AlertStep.Decision.choices if verb == "decide_suspension" else (),
                beside=verb in VISITING,
            )


# ── the deeds, each an address ──


def _take(
    request: MemberRequest,
    identifier: UUID,
    deed: Any,
    *,
    form: type[StepForm] = StepForm,
) -> HttpResponse:
    """Take a step with what the form carries; what doesn't suit leads back to it."""

    def step(row: Alert, given: Mapping[str, Any]) -> object:
        return deed(by=request.member, alert=row, **given)

    return step_on(request, "alert", identifier, form(request.POST), step, page=_page)


@require_POST
def answer_alert(request: MemberRequest, alert: UUID) -> HttpResponse:
    """Choose to continue, reallocate or cancel."""
    return _take(request, alert, actions.answer_alert, form=AnswerForm)


@require_POST
def decide_suspension(request: MemberRequest, alert: UUID) -> HttpResponse:
    """Decide whether payment is suspended."""
    return _take(request, alert, actions.decide_suspension, form=DecisionForm)


@require_POST
def withdraw_alert(request: MemberRequest, alert: UUID) -> HttpResponse:
    """Take an alert back."""
    return _take(request, alert, actions.withdraw_alert)


@require_POST
def accept_answer(request: MemberRequest, alert: UUID) -> HttpResponse:
    """Agree with an answer."""
    return _take(request, alert, actions.accept_answer)


@require_POST
def return_answer(request: MemberRequest, alert: UUID) -> HttpResponse:
    """Send an answer back."""
    return _take(request, alert, actions.return_answer)


@require_POST
def file_plan(request: MemberRequest, alert: UUID) -> HttpResponse:
    """Say what will be put right."""
    return _take(request, alert, actions.file_plan)


@require_POST
def return_plan(request: MemberRequest, alert: UUID) -> HttpResponse:
    """Send a plan back."""
    return _take(request, alert, actions.return_plan)


@require_POST
def report_done(request: MemberRequest, alert: UUID) -> HttpResponse:
    """Report what was done."""
    return _take(request, alert, actions.report_done)


@require_POST
def pass_check(request: MemberRequest, alert: UUID) -> HttpResponse:
    """Find a report right."""
    return _take(request, alert, actions.pass_check)


@require_POST
def fail_check(request: MemberRequest, alert: UUID) -> HttpResponse:
    """Find that a report doesn't hold."""
    return _take(request, alert, actions.fail_check)


@require_POST
def order_visit(request: MemberRequest, alert: UUID) -> HttpResponse:
    """Decide on a visit."""
    return _take(request, alert, actions.order_visit)


@require_POST
def record_visit(request: MemberRequest, alert: UUID) -> HttpResponse:
    """Record what a visit found."""
    return _take(request, alert, actions.record_visit)
