"""People: those whom the reader may see, and one of them; stopping an account at risk."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.terms import Said
from gongzhi.parties.actions import factors
from gongzhi.parties.actions import people as actions
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.offices import Office
from gongzhi.parties.people import Person
from gongzhi.parties.rights import charter_in_force
from gongzhi.web.filled import ReasonForm, do_once, faults_of, new_key, shown
from gongzhi.web.filters import paged
from gongzhi.web.here import about
from gongzhi.web.readable import readable_thing

ROWS = 30
QUERY_MAX = 60


@require_safe
@login_required
def people(request: MemberRequest) -> HttpResponse:
    """The people whom the reader may see: colleagues, or for administrators everybody."""
    about(request)
    wanted = request.GET.get("q", "")[:QUERY_MAX].strip()
    found = Person.objects.visible_to(request.member).select_related("organisation")
    if wanted:
        found = found.filter(Q(name__icontains=wanted) | Q(username__istartswith=wanted))
    page = Paginator(found.order_by("username"), ROWS).get_page(request.GET.get("page"))
    context = {"page": page, "wanted": wanted, "query": paged(request.GET, of="people")}
    return render(request, "pages/people/people.html", context)


@require_safe
def person(request: MemberRequest, person: UUID) -> HttpResponse:
    """One person: where they belong, their offices, and what may be done about the account."""
    return _page(request, readable_thing(request, "person", person))


@require_POST
def suspend_person(request: MemberRequest, person: UUID) -> HttpResponse:
    """Stop an account that is at risk."""
    row = readable_thing(request, "person", person)
    filled = ReasonForm(request.POST)
    if not filled.is_valid():
        return _page(request, row, faults=faults_of(filled))
    do_once(
        request,
        lambda: actions.suspend_person(by=request.member, person=row, **filled.cleaned_data),
        done=_("账号已停用，登录已全部退出，并写入存证。"),
    )
    return redirect("person", row.pk)


@require_POST
def restore_person(request: MemberRequest, person: UUID) -> HttpResponse:
    """Let a stopped account sign in again."""
    row = readable_thing(request, "person", person)
    filled = ReasonForm(request.POST)
    if not filled.is_valid():
        return _page(request, row, faults=faults_of(filled))
    do_once(
        request,
        lambda: actions.restore_person(by=request.member, person=row, **filled.cleaned_data),
        done=_("账号已恢复，并写入存证。"),
    )
    return redirect("person", row.pk)


@require_POST
def reset_factors(request: MemberRequest, person: UUID) -> HttpResponse:
    """Take lost second factors away from somebody whose identity was checked."""
    row = readable_thing(request, "person", person)
    filled = ReasonForm(request.POST)
    if not filled.is_valid():
        return _page(request, row, faults=faults_of(filled))
    do_once(
        request,
        lambda: factors.reset_factors(by=request.member, person=row, **filled.cleaned_data),
        done=_("第二重验证已重置，登录已全部退出，并写入存证。"),
    )
    return redirect("person", row.pk)


def _page(
    request: MemberRequest, row: Person, *, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    names = charter_in_force().roles
    offices = Office.objects.visible_to(request.member).of(row).with_facts()
    context = {
        "person": row,
        "offices": [
            (office, [names[role] for role in office.roles if role in names]) for office in offices
        ],
        "deeds": about(request, row),
        "faults": shown(faults or {}),
        "key": new_key(),
    }
    return render(request, "pages/people/person.html", context, status=422 if faults else 200)
