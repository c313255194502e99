"""A question or an opinion: its points beside their answers, and what may be done with it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.inquiring import InquiryKind
from gongzhi.core.terms import Said
from gongzhi.cycle.actions import inquiries as actions
from gongzhi.cycle.actions.inquiries import ANSWERING
from gongzhi.cycle.models import Inquiry, InquiryAnswer
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.rights import charter_in_force
from gongzhi.web.beside import beside
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.filled import ExplainedForm, KeyForm, new_key, shown
from gongzhi.web.here import about
from gongzhi.web.pages.congress.seen import (
    about_of,
    clock_now,
    shown_points,
    shown_steps,
    stations,
)
from gongzhi.web.readable import readable_thing
from gongzhi.web.stepping import step_on

TEXT_MAX, REASON_MAX = 4000, 2000
NOWHERE = UUID(int=0)  # no point has it: the deed says so, once the charter was asked


class AnsweringForm(KeyForm):
    """What was done about a point, and what changed."""

    point = forms.IntegerField(min_value=1)
    done = forms.CharField(max_length=TEXT_MAX)
    changed = forms.CharField(max_length=TEXT_MAX)


class AssessingForm(KeyForm):
    """What the congress finds of an answer."""

    point = forms.IntegerField(min_value=1)
    satisfaction = forms.ChoiceField(choices=InquiryAnswer.Satisfaction.choices)
    reason = forms.CharField(max_length=REASON_MAX, required=False)


@require_safe
def inquiry(request: MemberRequest, inquiry: UUID) -> HttpResponse:
    """What was asked, with what was answered."""
    return _page(request, readable_thing(request, "inquiry", inquiry))


def _page(
    request: MemberRequest, row: Inquiry, *, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    side = beside(request.member, row)
    here = about(request, row, *side.made_here)
    verb = ANSWERING[InquiryKind(row.kind)]
    context: dict[str, Any] = {
        "inquiry": row,
        "about": about_of(row, member=request.member),
        "clock": clock_now(row),
        "stations": stations(row),
        "points": shown_points(row, member=request.member),
        "steps": list(shown_steps(row)),
        "satisfactions": InquiryAnswer.Satisfaction.choices,
        "clauses": clauses_shown(set(charter_in_force().clauses_of(verb))),
        "answering": verb,
        "answer": here[verb],
        "deeds": here,
        "faults": shown(faults or {}),
        "given": request.POST,
        "key": new_key(),
        "beside": side,
        "here": reverse("inquiry", args=[row.pk]),
    }
    status = 422 if faults else 200
    return render(request, "pages/congress/inquiry.html", context, status=status)


# ── the deeds, each an address ──


def _take(
    request: MemberRequest, identifier: UUID, deed: Any, *, form: type[forms.Form]
) -> HttpResponse:
    """Do a deed with what the form carries; what doesn't suit leads back to it."""

    def step(row: Inquiry, given: Mapping[str, Any]) -> object:
        return deed(by=request.member, inquiry=row, **_pointed(row, given))

    return step_on(request, "inquiry", identifier, form(request.POST), step, page=_page)


def _pointed(row: Inquiry, given: Mapping[str, Any]) -> dict[str, Any]:
    """What a form carries, with the point that it names by its number; the deed misses none."""
    if "point" not in given:
        return dict(given)
    point = row.points.filter(number=given["point"]).first()
    return {**given, "point": point.pk if point else NOWHERE}


@require_POST
def answer_question(request: MemberRequest, inquiry: UUID) -> HttpResponse:
    """Answer a point of a question."""
    return _take(request, inquiry, actions.answer_question, form=AnsweringForm)


@require_POST
def answer_opinion(request: MemberRequest, inquiry: UUID) -> HttpResponse:
    """Report how a point of an opinion was dealt with."""
    return _take(request, inquiry, actions.answer_opinion, form=AnsweringForm)


@require_POST
def assess_answer(request: MemberRequest, inquiry: UUID) -> HttpResponse:
    """Say what the congress finds of an answer."""
    return _take(request, inquiry, actions.assess_answer, form=AssessingForm)


@require_POST
def urge_answer(request: MemberRequest, inquiry: UUID) -> HttpResponse:
    """Urge whoever has to answer."""
    return _take(request, inquiry, actions.urge_answer, form=ExplainedForm)


@require_POST
def publish_inquiry(request: MemberRequest, inquiry: UUID) -> HttpResponse:
    """Let everybody read it."""
    return _take(request, inquiry, actions.publish_inquiry, form=ExplainedForm)


@require_POST
def withdraw_inquiry(request: MemberRequest, inquiry: UUID) -> HttpResponse:
    """Take it back."""
    return _take(request, inquiry, actions.withdraw_inquiry, form=ExplainedForm)
