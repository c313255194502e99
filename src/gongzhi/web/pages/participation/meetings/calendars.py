"""Meetings for calendars: one as a file, all public ones as a feed that is fetched again."""

from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.core.charter import VISITOR
from gongzhi.core.participating.calendar_files import calendar_file
from gongzhi.forum.meeting_calendars import calendar_entry
from gongzhi.forum.meeting_reading import MeetingQuerySet
from gongzhi.forum.models import Meeting
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.downloads import as_file
from gongzhi.web.readable import readable_thing

CALENDAR = "text/calendar; charset=utf-8; method={method}"
FED_DAYS, FED_MAX = 60, 500  # how far back a feed goes; how many meetings it holds


@require_safe
def meetings_feed(request: MemberRequest) -> HttpResponse:
    """All meetings that everybody may read, whoever asks: called-off ones too."""
    return feed(request, Meeting.objects.visible_to(VISITOR), name=_("共治：公开的会议"))


def feed(request: HttpRequest, rows: MeetingQuerySet, *, name: str) -> HttpResponse:
    """Meetings as a file that calendars fetch again and again."""
    since = business_date() - timedelta(days=FED_DAYS)
    recent = rows.filter(held_on__gte=since).select_related("organiser")
    listed = recent.prefetch_related("agenda").order_by("held_on", "id")[:FED_MAX]
    entries = [
        calendar_entry(each, address=request.build_absolute_uri(reverse("meeting", args=[each.pk])))
        for each in listed
    ]
    return HttpResponse(
        calendar_file(entries, name=name), content_type="text/calendar; charset=utf-8"
    )


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
