"""Votes on projects: how one is held, what is proposed, how it was checked, what came of it.

Who may vote stands in forum/models/voting_rolls.py, ballots in forum/models/ballots.py.
"""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from gongzhi.core.charter import Member, Thing
from gongzhi.core.participating.voting import BallotKind, BallotRules, Listed
from gongzhi.core.terms import FiscalYear, Said
from gongzhi.cycle.models import Project
from gongzhi.forum.models.processes import Process
from gongzhi.forum.models.voices import Voice
from gongzhi.parties.models import Office, Organisation, Person
from gongzhi.parties.own_words import ERASED, OwnWords
from gongzhi.parties.reading import NOBODY, readable_by
from gongzhi.trust.identifiers import new_id


class VoteQuerySet(models.QuerySet[Any]):
    """Votes."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may read: all that are public."""
        columns = {
            "owner": "organisation_id",
            "stage": "stage",
            "label": "label",
            "regions": "organisation__region",
        }
        return self.filter(readable_by(member, "vote", columns=columns))

    def past(self, *, today: date) -> Self:
        """Those that are open still after their last day."""
        return self.filter(stage="open", closes_on__lt=today)

    def unlocked(self) -> Self:
        """Those whose box enough keepers unlocked, and no paper ballot is still to be keyed in."""
        unfinished = self.filter(papers__stage__in=["printed", "keyed", "differs"]).values("pk")
        given = Count("keepers", filter=Q(keepers__released__isnull=False))
        found = self.exclude(pk__in=unfinished).annotate(given=given)
        return found.filter(given__gte=F("box__needed"))

    def with_facts(self) -> Self:
        """With all that the charter asks about them, in the same query."""
        return self.select_related(
            "organisation__region",
            "project__unit__region",
            "process__organisation__region",
            "method",
        )


class Vote(models.Model):
    """A vote on projects: for which money, among whom, from when to when.

    `pool` says which money it is about: the draft budget, or a sum that was approved already.
    """

    class Stage(models.TextChoices):
        """How far it got."""

        ANNOUNCED = "announced", _("已公布办法，征集提案")
        OPEN = "open", _("正在投票")
        CLOSED = "closed", _("已结束")

    class Use(models.TextChoices):
        """What becomes of what wins."""

        DRAFT_BUDGET = "draft_budget", _("作为预算草案的候选，由人大批准")
        APPROVED_POOL = "approved_pool", _("在已批准的额度之内，直接成为项目")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    title = models.CharField(max_length=200)
    scope = models.TextField(max_length=1000)
    use = models.CharField(max_length=20, choices=Use)
    pool = models.CharField(max_length=200)
    budget_yuan = models.DecimalField(max_digits=18, decimal_places=2)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, models.PROTECT, null=True, related_name="votes")
    process = models.ForeignKey(Process, models.PROTECT, null=True, related_name="votes")
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.ANNOUNCED)
    label = models.CharField(max_length=20, default="public")
    proposals_until = models.DateField()
    opens_on = models.DateField()
    closes_on = models.DateField()

    objects = VoteQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_on", "-id"]
        indexes = [models.Index(fields=["stage", "closes_on"])]
        constraints = [
            models.CheckConstraint(
                name="vote_stage_is_known", condition=Q(stage__in=["announced", "open", "closed"])
            ),
            models.CheckConstraint(
                name="vote_use_is_known", condition=Q(use__in=["draft_budget", "approved_pool"])
            ),
            models.CheckConstraint(
                name="a_vote_closes_after_it_opens", condition=Q(closes_on__gte=F("opens_on"))
            ),
            models.CheckConstraint(name="a_vote_is_about_money", condition=Q(budget_yuan__gt=0)),
        ]

    def __str__(self) -> str:
        return self.title

    def thing(self) -> Thing:
        """The vote as the charter sees it: whoever holds it is its owner."""
        return Thing(
            kind="vote",
            id=str(self.pk),
            owner=str(self.organisation_id),
            stage=self.stage,
            label=self.label,
            regions=self.organisation.region.line(),
        )

    def part_of(self) -> tuple[Thing, ...]:
        """The things that it is part of: who follows them is told of it too."""
        whole = (self.project, self.process)
        return tuple(each.thing() for each in whole if each is not None)

    @property
    def budget_year(self) -> FiscalYear:
        """The year whose draft budget what wins is a candidate for."""
        return self.closes_on.year + 1

    def ballot_rules(self) -> BallotRules:
        """What a ballot of it may say."""
        method = self.method
        return BallotRules(
            kind=BallotKind(method.ballot),
            most=method.projects_most,
            points=method.points,
            budget=self.budget_yuan if method.within_budget else None,
        )

    def on_ballot(self) -> "models.QuerySet[VoteProposal]":
        """The proposals on the ballot, by their numbers."""
        return VoteProposal.objects.filter(vote=self, stage__in=ON_BALLOT).order_by("number")

    def listed(self) -> list[Listed]:
        """The projects on the ballot, as they stand there."""
        found = self.on_ballot().values_list("number", "cost_yuan")
        return [Listed(number=number, cost=cost) for number, cost in found]


