"""Meetings: series of them, single ones, what they deal with.

A meeting is public from the moment it is planned (clause 5.14); what is about a project that isn't
disclosed yet can't be dealt with there.
"""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongzhi.core.charter import Thing
from gongzhi.core.participating.meetings import MeetingStage, Monthly
from gongzhi.cycle.models import Project
from gongzhi.forum.meeting_reading import (
    MeetingQuerySet,
    MeetingSeriesQuerySet,
    OfMeetingQuerySet,
    OfSeriesQuerySet,
)
from gongzhi.forum.models.processes import Process
from gongzhi.parties.models import Deed, Office, Organisation
from gongzhi.parties.reading import NOBODY
from gongzhi.trust.identifiers import new_id

TITLE_MAX, PLACE_MAX, TEXT_MAX = 200, 200, 2000
# What everybody who takes part in a meeting is told of.
TELLING = (
    "plan_meeting", "send_meeting_papers", "move_meeting", "cancel_meeting", "write_minutes",
    "publish_minutes",
)  # fmt: skip
STAGES = [*map(str, MeetingStage)]


class MeetingSeries(models.Model):
    """A regular meeting of the same parties, on the nth of a weekday of each month."""

    class Stage(models.TextChoices):
        """Whether it still meets."""

        RUNNING = "running", _("进行中")
        ENDED = "ended", _("已结束")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organiser = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=TITLE_MAX)
    procedure = models.TextField(max_length=TEXT_MAX)
    nth = models.PositiveSmallIntegerField()
    weekday = models.PositiveSmallIntegerField()
    begins = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=PLACE_MAX)
    resident_seats = models.PositiveSmallIntegerField(default=0)
    quorum = models.PositiveSmallIntegerField(null=True)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.RUNNING)
    started_on = models.DateField()

    objects = MeetingSeriesQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "meeting series"
        constraints = [
            models.CheckConstraint(
                name="meeting_series_stage_is_known", condition=Q(stage__in=["running", "ended"])
            ),
            models.CheckConstraint(
                name="meeting_series_has_a_rule",
                condition=Q(nth__range=(1, 5), weekday__range=(1, 7)),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def thing(self) -> Thing:
        """The series as the charter sees it."""
        return Thing(
            kind="meeting_series",
            id=str(self.pk),
            owner=str(self.organiser_id),
            stage=self.stage,
            regions=self.organiser.region.line(),
        )

    def part_of(self) -> tuple[Thing, ...]:
        """The things that it is part of: who follows them is told of it too."""
        return (self.project.thing(),) if self.project else ()

    @property
    def rule(self) -> Monthly:
        """On which days it meets."""
        return Monthly(nth=self.nth, weekday=self.weekday)


class SeriesMember(models.Model):
    """An organisation that is invited to each meeting of a series, with a vote or without."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    series = models.ForeignKey(MeetingSeries, models.PROTECT, related_name="members")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    votes = models.BooleanField(default=True)

    objects = OfSeriesQuerySet.as_manager()

    class Meta:
        ordering = ["series", "id"]
        constraints = [
            models.UniqueConstraint(
                name="a_member_of_a_series_once", fields=["series", "organisation"]
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class Meeting(models.Model):
    """A meeting: when and where, by which procedure, how far it got.

    `sequence` grows with each change that calendars must learn of. Residents take the seats that
    are there for them, whoever comes first.
    """

    class Stage(models.TextChoices):
        """How far it got."""

        PLANNED = MeetingStage.PLANNED, _("筹备中")
        CONVENED = MeetingStage.CONVENED, _("材料已送达")
        IN_SESSION = MeetingStage.IN_SESSION, _("会议中")
        DRAFTED = MeetingStage.DRAFTED, _("记录待确认")
        PUBLISHED = MeetingStage.PUBLISHED, _("记录已公布")
        CANCELLED = MeetingStage.CANCELLED, _("已取消")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    series = models.ForeignKey(MeetingSeries, models.PROTECT, null=True, related_name="meetings")
    organiser = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, models.PROTECT, null=True, related_name="meetings")
    process = models.ForeignKey(Process, models.PROTECT, null=True, related_name="meetings")
    title = models.CharField(max_length=TITLE_MAX)
    procedure = models.TextField(max_length=TEXT_MAX)
    held_on = models.DateField()
    begins = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=PLACE_MAX)
    resident_seats = models.PositiveSmallIntegerField(default=0)
    quorum = models.PositiveSmallIntegerField(null=True)
    stage = models.CharField(max_length=12, choices=Stage, default=Stage.PLANNED)
    sequence = models.PositiveSmallIntegerField(default=0)
    papers_sent_on = models.DateField(null=True)
    published_on = models.DateField(null=True)
    adopted = models.TextField(max_length=TEXT_MAX, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-id"]
        indexes = [models.Index(fields=["stage", "held_on"])]
        constraints = [
            models.CheckConstraint(
                name="meeting_stage_is_known", condition=Q(stage__in=STAGES)
            ),
            models.CheckConstraint(
                name="a_published_meeting_says_what_was_adopted",
                condition=~Q(stage="published") | (Q(published_on__isnull=False) & ~Q(adopted="")),
            ),
            models.UniqueConstraint(
                name="a_series_meets_once_a_day",
                fields=["series", "held_on"],
                condition=~Q(stage="cancelled"),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def thing(self) -> Thing:
        """The meeting as the charter sees it."""
        return Thing(
            kind="meeting",
            id=str(self.pk),
            owner=str(self.organiser_id),
            overseer=str(self.organiser.parent_id or NOBODY),
            stage=self.stage,
            regions=self.organiser.region.line(),
        )

    def part_of(self) -> tuple[Thing, ...]:
        """The things that it is part of: who follows them is told of it too."""
        around = (self.series, self.process, self.project)
        return tuple(each.thing() for each in around if each is not None)

    def answered_by(self, deed: Deed) -> dict[UUID, str]:
        """Everybody who takes part is told what concerns them, each of their own attendance."""
        if deed.verb not in TELLING:
            return {}
        rows = self.attendances.exclude(organisation=self.organiser_id).exclude(stage="declined")
        told = {row.person_id: row.thing().name for row in rows if row.person_id}
        at = {row.organisation_id: row.thing().name for row in rows if row.organisation_id}
        held = Office.objects.held(on=deed.business_date).filter(organisation__in=at)
        return told | {office.person_id: at[office.organisation_id] for office in held}

    @property
    def is_coming(self) -> bool:
        """Whether it is still to be held."""
        return MeetingStage(self.stage) in (MeetingStage.PLANNED, MeetingStage.CONVENED)

    @property
    def begins_at(self) -> datetime:
        """The moment at which it begins, where it is held."""
        return datetime.combine(self.held_on, self.begins, tzinfo=ZoneInfo(settings.TIME_ZONE))


class AgendaItem(models.Model):
    """What a meeting deals with, in its order; `about` names the open thing that it came from."""

    class Stage(models.TextChoices):
        """Whether it was dealt with; one at a time."""

        WAITING = "waiting", _("待议")
        CURRENT = "current", _("正在议")
        DONE = "done", _("议毕")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="agenda")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=TITLE_MAX)
    about = models.CharField(max_length=100, blank=True)
    minutes = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.WAITING)

    objects = OfMeetingQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(name="one_agenda_item_a_number", fields=["meeting", "number"]),
            models.UniqueConstraint(
                name="a_thing_stands_once_on_an_agenda",
                fields=["meeting", "about"],
                condition=~Q(about=""),
            ),
            models.UniqueConstraint(
                name="one_agenda_item_at_a_time",
                fields=["meeting"],
                condition=Q(stage="current"),
            ),
            models.CheckConstraint(
                name="agenda_item_stage_is_known",
                condition=Q(stage__in=["waiting", "current", "done"]),
            ),
        ]

    def __str__(self) -> str:
        return self.title
