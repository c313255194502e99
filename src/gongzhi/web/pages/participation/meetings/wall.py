"""A meeting to be projected on a wall: the item under way, large, without anything to press.

It asks anew by itself (meta refresh), so that it needs no script.
"""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongzhi.core.participating.meetings import MeetingStage
from gongzhi.core.terms import Said
from gongzhi.forum.actions.attending import quorum_now
from gongzhi.forum.models import ActionItem, AgendaItem, Meeting
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.here import about
from gongzhi.web.pages.participation.meetings.seen import quorum_said
from gongzhi.web.readable import readable_thing

SECONDS = 15
LATEST = 3


@require_safe
def meeting_wall(request: MemberRequest, meeting: UUID) -> HttpResponse:
    """What is dealt with now, what comes next, what was decided last."""
    row: Meeting = readable_thing(request, "meeting", meeting)
    about(request, row)
    agenda = list(row.agenda.all())
    current = next((each for each in agenda if each.stage == AgendaItem.Stage.CURRENT), None)
    waiting = [each for each in agenda if each.stage == AgendaItem.Stage.WAITING]
    items = ActionItem.objects.visible_to(request.member).filter(meeting=row).with_facts()
    context: dict[str, Any] = {
        "meeting": row,
        "current": current,
        "next": waiting[0] if waiting else None,
        "count": len(agenda),
        "quorum": quorum_said(quorum_now(row), meeting=row),
        "time": _time_said(row),
        "resolution": row.resolutions.order_by("-number").first(),
        "actions": items.order_by("-id")[:LATEST],
        "now": timezone.localtime(),
        "seconds": SECONDS,
    }
    return render(request, "pages/participation/meetings/wall.html", context)


def _time_said(meeting: Meeting) -> Said:
    """The clock in words: how long until it begins, or how long it has been going on."""
    stage, today = MeetingStage(meeting.stage), business_date()
    if stage is MeetingStage.CANCELLED:
        return Said("会议已取消")
    if meeting.is_coming and meeting.held_on > today:
        return Said("还有 {days} 天开会", {"days": (meeting.held_on - today).days})
    begins = meeting.begins.isoformat("minutes")
    if meeting.is_coming:
        return Said("今天 {time} 开会", {"time": begins})
    if stage is MeetingStage.IN_SESSION:
        return Said(
            "{time} 开始，计划 {minutes} 分钟", {"time": begins, "minutes": meeting.minutes}
        )
    return Said("会议已经结束")
