"""Requests to erase personal data, for the security administrator: what waits, what was decided."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.terms import Said
from gongzhi.core.waiting import Clock, clock_of
from gongzhi.parties.actions import erasing as actions
from gongzhi.parties.business_date import business_date
from gongzhi.parties.erasing import sealed_about
from gongzhi.parties.erasure import Erasure
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.waiting import erasure_waiting
from gongzhi.rules.calendar import load_calendar
from gongzhi.web.filled import KeyForm, ReasonForm, new_key, shown, take
from gongzhi.web.here import Permitted, about
from gongzhi.web.readable import readable_thing

ROWS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRequest:
    """A request with its clock, how much goes with it, and what its reader may do."""

    request: Erasure
    clock: Clock
    sealed: int
    erase: Permitted | None
    decline: Permitted | None


@require_safe
@login_required
def erasures(request: MemberRequest) -> HttpResponse:
    """The requests that the reader may see: those that wait with their forms, then the decided."""
    return _page(request)


@require_POST
@login_required
def erase_values(request: MemberRequest, erasure: UUID) -> HttpResponse:
    """Erase what is kept about the person."""
    row = readable_thing(request, "erasure", erasure)
    return take(
        request,
        KeyForm(request.POST),
        lambda given: actions.erase_values(by=request.member, request=row, **given),
        done=_("已删除，并写入存证。"),
        page=_page,
        then="erasures",
    )


@require_POST
@login_required
def decline_erasure(request: MemberRequest, erasure: UUID) -> HttpResponse:
    """Say which law keeps it."""
    row = readable_thing(request, "erasure", erasure)
    return take(
        request,
        ReasonForm(request.POST),
        lambda given: actions.decline_erasure(by=request.member, request=row, **given),
        done=_("已答复本人，并写入存证。"),
        page=_page,
        then="erasures",
    )


def _page(request: MemberRequest, *, faults: Mapping[str, Said] | None = None) -> HttpResponse:
    readable = Erasure.objects.visible_to(request.member).with_facts()
    waiting = list(readable.waiting())
    deeds = about(request, *waiting)
    calendar, today = load_calendar(), business_date()
    context = {
        "waiting": [
            WaitingRequest(
                request=row,
                clock=clock_of(erasure_waiting(row), today=today, calendar=calendar),
                sealed=sealed_about(row.person_id).count(),
                erase=deeds.on(row, "erase_values"),
                decline=deeds.on(row, "decline_erasure"),
            )
            for row in waiting
        ],
        "page": Paginator(readable.exclude(stage="waiting"), ROWS).get_page(
            request.GET.get("page")
        ),
        "query": "",
        "faults": shown(faults or {}),
        "key": new_key(),
    }
    return render(request, "pages/people/erasures.html", context, status=422 if faults else 200)
