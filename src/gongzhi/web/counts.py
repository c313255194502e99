"""The numbers in the bar above every page: what waits for the reader, what they haven't read."""

from collections.abc import Mapping
from typing import cast

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from gongzhi.core.charter import VISITOR, Member
from gongzhi.desk.models import Notice
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.waiting import waiting_here


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
    """How many things wait for the reader."""
    return sum(item.mine for item in waiting_here(request))


def unread_notices(member: Member) -> int:
    """How many notices the member hasn't read."""
    return int(Notice.objects.visible_to(member).unread().count())
