"""Who takes part: regions, organisations, people and their offices."""

from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongzhi.core.charter import Member, Thing
from gongzhi.parties.alarms import Alarm
from gongzhi.parties.charters import (
    Adoption,
    Amendment,
    AmendmentComment,
    AmendmentReview,
    AmendmentText,
    CharterVersion,
)
from gongzhi.parties.contacts import Contact
from gongzhi.parties.factors import Factor, RecoveryCode
from gongzhi.parties.outgoing import OutgoingMessage
from gongzhi.parties.reading import readable_by
from gongzhi.parties.register import Deed, DemoDate, IdempotencyKey, RefusedDeed, SealedValue
from gongzhi.parties.sessions import Session
from gongzhi.trust.identifiers import new_id

__all__ = [
    "Adoption",
    "Alarm",
    "Amendment",
    "AmendmentComment",
    "AmendmentReview",
    "AmendmentText",
    "CharterVersion",
    "Contact",
    "Deed",
    "DemoDate",
    "Factor",
    "IdempotencyKey",
    "Office",
    "Organisation",
    "OutgoingMessage",
    "Person",
    "RecoveryCode",
    "RefusedDeed",
    "Region",
    "SealedValue",
    "Session",
]


KINDS = ["government", "congress", "audit", "social", "enterprise", "evaluator", "citizen"]


class RegionQuerySet(models.QuerySet["Region"]):
    """Administrative divisions."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view."""
        return self.filter(readable_by(member, "region", columns={"regions": ""}))


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Organisations."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view."""
        return self.filter(readable_by(member, "organisation", columns={"regions": "region"}))


class OfficeQuerySet(models.QuerySet["Office"]):
    """Offices."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view."""
        columns = {
            "owner": "organisation_id",
            "holder": "person_id",
            "regions": "organisation__region",
        }
        return self.filter(readable_by(member, "office", columns=columns))


class Region(models.Model):
    """An administrative division, by its official code (GB/T 2260)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=100)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True)
    ancestors = models.JSONField(default=list, editable=False)

    objects = RegionQuerySet.as_manager()

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    def thing(self) -> Thing:
        """The region as the charter sees it."""
        return Thing(kind="region", id=str(self.pk), regions=tuple(self.ancestors))

    def line(self) -> tuple[str, ...]:
        """Its own identifier and those of the regions around it, the widest last."""
        return (str(self.id), *self.ancestors)


class Organisation(models.Model):
    """A body that takes part; its kind decides which rights the charter gives it."""

    class Kind(models.TextChoices):
        """The kinds of party that are organisations."""

        GOVERNMENT = "government", _("政府部门和单位")
        CONGRESS = "congress", _("人大机关")
        AUDIT = "audit", _("审计机关")
        SOCIAL = "social", _("社会组织")
        ENTERPRISE = "enterprise", _("企业")
        EVALUATOR = "evaluator", _("第三方评价机构")
        CITIZEN = "citizen", _("公民")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind)
    region = models.ForeignKey(Region, models.PROTECT)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="organisation_kind_is_known",
                condition=Q(kind__in=KINDS),
            ),
            models.CheckConstraint(
                name="organisation_is_not_its_own_parent",
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def thing(self) -> Thing:
        """The organisation as the charter sees it."""
        return Thing(kind="organisation", id=str(self.pk), regions=self.region.line())


class Person(AbstractBaseUser):
    """Somebody who can sign in; what they may do comes from their offices alone."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[BaseUserManager[Self]] = BaseUserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name


class Office(models.Model):
    """A person's post (岗位) in an organisation, with its roles and dates."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="offices")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="offices")
    title = models.CharField(max_length=100)
    roles = models.JSONField(default=list)
    since_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        ordering = ["organisation__code", "title", "id"]
        constraints = [
            models.CheckConstraint(
                name="office_ends_after_it_begins",
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("since_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.title}"

    def thing(self) -> Thing:
        """The office as the charter sees it."""
        return Thing(
            kind="office",
            id=str(self.pk),
            owner=str(self.organisation_id),
            holder=str(self.person_id),
            regions=self.organisation.region.line(),
        )
