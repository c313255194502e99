"""One's own meetings as a feed: the link, shown once; a new one, none; the file behind it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.charter import Thing
from gongzhi.forum.actions import feeds as actions
from gongzhi.forum.models import MeetingFeed
from gongzhi.parties.deeds import AlreadyDone
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.reading import NOBODY
from gongzhi.web.filled import new_key
from gongzhi.web.here import NEW, about
from gongzhi.web.pages.participation.meetings.calendars import feed
from gongzhi.web.readable import readable_thing

KEY_MAX = 100


@require_safe
@login_required
def meeting_feed(request: MemberRequest) -> HttpResponse:
    """Whether there is a link, since when."""
    return _page(request)


def _page(request: MemberRequest, *, token: str = "") -> HttpResponse:
    row = MeetingFeed.objects.visible_to(request.member).first()
    to_be = Thing(kind="meeting_feed", id=NEW, holder=request.member.person or NOBODY)
    here = about(request, to_be, *([row] if row else []))
    link = reverse("meeting-feed-file", args=[token]) if token else ""
    context = {
        "feed": row,
        "link": request.build_absolute_uri(link) if link else "",
        "open": here["open_meeting_feed"],
        "close": here["close_meeting_feed"] if row else None,
        "key": new_key(),
    }
    answer = render(request, "pages/participation/meetings/feed.html", context)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@require_POST
@login_required
def open_meeting_feed(request: MemberRequest) -> HttpResponse:
    """Make a link; the page after it shows it, once."""
    key = request.POST.get("key", "")[:KEY_MAX] or None
    try:
        return _page(request, token=actions.open_meeting_feed(by=request.member, key=key))
    except AlreadyDone:
        messages.info(request, _("这一步已经办过，没有再办一次。"), extra_tags="watch")
        return redirect("meeting-feed")


@require_POST
@login_required
def close_meeting_feed(request: MemberRequest, feed: UUID) -> HttpResponse:
    """End the link."""
    row = readable_thing(request, "meeting_feed", feed)
    actions.close_meeting_feed(by=request.member, feed=row)
    messages.success(request, _("链接已停用，用它订阅的日历不再更新。"), extra_tags="kept")
    return redirect("meeting-feed")


@require_safe
def meeting_feed_file(request: HttpRequest, token: str) -> HttpResponse:
    """The file, for whoever has the link; a link that was ended is like none."""
    found = actions.feed_of(token)
    if found is None:
        raise Http404
    answer = feed(request, actions.meetings_of(found), name=_("共治：我的会议"))
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
