"""Processes of participation: what for, led by whom, in which phases; who is affected by it.

Phases keep every date that they ever had: moved ones are new rows, and the last of a number counts.
"""

from collections.abc import Sequence
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongzhi.core.charter import Member, Thing
from gongzhi.core.participating.processes import PhaseDates, ProcessStage, ProcessTemplate, running
from gongzhi.cycle.models import Project
from gongzhi.parties.models import Office, Organisation
from gongzhi.parties.reading import NOBODY, readable_by
from gongzhi.rules.participation.processes import load_templates
from gongzhi.trust.identifiers import new_id

TITLE_MAX, TEXT_MAX = 200, 4000


class ProcessQuerySet(models.QuerySet[Any]):
    """Processes."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view."""
        columns = {
            "owner": "organisation_id",
            "overseer": "organisation__parent_id",
            "addressed": "project__unit_id",
            "stage": "stage",
            "label": "label",
            "regions": "organisation__region",
        }
        return self.filter(readable_by(member, "process", columns=columns))

    def with_facts(self) -> Self:
        """With all that the charter asks about them, in the same query, and their phases."""
        chosen = self.select_related("organisation__region", "project__unit")
        return chosen.prefetch_related("phases")


class Process(models.Model):
    """A process: about a project, or of a department's money and policy where none is named.

    about names what of the project it is about, such as a budget line; account is what became of
    it, written at its end.
    """

    class Stage(models.TextChoices):
        """How far it got."""

        OPEN = ProcessStage.OPEN, _("进行中")
        CONCLUDED = ProcessStage.CONCLUDED, _("已结束")
        WITHDRAWN = ProcessStage.WITHDRAWN, _("已撤回")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    template = models.CharField(max_length=40)
    fiscal_year = models.PositiveSmallIntegerField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="processes")
    project = models.ForeignKey(Project, models.PROTECT, null=True, related_name="processes")
    about = models.CharField(max_length=100, blank=True)
    title = models.CharField(max_length=TITLE_MAX)
    question = models.TextField(max_length=TEXT_MAX)
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.OPEN)
    label = models.CharField(max_length=20, default="internal")
    started_on = models.DateField()
    account = models.TextField(max_length=TEXT_MAX, blank=True)
    ended_on = models.DateField(null=True)

    objects = ProcessQuerySet.as_manager()

    class Meta:
        ordering = ["-started_on", "-id"]
        indexes = [models.Index(fields=["stage", "label"])]
        constraints = [
            models.CheckConstraint(
                name="process_stage_is_known", condition=Q(stage__in=[*map(str, ProcessStage)])
            ),
            models.CheckConstraint(
                name="process_label_is_known", condition=Q(label__in=["internal", "public"])
            ),
            models.CheckConstraint(
                name="a_process_ends_with_its_account",
                condition=Q(stage=str(ProcessStage.OPEN), ended_on=None)
                | (~Q(stage=str(ProcessStage.OPEN)) & Q(ended_on__isnull=False) & ~Q(account="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def thing(self) -> Thing:
        """The process as the charter sees it."""
        return Thing(
            kind="process",
            id=str(self.pk),
            owner=str(self.organisation_id),
            overseer=str(self.organisation.parent_id or NOBODY),
            addressed=str(self.project.unit_id if self.project else NOBODY),
            stage=self.stage,
            label=self.label,
            regions=self.organisation.region.line(),
        )

    def part_of(self) -> tuple[Thing, ...]:
        """The things that it is part of: who follows them is told of it too."""
        return (self.project.thing(),) if self.project else ()

    def kind(self) -> ProcessTemplate:
        """The template that it follows."""
        return load_templates()[self.template]

    def dates(self) -> Sequence[PhaseDates]:
        """Its phases with the dates that hold now."""
        last = {row.number: row for row in self.phases.all()}
        return [row.dates() for row in last.values()]

    def phase_on(self, today: Any) -> PhaseDates | None:
        """The phase that it is in on a day, while it runs."""
        return running(self.dates(), today=today) if self.stage == self.Stage.OPEN else None


class Phase(models.Model):
    """The dates that a phase of a process was given."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    process = models.ForeignKey(Process, models.PROTECT, related_name="phases")
    number = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40)
    opens_on = models.DateField()
    closes_on = models.DateField()

    class Meta:
        ordering = ["process", "number", "id"]
        constraints = [
            models.CheckConstraint(
                name="a_phase_doesnt_run_backwards", condition=Q(closes_on__gte=F("opens_on"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.process} {self.number}"

    def dates(self) -> PhaseDates:
        """When it begins and ends."""
        return PhaseDates(code=self.code, opens_on=self.opens_on, closes_on=self.closes_on)


class ProcessStep(models.Model):
    """A change of a process that wanted words: moved, concluded, withdrawn."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    process = models.ForeignKey(Process, models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=40)
    reason = models.TextField(max_length=TEXT_MAX)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    done_on = models.DateField()

    class Meta:
        ordering = ["process", "id"]

    def __str__(self) -> str:
        return f"{self.process} {self.verb}"
