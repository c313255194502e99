"""The compensation ledger: who pays whom, for what, from which line, in which parts, until paid.

What a household gets is shown to those whom the same project affects (clause 7.5), to everybody
only in sums. No amount lies below its floor: the database holds it, too.
"""

from collections.abc import Collection
from datetime import date
from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from gongzhi.core.charter import Member, Thing
from gongzhi.core.participating.compensating import Part, Treated
from gongzhi.cycle.models import Payment, Project
from gongzhi.parties.models import Deed, Office, Organisation, Person
from gongzhi.parties.reading import NOBODY, Columns, readable_by
from gongzhi.trust.identifiers import identifier_in, new_id

DIGITS, PLACES = 18, 2
LINE_MAX, TEXT_MAX = 200, 2000


class CompensationQuerySet(models.QuerySet[Any]):
    """Compensations."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view."""
        columns: Columns = {
            "owner": paid_by_any,
            "overseer": "project__unit__parent_id",
            "addressed": "organisation_id",
            "holder": "person_id",
            "affected": _beside_people,
            "panel": _beside_organisations,
            "stage": "stage",
            "regions": "project__unit__region",
        }
        return self.filter(readable_by(member, "compensation", columns=columns))

    def late(self, *, today: date) -> Self:
        """Those of which an instalment is due and not paid."""
        due = Instalment.objects.filter(compensation=OuterRef("pk"), due_on__lt=today, payment=None)
        return self.filter(Exists(due))

    def with_facts(self) -> Self:
        """With all that the charter asks about them, and what a list shows."""
        whole = self.select_related(
            "project__unit__region", "payer", "person", "organisation", "basis__office"
        )
        return whole.prefetch_related(
            "project__compensations__person",
            "instalments__payment",
            "instalments__explanations",
            "objections",
        )


def paid_by_any(organisations: Collection[str]) -> Q:
    """Those that one of these organisations pays."""
    known = [each for each in map(identifier_in, organisations) if each is not None]
    own = Q(payer__in=known)
    return own | Q(payer=None, project__unit__in=known)


def _beside_people(people: Collection[str]) -> Q:
    """Those of projects in which one of these people is compensated."""
    known = [each for each in map(identifier_in, people) if each is not None]
    theirs = Compensation.objects.filter(Q(person__in=known) | Q(person__human__in=known))
    return Q(project__in=theirs.order_by().values("project"))


def _beside_organisations(organisations: Collection[str]) -> Q:
    """Those of projects in which one of these organisations is compensated."""
    known = [each for each in map(identifier_in, organisations) if each is not None]
    theirs = Compensation.objects.filter(organisation__in=known)
    return Q(project__in=theirs.order_by().values("project"))


