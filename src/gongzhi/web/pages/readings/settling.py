"""Deeds with a project's readings: adding one's own, correcting it, saying which one stands."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongzhi.cycle.actions import readings as actions
from gongzhi.cycle.actions.readings import Read
from gongzhi.cycle.models import Reading
from gongzhi.parties.deeds import insist
from gongzhi.parties.middleware import MemberRequest
from gongzhi.trust.identifiers import identifier_in
from gongzhi.web.filled import KeyForm, take
from gongzhi.web.pages.readings.project import reading_to_be, readings_page, sources_for
from gongzhi.web.readable import readable_project, readable_thing

WORDS_MAX, REASON_MAX, KEY_OF_INDICATOR_MAX = 500, 2000, 40
DIGITS, PLACES = 24, 6


class FigureForm(KeyForm):
    """A figure, words, or why there is none."""

    value = forms.DecimalField(max_digits=DIGITS, decimal_places=PLACES, required=False)
    text = forms.CharField(max_length=WORDS_MAX, required=False)
    why_none = forms.CharField(max_length=WORDS_MAX, required=False)
    evidence = forms.CharField(max_length=WORDS_MAX, required=False)


class ReadForm(FigureForm):
    """A reading of an indicator over a period."""

    indicator = forms.CharField(max_length=KEY_OF_INDICATOR_MAX)
    starts_on = forms.DateField()
    ends_on = forms.DateField()
    source = forms.ChoiceField(choices=Reading.Source.choices)


class CorrectionForm(FigureForm):
    """A figure read anew, and why."""

    reason = forms.CharField(max_length=REASON_MAX)


class SettleForm(KeyForm):
    """Why a reading stands."""

    reason = forms.CharField(max_length=REASON_MAX)


@require_POST
@login_required
def add_reading(request: MemberRequest) -> HttpResponse:
    """Keep a reading of the own organisation beside those of others."""
    project = readable_project(request, _identifier(request.POST.get("project", "")))
    new = reading_to_be(request.member, project)
    others = Reading(project=project, organisation=project.unit)  # for who has no organisation
    insist(request.member, "add_reading", (new or others).thing())
    assert new is not None, "nobody reads without an organisation"
    filled = ReadForm(request.POST)
    filled.fields["source"] = forms.ChoiceField(choices=sources_for(request.member, project))

    def deed(given: Any) -> object:
        key, read = given["key"], {name: given[name] for name in given if name != "key"}
        return actions.add_reading(
            by=request.member,
            organisation=new.organisation,
            read=Read(project=project, **read),
            key=key,
        )

    return _take(request, project, filled, deed, form="add_reading")


def _identifier(given: str) -> UUID:
    found = identifier_in(given)
    if found is None:
        raise Http404
    return found


@require_POST
def correct_reading(request: MemberRequest, reading: UUID) -> HttpResponse:
    """Read anew what the own organisation misread."""
    row = readable_thing(request, "reading", reading)

    def deed(given: Any) -> object:
        read = Read(
            project=row.project,
            indicator=row.indicator,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            source=row.source,
            **{name: given[name] for name in ("value", "text", "why_none", "evidence")},
        )
        return actions.correct_reading(
            by=request.member,
            reading=row,
            read=read,
            reason=given["reason"],
            key=given["key"],
        )

    form = f"correct-{row.pk}"
    return _take(request, row.project, CorrectionForm(request.POST), deed, form=form)


@require_POST
def settle_readings(request: MemberRequest, reading: UUID) -> HttpResponse:
    """Say that this reading stands."""
    row = readable_thing(request, "reading", reading)
    return _take(
        request,
        row.project,
        SettleForm(request.POST),
        lambda given: actions.settle_readings(by=request.member, reading=row, **given),
        form=f"settle-{row.pk}",
    )


def _take(
    request: MemberRequest, project: Any, filled: forms.Form, deed: Any, *, form: str
) -> HttpResponse:
    return take(
        request,
        filled,
        deed,
        done=_("已办理，并写入存证。"),
        page=lambda request, *, faults: readings_page(request, project, form=form, faults=faults),
        then=reverse("project-readings", args=[project.pk]),
    )
