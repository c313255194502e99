"""Who is affected by a project, who has spoken, who has not yet: and their invitations."""

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
from gongzhi.cycle.models import Project
from gongzhi.forum.actions import stakeholders as actions
from gongzhi.forum.actions.stakeholders import Affected, stakeholder_to_be
from gongzhi.forum.models import Stakeholder
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Organisation
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.filled import KeyForm, new_key, shown, take
from gongzhi.web.here import NEW, about
from gongzhi.web.readable import readable_project, readable_thing

NAME_MAX, TEXT_MAX, ROWS = 100, 1000, 300


class AffectedForm(KeyForm):
    """Who is affected, and how."""

    name = forms.CharField(max_length=NAME_MAX)
    effect = forms.CharField(max_length=TEXT_MAX)


class InvitingForm(KeyForm):
    """The words of an invitation."""

    text = forms.CharField(max_length=TEXT_MAX)


class WordForm(KeyForm):
    """That somebody spoke, and where."""

    said = forms.CharField(max_length=TEXT_MAX)


@require_safe
def stakeholders(request: MemberRequest, project: UUID) -> HttpResponse:
    """The register of a project."""
    return _page(request, readable_project(request, project))


def _page(
    request: MemberRequest, thing: Project, *, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    known = Stakeholder.objects.visible_to(request.member).filter(project=thing).with_facts()
    rows = list(known.prefetch_related("words", "invitations")[:ROWS])
    new = stakeholder_to_be(thing, Affected(name="", effect=""))
    new.pk = NEW
    here = about(request, thing, new.thing(), *rows[:1])
    context: dict[str, Any] = {
        "project": thing,
        "rows": rows,
        "spoken": [each for each in rows if each.has_spoken],
        "unheard": [each for each in rows if not each.has_spoken],
        "deeds": here,
        "clauses": clauses_shown({"5.21"}),
        "faults": shown(faults or {}),
        "given": request.POST,
        "key": new_key(),
    }
    status = 422 if faults else 200
    return render(request, "pages/participation/stakeholders.html", context, status=status)


@require_POST
def register_stakeholder(request: MemberRequest, project: UUID) -> HttpResponse:
    """Put somebody on the register."""
    thing = readable_project(request, project)

    def sent(given: Mapping[str, Any]) -> object:
        named = Organisation.objects.visible_to(request.member).filter(name=given["name"].strip())
        affected = Affected(name=given["name"], effect=given["effect"], organisation=named.first())
        return actions.register_stakeholder(
            by=request.member, project=thing, affected=affected, key=given["key"]
        )

    return _take(request, AffectedForm(request.POST), sent, thing=thing)


@require_POST
def invite_stakeholder(request: MemberRequest, stakeholder: UUID) -> HttpResponse:
    """Ask somebody to speak."""
    row = readable_thing(request, "stakeholder", stakeholder)
    return _take(
        request,
        InvitingForm(request.POST),
        lambda given: actions.invite_stakeholder(by=request.member, stakeholder=row, **given),
        thing=row.project,
    )


@require_POST
def note_stakeholder(request: MemberRequest, stakeholder: UUID) -> HttpResponse:
    """Note that somebody spoke."""
    row = readable_thing(request, "stakeholder", stakeholder)
    return _take(
        request,
        WordForm(request.POST),
        lambda given: actions.note_stakeholder(by=request.member, stakeholder=row, **given),
        thing=row.project,
    )


def _take(request: MemberRequest, filled: forms.Form, deed: Any, *, thing: Project) -> HttpResponse:
    return take(
        request,
        filled,
        deed,
        done=_("已办理，并写入存证。"),
        page=lambda request, *, faults: _page(request, thing, faults=faults),
        then=reverse("stakeholders", args=[thing.pk]),
    )
