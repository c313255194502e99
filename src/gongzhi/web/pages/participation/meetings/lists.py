"""The room of meetings: what comes, what was held, the series, and what is still to be done."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.terms import Said
from gongzhi.forum.actions import meetings as actions
from gongzhi.forum.models import ActionItem, Attendance, Meeting, MeetingSeries
from gongzhi.parties.business_date import business_date
from gongzhi.parties.members import own_organisation
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.beside import beside
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.filled import ReasonForm, new_key, shown
from gongzhi.web.filters import chosen_in, filter_of, paged
from gongzhi.web.here import about
from gongzhi.web.pages.participation.meetings.planning import meeting_to_be
from gongzhi.web.pages.participation.meetings.seen import rule_said, shown_actions
from gongzhi.web.readable import readable_thing
from gongzhi.web.shown import Filter
from gongzhi.web.stepping import step_on

ROWS, COMING = 30, 20
MINE, OVERDUE = "mine", "overdue"
CLAUSES = {"5.14"}


@require_safe
def meetings(request: MemberRequest) -> HttpResponse:
    """What comes, the nearest first; what was held, the newest first; the series."""
    own = own_organisation(request.member)
    here = about(request, *([meeting_to_be(own)] if own else []))
    visible = Meeting.objects.visible_to(request.member).with_facts()
    page = Paginator(visible.held().order_by("-held_on", "-id"), ROWS)
    mine = Attendance.objects.visible_to(request.member).own(request.member)
    coming = mine.filter(
        meeting__stage__in=["planned", "convened"], stage__in=["invited", "accepted"]
    )
    series = MeetingSeries.objects.visible_to(request.member).filter(stage="running").with_facts()
    items = ActionItem.objects.visible_to(request.member)
    context: dict[str, Any] = {
        "coming": visible.coming().order_by("held_on", "begins")[:COMING],
        "mine": coming.with_facts().order_by("meeting__held_on")[:COMING],
        "page": page.get_page(request.GET.get("page")),
        "query": paged(request.GET, of="meetings"),
        "series": [(row, rule_said(row.nth, row.weekday)) for row in series[:COMING]],
        "undone": items.undone().count(),
        "overdue": items.overdue(today=business_date()).count(),
        "plan": here["plan_meeting"] if own else None,
        "clauses": clauses_shown(CLAUSES),
        "today": business_date(),
    }
    return render(request, "pages/participation/meetings/room.html", context)


@require_safe
def meeting_series(request: MemberRequest, series: UUID) -> HttpResponse:
    """A series: its rule, its members, its meetings."""
    return _series_page(request, readable_thing(request, "meeting_series", series))


def _series_page(
    request: MemberRequest, row: MeetingSeries, *, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    side = beside(request.member, row)
    here = about(request, row, *side.made_here)
    held = Meeting.objects.visible_to(request.member).filter(series=row).with_facts()
    items = ActionItem.objects.visible_to(request.member).undone().with_facts()
    context: dict[str, Any] = {
        "series": row,
        "rule": rule_said(row.nth, row.weekday),
        "members": row.members.select_related("organisation"),
        "meetings": held.order_by("-held_on"),
        "actions": shown_actions(items.filter(meeting__series=row)),
        "deeds": here,
        "clauses": clauses_shown(CLAUSES),
        "faults": shown(faults or {}),
        "given": request.POST,
        "key": new_key(),
        "beside": side,
        "here": reverse("meeting-series", args=[row.pk]),
    }
    status = 422 if faults else 200
    return render(request, "pages/participation/meetings/series.html", context, status=status)


@require_POST
def end_meeting_series(request: MemberRequest, series: UUID) -> HttpResponse:
    """Let it meet no more."""
    return step_on(
        request,
        "meeting_series",
        series,
        ReasonForm(request.POST),
        lambda row, given: actions.end_meeting_series(by=request.member, series=row, **given),
        page=_series_page,
    )


@require_safe
def action_items(request: MemberRequest) -> HttpResponse:
    """What was agreed in meetings, by whom until when; what is late stands first."""
    about(request)
    filters = _filters(request)
    chosen = chosen_in(filters)
    rows = ActionItem.objects.visible_to(request.member).with_facts()
    if chosen["state"] == OVERDUE:
        rows = rows.overdue(today=business_date())
    elif chosen["state"]:
        rows = rows.filter(stage=chosen["state"])
    if chosen["of"] == MINE:
        rows = rows.filter(organisation=request.member.organisation)
    page = Paginator(rows.order_by("due_on", "id"), ROWS).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "filters": filters,
        "page": page,
        "rows": shown_actions(page),
        "query": paged(request.GET, of="action-items"),
        "clauses": clauses_shown(CLAUSES),
    }
    return render(request, "pages/participation/meetings/action_items.html", context)


def _filters(request: MemberRequest) -> tuple[Filter, ...]:
    asked = request.GET.dict()
    stages = {str(code): str(name) for code, name in ActionItem.Stage.choices}
    states = {"": _("各种状态"), OVERDUE: _("逾期"), **stages}
    whose = {"": _("任何单位"), MINE: _("本单位")}
    return (
        filter_of(_("状态"), name="state", values=states, asked=asked),
        filter_of(_("由谁办"), name="of", values=whose, asked=asked),
    )
