"""What a project promises for a year: versions of its goals, their indicators, how they came about.

An approved version is never changed (a trigger sees to it); an adjustment is a new version that
replaces it. Indicators are derived from the version, kept to filter and to follow by.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongzhi.core.charter import Thing
from gongzhi.core.monitoring import Course
from gongzhi.cycle.models.projects import Project
from gongzhi.cycle.reading import GoalQuerySet, OfGoalQuerySet
from gongzhi.parties.by_name import name_index
from gongzhi.parties.models import Office, Person
from gongzhi.trust.identifiers import new_id

UNFINISHED = ["draft", "submitted", "forwarded", "asked"]


class GoalVersion(models.Model):
    """One version of a project's goals for a year: drafted, examined, approved and locked.

    decision is what stood on the year's money by results when it was drafted, if anything did.
    """

    class Stage(models.TextChoices):
        """How far it got; which steps lead where stands in core.goals.review."""

        DRAFT = "draft", _("起草中")
        SUBMITTED = "submitted", _("待部门审核")
        FORWARDED = "forwarded", _("待财政审核")
        ASKED = "asked", _("征求意见中")
        RETURNED = "returned", _("退回修改")
        APPROVED = "approved", _("已批复")
        WITHDRAWN = "withdrawn", _("已撤回")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="goals")
    fiscal_year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField(null=True)
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.DRAFT)
    record = models.JSONField()
    pack = models.CharField(max_length=60)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="adjustments")
    decision = models.ForeignKey(
        "cycle.ResultDecision", models.PROTECT, null=True, related_name="goals"
    )
    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    drafted_on = models.DateField()
    approved_on = models.DateField(null=True)
    document_number = models.CharField(max_length=100, blank=True)

    objects = GoalQuerySet.as_manager()

    class Meta:
        ordering = ["project", "-fiscal_year", "-id"]
        indexes = [
            models.Index(fields=["fiscal_year", "stage"]),
            name_index("goals_by_document_number", "document_number"),
        ]
        constraints = [
            models.CheckConstraint(
                name="goal_stage_is_known",
                condition=Q(stage__in=[*UNFINISHED, "returned", "approved", "withdrawn"]),
            ),
            models.CheckConstraint(
                name="approved_goals_have_number_and_date",
                condition=Q(stage="approved", number__isnull=False, approved_on__isnull=False)
                | (~Q(stage="approved") & Q(number=None, approved_on=None)),
            ),
            models.UniqueConstraint(
                name="one_goal_version_a_number", fields=["project", "fiscal_year", "number"]
            ),
            models.UniqueConstraint(
                name="one_unfinished_goal_version",
                fields=["project", "fiscal_year"],
                condition=Q(stage__in=UNFINISHED),
            ),
            models.UniqueConstraint(
                name="one_approved_adjustment",
                fields=["replaces"],
                condition=Q(stage="approved"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.fiscal_year}"

    def thing(self) -> Thing:
        """The goals as the charter sees them."""
        unit = self.project.unit
        return Thing(
            kind="goal_version",
            id=str(self.pk),
            owner=str(unit.pk),
            overseer=self.project.overseer,
            stage=self.stage,
            authors=self.drafted_by.selves(),
            regions=unit.region.line(),
            conflicted=self.project.conflicted(),
        )

    def part_of(self) -> tuple[Thing, ...]:
        """The things that it is part of: who follows them is told of it too."""
        return (self.project.thing(),)


class GoalIndicator(models.Model):
    """A line of a version of goals: what is promised, and by which month how much of it."""

    version = models.ForeignKey(GoalVersion, models.PROTECT, related_name="indicators")
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=40)
    name = models.CharField(max_length=300)
    heading = models.CharField(max_length=100, blank=True)
    target = models.CharField(max_length=300, blank=True)
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    measure = models.CharField(max_length=40, blank=True)
    less_is_better = models.BooleanField(default=False)
    course = models.CharField(max_length=10, default=Course.SO_FAR)
    weight = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    by_month = models.JSONField(default=list)

    objects = OfGoalQuerySet.as_manager()

    class Meta:
        ordering = ["version", "position"]
        indexes = [name_index("indicator_by_name", "name")]
        constraints = [
            models.UniqueConstraint(name="one_line_a_position", fields=["version", "position"]),
            models.UniqueConstraint(name="one_indicator_a_key", fields=["version", "key"]),
            models.CheckConstraint(
                name="course_is_known", condition=Q(course__in=[*map(str, Course)])
            ),
        ]

    def __str__(self) -> str:
        return self.name


class GoalStep(models.Model):
    """What was done with a version of goals on a day, and why."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.ForeignKey(GoalVersion, models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=40)
    reason = models.TextField(max_length=2000, blank=True)
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    done_on = models.DateField()

    objects = OfGoalQuerySet.as_manager()

    class Meta:
        ordering = ["version", "id"]

    def __str__(self) -> str:
        return f"{self.verb} {self.done_on}"
