"""What citizens say of a project's service, how the unit answers, what finance finds about it.

Who said it is known to the row alone and shown to nobody; a citizen has one standing evaluation of
a project and year, which may be revised.
"""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongzhi.core.charter import Member, Thing
from gongzhi.cycle.models.projects import Project
from gongzhi.parties.models import Deed, Office, Person
from gongzhi.parties.reading import NOBODY, readable_by
from gongzhi.trust.identifiers import new_id


class ServiceEvaluationQuerySet(models.QuerySet[Any]):
    """Citizens' evaluations."""

    def visible_to(self, member: Member) -> Self:
        """Those whose words the member may read."""
        columns = {
            "holder": "person_id",
            "owner": "project__unit_id",
            "stage": "stage",
            "label": "label",
            "regions": "project__unit__region",
        }
        return self.filter(readable_by(member, "service_evaluation", columns=columns))

    def met_by(self, deed: Deed) -> Self:
        """Those that a deed answers, or into whose matter it looked; clauses 5.7 and 5.8."""
        if deed.verb == "answer_citizens" and (answer := deed.public.get("answer")):
            return self.filter(Q(answer=answer) | Q(supplement=answer))
        if deed.verb == "publish_service_check":
            year, matter = deed.public["fiscal_year"], deed.public["line"]
            return self.filter(fiscal_year=year, matter=matter)
        return self.none()

    def with_facts(self) -> Self:
        """With all that the charter asks about them, in the same query."""
        return self.select_related("project__unit__region", "answer", "supplement")


class ServiceAnswer(models.Model):
    """What a unit answers to citizens; several of the same content share one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    text = models.TextField(max_length=4000)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    answered_on = models.DateField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.project} {self.answered_on}"


class ServiceEvaluation(models.Model):
    """A citizen's evaluation of what a project did in a year: levels, a matter, and words."""

    class Stage(models.TextChoices):
        """How far its answer got."""

        RECEIVED = "received", _("待答复")
        ANSWERED = "answered", _("已答复")
        ASKED = "asked", _("要求补充答复")
        SUPPLEMENTED = "supplemented", _("已补充答复")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="service_evaluations")
    fiscal_year = models.PositiveSmallIntegerField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.RECEIVED)
    label = models.CharField(max_length=20, default="public")
    pack = models.CharField(max_length=60)
    levels = models.JSONField()
    total = models.DecimalField(max_digits=5, decimal_places=2)
    matter = models.CharField(max_length=60)
    text = models.TextField(max_length=2000)
    evaluated_on = models.DateField()
    answer = models.ForeignKey(ServiceAnswer, models.PROTECT, null=True, related_name="answered")
    asked = models.TextField(max_length=2000, blank=True)
    asked_on = models.DateField(null=True)
    supplement = models.ForeignKey(
        ServiceAnswer, models.PROTECT, null=True, related_name="supplemented"
    )

    objects = ServiceEvaluationQuerySet.as_manager()

    class Meta:
        ordering = ["project", "-id"]
        indexes = [models.Index(fields=["fiscal_year", "matter"])]
        constraints = [
            models.UniqueConstraint(
                name="one_citizen_one_evaluation", fields=["project", "fiscal_year", "person"]
            ),
            models.CheckConstraint(
                name="service_evaluation_stage_is_known",
                condition=Q(stage__in=["received", "answered", "asked", "supplemented"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.fiscal_year}"

    def thing(self) -> Thing:
        """The evaluation as the charter sees it."""
        return Thing(
            kind="service_evaluation",
            id=str(self.pk),
            holder=str(self.person_id or NOBODY),
            owner=str(self.project.unit_id),
            stage=self.stage,
            label=self.label,
            regions=self.project.unit.region.line(),
        )


class ServiceCheck(models.Model):
    """What the finance bureau found about a matter that many citizens spoke of; it is public."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="service_checks")
    fiscal_year = models.PositiveSmallIntegerField()
    matter = models.CharField(max_length=60)
    count = models.PositiveIntegerField()
    text = models.TextField(max_length=4000)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    published_on = models.DateField()

    class Meta:
        ordering = ["project", "id"]
        constraints = [
            models.UniqueConstraint(
                name="a_matter_is_looked_into_once", fields=["project", "fiscal_year", "matter"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.matter}"
