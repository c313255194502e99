"""Who takes part in a meeting: an organisation, or a resident on one of the seats for residents.

The rows are read by whose they are and by who holds the meeting; everybody else learns from the
meeting itself which organisations come, and of residents only how many.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongzhi.core.charter import Thing
from gongzhi.core.participating.meetings import WERE_THERE, AttendanceStage
from gongzhi.forum.meeting_reading import AttendanceQuerySet
from gongzhi.forum.models.meetings import Meeting
from gongzhi.parties.models import Office, Organisation, Person
from gongzhi.parties.reading import NOBODY
from gongzhi.trust.identifiers import new_id


class Attendance(models.Model):
    """Somebody's part in a meeting: asked to come, came or not, confirmed the minutes or not.

    `office` is whoever answered for an organisation; `confirmed` the number of the minutes that
    were found right.
    """

    class Stage(models.TextChoices):
        """How far it got."""

        INVITED = AttendanceStage.INVITED, _("已邀请，未回复")
        ACCEPTED = AttendanceStage.ACCEPTED, _("参加")
        DECLINED = AttendanceStage.DECLINED, _("请假")
        PRESENT = AttendanceStage.PRESENT, _("到会")
        ABSENT = AttendanceStage.ABSENT, _("未到会")
        ASKED = AttendanceStage.ASKED, _("到会，待确认记录")
        CONFIRMED = AttendanceStage.CONFIRMED, _("到会，已确认记录")
        CALLED_OFF = AttendanceStage.CALLED_OFF, _("会议已取消")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    seat = models.PositiveSmallIntegerField(null=True)
    votes = models.BooleanField(default=True)
    stage = models.CharField(max_length=12, choices=Stage, default=Stage.INVITED)
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    invited_on = models.DateField()
    confirmed = models.PositiveSmallIntegerField(null=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "seat", "id"]
        constraints = [
            models.CheckConstraint(
                name="an_organisation_or_a_resident_attends",
                condition=Q(organisation__isnull=False, person=None, seat=None)
                | Q(organisation=None, person__isnull=False, seat__isnull=False),
            ),
            models.CheckConstraint(
                name="attendance_stage_is_known",
                condition=Q(stage__in=[*map(str, AttendanceStage)]),
            ),
            models.UniqueConstraint(
                name="an_organisation_attends_once",
                fields=["meeting", "organisation"],
                condition=Q(organisation__isnull=False),
            ),
            models.UniqueConstraint(
                name="a_resident_attends_once",
                fields=["meeting", "person"],
                condition=Q(person__isnull=False),
            ),
            models.UniqueConstraint(
                name="a_seat_is_taken_once",
                fields=["meeting", "seat"],
                condition=Q(seat__isnull=False) & ~Q(stage="declined"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.meeting)

    def thing(self) -> Thing:
        """The attendance as the charter sees it."""
        return Thing(
            kind="attendance",
            id=str(self.pk),
            owner=str(self.organisation_id or NOBODY),
            holder=str(self.person_id or NOBODY),
            commissioner=str(self.meeting.organiser_id),
            stage=self.stage,
            regions=self.meeting.organiser.region.line(),
        )

    def part_of(self) -> tuple[Thing, ...]:
        """The things that it is part of: who follows them is told of it too."""
        return (self.meeting.thing(),)

    @property
    def was_there(self) -> bool:
        """Whether they came."""
        return AttendanceStage(self.stage) in WERE_THERE


class MeetingMail(models.Model):
    """That somebody was sent a meeting by e-mail as it stood after so many changes; once each."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="mails")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    sequence = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="a_meeting_is_mailed_once_for_each_change",
                fields=["meeting", "person", "sequence"],
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting} {self.sequence}"
