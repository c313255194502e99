"""The numbers in the bar above every page: what waits for the reader, what they haven't read."""

from collections.abc import Mapping
from datetime import date
from typing import cast

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from gongzhi.core.charter import VISITOR, Member
from gongzhi.desk.models import Notice
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.trust.progress import Progress, progress
from gongzhi.web.waiting import has_asked, waiting_here

KEPT_MAX = 2000  # numbers, each of somebody on a day
_kept: dict[tuple[Member, date, Progress], int] = {}


def counts(request: HttpRequest) -> Mapping[str, object]:
    """Context of every page; nothing is counted for who isn't signed in."""
    member: Member = getattr(request, "member", VISITOR)
    if member.person is None:
        return {}
    return {
        "waiting_count": SimpleLazyObject(lambda: waiting_count(cast(MemberRequest, request))),
        "unread_notices": SimpleLazyObject(lambda: unread_notices(member)),
    }


def waiting_count(request: MemberRequest) -> int:
    """How many things wait for the reader.

    Asking all rooms takes longer than most pages: a number is kept until somebody does a deed, the
    log goes on, or the day ends. A page that lists what waits has asked already.
    """
    if has_asked(request):
        return _counted(request)
    key = request.member, business_date(), progress()
    known = _kept.get(key)
    if known is None:
        known = _counted(request)
        if len(_kept) >= KEPT_MAX:
            _kept.clear()
        _kept[key] = known  # other threads keep numbers here, too
    return known


def _counted(request: MemberRequest) -> int:
    return sum(item.mine for item in waiting_here(request))


def unread_notices(member: Member) -> int:
    """How many notices the member hasn't read."""
    return int(Notice.objects.visible_to(member).unread().count())
