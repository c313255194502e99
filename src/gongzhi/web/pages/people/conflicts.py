"""Conflicts of interest: declaring mine, and confirming that somebody else's tie is gone."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.charter import Thing
from gongzhi.core.terms import Said
from gongzhi.cycle.models import Project
from gongzhi.desk.things import kind_of, readable
from gongzhi.parties.actions import offices as actions
from gongzhi.parties.actions.offices import CONFLICTS_ABOUT
from gongzhi.parties.business_date import business_date
from gongzhi.parties.conflicts import REASON_MAX, Conflict
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Deed, Organisation
from gongzhi.parties.sign_in import signed_in
from gongzhi.web.filled import KeyForm, ReasonForm, do_once, faults_of, new_key, shown
from gongzhi.web.here import NEW, Permitted, about
from gongzhi.web.pages.people.organisations import Choice
from gongzhi.web.places import Place, places
from gongzhi.web.readable import readable_thing
from gongzhi.web.seals import seals_on

NAME_OF_THING_MAX = 100
CHOICES_MAX = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownConflict:
    """A declaration as its page shows it, with its sealed reason for who may see it."""

    conflict: Conflict
    place: Place | None
    reason: str
    lift: Permitted | None


class ConflictForm(KeyForm):
    """An interest: in what, why, from when to when."""

    about = forms.CharField(max_length=NAME_OF_THING_MAX)
    reason = forms.CharField(max_length=REASON_MAX)
    since_on = forms.DateField()
    until_on = forms.DateField(required=False)

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        given = self.cleaned_data
        since, until = given.get("since_on"), given.get("until_on")
        if since and until and until < since:
            self.add_error("until_on", "")
        return given


@require_safe
@login_required
def conflicts(request: MemberRequest) -> HttpResponse:
    """My declarations, those that I watch over, and a form for a new one."""
    return _page(request)


@require_POST
@login_required
def declare_conflict(request: MemberRequest) -> HttpResponse:
    """Say that I have an interest in an organisation or a project."""
    filled = ConflictForm(request.POST)
    if not filled.is_valid():
        return _page(request, faults=faults_of(filled))
    given = filled.cleaned_data
    name = given.pop("about")
    row: Any = readable(request.member, [name]).get(name)
    if row is None or name.partition(":")[0] not in CONFLICTS_ABOUT:
        raise Http404
    do_once(
        request,
        lambda: actions.declare_conflict(by=request.member, about=row.thing(), **given),
        done=_("已申报，并写入存证；理由不公开。"),
    )
    return redirect("conflicts")


@require_POST
@login_required
def lift_conflict(request: MemberRequest, conflict: UUID) -> HttpResponse:
    """Confirm that somebody else's tie is gone."""
    row = readable_thing(request, "conflict", conflict)
    filled = ReasonForm(request.POST)
    if not filled.is_valid():
        return _page(request, faults=faults_of(filled))
    do_once(
        request,
        lambda: actions.lift_conflict(by=request.member, conflict=row, **filled.cleaned_data),
        done=_("已解除，并写入存证。"),
    )
    return redirect("conflicts")


def _page(request: MemberRequest, *, faults: Mapping[str, Said] | None = None) -> HttpResponse:
    rows = list(Conflict.objects.visible_to(request.member).with_facts())
    deeds = about(request, _new(request), *rows)
    named = places(request.member, [row.about for row in rows])
    reasons = _reasons(rows)
    declared = [
        ShownConflict(
            conflict=row,
            place=named.get(row.about),
            reason=reasons.get(row.thing().name, ""),
            lift=deeds.on(row, "lift_conflict"),
        )
        for row in rows
    ]
    mine = [each for each in declared if each.conflict.person_id == request.user.pk]
    context = {
        "mine": mine,
        "seals": seals_on(rows),
        "others": [each for each in declared if each not in mine],
        "organisations": _choices(Organisation.objects.visible_to(request.member)),
        "projects": _choices(Project.objects.visible_to(request.member)),
        "about": request.POST.get("about") or request.GET.get("about", ""),
        "today": business_date(),
        "deeds": deeds,
        "given": request.POST,
        "faults": shown(faults or {}),
        "key": new_key(),
    }
    return render(request, "pages/people/conflicts.html", context, status=422 if faults else 200)


def _choices(rows: Any) -> list[Choice]:
    """What a conflict can be about, by the name that the charter knows it by."""
    return [
        Choice(value=f"{kind_of(type(row))}:{row.pk}", name=str(row)) for row in rows[:CHOICES_MAX]
    ]


def _new(request: MemberRequest) -> Thing:
    """A declaration that the reader could make."""
    made = Conflict(person=signed_in(request), organisation_id=request.member.organisation)
    return replace(made.thing(), id=NEW)


def _reasons(rows: list[Conflict]) -> Mapping[str, str]:
    """The sealed reasons of the declarations, by the declaration's name."""
    deeds = Deed.objects.about(*(row.thing() for row in rows)).filter(verb="declare_conflict")
    return {deed.on: deed.kept("reason") or "" for deed in deeds}
