"""What the people's congress asks: questions and deliberation opinions, answered point by point.

A point keeps every answer that it was given, each with what the congress found of it; the last one
counts. An inquiry is about a project, an evaluation, a department, a budget item (its functional
code), or the budget as a whole where nothing else is named.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongzhi.core.charter import Thing
from gongzhi.core.inquiring import (
    InquiryKind,
    InquiryStage,
    PointState,
    Satisfaction,
    point_state,
)
from gongzhi.cycle.inquiry_reading import (
    AnswerToPointQuerySet,
    InquiryQuerySet,
    OfInquiryQuerySet,
)
from gongzhi.cycle.models.evaluations import Evaluation
from gongzhi.cycle.models.projects import Project
from gongzhi.parties.models import Office, Organisation
from gongzhi.parties.reading import NOBODY
from gongzhi.trust.identifiers import new_id

HANDLED = "handled"  # how the charter calls an opinion that waits to be dealt with


class Inquiry(models.Model):
    """A question or an opinion, to whom it was sent and until when it is to be answered."""

    class Kind(models.TextChoices):
        """What came of a meeting, and what was simply asked."""

        QUESTION = InquiryKind.QUESTION, _("询问")
        OPINION = InquiryKind.OPINION, _("审议意见")

    class Stage(models.TextChoices):
        """How far it got; it follows from its points (core.inquiring)."""

        OPEN = InquiryStage.OPEN, _("待答复")
        ANSWERED = InquiryStage.ANSWERED, _("已答复，待评价")
        CLOSED = InquiryStage.CLOSED, _("已办结")
        WITHDRAWN = InquiryStage.WITHDRAWN, _("已撤回")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=10, choices=Kind)
    fiscal_year = models.PositiveSmallIntegerField()
    project = models.ForeignKey(Project, models.PROTECT, null=True, related_name="inquiries")
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, null=True, related_name="inquiries")
    department = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    functional = models.CharField(max_length=20, blank=True)
    congress = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    addressed = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    meeting = models.CharField(max_length=200, blank=True)
    document_number = models.CharField(max_length=100, blank=True)
    sent_on = models.DateField()
    due_on = models.DateField()
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.OPEN)
    label = models.CharField(max_length=20, default="internal")

    objects = InquiryQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_on", "-id"]
        indexes = [
            models.Index(fields=["stage", "due_on"]),
            models.Index(fields=["addressed", "stage"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="inquiry_kind_is_known", condition=Q(kind__in=[*map(str, InquiryKind)])
            ),
            models.CheckConstraint(
                name="inquiry_stage_is_known", condition=Q(stage__in=[*map(str, InquiryStage)])
            ),
            models.CheckConstraint(
                name="inquiry_label_is_known", condition=Q(label__in=["internal", "public"])
            ),
            models.CheckConstraint(
                name="an_inquiry_is_about_one_thing",
                condition=Q(project=None, evaluation=None)
                | Q(evaluation=None, department=None, functional="")
                | Q(project=None, department=None, functional=""),
            ),
            models.CheckConstraint(
                name="congress_asks_somebody_else", condition=~Q(addressed=F("congress"))
            ),
            models.CheckConstraint(
                name="an_opinion_has_its_paper",
                condition=Q(kind=str(InquiryKind.QUESTION))
                | (~Q(meeting="") & ~Q(document_number="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def thing(self) -> Thing:
        """The inquiry as the charter sees it."""
        return Thing(
            kind="inquiry",
            id=str(self.pk),
            owner=str(self.congress_id),
            overseer=str(self.addressed.parent_id or NOBODY),
            addressed=str(self.addressed_id),
            stage=self.course(),
            label=self.label,
            regions=self.addressed.region.line(),
        )

    def course(self) -> str:
        """Its stage; while it is open, an opinion is dealt with and a question answered."""
        is_handled = self.stage == InquiryStage.OPEN and self.kind == InquiryKind.OPINION
        return HANDLED if is_handled else self.stage

    def part_of(self) -> tuple[Thing, ...]:
        """The things that it is part of: who follows them is told of it too."""
        return (self.project.thing(),) if self.project else ()


class InquiryPoint(models.Model):
    """One of the points of an inquiry, to be answered by itself."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    inquiry = models.ForeignKey(Inquiry, models.PROTECT, related_name="points")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=2000)

    objects = OfInquiryQuerySet.as_manager()

    class Meta:
        ordering = ["inquiry", "number"]
        constraints = [
            models.UniqueConstraint(name="one_point_a_number", fields=["inquiry", "number"])
        ]

    def __str__(self) -> str:
        return f"{self.inquiry} {self.number}"

    def state(self) -> PointState:
        """How far it got, by its answers."""
        answers = sorted(self.answers.all(), key=lambda each: each.pk)
        return point_state(
            [Satisfaction(each.satisfaction) if each.satisfaction else None for each in answers]
        )


class InquiryAnswer(models.Model):
    """What was done about a point and what changed; and what the congress found of it."""

    class Satisfaction(models.TextChoices):
        """What the congress found."""

        SATISFIED = Satisfaction.SATISFIED, _("满意")
        MOSTLY = Satisfaction.MOSTLY, _("基本满意")
        UNSATISFIED = Satisfaction.UNSATISFIED, _("不满意")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    point = models.ForeignKey(InquiryPoint, models.PROTECT, related_name="answers")
    done = models.TextField(max_length=4000)
    changed = models.TextField(max_length=4000)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    answered_on = models.DateField()
    satisfaction = models.CharField(max_length=12, choices=Satisfaction, blank=True)
    remark = models.TextField(max_length=2000, blank=True)
    assessed_by = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    assessed_on = models.DateField(null=True)

    objects = AnswerToPointQuerySet.as_manager()

    class Meta:
        ordering = ["point", "id"]
        constraints = [
            models.CheckConstraint(
                name="an_assessment_has_its_day",
                condition=Q(satisfaction="", assessed_on=None, assessed_by=None)
                | (
                    Q(satisfaction__in=[*map(str, Satisfaction)])
                    & Q(assessed_on__isnull=False, assessed_by__isnull=False)
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.point} {self.answered_on}"


class InquiryStep(models.Model):
    """That an answer was urged, or an inquiry published or taken back: on which day, and why."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    inquiry = models.ForeignKey(Inquiry, models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=40)
    reason = models.TextField(max_length=2000)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    done_on = models.DateField()

    objects = OfInquiryQuerySet.as_manager()

    class Meta:
        ordering = ["inquiry", "id"]

    def __str__(self) -> str:
        return f"{self.verb} {self.done_on}"
