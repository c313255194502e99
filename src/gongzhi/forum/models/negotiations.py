"""Negotiations about a project: who sits at the table, under which law, between which plans.

What a side states is shown to whom it chooses (`NegotiationPosition.label`). A limit stands in its
row only locked; a resident's opens for nobody but the resident and enters no computation.
"""

from collections.abc import Collection
from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongzhi.core.charter import Member, Thing
from gongzhi.core.terms import Said
from gongzhi.cycle.models import Project
from gongzhi.forum.models.processes import Process
from gongzhi.parties.models import Deed, Office, Organisation, Person
from gongzhi.parties.own_words import OwnWords
from gongzhi.parties.reading import Columns, readable_by
from gongzhi.trust.identifiers import identifier_in, new_id

TITLE_MAX, TEXT_MAX, LINE_MAX = 200, 2000, 300


class NegotiationQuerySet(models.QuerySet[Any]):
    """Negotiations."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view."""
        columns: Columns = {
            "owner": "project__unit_id",
            "addressed": "mediator_id",
            "panel": lambda values: Q(pk__in=tables_of(organisations=values)),
            "affected": lambda values: Q(pk__in=tables_of(people=values)),
            "stage": "stage",
            "label": "label",
            "regions": "project__unit__region",
        }
        return self.filter(readable_by(member, "negotiation", columns=columns))

    def with_facts(self) -> Self:
        """With all that the charter asks about them."""
        whole = self.select_related("project__unit__region", "mediator", "process")
        return whole.prefetch_related("parties__organisation", "parties__person")


def tables_of(
    *, organisations: Collection[str] = (), people: Collection[str] = ()
) -> "models.QuerySet[Any, Any]":
    """The negotiations at whose table one of these sits."""
    seats = NegotiationParty.objects.filter(stage="seated").order_by()
    known = [each for each in map(identifier_in, (*organisations, *people)) if each is not None]
    mine = Q(organisation__in=known) if organisations else Q(person__in=known)
    if people:
        mine |= Q(person__human__in=known)
    return seats.filter(mine).values("negotiation")


