"""Admission (接纳): an organisation asks to take part, the registrar decides within a clock."""

import json
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongzhi.core.charter import Member, Thing
from gongzhi.parties.locked_values import lock, unlock
from gongzhi.parties.reading import readable_by
from gongzhi.trust.identifiers import new_id

# The kinds of party that are admitted; the others are registered by the installation.
APPLICANTS = ("social", "enterprise", "evaluator")
TEXT_MAX = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """Who answers for an organisation, and who applies for it: never written to a log."""

    responsible: str
    name: str
    channel: str
    address: str
    language: str

    def __repr__(self) -> str:
        return "Applicant()"


class AdmissionQuerySet(models.QuerySet["Admission"]):
    """Applications for admission."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view: all for a registrar, none for others."""
        return self.filter(readable_by(member, "admission", columns={"stage": "stage"}))

    def waiting(self) -> Self:
        """Those that nobody has decided yet."""
        return self.filter(stage="waiting")

    def decided(self) -> Self:
        """Those that were decided, the latest first."""
        return self.exclude(stage="waiting").order_by("-decided_on", "-id")


class Admission(models.Model):
    """An application: which organisation, who asks for it, and what was decided."""

    class Kind(models.TextChoices):
        """The kinds of party that may apply."""

        SOCIAL = "social", _("社会组织")
        ENTERPRISE = "enterprise", _("企业")
        EVALUATOR = "evaluator", _("第三方评价机构")

    class Stage(models.TextChoices):
        """How far it got."""

        WAITING = "waiting", _("等候办理")
        ADMITTED = "admitted", _("已接纳")
        DECLINED = "declined", _("不予接纳")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.ForeignKey("Region", models.PROTECT)
    kind = models.CharField(max_length=20, choices=Kind)
    name = models.CharField(max_length=200)
    code = models.CharField(max_length=18)
    details = models.JSONField(default=dict)
    locked_applicant = models.BinaryField(null=True)
    applied_on = models.DateField()
    due_on = models.DateField(null=True)
    provisional = models.BooleanField(default=False)
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.WAITING)
    reason = models.TextField(max_length=TEXT_MAX, blank=True)
    decided_on = models.DateField(null=True)

    objects: ClassVar[Any] = AdmissionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["stage", "due_on"])]
        constraints = [
            models.CheckConstraint(
                name="admission_kind_is_known", condition=Q(kind__in=[*APPLICANTS])
            ),
            models.CheckConstraint(
                name="admission_is_decided_or_waits",
                condition=Q(stage="waiting", decided_on__isnull=True)
                | Q(stage="admitted", decided_on__isnull=False)
                | (Q(stage="declined", decided_on__isnull=False) & ~Q(reason="")),
            ),
            models.UniqueConstraint(
                name="one_application_a_code",
                fields=["code"],
                condition=Q(stage__in=["waiting", "admitted"]),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def thing(self) -> Thing:
        """The application as the charter sees it."""
        return Thing(
            kind="admission", id=str(self.pk), stage=self.stage, regions=self.region.line()
        )

    def put_in(self, applicant: Applicant) -> None:
        """Lock who applies into the row."""
        self.locked_applicant = lock(json.dumps(asdict(applicant)), bound_to=self.pk)

    def taken_out(self) -> Applicant | None:
        """Who applies; None once it was erased."""
        if self.locked_applicant is None:
            return None
        return Applicant(**json.loads(unlock(self.locked_applicant, bound_to=self.pk)))
