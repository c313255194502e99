"""Reports of evaluations: who writes one about a project's year, and every version of its words.

What the data say is drafted anew whenever a report is looked at, until it is signed; then the
record holds it as it was.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongzhi.core.charter import Thing
from gongzhi.cycle.models.evaluations import Evaluation
from gongzhi.cycle.models.projects import Project
from gongzhi.cycle.report_reading import ReportQuerySet
from gongzhi.parties.conflicts import conflicted
from gongzhi.parties.models import Office, Organisation, Person
from gongzhi.parties.reading import NOBODY
from gongzhi.trust.identifiers import new_id


class Report(models.Model):
    """A report about what all parties think of a project's year, or about one evaluation of it."""

    class Stage(models.TextChoices):
        """How far it got."""

        DRAFTING = "drafting", _("起草中")
        SIGNED = "signed", _("已签发")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="reports")
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, null=True, related_name="reports")
    fiscal_year = models.PositiveSmallIntegerField()
    writer = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.DRAFTING)
    label = models.CharField(max_length=20, default="internal")
    record = models.JSONField(null=True)
    signed_by = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    signed_on = models.DateField(null=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-fiscal_year", "-id"]
        constraints = [
            models.CheckConstraint(
                name="report_label_is_known", condition=Q(label__in=["internal", "public"])
            ),
            models.CheckConstraint(
                name="a_signed_report_is_kept",
                condition=Q(stage="drafting", record=None, signed_on=None)
                | Q(stage="signed", record__isnull=False, signed_on__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_report_in_drafting",
                fields=["project", "fiscal_year", "evaluation", "writer"],
                condition=Q(stage="drafting"),
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.fiscal_year}"

    def thing(self) -> Thing:
        """The report as the charter sees it."""
        unit = self.project.unit
        return Thing(
            kind="report",
            id=str(self.pk),
            owner=str(self.writer_id),
            evaluated=str(unit.pk),
            commissioner=str(self.evaluation.commissioner_id if self.evaluation else NOBODY),
            stage=self.stage,
            label=self.label,
            authors=self.authors(),
            regions=unit.region.line(),
            conflicted=conflicted(f"organisation:{unit.pk}", f"project:{self.project_id}"),
        )

    def part_of(self) -> tuple[Thing, ...]:
        """The things that it is part of: who follows them is told of it too."""
        return (self.project.thing(),)

    def authors(self) -> frozenset[str]:
        """Who wrote in it: somebody else signs."""
        if self._state.adding:
            return frozenset()
        return frozenset().union(*(each.written_by.selves() for each in self.versions.all()))


class ReportVersion(models.Model):
    """People's own words in a report, by chapter, as of a version; which chapter it changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    report = models.ForeignKey(Report, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    texts = models.JSONField(default=dict)
    chapter = models.CharField(max_length=20, blank=True)
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written_on = models.DateField()

    class Meta:
        ordering = ["report", "number"]
        constraints = [
            models.UniqueConstraint(name="one_report_version_a_number", fields=["report", "number"])
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.number}"
