"""Compensations as pages show them: instalments with their clocks, and the forms beside them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django import forms
from django.urls import reverse

from gongzhi.core.participating.compensating import is_late, to_explain_since
from gongzhi.core.terms import Money
from gongzhi.core.waiting import Clock, Waiting, clock_of
from gongzhi.forum.compensation_waiting import answer_due, explain_due, pay_due
from gongzhi.forum.models import Compensation, CompensationObjection, Instalment
from gongzhi.parties.middleware import MemberRequest
from gongzhi.rules.calendar import load_calendar
from gongzhi.web.here import Here
from gongzhi.web.pages.participation.compensation.forms import AnswerForm, LateForm, PaidForm
from gongzhi.web.pages.participation.deed_forms import DeedForm, deed_form

PAYING, EXPLAINING = "record_compensation_payment", "explain_late_compensation"
ANSWERING = "answer_compensation_objection"
BESIDE: dict[str, type[forms.Form]] = {PAYING: PaidForm, EXPLAINING: LateForm}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPart:
    """An instalment: late or not, its clocks while it is unpaid, the forms to pay or explain it."""

    row: Instalment
    is_late: bool
    clock: Clock | None = None
    explaining: Clock | None = None
    paying_form: DeedForm | None = None
    late_form: DeedForm | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCompensation:
    """A line of a list: how much is paid, how many instalments are late, the next one."""

    row: Compensation
    paid: Money
    late: int
    next: Instalment | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownObjection:
    """An objection with its clock, and the form to answer it."""

    row: CompensationObjection
    clock: Clock | None
    form: DeedForm | None


def shown_parts(
    request: MemberRequest, row: Compensation, *, here: Here, today: date
) -> list[ShownPart]:
    """The instalments, each with its forms."""
    parts = row.instalments.select_related("payment").prefetch_related("explanations")
    return [_part(request, row, each, here=here, today=today) for each in parts]


def _part(
    request: MemberRequest, row: Compensation, part: Instalment, *, here: Here, today: date
) -> ShownPart:
    value = part.part()
    if value.paid_on is not None:
        return ShownPart(row=part, is_late=False)
    since = to_explain_since(value, today=today)
    part.compensation = row
    return ShownPart(
        row=part,
        is_late=is_late(value, today=today),
        clock=_clock(pay_due(part), today=today),
        explaining=_clock(explain_due(part, since=since), today=today) if since else None,
        paying_form=_form(request, row, part, PAYING, here=here),
        late_form=_form(request, row, part, EXPLAINING, here=here) if since else None,
    )


def _form(
    request: MemberRequest, row: Compensation, part: Instalment, verb: str, *, here: Here
) -> DeedForm | None:
    return deed_form(
        request,
        here[verb],
        BESIDE[verb],
        address=reverse(verb, args=[row.pk]),
        tail=str(part.pk),
        hidden={"instalment": part.pk},
    )


def _clock(due: Waiting, *, today: date) -> Clock:
    return clock_of(due, today=today, calendar=load_calendar())


def shown_objections(
    request: MemberRequest, rows: Iterable[CompensationObjection], *, here: Here, today: date
) -> list[ShownObjection]:
    """The objections that the reader sees, each with the form to answer it."""
    return [_objection(request, each, here=here, today=today) for each in rows]


def _objection(
    request: MemberRequest, row: CompensationObjection, *, here: Here, today: date
) -> ShownObjection:
    is_open = row.stage == CompensationObjection.Stage.OPEN
    return ShownObjection(
        row=row,
        clock=_clock(answer_due(row, None), today=today) if is_open else None,
        form=deed_form(
            request,
            here.on(row, ANSWERING),
            AnswerForm,
            address=reverse(ANSWERING, args=[row.pk]),
            tail=str(row.pk),
        ),
    )


def shown_compensations(rows: Sequence[Compensation], *, today: date) -> list[ShownCompensation]:
    """Compensations as lists show them."""
    return [_line(each, today=today) for each in rows]


def _line(row: Compensation, *, today: date) -> ShownCompensation:
    parts = [(each, each.part()) for each in row.instalments.all()]
    unpaid = [each for each, value in parts if value.paid_on is None]
    paid = (value.amount for _, value in parts if value.paid_on is not None)
    return ShownCompensation(
        row=row,
        paid=sum(paid, start=Decimal(0)),
        late=sum(is_late(value, today=today) for _, value in parts),
        next=unpaid[0] if unpaid else None,
    )
