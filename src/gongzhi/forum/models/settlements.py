"""What a negotiation may end with: a plan, who gives whom what, and the signatures of all sides."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongzhi.forum.models.compensations import DIGITS, PLACES, Compensation
from gongzhi.forum.models.negotiations import (
    LINE_MAX,
    TEXT_MAX,
    Negotiation,
    NegotiationParty,
    PlanOption,
)
from gongzhi.parties.models import Office, Person
from gongzhi.trust.identifiers import new_id


class Settlement(models.Model):
    """What the mediator proposes for signature."""

    class Stage(models.TextChoices):
        """What became of it."""

        OPEN = "open", _("待签署")
        SIGNED = "signed", _("已签署")
        FAILED = "failed", _("未达成")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    negotiation = models.ForeignKey(Negotiation, models.PROTECT, related_name="settlements")
    option = models.ForeignKey(PlanOption, models.PROTECT, related_name="+")
    text = models.TextField(max_length=TEXT_MAX)
    proposed_on = models.DateField()
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.OPEN)

    class Meta:
        ordering = ["negotiation", "id"]
        constraints = [
            models.UniqueConstraint(
                name="one_settlement_at_a_time", fields=["negotiation"], condition=Q(stage="open")
            )
        ]

    def __str__(self) -> str:
        return str(self.option)


class SettlementTransfer(models.Model):
    """Who gives whom how much, from which line or own funds, until when; then in the ledger."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    settlement = models.ForeignKey(Settlement, models.PROTECT, related_name="transfers")
    giver = models.ForeignKey(NegotiationParty, models.PROTECT, related_name="+")
    getter = models.ForeignKey(NegotiationParty, models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    fiscal_year = models.PositiveSmallIntegerField()
    budget_line = models.CharField(max_length=200, blank=True)
    own_funds = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=LINE_MAX)
    due_on = models.DateField()
    compensation = models.OneToOneField(
        Compensation, models.PROTECT, null=True, related_name="transfer"
    )

    class Meta:
        ordering = ["settlement", "id"]
        constraints = [
            models.CheckConstraint(name="a_transfer_is_money", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="a_transfer_names_its_money",
                condition=Q(own_funds="") ^ Q(budget_line=""),
            ),
            models.CheckConstraint(name="nobody_pays_itself", condition=~Q(giver=F("getter"))),
        ]

    def __str__(self) -> str:
        return f"{self.giver} {self.amount} {self.getter}"


class TransferPart(models.Model):
    """An instalment of a transfer: how much, and by when."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    transfer = models.ForeignKey(SettlementTransfer, models.PROTECT, related_name="parts")
    number = models.PositiveSmallIntegerField()
    amount = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    due_on = models.DateField()

    class Meta:
        ordering = ["transfer", "number"]
        constraints = [
            models.UniqueConstraint(
                name="parts_of_transfers_are_numbered", fields=["transfer", "number"]
            ),
            models.CheckConstraint(name="a_part_of_a_transfer_is_money", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class Signature(models.Model):
    """That a side agrees, or doesn't and why; by whom, in which office."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    settlement = models.ForeignKey(Settlement, models.PROTECT, related_name="signatures")
    party = models.ForeignKey(NegotiationParty, models.PROTECT, related_name="+")
    agrees = models.BooleanField()
    reason = models.TextField(max_length=TEXT_MAX, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    signed_on = models.DateField()

    class Meta:
        ordering = ["settlement", "id"]
        constraints = [
            models.UniqueConstraint(name="a_side_signs_once", fields=["settlement", "party"]),
            models.CheckConstraint(
                name="who_does_not_agree_says_why", condition=Q(agrees=True) | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} {self.signed_on}"
