"""What a meeting leaves behind: its minutes, its resolutions, what somebody has to do.

Minutes, resolutions and votes are only added. Draft minutes are read with one's own attendance and
by who writes them; once published they are everybody's.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongzhi.core.charter import Thing
from gongzhi.core.participating.meetings import Vote
from gongzhi.cycle.models import Project
from gongzhi.forum.meeting_reading import ActionItemQuerySet, OfActionItemQuerySet
from gongzhi.forum.models.attendances import Attendance
from gongzhi.forum.models.meetings import AgendaItem, Meeting
from gongzhi.parties.models import Office, Organisation
from gongzhi.trust.identifiers import new_id

WHAT_MAX, PASSAGE_MAX, RESOLUTION_MAX = 500, 4000, 600


class Minutes(models.Model):
    """A version of the minutes; whoever was there confirms one by its number."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="written")
    number = models.PositiveSmallIntegerField()
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    written_on = models.DateField()

    class Meta:
        ordering = ["meeting", "number"]
        verbose_name_plural = "minutes"
        constraints = [
            models.UniqueConstraint(
                name="one_version_of_minutes_a_number", fields=["meeting", "number"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting} {self.number}"


class MinutesPassage(models.Model):
    """What was said to one item of the agenda."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="passages")
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="+")
    text = models.TextField(max_length=PASSAGE_MAX)

    class Meta:
        ordering = ["minutes", "item__number"]
        constraints = [
            models.UniqueConstraint(name="one_passage_an_item", fields=["minutes", "item"])
        ]

    def __str__(self) -> str:
        return f"{self.minutes} {self.item}"


class Resolution(models.Model):
    """A decision of those who met: its words, how it was voted on, whether it passed.

    members and present are those with a vote at that moment, which made it quorate.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="resolutions")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, related_name="resolutions")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=RESOLUTION_MAX)
    members = models.PositiveSmallIntegerField()
    present = models.PositiveSmallIntegerField()
    votes_for = models.PositiveSmallIntegerField()
    against = models.PositiveSmallIntegerField()
    abstained = models.PositiveSmallIntegerField()
    passed = models.BooleanField()
    decided_on = models.DateField()

    class Meta:
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(name="one_resolution_a_number", fields=["meeting", "number"]),
            models.UniqueConstraint(name="a_text_is_voted_on_once", fields=["meeting", "text"]),
            models.CheckConstraint(
                name="no_more_votes_than_members_present",
                condition=Q(
                    present__gte=models.F("votes_for") + models.F("against") + models.F("abstained")
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.text


class ResolutionVote(models.Model):
    """What a member said to a resolution: one member, one vote."""

    class Choice(models.TextChoices):
        """What can be said."""

        FOR = Vote.FOR, _("赞成")
        AGAINST = Vote.AGAINST, _("反对")
        ABSTAIN = Vote.ABSTAIN, _("弃权")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    resolution = models.ForeignKey(Resolution, models.PROTECT, related_name="votes")
    attendance = models.ForeignKey(Attendance, models.PROTECT, related_name="+")
    choice = models.CharField(max_length=10, choices=Choice)

    class Meta:
        ordering = ["resolution", "attendance"]
        constraints = [
            models.UniqueConstraint(
                name="one_member_one_vote", fields=["resolution", "attendance"]
            ),
            models.CheckConstraint(
                name="vote_is_known", condition=Q(choice__in=[*map(str, Vote)])
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.resolution} {self.choice}"


class ActionItem(models.Model):
    """Something that an organisation has to do by a day, followed until it is closed."""

    class Stage(models.TextChoices):
        """How far it got."""

        OPEN = "open", _("办理中")
        REPORTED = "reported", _("已报办结，待核定")
        CLOSED = "closed", _("已办结")
        DROPPED = "dropped", _("不再办理")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="action_items")
    resolution = models.ForeignKey(
        Resolution, models.PROTECT, null=True, related_name="action_items"
    )
    project = models.ForeignKey(Project, models.PROTECT, null=True, related_name="action_items")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    what = models.CharField(max_length=WHAT_MAX)
    assigned_on = models.DateField()
    due_on = models.DateField()
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.OPEN)
    closed_on = models.DateField(null=True)
    finding = models.CharField(max_length=WHAT_MAX, blank=True)

    objects = ActionItemQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["organisation", "stage"])]
        constraints = [
            models.CheckConstraint(
                name="action_item_stage_is_known",
                condition=Q(stage__in=["open", "reported"], closed_on=None)
                | Q(stage__in=["closed", "dropped"], closed_on__isnull=False),
            ),
            models.UniqueConstraint(
                name="an_action_item_is_given_once", fields=["meeting", "organisation", "what"]
            ),
        ]

    def __str__(self) -> str:
        return self.what

    def thing(self) -> Thing:
        """The action item as the charter sees it; it belongs to whoever has to do it."""
        return Thing(
            kind="action_item",
            id=str(self.pk),
            owner=str(self.organisation_id),
            commissioner=str(self.meeting.organiser_id),
            stage=self.stage,
            regions=self.organisation.region.line(),
        )

    def part_of(self) -> tuple[Thing, ...]:
        """The things that it is part of: who follows them is told of it too."""
        return (self.meeting.thing(), *((self.project.thing(),) if self.project else ()))


class ActionReport(models.Model):
    """How far an action item got; `changed` names the thing that came of it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    item = models.ForeignKey(ActionItem, models.PROTECT, related_name="reports")
    text = models.TextField(max_length=2000)
    changed = models.CharField(max_length=100, blank=True)
    is_done = models.BooleanField()
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    reported_on = models.DateField()

    objects = OfActionItemQuerySet.as_manager()

    class Meta:
        ordering = ["item", "id"]

    def __str__(self) -> str:
        return f"{self.item} {self.reported_on}"
