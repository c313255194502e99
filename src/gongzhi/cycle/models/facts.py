"""Money as other systems' files tell it: budgets, contracts, payments; append-only.

A correction is a new row that names the fingerprint of what it corrects; the identity tells which
row of the source a fact is, the fingerprint what it says (`connectors.sameness`). A fact of a
project or unit that nobody has registered yet keeps the source's code and waits for it.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongzhi.core.charter import Thing
from gongzhi.core.facts import BudgetFact, ContractFact, PaymentFact
from gongzhi.cycle.models.projects import OfProjectQuerySet, Project
from gongzhi.cycle.reading import DeliveryQuerySet, FactQuerySet, MappingQuerySet
from gongzhi.parties.models import Office, Organisation
from gongzhi.trust.identifiers import new_id

CODE, TEXT = 200, 2000  # as the connectors let them through
NAME, MARK = 300, 64
# The deeds that bring deliveries: of one's own facts, of those of a region.
DELIVERING = ("deliver_facts", "collect_facts")


class SavedMapping(models.Model):
    """Which column of somebody's file is which field, kept to be used again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="mappings")
    name = models.CharField(max_length=100)
    record = models.JSONField()
    saved_on = models.DateField()

    objects = MappingQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "name", "-id"]

    def __str__(self) -> str:
        return self.name

    def thing(self) -> Thing:
        """The mapping as the charter sees it."""
        return Thing(kind="saved_mapping", id=str(self.pk), owner=str(self.organisation_id))


class Delivery(models.Model):
    """A file that brings facts: who handed it in, then what came of it; from then on it stays."""

    class Stage(models.TextChoices):
        """Whether its facts were kept."""

        WAITING = "waiting", _("待导入")
        KEPT = "kept", _("已导入")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="deliveries")
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=NAME)
    digest = models.CharField(max_length=80)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.WAITING)
    mappings = models.JSONField(default=list)
    mode = models.CharField(max_length=20, blank=True)
    counts = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    brought_on = models.DateField()

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="delivery_stage_is_known", condition=Q(stage__in=["waiting", "kept"])
            )
        ]

    def __str__(self) -> str:
        return self.name

    def thing(self) -> Thing:
        """The delivery as the charter sees it."""
        return Thing(
            kind="delivery",
            id=str(self.pk),
            owner=str(self.organisation_id),
            stage=self.stage,
            regions=self.organisation.region.line(),
        )


class Fact(models.Model):
    """What every row of facts has: where it came from, what it is, what it says, whose it is."""

    id = models.BigAutoField(primary_key=True)
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="+", db_constraint=False)
    row = models.PositiveIntegerField()
    identity = models.CharField(max_length=MARK)
    fingerprint = models.CharField(max_length=MARK)
    corrects = models.CharField(max_length=MARK, blank=True)
    # Each table has its own indexes of them, most with what it is asked for beside.
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, related_name="%(class)ss", db_index=False
    )
    project_code = models.CharField(max_length=CODE, blank=True)
    unit = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="%(class)ss", db_index=False
    )
    unit_code = models.CharField(max_length=CODE, blank=True)

    objects = FactQuerySet.as_manager()

    class Meta:
        abstract = True
        indexes: ClassVar = [
            models.Index(name="%(class)s_by_identity", fields=["identity"]),
            models.Index(
                name="%(class)s_unclaimed",
                fields=["project_code"],
                condition=Q(project__isnull=True),
            ),
        ]


class Payment(Fact):
    """Money that left the treasury; a refund is negative."""

    KIND = "payment"
    FACT = PaymentFact

    number = models.CharField(max_length=CODE)
    paid_on = models.DateField()
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    payee = models.CharField(max_length=TEXT, blank=True)
    payee_id = models.CharField(max_length=CODE, blank=True)
    functional = models.CharField(max_length=CODE, blank=True)
    economic = models.CharField(max_length=CODE, blank=True)
    funds = models.CharField(max_length=CODE, blank=True)
    purpose = models.CharField(max_length=TEXT, blank=True)
    contract = models.CharField(max_length=CODE, blank=True)
    currency = models.CharField(max_length=CODE, blank=True)

    class Meta:
        ordering = ["paid_on", "id"]
        indexes = [
            *Fact.Meta.indexes,
            models.Index(fields=["project", "paid_on"]),
            models.Index(fields=["unit", "paid_on"]),
            models.Index(fields=["paid_on", "id"]),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.amount}"