class VoteMethod(models.Model):
    """How a vote is held and counted; published before anybody proposes, and never changed.

    `least` is the number of ballots below which nothing of the result is published.
    """

    vote = models.OneToOneField(Vote, models.PROTECT, primary_key=True, related_name="method")
    electorate = models.TextField(max_length=1000)
    ballot = models.CharField(max_length=10, choices=[(k.value, k.value) for k in BallotKind])
    projects_most = models.PositiveSmallIntegerField()
    points = models.PositiveSmallIntegerField(default=0)
    within_budget = models.BooleanField(default=False)
    rule = models.CharField(max_length=20)
    parameters = models.JSONField(default=dict)
    least = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="ballot_kind_is_known", condition=Q(ballot__in=[*map(str, BallotKind)])
            ),
            models.CheckConstraint(
                name="ballots_of_points_have_points",
                condition=Q(ballot="points", points__gte=1) | ~Q(ballot="points") & Q(points=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vote_id}"


class VoteProposalQuerySet(models.QuerySet[Any]):
    """What is proposed."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may read."""
        columns = {
            "owner": "organisation_id",
            "holder": "person_id",
            "addressed": "vote__organisation_id",
            "stage": "stage",
            "label": "vote__label",
            "regions": "vote__organisation__region",
        }
        return self.filter(readable_by(member, "vote_proposal", columns=columns))

    def with_facts(self) -> Self:
        """With all that the charter asks about them."""
        return self.select_related("vote__organisation__region", "organisation", "person")


class VoteProposal(models.Model):
    """A project that somebody proposes for a vote: what, what it costs, how far it got.

    A citizen's has a person, an organisation's the organisation; never both. `asked_yuan` is what
    its author thought it costs, `cost_yuan` what stands on the ballot after the check.
    """

    class Stage(models.TextChoices):
        """How far it got."""

        SUBMITTED = "submitted", _("待核对")
        LISTED = "listed", _("列入选票")
        REFUSED = "refused", _("未列入选票")
        WITHDRAWN = "withdrawn", _("已撤回")
        WON = "won", _("被选中")
        LOST = "lost", _("未被选中")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    vote = models.ForeignKey(Vote, models.PROTECT, related_name="proposals")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=100)
    text = models.TextField(max_length=2000)
    asked_yuan = models.DecimalField(max_digits=18, decimal_places=2)
    cost_yuan = models.DecimalField(max_digits=18, decimal_places=2)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    voice = models.ForeignKey(Voice, models.PROTECT, null=True, related_name="proposed_in")
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.SUBMITTED)
    became = models.OneToOneField(Project, models.PROTECT, null=True, related_name="won_in")
    proposed_on = models.DateField()

    objects = VoteProposalQuerySet.as_manager()
    own_words = OwnWords(name=Said("投票提案"), whose="person", columns=("title", "text"))

    class Meta:
        ordering = ["vote", "number"]
        constraints = [
            models.UniqueConstraint(name="one_proposal_a_number", fields=["vote", "number"]),
            models.UniqueConstraint(name="one_proposal_a_voice", fields=["vote", "voice"]),
            models.CheckConstraint(
                name="vote_proposal_stage_is_known",
                condition=Q(
                    stage__in=["submitted", "listed", "refused", "withdrawn", "won", "lost"]
                ),
            ),
            models.CheckConstraint(name="a_proposal_costs", condition=Q(cost_yuan__gt=0)),
            models.CheckConstraint(
                name="a_proposal_is_somebodys",
                condition=Q(person__isnull=False) ^ Q(organisation__isnull=False),
            ),
            models.CheckConstraint(
                name="what_wins_becomes_a_project", condition=Q(became=None) | Q(stage="won")
            ),
        ]

    def __str__(self) -> str:
        return self.title if self.title != ERASED else f"№ {self.number}"

    def thing(self) -> Thing:
        """The proposal as the charter sees it."""
        return Thing(
            kind="vote_proposal",
            id=str(self.pk),
            owner=str(self.organisation_id or NOBODY),
            holder=str(self.person_id or NOBODY),
            addressed=str(self.vote.organisation_id),
            stage=self.stage,
            label=self.vote.label,
            regions=self.vote.organisation.region.line(),
        )

    def part_of(self) -> tuple[Thing, ...]:
        """The vote that it is part of: who follows it is told of it too."""
        return (self.vote.thing(),)


# The proposals that stand on the ballot, before and after it is counted.
ON_BALLOT = ("listed", "won", "lost")


class ProposalCheck(models.Model):
    """That an office checked a proposal, for its cost or for whether it may be done, and why so."""

    class Kind(models.TextChoices):
        """What is checked."""

        COST = "cost", _("费用")
        LEGALITY = "legality", _("合法性")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    proposal = models.ForeignKey(VoteProposal, models.PROTECT, related_name="checks")
    kind = models.CharField(max_length=10, choices=Kind)
    passed = models.BooleanField()
    cost_yuan = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    reason = models.CharField(max_length=500)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    checked_on = models.DateField()

    class Meta:
        ordering = ["proposal", "kind"]
        constraints = [
            models.UniqueConstraint(name="one_check_a_kind", fields=["proposal", "kind"]),
            models.CheckConstraint(
                name="proposal_check_is_known", condition=Q(kind__in=["cost", "legality"])
            ),
            models.CheckConstraint(
                name="a_checked_cost_is_said",
                condition=Q(kind="cost", passed=True, cost_yuan__gt=0)
                | ~Q(kind="cost", passed=True) & Q(cost_yuan=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal} {self.kind}"


class VoteResult(models.Model):
    """What came of a vote: how many ballots, what won, the file that anybody can count again.

    Below the least number of ballots it says only that there were too few.
    """

    vote = models.OneToOneField(Vote, models.PROTECT, primary_key=True, related_name="result")
    ballots = models.PositiveIntegerField(null=True)
    outcome = models.JSONField(null=True)
    file = models.TextField(blank=True)
    spoilt = models.PositiveIntegerField(default=0)
    closed_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="too_few_ballots_say_nothing",
                condition=Q(ballots=None, outcome=None, file="")
                | Q(ballots__isnull=False, outcome__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.vote_id}"
