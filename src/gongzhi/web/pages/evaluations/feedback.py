"""How a unit is told of a result: of one evaluation, of all of a project's year, of an audit."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongzhi.cycle.actions import rectifications as actions
from gongzhi.cycle.actions.rectifications import Demand
from gongzhi.cycle.feedback_told import Told, told_of_audit, told_of_evaluation, told_of_panel
from gongzhi.cycle.models import Project
from gongzhi.cycle.panels import panel_for
from gongzhi.parties.members import own_organisation
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.filled import KeyForm, take
from gongzhi.web.pages.evaluations import evaluation as evaluation_page
from gongzhi.web.pages.evaluations import project as project_page
from gongzhi.web.readable import readable_project, readable_thing

WORDS_MAX, NUMBER_MAX = 4000, 200
YEARS = (2000, 2099)


class LetterForm(KeyForm):
    """A letter's words; what it asks for stands in fields of its own, one for each line."""

    words = forms.CharField(max_length=WORDS_MAX)
    document_number = forms.CharField(max_length=NUMBER_MAX, required=False)
    found = forms.CharField(max_length=WORDS_MAX, required=False)
    demand = forms.CharField(max_length=WORDS_MAX, required=False)


class PanelLetterForm(LetterForm):
    """The same about a year."""

    fiscal_year = forms.IntegerField(min_value=YEARS[0], max_value=YEARS[1])


class OrderForm(KeyForm):
    """What a published audit result asks to be put right."""

    fiscal_year = forms.IntegerField(min_value=YEARS[0], max_value=YEARS[1])
    document_number = forms.CharField(max_length=NUMBER_MAX)
    words = forms.CharField(max_length=WORDS_MAX)
    found = forms.CharField(max_length=WORDS_MAX)
    demand = forms.CharField(max_length=WORDS_MAX)
    grave = forms.BooleanField(required=False)


@require_POST
def send_feedback(request: MemberRequest, evaluation: UUID) -> HttpResponse:
    """Tell the unit of an evaluation."""
    row = readable_thing(request, "evaluation", evaluation)
    own = own_organisation(request.member) or row.evaluated

    def deed(given: Mapping[str, Any]) -> object:
        told = told_of_evaluation(row, sender=own)
        return _send(request, told, given)

    return take(
        request,
        LetterForm(request.POST),
        deed,
        done=_("已送达，并写入存证。"),
        page=lambda request, *, faults: evaluation_page.page_of(request, row, faults=faults),
        then=f"{reverse('evaluation', args=[row.pk])}#feedback",
    )


@require_POST
def send_panel_feedback(request: MemberRequest, project: UUID) -> HttpResponse:
    """Tell the unit of all evaluations of a project's year."""
    thing = readable_project(request, project)
    own = own_organisation(request.member) or thing.unit

    def deed(given: Mapping[str, Any]) -> object:
        year = given["fiscal_year"]
        panel = panel_for(request.member, thing, year=year)
        told = told_of_panel(panel, project=thing, year=year, sender=own)
        return _send(request, told, given)

    return _take(request, thing, PanelLetterForm(request.POST), deed)


@require_POST
def order_rectification(request: MemberRequest, project: UUID) -> HttpResponse:
    """Ask a unit to put right what a published audit result found."""
    thing = readable_project(request, project)
    own = own_organisation(request.member) or thing.unit

    def deed(given: Mapping[str, Any]) -> object:
        told = told_of_audit(
            thing,
            year=given["fiscal_year"],
            sender=own,
            document_number=given["document_number"],
        )
        demand = Demand(demand=given["demand"], found=given["found"], grave=given["grave"])
        return actions.order_rectification(
            by=request.member, told=told, words=given["words"], demands=[demand], key=given["key"]
        )

    return _take(request, thing, OrderForm(request.POST), deed)


def _send(request: MemberRequest, told: Told, given: Mapping[str, Any]) -> object:
    return actions.send_feedback(
        by=request.member,
        told=told,
        words=given["words"],
        demands=_demands(request.POST, told=told, given=given),
        document_number=given["document_number"],
        key=given["key"],
    )


def _demands(posted: Mapping[str, str], *, told: Told, given: Mapping[str, Any]) -> list[Demand]:
    """What was asked for line by line, and of the whole; what was left empty isn't."""
    lines = ((line.key, posted.get(f"demand-{line.key}", "")) for line in told.lines)
    asked = [Demand(key=key, demand=text[:WORDS_MAX]) for key, text in lines if text.strip()]
    if given["demand"] or given["found"]:
        asked.append(Demand(demand=given["demand"], found=given["found"]))
    return asked


def _take(request: MemberRequest, thing: Project, filled: forms.Form, deed: Any) -> HttpResponse:
    """Send what is told of a project's year; what doesn't suit leads back to it."""
    return take(
        request,
        filled,
        deed,
        done=_("已送达，并写入存证。"),
        page=lambda request, *, faults: project_page.page_of(request, thing, faults=faults),
        then=f"{reverse('project-evaluation', args=[thing.pk])}#feedback",
    )
