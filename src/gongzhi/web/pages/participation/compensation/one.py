"""A compensation: what it rests on, its instalments, what is late and why, objections."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.terms import Said
from gongzhi.forum.actions import compensation_objections as objecting
from gongzhi.forum.actions import compensations as actions
from gongzhi.forum.actions.compensation_objections import objecting_until
from gongzhi.forum.models import Compensation, CompensationObjection
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.rules.participation.compensation import compensation_rules
from gongzhi.web.activity import timeline
from gongzhi.web.beside import beside
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.filled import new_key, take
from gongzhi.web.here import about
from gongzhi.web.pages.participation.compensation.forms import AnswerForm, ObjectForm
from gongzhi.web.pages.participation.compensation.shown import (
    ANSWERING,
    BESIDE,
    shown_objections,
    shown_parts,
)
from gongzhi.web.pages.participation.deed_forms import deed_form, faults_sent, sent_form
from gongzhi.web.readable import readable_thing
from gongzhi.web.stepping import step_on

OBJECTING = "object_to_compensation"


@require_safe
def compensation(request: MemberRequest, compensation: UUID) -> HttpResponse:
    """All of it on one page."""
    return _page(request, readable_thing(request, "compensation", compensation))


def _page(
    request: MemberRequest, row: Compensation, *, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    today = business_date()
    side = beside(request.member, row)
    seen = CompensationObjection.objects.visible_to(request.member).filter(compensation=row)
    objections = list(seen.with_facts())
    here = about(request, row, *objections, *side.made_here)
    context: dict[str, Any] = {
        "row": row,
        "basis": row.basis,
        "is_mine": str(row.person_id) in {request.member.person, request.member.human},
        "parts": shown_parts(request, row, here=here, today=today),
        "objections": shown_objections(request, objections, here=here, today=today),
        "objecting_until": objecting_until(row, rules=compensation_rules(today)),
        "form": deed_form(
            request, here[OBJECTING], ObjectForm, address=reverse(OBJECTING, args=[row.pk])
        ),
        "timeline": timeline(request.member, row.thing()),
        "clauses": clauses_shown({"7.4", "7.6", "7.7"}),
        "faults": faults_sent(request, faults, beside=dict.fromkeys(BESIDE, "instalment")),
        "key": new_key(),
        "beside": side,
        "here": reverse("compensation", args=[row.pk]),
    }
    status = 422 if faults else 200
    template = "pages/participation/compensation/compensation.html"
    return render(request, template, context, status=status)


@require_POST
def record_compensation_payment(request: MemberRequest, compensation: UUID) -> HttpResponse:
    """Record that an instalment was paid."""
    return _step(request, compensation, actions.record_compensation_payment)


@require_POST
def explain_late_compensation(request: MemberRequest, compensation: UUID) -> HttpResponse:
    """Say why an instalment is late."""
    return _step(request, compensation, actions.explain_late_compensation)


@require_POST
def object_to_compensation(request: MemberRequest, compensation: UUID) -> HttpResponse:
    """Object."""
    return _step(request, compensation, objecting.object_to_compensation)


def _step(request: MemberRequest, compensation: UUID, action: Any) -> HttpResponse:
    forms_here: dict[str, type[forms.Form]] = {**BESIDE, OBJECTING: ObjectForm}
    form = forms_here[sent_form(request)]
    return step_on(
        request,
        "compensation",
        compensation,
        form(request.POST),
        lambda row, given: action(by=request.member, compensation=row, **given),
        page=_page,
    )


@require_POST
def answer_compensation_objection(request: MemberRequest, objection: UUID) -> HttpResponse:
    """Answer an objection."""
    row = readable_thing(request, "compensation_objection", objection)
    whole = readable_thing(request, "compensation", row.compensation_id)

    def deed(given: Mapping[str, Any]) -> object:
        return objecting.answer_compensation_objection(
            by=request.member,
            objection=row,
            upheld=given["outcome"] == CompensationObjection.Stage.UPHELD,
            answer=given["answer"],
            added=given["added"],
            due_on=given["due_on"],
            key=given["key"],
        )

    def page(request: MemberRequest, *, faults: Mapping[str, Said]) -> HttpResponse:
        return _page(request, whole, faults={f"{row.pk}-{n}": s for n, s in faults.items()})

    return take(
        request,
        AnswerForm(request.POST),
        deed,
        done=_("已答复，并写入存证。"),
        page=page,
        then=f"{reverse('compensation', args=[whole.pk])}#{ANSWERING}",
    )
