"""Opening a feed of one's own meetings by a secret link, and closing it; what it holds."""

import secrets

from gongzhi.core.charter import Member
from gongzhi.desk.telling import members_of
from gongzhi.forum.meeting_reading import MeetingQuerySet
from gongzhi.forum.models import Attendance, Meeting, MeetingFeed
from gongzhi.forum.models.feeds import digest_of_token
from gongzhi.parties.business_date import business_date
from gongzhi.parties.deeds import act
from gongzhi.parties.members import NO_PERSON

TOKEN_BYTES = 32


def open_meeting_feed(*, by: Member, key: str | None = None) -> str:
    """Have a new link, the only one from now on; its token is given once, and never shown again."""
    feed = MeetingFeed(person_id=by.person or NO_PERSON)
    with act(by, "open_meeting_feed", on=feed.thing(), key=key) as record:
        token = secrets.token_urlsafe(TOKEN_BYTES)
        MeetingFeed.objects.update_or_create(
            person_id=feed.person_id,
            defaults={
                "token_digest": digest_of_token(token),
                "opened_on": record.business_date,
            },
        )
    return token


def close_meeting_feed(*, by: Member, feed: MeetingFeed, key: str | None = None) -> None:
    """Let nobody fetch it any more."""
    with act(by, "close_meeting_feed", on=feed, key=key):
        feed.delete()


def feed_of(token: str) -> MeetingFeed | None:
    """The feed that a link opens; None where it was closed, or its person is no more."""
    feeds = MeetingFeed.objects.filter(person__is_active=True).select_related("person")
    found: MeetingFeed | None = feeds.filter(token_digest=digest_of_token(token)).first()
    return found


def meetings_of(feed: MeetingFeed) -> MeetingQuerySet:
    """The meetings that its person takes part in, for themselves or in an office."""
    members = members_of(feed.person, on=business_date())
    taking_part = Attendance.objects.none()
    for member in members:
        own = Attendance.objects.visible_to(member).own(member).exclude(stage="declined")
        taking_part = taking_part | own
    found: MeetingQuerySet = Meeting.objects.filter(pk__in=taking_part.values("meeting"))
    return found