class BudgetLine(Fact):
    """A line of a budget and what became of it: initial + changed = adjusted."""

    KIND = "budget_line"
    FACT = BudgetFact

    number = models.CharField(max_length=CODE)
    fiscal_year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=TEXT, blank=True)
    functional = models.CharField(max_length=CODE, blank=True)
    economic = models.CharField(max_length=CODE, blank=True)
    funds = models.CharField(max_length=CODE, blank=True)
    initial = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    changed = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    adjusted = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    received = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    committed = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    executed = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    paid = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    currency = models.CharField(max_length=CODE, blank=True)

    class Meta:
        ordering = ["fiscal_year", "number", "id"]
        indexes = [
            *Fact.Meta.indexes,
            models.Index(fields=["project", "fiscal_year"]),
            models.Index(fields=["unit"]),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.fiscal_year}"


class Contract(Fact):
    """A contract; process is the procurement that it came out of."""

    KIND = "contract"
    FACT = ContractFact

    number = models.CharField(max_length=CODE)
    process = models.CharField(max_length=CODE, blank=True)
    title = models.CharField(max_length=TEXT, blank=True)
    supplier = models.CharField(max_length=TEXT, blank=True)
    supplier_id = models.CharField(max_length=CODE, blank=True)
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    signed_on = models.DateField(null=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    method = models.CharField(max_length=TEXT, blank=True)
    status = models.CharField(max_length=TEXT, blank=True)
    currency = models.CharField(max_length=CODE, blank=True)

    class Meta:
        ordering = ["signed_on", "id"]
        indexes = [
            *Fact.Meta.indexes,
            models.Index(fields=["project", "number"]),
            models.Index(fields=["unit"]),
            models.Index(fields=["signed_on", "id"]),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class BudgetAct(models.Model):
    """A change of a project's budget, by amendment or transfer: who decided, when, by what."""

    class Kind(models.TextChoices):
        """The two acts on money; a change of goals is a version of goals."""

        AMENDMENT = "amendment", _("预算调整")
        TRANSFER = "transfer", _("预算调剂")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="budget_acts")
    fiscal_year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=Kind)
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    other = models.ForeignKey(Project, models.PROTECT, null=True, related_name="+")
    authority = models.CharField(max_length=200)
    document_number = models.CharField(max_length=100)
    decided_on = models.DateField()
    reason = models.TextField(max_length=2000)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")

    objects = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = ["decided_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="budget_act_is_known", condition=Q(kind__in=["amendment", "transfer"])
            ),
            models.CheckConstraint(name="a_budget_act_moves_money", condition=~Q(amount=0)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"


class Grant(models.Model):
    """Money that a higher level of government gives for a project: by which document, for what.

    `general` money may be spent as the receiver plans, `special` money for its purpose alone.
    """

    class Level(models.TextChoices):
        """Which level gives."""

        CENTRAL = "central", _("中央")
        PROVINCE = "province", _("省级")
        CITY = "city", _("市级")
        COUNTY = "county", _("县级")

    class Kind(models.TextChoices):
        """Whether it is tied."""

        GENERAL = "general", _("一般性转移支付")
        SPECIAL = "special", _("专项转移支付")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="grants")
    fiscal_year = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=10, choices=Level)
    giver = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind)
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    document_number = models.CharField(max_length=100)
    given_on = models.DateField()
    purpose = models.CharField(max_length=500, blank=True)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")

    objects = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = ["given_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="a_grant_is_of_a_level",
                condition=Q(level__in=["central", "province", "city", "county"]),
            ),
            models.CheckConstraint(
                name="a_grant_is_tied_or_not", condition=Q(kind__in=["general", "special"])
            ),
            models.CheckConstraint(
                name="a_special_grant_has_a_purpose", condition=Q(kind="general") | ~Q(purpose="")
            ),
            models.CheckConstraint(name="a_grant_is_money", condition=~Q(amount=0)),
        ]

    def __str__(self) -> str:
        return f"{self.giver} {self.amount}"
