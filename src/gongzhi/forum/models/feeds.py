"""The secret links by which calendars fetch the meetings that somebody takes part in."""

from datetime import date
from hashlib import sha256
from typing import Any, Self

from django.db import models

from gongzhi.core.charter import Member, Thing
from gongzhi.core.terms import Said
from gongzhi.parties.models import Person
from gongzhi.parties.own_words import OwnWords
from gongzhi.parties.reading import readable_by
from gongzhi.trust.identifiers import new_id


class MeetingFeedQuerySet(models.QuerySet[Any]):
    """Feeds of meetings."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view: their own."""
        columns = {"holder": "person_id"}
        return self.filter(readable_by(member, "meeting_feed", columns=columns))


def _end(rows: models.QuerySet["MeetingFeed"], *, today: date) -> None:  # noqa: ARG001
    """The link leads nowhere any more."""
    rows.delete()


class MeetingFeed(models.Model):
    """That a calendar may fetch somebody's meetings by a link; of its token only a digest is kept.

    One for each person: a new one ends the one before.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.OneToOneField(Person, models.PROTECT, related_name="+")
    token_digest = models.CharField(max_length=64, unique=True)
    opened_on = models.DateField()

    objects = MeetingFeedQuerySet.as_manager()
    own_words = OwnWords(name=Said("会议日历的链接"), whose="person", columns=(), leaving=_end)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.pk}"

    def thing(self) -> Thing:
        """The feed as the charter sees it."""
        return Thing(kind="meeting_feed", id=str(self.pk), holder=str(self.person_id))


def digest_of_token(token: str) -> str:
    """What is stored of a token: who reads the table can't fetch the feeds."""
    return sha256(token.encode()).hexdigest()
