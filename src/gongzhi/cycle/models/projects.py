"""Projects: identity and state, what they are about, who has a part, which aim they serve."""

from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from gongzhi.core.charter import Member, Thing
from gongzhi.cycle.reading import ProjectQuerySet, as_its_project, overseen
from gongzhi.parties.by_name import name_index
from gongzhi.parties.conflicts import conflicted
from gongzhi.parties.models import Deed, Office, Organisation
from gongzhi.parties.reading import NOBODY
from gongzhi.trust.identifiers import new_id


class Project(models.Model):
    """What money is spent on: identity and state only, everything else happened to it."""

    class Stage(models.TextChoices):
        """Whether anybody but the unit knows of it."""

        REGISTERED = "registered", _("已登记")
        DISCLOSED = "disclosed", _("已公开")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=300)
    unit = models.ForeignKey(Organisation, models.PROTECT)
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.REGISTERED)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        indexes = [name_index("project_by_name", "name", "code")]
        constraints = [
            models.CheckConstraint(
                name="project_stage_is_known", condition=Q(stage__in=["registered", "disclosed"])
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def overseer(self) -> str:
        """The department above its unit."""
        return str(self.unit.parent_id or NOBODY)

    @property
    def label(self) -> str:
        """Who may read what is said of it: anybody, once anybody knows of it."""
        return "public" if self.stage == self.Stage.DISCLOSED else "internal"

    def thing(self) -> Thing:
        """The project as the charter sees it."""
        return Thing(
            kind="project",
            id=str(self.pk),
            owner=str(self.unit_id),
            overseer=self.overseer,
            stage=self.stage,
            regions=self.unit.region.line(),
            conflicted=self.conflicted(),
        )

    def conflicted(self) -> frozenset[str]:
        """Who declared a conflict of interest about the project or its unit."""
        return conflicted(f"project:{self.pk}", f"organisation:{self.unit_id}")

    def answered_by(self, deed: Deed) -> dict[UUID, str]:
        """The citizens whom a deed about it answers, each with the name of what they said."""
        said = self.service_evaluations.met_by(deed)
        return {each.person_id: each.thing().name for each in said.with_facts()}


class AimQuerySet(models.QuerySet[Any]):
    """Aims."""

    def visible_to(self, member: Member) -> Self:  # noqa: ARG002 - nobody is kept from an aim
        """All: an aim was announced before it stands here."""
        return self.all()


class Aim(models.Model):
    """An aim that projects serve, under a wider one: a five-year plan, a work report, a promise."""

    class Kind(models.TextChoices):
        """Where it was announced."""

        PLAN = "plan", _("五年规划")
        REPORT = "report", _("政府工作报告")
        LIVELIHOOD = "livelihood", _("民生实事")
        DEPARTMENT = "department", _("部门职责")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=20, choices=Kind)
    within = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    document = models.CharField(max_length=300, blank=True)

    objects = AimQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        indexes = [name_index("aim_by_name", "name", "code", "document")]
        constraints = [
            models.CheckConstraint(
                name="aim_kind_is_known",
                condition=Q(kind__in=["plan", "report", "livelihood", "department"]),
            ),
            models.CheckConstraint(
                name="an_aim_is_not_its_own_part",
                condition=Q(within__isnull=True) | ~Q(within=F("id")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OfProjectQuerySet(models.QuerySet[Any]):
    """What is part of a project, and read by whoever may read the project."""

    def visible_to(self, member: Member) -> Self:
        """Those of the projects that the member may view."""
        return self.filter(as_its_project(member))

    def overseen_by(self, member: Member) -> Self:
        """Those of the projects that the member answers for or oversees."""
        return self.filter(overseen(member))


class ProfileQuerySet(OfProjectQuerySet):
    """Descriptions of projects."""

    def newest(self) -> Self:
        """The one of each project that nothing was said after."""
        own = self.model._default_manager.filter(project=OuterRef("project"))
        return self.filter(~Exists(own.filter(pk__gt=OuterRef("pk"))))


class Profile(models.Model):
    """What a project is about, as its unit or a file described it last; older ones stay."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="profiles")
    category = models.CharField(max_length=60, blank=True)
    functional = models.CharField(max_length=7, blank=True)
    basis = models.TextField(max_length=2000, blank=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    total = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    by_year = models.JSONField(default=dict)
    aim = models.ForeignKey(Aim, models.PROTECT, null=True, related_name="profiles")
    described_on = models.DateField()
    delivery = models.ForeignKey("Delivery", models.PROTECT, null=True, related_name="+")
    identity = models.CharField(max_length=64, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)

    objects = ProfileQuerySet.as_manager()

    class Meta:
        ordering = ["project", "id"]
        indexes = [
            models.Index(
                name="profile_by_identity", fields=["identity"], condition=~Q(identity="")
            ),
            models.Index(
                name="profile_by_class", fields=["functional"], opclasses=["varchar_pattern_ops"]
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="a_project_ends_after_it_starts",
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.described_on}"


class Partner(models.Model):
    """An organisation that has a part in another's project, and which part."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="partners")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="parts")
    does = models.CharField(max_length=300)
    since_on = models.DateField()
    until_on = models.DateField(null=True)

    objects = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = ["project", "since_on", "id"]
        constraints = [
            models.UniqueConstraint(
                name="one_part_at_a_time",
                fields=["project", "organisation"],
                condition=Q(until_on__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.does}"


class Appraisal(models.Model):
    """What was found before a new project asked for money: five aspects and a conclusion."""

    class Conclusion(models.TextChoices):
        """What follows for the budget."""

        SUPPORTED = "supported", _("支持")
        ADJUSTED = "adjusted", _("调整后支持")
        REJECTED = "rejected", _("不予支持")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="appraisals")
    fiscal_year = models.PositiveSmallIntegerField()
    aspects = models.JSONField()
    heard = models.TextField(max_length=2000, blank=True)
    conditions = models.TextField(max_length=2000, blank=True)
    conclusion = models.CharField(max_length=20, choices=Conclusion)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    appraised_on = models.DateField()

    objects = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = ["project", "id"]
        constraints = [
            models.CheckConstraint(
                name="conclusion_is_known",
                condition=Q(conclusion__in=["supported", "adjusted", "rejected"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.fiscal_year} {self.conclusion}"
