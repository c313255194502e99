"""My offices: what I hold, what I have delegated, and ending either."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.terms import Said
from gongzhi.parties.actions import offices as actions
from gongzhi.parties.business_date import business_date
from gongzhi.parties.deeds import insist
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.offices import Office
from gongzhi.parties.people import Person
from gongzhi.parties.rights import charter_in_force
from gongzhi.parties.sign_in import signed_in
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.rules.offices import office_rules
from gongzhi.web.filled import KeyForm, ReasonForm, do_once, faults_of, new_key, shown
from gongzhi.web.here import about
from gongzhi.web.readable import readable_thing
from gongzhi.web.seals import seals_on


class DelegationForm(KeyForm):
    """What to delegate: to whom, from which day to which."""

    to = forms.UUIDField()
    since_on = forms.DateField()
    until_on = forms.DateField()


@require_safe
@login_required
def my_offices(request: MemberRequest) -> HttpResponse:
    """The offices that I hold, and those that others hold for me."""
    return _page(request)


@require_POST
@login_required
def delegate_office(request: MemberRequest, office: UUID) -> HttpResponse:
    """Let a colleague act for me for some days."""
    row = readable_thing(request, "office", office)
    insist(request.member, "delegate_office", row)
    filled = DelegationForm(request.POST)
    if not filled.is_valid():
        return _page(request, faults=faults_of(filled))
    given = filled.cleaned_data
    to = Person.objects.visible_to(request.member).filter(pk=given["to"]).first()
    if to is None:
        raise Http404
    delegation = actions.Delegation(
        to=to,
        roles=request.POST.getlist("roles"),
        since_on=given["since_on"],
        until_on=given["until_on"],
    )
    try:
        do_once(
            request,
            lambda: actions.delegate_office(
                by=request.member, office=row, delegation=delegation, key=given["key"]
            ),
            done=_("已委托，并写入存证。"),
        )
    except Unsuitable as unsuitable:
        return _page(request, faults=unsuitable.faults)
    return redirect("my-offices")


@require_POST
@login_required
def end_delegation(request: MemberRequest, office: UUID) -> HttpResponse:
    """End what was delegated before its last day."""
    row = readable_thing(request, "office", office)
    filled = KeyForm(request.POST)
    if not filled.is_valid():
        return _page(request, faults=faults_of(filled))
    do_once(
        request,
        lambda: actions.end_delegation(
            by=request.member, office=row, key=filled.cleaned_data["key"]
        ),
        done=_("委托已终止，并写入存证。"),
    )
    return redirect("organisation", row.organisation_id)


@require_POST
@login_required
def end_office(request: MemberRequest, office: UUID) -> HttpResponse:
    """End an office before its last day."""
    row = readable_thing(request, "office", office)
    filled = ReasonForm(request.POST)
    if not filled.is_valid():
        return _page(request, faults=faults_of(filled))
    do_once(
        request,
        lambda: actions.end_office(by=request.member, office=row, **filled.cleaned_data),
        done=_("岗位已终止，并写入存证。"),
    )
    return redirect("organisation", row.organisation_id)


def _page(request: MemberRequest, *, faults: Mapping[str, Said] | None = None) -> HttpResponse:
    today, person = business_date(), signed_in(request)
    current = Office.objects.visible_to(request.member).current(on=today)
    own = list(current.of(person))
    delegated = list(current.filter(acts_for__person=person))
    deeds = about(request, *own, *delegated)
    colleagues = Person.objects.visible_to(request.member).active()
    context = {
        "own": [_shown(office, deeds) for office in own],
        "delegated": [_shown(office, deeds) for office in delegated],
        "seals": seals_on([*own, *delegated]),
        "colleagues": colleagues.filter(organisation=person.organisation_id).exclude(pk=person.pk),
        "days_max": office_rules(on=today).delegation_days_max,
        "today": today,
        "given": request.POST,
        "faults": shown(faults or {}),
        "key": new_key(),
    }
    status = 422 if faults else 200
    return render(request, "pages/people/my_offices.html", context, status=status)


def _shown(office: Office, deeds: Any) -> Mapping[str, object]:
    """An office with its roles by name, and what may be done with it."""
    names = charter_in_force().roles
    return {
        "office": office,
        "roles": [(role, names[role]) for role in office.roles if role in names],
        "delegate": deeds.on(office, "delegate_office"),
        "end": deeds.on(office, "end_delegation"),
    }
