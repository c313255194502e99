"""Next year's money: what is proposed for a project by rule, decided by people, and told of it.

A proposal is never rewritten (a trigger sees to it): one that is made anew replaces the earlier
one. Decisions are only added, a correction names what it corrects; so are accounts of what was
adopted of the evaluations by social organisations and citizens.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongzhi.core.charter import Thing
from gongzhi.core.results.rules import UseOfResult
from gongzhi.cycle.models.evaluations import Evaluation
from gongzhi.cycle.models.projects import Project
from gongzhi.cycle.results_reading import OfProposalQuerySet, ProposalQuerySet
from gongzhi.parties.models import Office, Person
from gongzhi.trust.identifiers import new_id

STANDING = ["proposed", "decided"]


class ResultProposal(models.Model):
    """What the rules propose for a project's money of a year, with everything that it rests on.

    fiscal_year is the year that the money is for; what was judged is the year before. The record
    holds facts, steps, sheets and open matters as they were on the day (`cycle.result_record`).
    """

    class Stage(models.TextChoices):
        """How far it got."""

        PROPOSED = "proposed", _("待决定")
        DECIDED = "decided", _("已决定")
        REPLACED = "replaced", _("已重新提出")

    class Use(models.TextChoices):
        """What the grade means."""

        PREFER = UseOfResult.PREFER, _("优先保障")
        KEEP = UseOfResult.KEEP, _("按需保障")
        REDUCE = UseOfResult.REDUCE, _("压减并整改")
        CANCEL = UseOfResult.CANCEL, _("取消，或者暂停到整改完成")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="proposals")
    fiscal_year = models.PositiveSmallIntegerField()
    base = models.DecimalField(max_digits=18, decimal_places=2)
    result = models.DecimalField(max_digits=18, decimal_places=2)
    use = models.CharField(max_length=10, choices=Use, blank=True)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.PROPOSED)
    pack = models.CharField(max_length=60)
    record = models.JSONField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_on = models.DateField()
    due_on = models.DateField()

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-fiscal_year", "project"]
        indexes = [models.Index(fields=["fiscal_year", "stage"])]
        constraints = [
            models.CheckConstraint(
                name="proposal_stage_is_known", condition=Q(stage__in=[*STANDING, "replaced"])
            ),
            models.CheckConstraint(
                name="proposal_use_is_known", condition=Q(use__in=["", *map(str, UseOfResult)])
            ),
            models.CheckConstraint(
                name="a_proposal_takes_no_more_than_there_is",
                condition=Q(base__gte=0, result__gte=0),
            ),
            models.UniqueConstraint(
                name="one_standing_proposal",
                fields=["project", "fiscal_year"],
                condition=Q(stage__in=STANDING),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.fiscal_year}"

    def thing(self) -> Thing:
        """The proposal as the charter sees it."""
        unit = self.project.unit
        return Thing(
            kind="result_proposal",
            id=str(self.pk),
            owner=str(unit.pk),
            overseer=self.project.overseer,
            stage=self.stage,
            label=self.project.label,
            authors=self.made_by.selves(),
            regions=unit.region.line(),
            conflicted=self.project.conflicted(),
        )

    def part_of(self) -> tuple[Thing, ...]:
        """The things that it is part of: who follows them is told of it too."""
        return (self.project.thing(),)


class ResultDecision(models.Model):
    """What was decided on a proposal; a correction names the decision that it corrects."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    proposal = models.ForeignKey(ResultProposal, models.PROTECT, related_name="decisions")
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    reason = models.TextField(max_length=2000, blank=True)
    document_number = models.CharField(max_length=100, blank=True)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    decided_on = models.DateField()
    deed = models.UUIDField()
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")

    objects = OfProposalQuerySet.as_manager()

    class Meta:
        ordering = ["proposal", "id"]
        constraints = [
            models.CheckConstraint(name="a_decision_takes_nothing", condition=Q(amount__gte=0)),
            models.UniqueConstraint(
                name="one_first_decision", fields=["proposal"], condition=Q(corrects=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal} {self.amount}"


class UseAccount(models.Model):
    """What became of a party's evaluation: what was adopted, what it changed, or why not.

    Clause 5.10 owes it to social organisations and citizens.
    """

    class Outcome(models.TextChoices):
        """How much of it was adopted."""

        ADOPTED = "adopted", _("采用")
        PARTLY = "partly", _("部分采用")
        NOT = "not", _("没有采用")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    proposal = models.ForeignKey(ResultProposal, models.PROTECT, related_name="accounts")
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="accounts")
    outcome = models.CharField(max_length=10, choices=Outcome)
    adopted = models.TextField(max_length=2000, blank=True)
    changed = models.TextField(max_length=2000, blank=True)
    reason = models.TextField(max_length=2000, blank=True)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    told_on = models.DateField()

    objects = OfProposalQuerySet.as_manager()

    class Meta:
        ordering = ["proposal", "id"]
        constraints = [
            models.CheckConstraint(
                name="an_account_says_what_or_why_not",
                condition=Q(outcome="not") & ~Q(reason="")
                | Q(outcome="adopted") & ~Q(adopted="")
                | Q(outcome="partly") & ~Q(adopted="") & ~Q(reason=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposal} {self.outcome}"
