"""What was read of an indicator, by whom and on what evidence, and which reading stands.

Calls for readings are answered by units by a day. All of it is only added to.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongzhi.core.charter import Thing
from gongzhi.cycle.models.facts import MARK, Delivery
from gongzhi.cycle.models.projects import OfProjectQuerySet, Project
from gongzhi.cycle.reading import (
    CollectionQuerySet,
    EvidenceQuerySet,
    SettlementQuerySet,
    SubmissionQuerySet,
)
from gongzhi.desk.models import Attachment
from gongzhi.parties.models import Office, Organisation
from gongzhi.parties.reading import NOBODY
from gongzhi.trust.identifiers import new_id


class Reading(models.Model):
    """A figure or words for an indicator over a period, or the reason why there is none.

    `source` says on what footing it was read; `submission` is the answer to a call that it came
    with; `corrects` points to the reading that it replaces, which was the same party's.
    """

    class Source(models.TextChoices):
        """Who reads."""

        UNIT = "unit", _("单位填报")
        SOCIAL = "social", _("社会组织")
        ENTERPRISE = "enterprise", _("企业")
        SURVEY = "survey", _("问卷调查")
        DATA = "data", _("数据来源")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="readings")
    indicator = models.CharField(max_length=40)
    starts_on = models.DateField()
    ends_on = models.DateField()
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    text = models.CharField(max_length=500, blank=True)
    why_none = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=20, choices=Source)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="readings")
    evidence = models.CharField(max_length=500, blank=True)
    delivery = models.ForeignKey(Delivery, models.PROTECT, null=True, related_name="+")
    submission = models.ForeignKey("Submission", models.PROTECT, null=True, related_name="readings")
    identity = models.CharField(max_length=MARK, blank=True)
    fingerprint = models.CharField(max_length=MARK, blank=True)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")
    read_on = models.DateField()

    objects = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = ["project", "indicator", "ends_on", "id"]
        indexes = [
            models.Index(fields=["project", "ends_on"]),
            models.Index(
                name="reading_by_identity", fields=["identity"], condition=~Q(identity="")
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="reading_source_is_known",
                condition=Q(source__in=["unit", "social", "enterprise", "survey", "data"]),
            ),
            models.CheckConstraint(
                name="a_reading_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="no_value_needs_a_reason",
                condition=Q(value__isnull=False) | ~Q(text="") | ~Q(why_none=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.ends_on}"

    def thing(self) -> Thing:
        """The reading as the charter sees it: whoever read it is its owner."""
        return Thing(
            kind="reading",
            id=str(self.pk),
            owner=str(self.organisation_id),
            stage=self.project.stage,
            regions=self.project.unit.region.line(),
        )

    def part_of(self) -> tuple[Thing, ...]:
        """The things that it is part of."""
        return (self.project.thing(),)


class Evidence(models.Model):
    """What a reading rests on: a file, a photo, a survey, a figure that somebody else published.

    `asked`, `answered` and `method` tell of a survey, `source` where a figure was published.
    """

    class Kind(models.TextChoices):
        """What it is."""

        FILE = "file", _("文件")
        PHOTO = "photo", _("照片")
        SURVEY = "survey", _("问卷调查")
        FIGURE = "figure", _("公布的数据")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reading = models.ForeignKey(Reading, models.PROTECT, related_name="grounds")
    kind = models.CharField(max_length=10, choices=Kind)
    shows = models.CharField(max_length=500)
    attachment = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=300, blank=True)
    asked = models.PositiveIntegerField(null=True)
    answered = models.PositiveIntegerField(null=True)
    method = models.CharField(max_length=200, blank=True)
    made_on = models.DateField()
    added_on = models.DateField()

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["reading", "id"]
        constraints = [
            models.CheckConstraint(
                name="evidence_kind_is_known",
                condition=Q(kind__in=["file", "photo", "survey", "figure"]),
            ),
            models.CheckConstraint(
                name="files_and_photos_are_attached",
                condition=~Q(kind__in=["file", "photo"]) | Q(attachment__isnull=False),
            ),
            models.CheckConstraint(
                name="a_survey_says_whom_it_asked_and_how",
                condition=~Q(kind="survey")
                | Q(answered__isnull=False, asked__isnull=False, answered__gte=1)
                & Q(asked__gte=F("answered"))
                & ~Q(method=""),
            ),
            models.CheckConstraint(
                name="a_published_figure_has_a_source",
                condition=~Q(kind="figure") | ~Q(source=""),
            ),
        ]

    def __str__(self) -> str:
        return self.shows


class Settlement(models.Model):
    """Which of several readings stands, and why; the others stay beside it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reading = models.ForeignKey(Reading, models.PROTECT, related_name="settlements")
    against = models.JSONField()
    reason = models.TextField(max_length=2000)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    settled_on = models.DateField()

    objects = SettlementQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.reading} {self.settled_on}"


class Collection(models.Model):
    """A call for the readings of a month: every unit with goals is to answer by a day."""

    class Stage(models.TextChoices):
        """Whether answers are still taken."""

        OPEN = "open", _("填报中")
        CLOSED = "closed", _("已结束")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    title = models.CharField(max_length=200)
    fiscal_year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="collections")
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.OPEN)
    opened_on = models.DateField()
    due_on = models.DateField()

    objects = CollectionQuerySet.as_manager()

    class Meta:
        ordering = ["-fiscal_year", "-month", "-id"]
        constraints = [
            models.CheckConstraint(
                name="collection_stage_is_known", condition=Q(stage__in=["open", "closed"])
            ),
            models.CheckConstraint(
                name="a_collection_is_of_a_month", condition=Q(month__gte=1, month__lte=12)
            ),
            models.CheckConstraint(
                name="a_collection_is_due_after_it_opens", condition=Q(due_on__gte=F("opened_on"))
            ),
            models.UniqueConstraint(
                name="one_collection_a_month", fields=["organisation", "fiscal_year", "month"]
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def thing(self) -> Thing:
        """The call as the charter sees it."""
        return Thing(
            kind="collection",
            id=str(self.pk),
            owner=str(self.organisation_id),
            stage=self.stage,
            regions=self.organisation.region.line(),
        )


class Submission(models.Model):
    """A unit's answer to a call: handed in on a day, on time or late."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    collection = models.ForeignKey(Collection, models.PROTECT, related_name="submissions")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="submissions")
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    counts = models.JSONField()
    submitted_on = models.DateField()

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["collection", "submitted_on", "id"]

    def __str__(self) -> str:
        return f"{self.unit} {self.submitted_on}"

    def thing(self) -> Thing:
        """The answer as the charter sees it."""
        return Thing(
            kind="submission",
            id=str(self.pk),
            owner=str(self.unit_id),
            overseer=str(self.unit.parent_id or NOBODY),
            regions=self.unit.region.line(),
        )
