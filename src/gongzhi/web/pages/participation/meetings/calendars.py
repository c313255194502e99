"""Invitations for calendars: a meeting as a file."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongzhi.core.participating.calendar_files import CalendarEntry, calendar_file
from gongzhi.core.participating.meetings import MeetingStage
from gongzhi.forum.models import Meeting
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.downloads import as_file
from gongzhi.web.readable import readable_thing

CALENDAR = "text/calendar; charset=utf-8; method={method}"


@require_safe
def meeting_calendar(request: MemberRequest, meeting: UUID) -> HttpResponse:
    """The meeting as it stands, or that it was called off."""
    row: Meeting = readable_thing(request, "meeting", meeting)
    entry = calendar_entry(
        row, address=request.build_absolute_uri(reverse("meeting", args=[row.pk]))
    )
    method = "CANCEL" if entry.is_cancelled else "PUBLISH"
    return as_file(
        calendar_file([entry]),
        name=f"meeting-{row.held_on.isoformat()}.ics",
        shown=f"{row.title}-{row.held_on.isoformat()}.ics",
        content_type=CALENDAR.format(method=method),
    )


def calendar_entry(row: Meeting, *, address: str) -> CalendarEntry:
    """The meeting as a calendar keeps it: the same UID for ever."""
    agenda = [f"{item.number}. {item.title}" for item in row.agenda.all()]
    return CalendarEntry(
        uid=f"{row.pk}@gongzhi",
        organiser=row.organiser.name,
        organiser_id=str(row.organiser_id),
        sequence=row.sequence,
        stamped_at=timezone.now(),
        begins_at=row.begins_at,
        minutes=row.minutes,
        summary=row.title,
        place=row.place,
        description="\n".join([*agenda, row.procedure]),
        address=address,
        is_cancelled=row.stage == MeetingStage.CANCELLED,
    )
