"""What a unit is told of a result, and what it has to put right: letters, rectifications, steps.

A letter keeps what it said and steps are only added (triggers see to both); a rectification's
stage follows from them by core.rectifying.stages and is kept beside them, with the days until which
each step is due.
"""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongzhi.core.charter import Thing
from gongzhi.core.rectifying.letters import LineFound, lines_from_record
from gongzhi.core.rectifying.plans import Measure, measures_from_record
from gongzhi.core.rectifying.stages import TRANSITIONS, RectificationSide, RectificationStage
from gongzhi.cycle.models.evaluations import Evaluation
from gongzhi.cycle.models.projects import Project
from gongzhi.cycle.rectification_reading import (
    SENT,
    FeedbackQuerySet,
    OfRectificationQuerySet,
    RectificationQuerySet,
)
from gongzhi.parties.conflicts import conflicted
from gongzhi.parties.models import Office, Organisation
from gongzhi.parties.reading import NOBODY
from gongzhi.trust.identifiers import new_id

BY_UNIT = frozenset(each.verb for each in TRANSITIONS if each.side is RectificationSide.UNIT)


class Feedback(models.Model):
    """A letter that tells a unit of a result: what was found, the score, what to put right."""

    class Source(models.TextChoices):
        """What the letter tells of."""

        EVALUATION = "evaluation", _("一方的评价")
        PANEL = "panel", _("各方的评价")
        AUDIT = "audit", _("审计查出的问题")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    source = models.CharField(max_length=12, choices=Source)
    project = models.ForeignKey(Project, models.PROTECT, null=True, related_name="feedbacks")
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, null=True, related_name="feedbacks")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    sender = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField()
    document_number = models.CharField(max_length=200, blank=True)
    words = models.TextField(max_length=4000)
    lines = models.JSONField(default=list)
    score = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    grade = models.CharField(max_length=20, blank=True)
    label = models.CharField(max_length=20, default="internal")
    pack = models.CharField(max_length=60)
    sent_on = models.DateField()

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        ordering = ["-fiscal_year", "-id"]
        indexes = [models.Index(fields=["unit", "fiscal_year"])]
        constraints = [
            models.CheckConstraint(
                name="feedback_label_is_known", condition=Q(label__in=["internal", "public"])
            ),
            models.CheckConstraint(
                name="feedback_tells_of_its_source",
                condition=Q(source="evaluation", evaluation__isnull=False)
                | Q(source="panel", evaluation=None, project__isnull=False)
                | (Q(source="audit", evaluation=None) & ~Q(document_number="")),
            ),
            models.UniqueConstraint(
                name="one_letter_about_an_evaluation",
                fields=["evaluation"],
                condition=Q(source="evaluation"),
            ),
            models.UniqueConstraint(
                name="one_letter_about_a_panel",
                fields=["project", "fiscal_year"],
                condition=Q(source="panel"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project or self.unit} {self.fiscal_year}"

    def thing(self, *, stage: str = SENT) -> Thing:
        """The letter as the charter sees it; before it goes out, with the stage of its source."""
        return Thing(
            kind="feedback",
            id=str(self.pk),
            owner=str(self.unit_id),
            overseer=str(self.unit.parent_id or NOBODY),
            commissioner=str(self.sender_id),
            stage=stage,
            label=self.label,
            authors=frozenset(),
            regions=self.unit.region.line(),
            conflicted=self.conflicted(),
        )

    def part_of(self) -> tuple[Thing, ...]:
        """The things that it is part of: who follows them is told of it too."""
        rows = (self.project, self.evaluation)
        return tuple(row.thing() for row in rows if row is not None)

    def conflicted(self) -> frozenset[str]:
        """Who declared a conflict of interest about the project or the unit."""
        names = [f"organisation:{self.unit_id}"]
        if self.project_id is not None:
            names.append(f"project:{self.project_id}")
        return conflicted(*names)

    def found(self) -> tuple[LineFound, ...]:
        """The lines that lost points, as the letter tells them."""
        return lines_from_record(self.lines)


class Rectification(models.Model):
    """One thing that a letter asks a unit to put right, with the days by which it is due.

    line is that of the evaluation's frame, empty where it is about the whole.
    """

    class Stage(models.TextChoices):
        """How far it got; which steps lead where stands in core.rectifying.stages."""

        OPEN = RectificationStage.OPEN, _("待提出方案")
        PLANNED = RectificationStage.PLANNED, _("整改中")
        REPORTED = RectificationStage.REPORTED, _("待核查")
        PASSED = RectificationStage.PASSED, _("已整改")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    feedback = models.ForeignKey(Feedback, models.PROTECT, related_name="rectifications")
    evaluation = models.ForeignKey(
        Evaluation, models.PROTECT, null=True, related_name="rectifications"
    )
    line = models.CharField(max_length=60, blank=True)
    found = models.TextField(max_length=4000)
    demand = models.TextField(max_length=4000)
    grave = models.BooleanField(default=False)
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.OPEN)
    plan_due_on = models.DateField()
    report_due_on = models.DateField()
    check_due_on = models.DateField(null=True)

    objects = RectificationQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["stage", "report_due_on"]),
            models.Index(fields=["feedback", "stage"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="rectification_stage_is_known",
                condition=Q(stage__in=[*map(str, RectificationStage)]),
            ),
            models.CheckConstraint(
                name="what_is_reported_is_checked_by_a_day",
                condition=~Q(stage="reported") | Q(check_due_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.feedback} {self.found[:40]}"

    def thing(self) -> Thing:
        """The rectification as the charter sees it: its unit's to do, its sender's to follow."""
        letter = self.feedback
        return Thing(
            kind="rectification",
            id=str(self.pk),
            owner=str(letter.unit_id),
            overseer=str(letter.unit.parent_id or NOBODY),
            commissioner=str(letter.sender_id),
            stage=self.stage,
            label=letter.label,
            authors=self.authors(),
            regions=letter.unit.region.line(),
            conflicted=letter.conflicted(),
        )

    def part_of(self) -> tuple[Thing, ...]:
        """The things that it is part of: who follows them is told of it too."""
        return (self.feedback.thing(), *self.feedback.part_of())

    def authors(self) -> frozenset[str]:
        """Who planned and reported for the unit: they don't judge it."""
        if self._state.adding:
            return frozenset()
        offices = (step.office for step in self.steps.all() if step.verb in BY_UNIT)
        return frozenset().union(*(office.person.selves() for office in offices if office))

    @property
    def due_on(self) -> date | None:
        """The day until which the present step is due."""
        days = {
            RectificationStage.OPEN: self.plan_due_on,
            RectificationStage.PLANNED: self.report_due_on,
            RectificationStage.REPORTED: self.check_due_on,
        }
        return days.get(RectificationStage(self.stage))

    def measures(self) -> tuple[Measure, ...]:
        """The measures of its newest plan, with what was reported of them."""
        told = [step.measures for step in self.steps.all() if step.measures]
        return measures_from_record(told[-1]) if told else ()


class RectificationStep(models.Model):
    """What was done to put something right on a day, and why; a plan or report with its measures.

    until is the new day by which the report is due, where the step set one.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    rectification = models.ForeignKey(Rectification, models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=40)
    reason = models.TextField(max_length=4000, blank=True)
    measures: Any = models.JSONField(default=list)
    until = models.DateField(null=True)
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    done_on = models.DateField()

    objects = OfRectificationQuerySet.as_manager()

    class Meta:
        ordering = ["rectification", "id"]

    def __str__(self) -> str:
        return f"{self.verb} {self.done_on}"
