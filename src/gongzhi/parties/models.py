"""Who takes part: regions, organisations, people and their offices."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongzhi.core.charter import Member, Thing
from gongzhi.parties.admission import Admission
from gongzhi.parties.alarms import Alarm
from gongzhi.parties.answer_links import AnswerLink
from gongzhi.parties.batches import BatchBundle, BatchTile, SealedRow
from gongzhi.parties.by_name import name_index
from gongzhi.parties.charters import (
    Adoption,
    Amendment,
    AmendmentComment,
    AmendmentReview,
    AmendmentText,
    CharterVersion,
)
from gongzhi.parties.conflicts import Conflict
from gongzhi.parties.contacts import Contact
from gongzhi.parties.entry_codes import EntryCode
from gongzhi.parties.erasure import Erasure
from gongzhi.parties.factors import Factor, RecoveryCode
from gongzhi.parties.former_keys import FormerKey
from gongzhi.parties.invitations import Invitation
from gongzhi.parties.offices import Office
from gongzhi.parties.outgoing import OutgoingMessage
from gongzhi.parties.outside_logins import OutsideLogin
from gongzhi.parties.people import Human, Person
from gongzhi.parties.reading import readable_by
from gongzhi.parties.register import Deed, DemoDate, IdempotencyKey, RefusedDeed, SealedValue
from gongzhi.parties.resting_contacts import RestingContact
from gongzhi.parties.sessions import Session
from gongzhi.parties.subject_keys import SubjectKey
from gongzhi.parties.unseen import WaitingRow
from gongzhi.trust.identifiers import new_id

__all__ = [
    "Admission",
    "Adoption",
    "Alarm",
    "Amendment",
    "AmendmentComment",
    "AmendmentReview",
    "AmendmentText",
    "AnswerLink",
    "BatchBundle",
    "BatchTile",
    "CharterVersion",
    "Conflict",
    "Contact",
    "Deed",
    "DemoDate",
    "EntryCode",
    "Erasure",
    "Factor",
    "FormerKey",
    "Human",
    "IdempotencyKey",
    "Invitation",
    "Office",
    "Organisation",
    "OutgoingMessage",
    "OutsideLogin",
    "Person",
    "RecoveryCode",
    "RefusedDeed",
    "Region",
    "RestingContact",
    "SealedRow",
    "SealedValue",
    "Session",
    "SubjectKey",
    "WaitingRow",
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


class Region(models.Model):
    """An administrative division, by its official code (GB/T 2260); its residents, if told."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=100)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True)
    currency = models.CharField(max_length=3, default="CNY")
    people = models.PositiveIntegerField(null=True)
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
        indexes = [
            name_index("organisation_by_name", "name", "code"),
            models.Index(fields=["name"]),
        ]
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
        own = str(self.pk)
        return Thing(kind="organisation", id=own, owner=own, regions=self.region.line())
