"""Calls for readings: those that I may see, and one of them with how far everybody got."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.charter import Member, Thing
from gongzhi.core.terms import Said
from gongzhi.core.waiting import Clock, Waiting, clock_of
from gongzhi.cycle.actions import readings as actions
from gongzhi.cycle.actions.readings import expected_submission
from gongzhi.cycle.collecting import Progress, calls_to_answer, lines_of, progress_of
from gongzhi.cycle.models import Collection
from gongzhi.parties.business_date import business_date
from gongzhi.parties.deeds import insist
from gongzhi.parties.members import own_organisation
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.reading import NOBODY
from gongzhi.parties.rights import may_all
from gongzhi.rules.calendar import load_calendar
from gongzhi.web.filled import KeyForm, new_key, shown, take
from gongzhi.web.here import NEW, about
from gongzhi.web.readable import readable_thing
from gongzhi.web.seals import seals_on

SHOWN = 60
TITLE_MAX, DAYS_MAX, MONTHS = 200, 30, 12
YEAR_MIN, YEAR_MAX = 2000, 2099


class CallForm(KeyForm):
    """A call: of which month, and within how many working days."""

    title = forms.CharField(max_length=TITLE_MAX)
    fiscal_year = forms.IntegerField(min_value=YEAR_MIN, max_value=YEAR_MAX)
    month = forms.IntegerField(min_value=1, max_value=MONTHS)
    working_days = forms.IntegerField(min_value=1, max_value=DAYS_MAX)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenProgress:
    """A unit's line on the page of a call."""

    row: Progress
    late: bool


@require_safe
@login_required
def collections(request: MemberRequest) -> HttpResponse:
    """The calls that the reader may see, the newest first."""
    return _list(request)


def _list(request: MemberRequest, *, faults: Mapping[str, Said] | None = None) -> HttpResponse:
    here = about(request, _call_to_be(request.member))
    readable = Collection.objects.visible_to(request.member).select_related("organisation")
    rows, today = list(readable[:SHOWN]), business_date()
    unit = request.member.organisation
    mine = calls_to_answer(UUID(unit)) if unit else []
    context: dict[str, Any] = {
        "rows": [(row, clock_for(row)) for row in rows],
        "mine": {call.pk for call in mine},
        "seals": seals_on(rows, verbs=["open_collection"]),
        "may_call": here["open_collection"],
        "faults": shown(faults or {}),
        "given": request.POST or {"fiscal_year": today.year, "month": today.month},
        "key": new_key(),
    }
    status = 422 if faults else 200
    return render(request, "pages/readings/collections.html", context, status=status)


def _call_to_be(member: Member) -> Thing:
    own = own_organisation(member)
    regions = own.region.line() if own else ()
    owner = str(own.pk) if own else NOBODY
    return Thing(kind="collection", id=NEW, owner=owner, stage="open", regions=regions)


def clock_for(row: Collection) -> Clock | None:
    """The clock of an open call."""
    if row.stage != Collection.Stage.OPEN:
        return None
    waiting = Waiting(
        verb="submit_readings",
        thing=row.thing(),
        said=Said(""),
        opened_on=row.opened_on,
        due_on=row.due_on,
    )
    return clock_of(waiting, today=business_date(), calendar=load_calendar())


@require_POST
@login_required
def open_collection(request: MemberRequest) -> HttpResponse:
    """Call for the readings of a month."""
    own = own_organisation(request.member)
    insist(request.member, "open_collection", _call_to_be(request.member))
    assert own is not None, "nobody calls without an organisation"
    return take(
        request,
        CallForm(request.POST),
        lambda given: actions.open_collection(by=request.member, organisation=own, **given),
        done=_("填报任务已经发出，并写入存证。"),
        page=_list,
        then=reverse("collections"),
    )


@require_safe
def collection(request: MemberRequest, collection: UUID) -> HttpResponse:
    """A call: until when, which units have answered, and which are late."""
    return _page(request, readable_thing(request, "collection", collection))


def _page(
    request: MemberRequest, row: Collection, *, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    own = own_organisation(request.member)
    new = [expected_submission(row, own)] if own else []
    here = about(request, row, *new)
    rows = list(_readable(request.member, row))
    answers = [each.row.answer for each in rows if each.row.answer]
    context = {
        "call": row,
        "clock": clock_for(row),
        "rows": rows,
        "answered": len(answers),
        "late": sum(each.late for each in rows),
        "seals": seals_on([row, *answers], verbs=["open_collection", "submit_readings"]),
        "mine": bool(own and lines_of(row, unit=own.pk)),
        "may_close": here["close_collection"],
        "faults": shown(faults or {}),
        "key": new_key(),
    }
    status = 422 if faults else 200
    return render(request, "pages/readings/collection.html", context, status=status)


def _readable(member: Member, row: Collection) -> list[SeenProgress]:
    """The units whose answers the reader may see."""
    rows, today = progress_of(row), business_date()
    questions = [("view_submission", expected_submission(row, each.unit)) for each in rows]
    allowed = may_all(member, questions)
    return [
        SeenProgress(row=each, late=each.is_late(due_on=row.due_on, today=today))
        for each, answer in zip(rows, allowed, strict=True)
        if answer
    ]


@require_POST
def close_collection(request: MemberRequest, collection: UUID) -> HttpResponse:
    """Take no more answers."""
    row = readable_thing(request, "collection", collection)
    return take(
        request,
        KeyForm(request.POST),
        lambda given: actions.close_collection(by=request.member, collection=row, **given),
        done=_("填报任务已经结束。"),
        page=lambda request, *, faults: _page(request, row, faults=faults),
        then=reverse("collection", args=[row.pk]),
    )
