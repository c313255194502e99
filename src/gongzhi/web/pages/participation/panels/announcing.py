"""Announcing a panel: about what, how many by which quotas, until when."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.charter import Thing
from gongzhi.core.participating.sortition.written_quotas import quotas_in
from gongzhi.core.terms import Said
from gongzhi.cycle.models import Project
from gongzhi.forum.actions import panels as actions
from gongzhi.forum.models import Panel, Process
from gongzhi.parties.deeds import insist
from gongzhi.parties.members import own_organisation
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Organisation
from gongzhi.parties.reading import NOBODY
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.rules.participation.panels import load_panel_rules
from gongzhi.trust.identifiers import identifier_in
from gongzhi.web.filled import KeyForm, new_key, shown, take
from gongzhi.web.here import NEW, about

TITLE_MAX, TEXT_MAX, WHY_MAX, QUOTAS_MAX = 200, 4000, 1000, 8000
NUMBER_MAX = 10_000


class NumbersForm(KeyForm):
    """How many by which quotas, until when."""

    size = forms.IntegerField(min_value=1, max_value=NUMBER_MAX)
    quotas = forms.CharField(max_length=QUOTAS_MAX, required=False)
    until = forms.DateField()
    meets_on = forms.DateField()


class PanelForm(NumbersForm):
    """The whole of a panel."""

    title = forms.CharField(max_length=TITLE_MAX)
    text = forms.CharField(max_length=TEXT_MAX)
    project = forms.UUIDField(required=False)
    process = forms.UUIDField(required=False)
    invited = forms.IntegerField(min_value=0, max_value=NUMBER_MAX, required=False)
    invited_why = forms.CharField(max_length=WHY_MAX, required=False)


@require_safe
@login_required
def announcing(request: MemberRequest) -> HttpResponse:
    """The form."""
    return _page(request)


def _page(request: MemberRequest, *, faults: Mapping[str, Said] | None = None) -> HttpResponse:
    own = own_organisation(request.member)
    here = about(request, *([panel_to_be(own)] if own else []))
    asked = request.POST or request.GET
    context: dict[str, Any] = {
        "project": _row(request, Project, asked.get("project", "")),
        "process": _row(request, Process, asked.get("process", "")),
        "announce": here["announce_panel"] if own else None,
        "standards": list(load_panel_rules().standards.values()),
        "faults": shown(faults or {}),
        "given": request.POST,
        "key": new_key(),
    }
    status = 422 if faults else 200
    return render(request, "pages/participation/panels/announcing.html", context, status=status)


PANEL_OF_NOBODY = Thing(kind="panel", id=NEW, owner=NOBODY, stage=Panel.Stage.VOLUNTEERING)


def panel_to_be(convener: Organisation) -> Thing:
    """A panel that an organisation could announce."""
    return Thing(
        kind="panel",
        id=NEW,
        owner=str(convener.pk),
        stage=Panel.Stage.VOLUNTEERING,
        regions=convener.region.line(),
    )


def numbers_of(given: Mapping[str, Any], *, title: str, text: str) -> actions.PanelPlan:
    """The numbers that a form carries; raises Unsuitable where its quotas can't be read."""
    quotas = quotas_in(given["quotas"])
    if isinstance(quotas, Said):
        raise Unsuitable({"quotas": quotas})
    return actions.PanelPlan(
        size=given["size"],
        quotas=quotas,
        until=given["until"],
        meets_on=given["meets_on"],
        title=title,
        text=text,
    )


def _row(request: MemberRequest, model: Any, identifier: str) -> Any:
    """The project or process that an address or a form names; 404 where it may not be read."""
    if not identifier:
        return None
    wanted = identifier_in(identifier)
    known = model.objects.visible_to(request.member)
    found = known.filter(pk=wanted).first() if wanted else None
    if found is None:
        raise Http404
    return found


@require_POST
@login_required
def announce_panel(request: MemberRequest) -> HttpResponse:
    """Announce it."""
    project = _row(request, Project, request.POST.get("project", ""))
    process = _row(request, Process, request.POST.get("process", ""))
    convener = own_organisation(request.member)
    if convener is None:
        insist(request.member, "announce_panel", PANEL_OF_NOBODY)
    assert convener is not None, "who stands nowhere was refused"

    def sent(given: Mapping[str, Any]) -> Panel:
        numbers = numbers_of(given, title=given["title"], text=given["text"])
        plan = replace(
            numbers,
            invited=given["invited"] or 0,
            invited_why=given["invited_why"],
            project=project,
            process=process,
        )
        return actions.announce_panel(
            by=request.member, plan=plan, convener=convener, key=given["key"]
        )

    return take(
        request,
        PanelForm(request.POST),
        sent,
        done=_("已公布，并写入存证。"),
        page=_page,
        then=reverse("panels"),
    )