class Compensation(models.Model):
    """Money for what somebody bears: from which budget line, to whom, for what, how much.

    It is paid from a budget line of the project, or by another payer from named funds of its own.
    `subject` is what is compensated, such as a house; its owner may have no account here. `floor`
    is the higher of the lawful minimum and the appraised value.
    """

    class Stage(models.TextChoices):
        """Whether all of it is paid."""

        PROMISED = "promised", _("兑现中")
        PAID = "paid", _("已付清")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="compensations")
    fiscal_year = models.PositiveSmallIntegerField()
    budget_line = models.CharField(max_length=LINE_MAX, blank=True)
    payer = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    own_funds = models.CharField(max_length=LINE_MAX, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    subject = models.CharField(max_length=LINE_MAX)
    reason = models.CharField(max_length=500)
    floor = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    amount = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    reward = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, default=0)
    promised_on = models.DateField()
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.PROMISED)

    objects = CompensationQuerySet.as_manager()

    class Meta:
        ordering = ["project", "id"]
        constraints = [
            models.CheckConstraint(
                name="no_compensation_below_its_floor",
                condition=Q(floor__gte=0, amount__gt=0, amount__gte=F("floor")),
            ),
            models.CheckConstraint(
                name="a_compensation_names_its_money",
                condition=(Q(payer=None, own_funds="") & ~Q(budget_line=""))
                | (Q(payer__isnull=False, budget_line="") & ~Q(own_funds="")),
            ),
            models.CheckConstraint(name="a_reward_takes_nothing", condition=Q(reward__gte=0)),
            models.CheckConstraint(
                name="a_compensation_has_one_payee",
                condition=Q(person=None) | Q(organisation=None),
            ),
            models.CheckConstraint(
                name="compensation_stage_is_known", condition=Q(stage__in=["promised", "paid"])
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def whole(self) -> Any:
        """All that is to be paid: the compensation and the reward beside it."""
        return self.amount + self.reward

    @property
    def paid_by(self) -> Organisation:
        """Who pays: the project's unit from its budget, or another from funds of its own."""
        payer: Organisation = self.payer or self.project.unit
        return payer

    @property
    def payee(self) -> str:
        """Whom it is for, without a person's name: an organisation, or an empty word."""
        return self.organisation.name if self.organisation else ""

    def thing(self) -> Thing:
        """The compensation as the charter sees it: whose it is, whom the project affects."""
        beside = [*self.project.compensations.all(), self]
        people = (each.person.selves() for each in beside if each.person)
        return Thing(
            kind="compensation",
            id=str(self.pk),
            owner=str(self.paid_by.pk),
            overseer=str(self.project.unit.parent_id or NOBODY),
            addressed=str(self.organisation_id or NOBODY),
            holder=str(self.person_id or NOBODY),
            affected=frozenset().union(*people),
            panel=frozenset(str(each.organisation_id) for each in beside if each.organisation_id),
            stage=self.stage,
            regions=self.project.unit.region.line(),
        )

    def part_of(self) -> tuple[Thing, ...]:
        """The things that it is part of: who follows them is told of it too."""
        return (self.project.thing(),)

    def treated(self) -> Treated:
        """How its payee is treated, as the core compares it."""
        return Treated(
            situation=self.basis.situation,
            standard=self.basis.standard,
            amount=self.amount,
            floor=self.floor,
            difference=self.basis.difference,
        )

    def answered_by(self, deed: Deed) -> dict[UUID, str]:
        """Whom a deed about it concerns: its payee, or the people of the payee's offices."""
        return payees_told(self, deed)


def payees_told(row: Compensation, deed: Deed) -> dict[UUID, str]:
    """The payee of a compensation, by whose name they are told."""
    if row.person_id:
        return {row.person_id: row.thing().name}
    if row.organisation_id is None:
        return {}
    held = Office.objects.held(on=deed.business_date).filter(organisation=row.organisation_id)
    return dict.fromkeys(held.values_list("person", flat=True), row.thing().name)


class OfCompensationQuerySet(models.QuerySet[Any]):
    """What is part of a compensation, and read by whoever may read that."""

    def visible_to(self, member: Member) -> Self:
        """Those of the compensations that the member may view."""
        mine = Compensation.objects.visible_to(member).order_by()
        return self.filter(compensation__in=mine.values("pk"))


class CompensationBasis(models.Model):
    """What a compensation rests on: the like cases, the standard, the appraisal, the evidence."""

    compensation = models.OneToOneField(
        Compensation, models.PROTECT, primary_key=True, related_name="basis"
    )
    situation = models.CharField(max_length=100)
    standard = models.CharField(max_length=200)
    lawful_minimum = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, default=0)
    appraised = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    appraiser = models.CharField(max_length=200, blank=True)
    evidence = models.CharField(max_length=300)
    difference = models.CharField(max_length=500, blank=True)
    reward_rule = models.CharField(max_length=200, blank=True)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    promised_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    objects = OfCompensationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_appraised_value_names_its_appraiser",
                condition=Q(appraised=None, appraiser="") | (Q(appraised__gt=0) & ~Q(appraiser="")),
            )
        ]

    def __str__(self) -> str:
        return self.situation


class Instalment(models.Model):
    """A part of a compensation: how much, and by when."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    compensation = models.ForeignKey(Compensation, models.PROTECT, related_name="instalments")
    number = models.PositiveSmallIntegerField()
    amount = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    due_on = models.DateField()

    objects = OfCompensationQuerySet.as_manager()

    class Meta:
        ordering = ["compensation", "number"]
        constraints = [
            models.UniqueConstraint(
                name="instalments_are_numbered", fields=["compensation", "number"]
            ),
            models.CheckConstraint(name="an_instalment_is_money", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.number}"

    def part(self) -> Part:
        """The instalment as the core sees it."""
        paid = getattr(self, "payment", None)
        return Part(
            due_on=self.due_on,
            amount=self.amount,
            paid_on=paid.paid_on if paid else None,
            explained=tuple((e.explained_on, e.pays_on) for e in self.explanations.all()),
        )


class InstalmentPayment(models.Model):
    """That an instalment was paid, by which voucher; the treasury's payment where it is known."""

    instalment = models.OneToOneField(
        Instalment, models.PROTECT, primary_key=True, related_name="payment"
    )
    paid_on = models.DateField()
    voucher = models.CharField(max_length=LINE_MAX)
    treasury = models.ForeignKey(
        Payment, models.PROTECT, null=True, db_constraint=False, related_name="+"
    )
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    recorded_on = models.DateField()

    def __str__(self) -> str:
        return self.voucher


class LatenessExplanation(models.Model):
    """Why an instalment wasn't paid in time, and on which day it will be."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    instalment = models.ForeignKey(Instalment, models.PROTECT, related_name="explanations")
    reason = models.CharField(max_length=TEXT_MAX)
    pays_on = models.DateField()
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    explained_on = models.DateField()

    class Meta:
        ordering = ["instalment", "id"]
        constraints = [
            models.CheckConstraint(
                name="an_explanation_names_a_day_to_come",
                condition=Q(pays_on__gte=F("explained_on")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.explained_on}"
