"""The directory of organisations, and one of them: its offices, its people, its projects."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.charter import Member, Thing
from gongzhi.core.terms import Said
from gongzhi.cycle.models import Project
from gongzhi.forum.models import CharityLicence
from gongzhi.parties.actions import offices as actions
from gongzhi.parties.business_date import business_date
from gongzhi.parties.deeds import insist
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Organisation
from gongzhi.parties.offices import TITLE_MAX, Office
from gongzhi.parties.people import Person
from gongzhi.parties.rights import charter_in_force, may_all
from gongzhi.web.filled import KeyForm, do_once, faults_of, new_key, shown
from gongzhi.web.filters import chosen_in, filter_of, paged
from gongzhi.web.here import NEW, Permitted, about
from gongzhi.web.readable import readable_thing
from gongzhi.web.seals import seals_on
from gongzhi.web.shown import Filter

ROWS = 30
QUERY_MAX = 60
PROJECTS_SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownOffice:
    """An office as its page shows it; the person only for who may see people."""

    office: Office
    roles: tuple[Said, ...]
    person: Person | None
    end: Permitted | None
    end_delegation: Permitted | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Something to choose in a form."""

    value: str
    name: str | Said


class OfficeForm(KeyForm):
    """An office to give: to whom, called what, with which roles, from when to when."""

    person = forms.UUIDField()
    title = forms.CharField(max_length=TITLE_MAX)
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
def organisations(request: MemberRequest) -> HttpResponse:
    """All organisations that take part, by kind and by name."""
    about(request)
    wanted = request.GET.get("q", "")[:QUERY_MAX].strip()
    filters = (_kinds(request.GET),)
    kind = chosen_in(filters)["kind"]
    found = Organisation.objects.visible_to(request.member).select_related("region")
    if kind:
        found = found.filter(kind=kind)
    if wanted:
        found = found.filter(Q(name__icontains=wanted) | Q(code__istartswith=wanted))
    context = {
        "page": Paginator(found, ROWS).get_page(request.GET.get("page")),
        "filters": filters,
        "wanted": wanted,
        "query": paged(request.GET, of="organisations"),
    }
    return render(request, "pages/people/organisations.html", context)


def _kinds(asked: Mapping[str, str]) -> Filter:
    kinds = {"": _("各类单位"), **{kind.value: str(kind.label) for kind in Organisation.Kind}}
    del kinds["citizen"]
    return filter_of(_("类别"), name="kind", values=kinds, asked=asked)


@require_safe
def organisation(request: MemberRequest, organisation: UUID) -> HttpResponse:
    """One organisation, with what the reader may do there."""
    return _page(request, readable_thing(request, "organisation", organisation))


@require_POST
def assign_office(request: MemberRequest, organisation: UUID) -> HttpResponse:
    """Give one of the organisation's people an office in it."""
    row = readable_thing(request, "organisation", organisation)
    insist(request.member, "assign_office", new_office(row, today=business_date()))
    filled = OfficeForm(request.POST)
    roles = tuple(r for r in request.POST.getlist("roles") if r in charter_in_force().roles)
    if not filled.is_valid():
        return _page(request, row, faults=faults_of(filled))
    given = filled.cleaned_data
    person = Person.objects.visible_to(request.member).filter(pk=given.pop("person")).first()
    if person is None:
        raise Http404
    do_once(
        request,
        lambda: actions.assign_office(
            by=request.member, person=person, organisation=row, roles=roles, **given
        ),
        done=_("已授予岗位，并写入存证。"),
    )
    return redirect("organisation", row.pk)


def _page(
    request: MemberRequest, row: Organisation, *, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    today = business_date()
    offices = list(
        Office.objects.visible_to(request.member).filter(organisation=row).current(on=today)
    )
    deeds = about(request, row, new_office(row, today=today), *offices)
    people = list(Person.objects.visible_to(request.member).filter(organisation=row))
    projects = Project.objects.visible_to(request.member).filter(unit=row)
    licences = CharityLicence.objects.visible_to(request.member)
    context = {
        "organisation": row,
        "offices": [_shown(office, people, deeds) for office in offices],
        "seals": seals_on([row, *offices]),
        "people": people,
        "projects": projects[:PROJECTS_SHOWN],
        "licences": licences.filter(organisation=row).count(),
        "deeds": deeds,
        "roles": roles_to_give(request.member, row, today=today) if deeds["assign_office"] else (),
        "today": today,
        "given": request.POST,
        "chosen": request.POST.getlist("roles"),
        "faults": shown(faults or {}),
        "key": new_key(),
    }
    status = 422 if faults else 200
    return render(request, "pages/people/organisation.html", context, status=status)


def _shown(office: Office, people: list[Person], deeds: Any) -> ShownOffice:
    names = charter_in_force().roles
    return ShownOffice(
        office=office,
        roles=tuple(names[role] for role in office.roles if role in names),
        person=next((person for person in people if person.pk == office.person_id), None),
        end=deeds.on(office, "end_office"),
        end_delegation=deeds.on(office, "end_delegation"),
    )


def new_office(row: Organisation, *, today: date) -> Thing:
    """An office that could be given in an organisation."""
    return replace(Office(organisation=row, since_on=today).thing(), id=NEW)


def roles_to_give(member: Member, row: Organisation, *, today: date) -> tuple[Choice, ...]:
    """The roles that a member may give somebody in an organisation."""
    names = charter_in_force().roles
    things = [
        ("assign_office", replace(new_office(row, today=today), id=role, label=_label(role, today)))
        for role in names
    ]
    answers = may_all(replace(member, fresh=True), things)
    return tuple(
        Choice(value=role, name=names[role])
        for role, answer in zip(names, answers, strict=True)
        if answer.allowed
    )


def _label(role: str, today: date) -> str:
    return Office(roles=[role], since_on=today).label
