"""What people are told: notices, whom they follow, and how far the log has been read for it."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongzhi.core.charter import Member, Thing
from gongzhi.core.terms import Said
from gongzhi.desk.sentences import said_from_json
from gongzhi.parties.models import Person
from gongzhi.parties.reading import readable_by
from gongzhi.trust.identifiers import new_id


class NoticeQuerySet(models.QuerySet[Any]):
    """Notices."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view: their own."""
        columns = {"holder": "person_id"}
        return self.filter(readable_by(member, "notice", columns=columns))

    def unread(self) -> Self:
        """Those that their person hasn't read yet."""
        return self.filter(read_at=None)


class Notice(models.Model):
    """Something that a person is told: a sentence in no language yet, and what it is about.

    `cause` names what it comes from, so that the same thing is never told twice. The name of
    the thing isn't kept: it is looked up when the notice is read, by who reads it then.
    `told_on` is the business date of what is told, `told_at` the moment in real time.
    `topic` says why they are told, by which they choose how they hear of it.
    """

    class Topic(models.TextChoices):
        """Why somebody is told: the nearest to them first."""

        ANSWERED = "answered", _("回复我的")
        DUE = "due", _("快到期和逾期的")
        OFFICE = "office", _("本单位的事")
        FOLLOWED = "followed", _("我关注的")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="notices")
    cause = models.CharField(max_length=160)
    about = models.CharField(max_length=100)
    topic = models.CharField(max_length=10, choices=Topic, default=Topic.OFFICE)
    text = models.CharField(max_length=300)
    values = models.JSONField(default=dict)
    told_on = models.DateField()
    told_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["person", "read_at"])]
        constraints = [models.UniqueConstraint(name="told_once", fields=["person", "cause"])]

    def __str__(self) -> str:
        return self.cause

    @property
    def said(self) -> Said:
        """What is told, to be put into the reader's language."""
        return said_from_json({"text": self.text, "values": self.values})

    def thing(self) -> Thing:
        """The notice as the charter sees it."""
        return Thing(kind="notice", id=str(self.pk), holder=str(self.person_id))


class FollowQuerySet(models.QuerySet[Any]):
    """Follows."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view: their own; what somebody follows is nobody's business."""
        columns = {"holder": "person_id"}
        return self.filter(readable_by(member, "follow", columns=columns))


class Follow(models.Model):
    """That a person wants to be told of what happens to a thing."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="follows")
    about = models.CharField(max_length=100, db_index=True)
    since_on = models.DateField()

    objects = FollowQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(name="followed_once", fields=["person", "about"])]

    def __str__(self) -> str:
        return self.about

    def thing(self) -> Thing:
        """The follow as the charter sees it."""
        return Thing(kind="follow", id=str(self.pk), holder=str(self.person_id))


class NoticeCursor(models.Model):
    """How far the log has been read for notices: one row, the number of the next entry."""

    id = models.SmallIntegerField(primary_key=True)
    next_index = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(name="notice_cursor_is_one", condition=Q(id=1))]

    def __str__(self) -> str:
        return str(self.next_index)
