"""What became of a project on paper: versions of forms, findings in them, answers to findings.

A published version is never changed (a trigger sees to it); a correction is a new version that
points to what it replaces. Findings are derived from a version under the pack of its day.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongzhi.core.charter import Thing
from gongzhi.core.terms import FormType
from gongzhi.cycle.models.projects import Project
from gongzhi.cycle.reading import AnswerQuerySet, VersionQuerySet
from gongzhi.parties.models import Office, Person
from gongzhi.trust.identifiers import new_id

DRAFTS = ["draft", "correction"]


class FormVersion(models.Model):
    """One version of a project's form: drafted by the unit, then published or withdrawn.

    `explained` are the places where it says otherwise than the facts did when it was drafted, each
    with both values and the reason (`gongzhi.cycle.self_evaluating`).
    """

    class Stage(models.TextChoices):
        """How far it got; whether it was replaced follows from the version that replaces it."""

        DRAFT = "draft", _("草稿")
        CORRECTION = "correction", _("更正草稿")
        PUBLISHED = "published", _("已公开")
        WITHDRAWN = "withdrawn", _("已撤回")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="versions")
    form_type = models.CharField(max_length=40)
    fiscal_year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField(null=True)
    stage = models.CharField(max_length=20, choices=Stage)
    record = models.JSONField()
    explained = models.JSONField(default=list)
    pack = models.CharField(max_length=60)
    source_digest = models.CharField(max_length=80, blank=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    published_on = models.DateField(null=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["-fiscal_year", "form_type", "-id"]
        indexes = [models.Index(fields=["fiscal_year", "stage"])]
        constraints = [
            models.CheckConstraint(
                name="form_type_is_known", condition=Q(form_type__in=[*map(str, FormType)])
            ),
            models.CheckConstraint(
                name="published_versions_have_number_and_date",
                condition=Q(stage="published", number__isnull=False, published_on__isnull=False)
                | Q(stage__in=[*DRAFTS, "withdrawn"], number=None, published_on=None),
            ),
            models.CheckConstraint(
                name="a_correction_replaces_a_version",
                condition=~Q(stage="draft", replaces__isnull=False)
                & ~Q(stage="correction", replaces=None),
            ),
            models.UniqueConstraint(
                name="one_version_a_number",
                fields=["project", "fiscal_year", "form_type", "number"],
            ),
            models.UniqueConstraint(
                name="one_draft_at_a_time",
                fields=["project", "fiscal_year", "form_type"],
                condition=Q(stage__in=DRAFTS),
            ),
            models.UniqueConstraint(
                name="one_correction_a_version",
                fields=["replaces"],
                condition=Q(stage__in=["correction", "published"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.fiscal_year}"

    def thing(self) -> Thing:
        """The version as the charter sees it."""
        unit = self.project.unit
        return Thing(
            kind="form_version",
            id=str(self.pk),
            owner=str(unit.pk),
            stage=self.stage,
            authors=self.drafted_by.selves(),
            regions=unit.region.line(),
            conflicted=self.project.conflicted(),
        )

    def part_of(self) -> tuple[Thing, ...]:
        """The things that it is part of: who follows them is told of it too."""
        return (self.project.thing(),)


class DerivedFinding(models.Model):
    """That a check fired on a version: derived from it, recomputable, kept to filter by."""

    version = models.ForeignKey(FormVersion, models.PROTECT, related_name="findings")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=10)
    certain = models.BooleanField()
    indicator = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["version", "position"]
        indexes = [models.Index(fields=["code"])]
        constraints = [
            models.UniqueConstraint(name="one_finding_a_position", fields=["version", "position"])
        ]

    def __str__(self) -> str:
        return self.code


class Answer(models.Model):
    """What a unit says to a finding in a published version: explained, or accepted."""

    class Kind(models.TextChoices):
        """The two ways to answer."""

        EXPLAIN = "explain", _("已说明")
        ACCEPT = "accept", _("已认可")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.ForeignKey(FormVersion, models.PROTECT, related_name="answers")
    code = models.CharField(max_length=10)
    indicator = models.PositiveSmallIntegerField(null=True)
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.TextField(max_length=2000, blank=True)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    answered_on = models.DateField()
    new_version = models.ForeignKey(FormVersion, models.PROTECT, null=True, related_name="+")

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="answer_is_accept_or_an_explanation_in_words",
                condition=Q(kind="accept") | (Q(kind="explain") & ~Q(text="")),
            ),
            models.UniqueConstraint(
                name="one_answer_of_a_kind",
                fields=["version", "code", "indicator", "kind"],
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.kind}"

    def thing(self) -> Thing:
        """The answer as the charter sees it."""
        unit = self.version.project.unit
        return Thing(kind="answer", id=str(self.pk), owner=str(unit.pk), regions=unit.region.line())
