"""Objections to compensations: what a payee doesn't agree with, and what somebody else answered."""

from collections.abc import Collection
from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongzhi.core.charter import Member, Thing
from gongzhi.core.terms import Said
from gongzhi.forum.models.compensations import (
    DIGITS,
    PLACES,
    TEXT_MAX,
    Compensation,
    paid_by_any,
    payees_told,
)
from gongzhi.parties.conflicts import conflicted
from gongzhi.parties.models import Deed, Person
from gongzhi.parties.own_words import OwnWords
from gongzhi.parties.reading import NOBODY, Columns, readable_by
from gongzhi.trust.identifiers import new_id


class CompensationObjectionQuerySet(models.QuerySet[Any]):
    """Objections."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view."""
        way = "compensation__"
        columns: Columns = {
            "owner": about_paid_by_any,
            "overseer": f"{way}project__unit__parent_id",
            "addressed": f"{way}organisation_id",
            "holder": f"{way}person_id",
            "authors": f"{way}basis__promised_by_id",
            "stage": "stage",
            "regions": f"{way}project__unit__region",
        }
        return self.filter(readable_by(member, "compensation_objection", columns=columns))

    def with_facts(self) -> Self:
        """With all that the charter asks about them."""
        return self.select_related(
            "compensation__project__unit__region",
            "compensation__payer",
            "compensation__basis__promised_by",
        )


def about_paid_by_any(organisations: Collection[str]) -> Q:
    """Those about what one of these organisations pays."""
    paid = Compensation.objects.filter(paid_by_any(organisations)).order_by()
    return Q(compensation__in=paid.values("pk"))


class CompensationObjection(models.Model):
    """That a payee doesn't agree, why, and what somebody who had no part in it answered."""

    class Stage(models.TextChoices):
        """Whether it was answered."""

        OPEN = "open", _("待复核")
        UPHELD = "upheld", _("成立")
        DISMISSED = "dismissed", _("不成立")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    compensation = models.ForeignKey(Compensation, models.PROTECT, related_name="objections")
    text = models.TextField(max_length=TEXT_MAX)
    author = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    filed_on = models.DateField()
    due_on = models.DateField()
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.OPEN)
    answer = models.TextField(max_length=TEXT_MAX, blank=True)
    added = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, default=0)
    reviewer = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    against = models.ForeignKey(Person, models.PROTECT, related_name="+")
    answered_on = models.DateField(null=True)

    objects = CompensationObjectionQuerySet.as_manager()
    own_words = OwnWords(name=Said("对补偿的异议"), whose="author", columns=("text",))

    class Meta:
        ordering = ["compensation", "id"]
        constraints = [
            models.UniqueConstraint(
                name="one_open_objection", fields=["compensation"], condition=Q(stage="open")
            ),
            models.CheckConstraint(
                name="an_objection_is_answered_with_reasons",
                condition=Q(stage="open", answered_on=None)
                | (Q(stage__in=["upheld", "dismissed"], answered_on__isnull=False) & ~Q(answer="")),
            ),
            models.CheckConstraint(
                name="somebody_else_answers_an_objection",
                condition=Q(reviewer=None) | ~Q(reviewer=F("against")),
            ),
            models.CheckConstraint(
                name="an_objection_takes_nothing_away",
                condition=Q(added=0) | Q(added__gt=0, stage="upheld"),
            ),
        ]

    def __str__(self) -> str:
        """What it is about and when, not its words: they may be erased."""
        return f"{self.compensation} {self.filed_on}"

    def thing(self) -> Thing:
        """The objection as the charter sees it; its authors are those whose work it is about."""
        of = self.compensation
        unit = of.project.unit
        return Thing(
            kind="compensation_objection",
            id=str(self.pk),
            owner=str(of.paid_by.pk),
            overseer=str(unit.parent_id or NOBODY),
            addressed=str(of.organisation_id or NOBODY),
            holder=str(of.person_id or NOBODY),
            authors=of.basis.promised_by.selves(),
            conflicted=conflicted(f"project:{of.project_id}", f"organisation:{of.paid_by.pk}"),
            stage=self.stage,
            regions=unit.region.line(),
        )

    def part_of(self) -> tuple[Thing, ...]:
        """The things that it is part of: who follows them is told of it too."""
        return (self.compensation.thing(),)

    def answered_by(self, deed: Deed) -> dict[UUID, str]:
        """Whom a deed about it concerns: the payee."""
        return payees_told(self.compensation, deed)
