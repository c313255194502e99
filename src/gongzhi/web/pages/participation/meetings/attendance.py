"""One's own part in a meeting: coming or not, and the minutes that one is asked to confirm."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.terms import Said
from gongzhi.forum.actions import attending, minutes
from gongzhi.forum.models import Attendance
from gongzhi.forum.who_comes import draft_minutes
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.filled import KeyForm, new_key, shown
from gongzhi.web.here import about
from gongzhi.web.pages.participation.meetings.meeting import CLAUSES, NumberForm
from gongzhi.web.pages.participation.meetings.seen import shown_agenda, shown_resolutions
from gongzhi.web.readable import readable_thing
from gongzhi.web.stepping import step_on


@require_safe
def attendance(request: MemberRequest, attendance: UUID) -> HttpResponse:
    """One's own part."""
    return _page(request, readable_thing(request, "attendance", attendance))


def _page(
    request: MemberRequest, row: Attendance, *, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    here = about(request, row)
    context: dict[str, Any] = {
        "attendance": row,
        "meeting": row.meeting,
        "agenda": shown_agenda(row.meeting, member=request.member),
        "resolutions": shown_resolutions(row.meeting),
        "draft": draft_minutes(row.meeting) if row.was_there else None,
        "deeds": here,
        "clauses": clauses_shown(CLAUSES),
        "faults": shown(faults or {}),
        "key": new_key(),
        "here": reverse("attendance", args=[row.pk]),
    }
    status = 422 if faults else 200
    return render(request, "pages/participation/meetings/attendance.html", context, status=status)


def _take(
    request: MemberRequest, identifier: UUID, deed: Any, *, form: type[forms.Form] = KeyForm
) -> HttpResponse:
    return step_on(
        request,
        "attendance",
        identifier,
        form(request.POST),
        lambda row, given: deed(by=request.member, attendance=row, **given),
        page=_page,
    )


@require_POST
def accept_meeting(request: MemberRequest, attendance: UUID) -> HttpResponse:
    """Say that one comes."""
    return _take(request, attendance, attending.accept_meeting)


@require_POST
def decline_meeting(request: MemberRequest, attendance: UUID) -> HttpResponse:
    """Say that one can't come."""
    return _take(request, attendance, attending.decline_meeting)


@require_POST
def confirm_minutes(request: MemberRequest, attendance: UUID) -> HttpResponse:
    """Find the minutes right."""
    return _take(request, attendance, minutes.confirm_minutes, form=NumberForm)