class Negotiation(models.Model):
    """What is negotiated, led by which mediator, how far it got; it is the project's."""

    class Stage(models.TextChoices):
        """How far it got."""

        LISTING = "listing", _("名单补充中")
        TALKS = "talks", _("协商中")
        PROPOSED = "proposed", _("待签署")
        SIGNED = "signed", _("已签署")
        REFERRED = "referred", _("已提交决定")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="negotiations")
    process = models.ForeignKey(Process, models.PROTECT, null=True, related_name="negotiations")
    mediator = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    title = models.CharField(max_length=TITLE_MAX)
    question = models.TextField(max_length=TEXT_MAX)
    opened_on = models.DateField()
    additions_until = models.DateField()
    dispute = models.TextField(max_length=TEXT_MAX, blank=True)
    referred_to = models.CharField(max_length=TITLE_MAX, blank=True)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.LISTING)
    label = models.CharField(max_length=20, default="public")

    objects = NegotiationQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="negotiation_stage_is_known",
                condition=Q(stage__in=["listing", "talks", "proposed", "signed", "referred"]),
            ),
            models.CheckConstraint(
                name="a_referred_dispute_is_set_down",
                condition=~Q(stage="referred") | (~Q(dispute="") & ~Q(referred_to="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def seated(self) -> "list[NegotiationParty]":
        """Those at the table."""
        return [each for each in self.parties.all() if each.stage == "seated"]

    def thing(self) -> Thing:
        """The negotiation as the charter sees it; its panel and affected sit at the table."""
        seated = self.seated()
        people = (each.person.selves() for each in seated if each.person)
        return Thing(
            kind="negotiation",
            id=str(self.pk),
            owner=str(self.project.unit_id),
            addressed=str(self.mediator_id),
            panel=frozenset(str(each.organisation_id) for each in seated if each.organisation_id),
            affected=frozenset().union(*people),
            stage=self.stage,
            label=self.label,
            regions=self.project.unit.region.line(),
        )

    def part_of(self) -> tuple[Thing, ...]:
        """The things that it is part of: who follows them is told of it too."""
        around = (self.project, self.process)
        return tuple(row.thing() for row in around if row is not None)

    def answered_by(self, deed: Deed) -> dict[UUID, str]:
        """Whom a deed about it concerns: all who sit at the table."""
        name = self.thing().name
        people = {each.person_id: name for each in self.seated() if each.person_id}
        organisations = [each.organisation_id for each in self.seated() if each.organisation_id]
        held = Office.objects.held(on=deed.business_date).filter(organisation__in=organisations)
        return people | dict.fromkeys(held.values_list("person", flat=True), name)


class NegotiationParty(models.Model):
    """Who sits at the table or asks to: an organisation, or somebody for themselves."""

    class Stage(models.TextChoices):
        """Whether they sit at the table."""

        ASKED = "asked", _("申请参加")
        SEATED = "seated", _("已列入")
        REFUSED = "refused", _("未列入")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    negotiation = models.ForeignKey(Negotiation, models.PROTECT, related_name="parties")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    is_resident = models.BooleanField(default=False)
    stake = models.CharField(max_length=LINE_MAX)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.SEATED)
    why_not = models.CharField(max_length=LINE_MAX, blank=True)
    since_on = models.DateField()

    own_words = OwnWords(name=Said("协商中的利益说明"), whose="person", columns=("stake",))

    class Meta:
        ordering = ["negotiation", "id"]
        constraints = [
            models.UniqueConstraint(
                name="an_organisation_sits_once", fields=["negotiation", "organisation"]
            ),
            models.UniqueConstraint(name="a_person_sits_once", fields=["negotiation", "person"]),
            models.CheckConstraint(
                name="a_party_is_one_of_two",
                condition=Q(person=None, organisation__isnull=False)
                | Q(person__isnull=False, organisation=None, is_resident=True),
            ),
            models.CheckConstraint(
                name="who_is_not_seated_is_told_why",
                condition=~Q(stage="refused") | ~Q(why_not=""),
            ),
        ]

    def is_of(self, member: Member) -> bool:
        """Whether it is the seat of whoever this is: their organisation's, or their own."""
        if self.person is None:
            return str(self.organisation_id) == member.organisation
        return not self.person.selves().isdisjoint({member.person, member.human})

    def __str__(self) -> str:
        """An organisation by its name, a person by the public one."""
        if self.organisation is not None:
            return str(self.organisation.name)
        return str(self.person.shown_name) if self.person else ""


class OnTheTableQuerySet(models.QuerySet[Any]):
    """Plans or criteria of negotiations."""

    def standing(self) -> Self:
        """Those that nobody withdrew."""
        return self.filter(withdrawn_on=None)

    def added_later(self) -> Self:
        """Standing ones that came after the negotiation had opened: all have to rate them."""
        return self.standing().filter(added_on__isnull=False)


WITHDRAWN_SAYS_WHY = Q(withdrawn_on=None, why_withdrawn="") | (
    Q(withdrawn_on__isnull=False) & ~Q(why_withdrawn="")
)


class PlanOption(models.Model):
    """A plan that the sides may agree on, with its figures.

    One that came after the negotiation had opened says when; a withdrawn one says why, and stays
    in the rounds in which it was talked about.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    negotiation = models.ForeignKey(Negotiation, models.PROTECT, related_name="options")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=TITLE_MAX)
    figures = models.CharField(max_length=500, blank=True)
    added_on = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)
    why_withdrawn = models.CharField(max_length=LINE_MAX, blank=True)

    objects = OnTheTableQuerySet.as_manager()

    class Meta:
        ordering = ["negotiation", "code"]
        constraints = [
            models.UniqueConstraint(name="plans_have_codes", fields=["negotiation", "code"]),
            models.CheckConstraint(name="a_withdrawn_plan_says_why", condition=WITHDRAWN_SAYS_WHY),
        ]

    def __str__(self) -> str:
        return self.name


class LegalGate(models.Model):
    """What law asks for before a decision, as it was done: from when until when, by which paper."""

    class Kind(models.TextChoices):
        """What law asks for."""

        CONSULTATION = "consultation", _("补偿方案征求公众意见")
        RISK = "risk", _("社会稳定风险评估")
        APPRAISAL = "appraisal", _("房屋价值评估")
        FUNDS = "funds", _("补偿费用足额到位、专户存储")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    negotiation = models.ForeignKey(Negotiation, models.PROTECT, related_name="gates")
    kind = models.CharField(max_length=20, choices=Kind)
    document_number = models.CharField(max_length=100)
    from_on = models.DateField()
    until_on = models.DateField()
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    recorded_on = models.DateField()

    class Meta:
        ordering = ["negotiation", "id"]
        constraints = [
            models.CheckConstraint(
                name="a_gate_ends_after_it_began", condition=Q(until_on__gte=F("from_on"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.document_number}"


class NegotiationRound(models.Model):
    """A round of talks: what the mediator puts to the sides."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    negotiation = models.ForeignKey(Negotiation, models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    note = models.TextField(max_length=TEXT_MAX)
    opened_on = models.DateField()

    class Meta:
        ordering = ["negotiation", "number"]
        constraints = [
            models.UniqueConstraint(name="rounds_are_numbered", fields=["negotiation", "number"])
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class RoundAnswer(models.Model):
    """How much a side supports each plan in a round (0 to 100), and why it dissents if it does."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    round = models.ForeignKey(NegotiationRound, models.PROTECT, related_name="answers")
    party = models.ForeignKey(NegotiationParty, models.PROTECT, related_name="answers")
    support = models.JSONField()
    dissent = models.TextField(max_length=TEXT_MAX, blank=True)
    answered_on = models.DateField()

    own_words = OwnWords(name=Said("协商中的保留意见"), whose="party__person", columns=("dissent",))

    class Meta:
        ordering = ["round", "id"]
        constraints = [
            models.UniqueConstraint(name="one_answer_a_round", fields=["round", "party"])
        ]

    def __str__(self) -> str:
        return f"{self.party} {self.round}"
