"""What waits about negotiations: who asked for a seat, a round to answer, a settlement to sign."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from gongzhi.core.charter import Member
from gongzhi.core.terms import Said
from gongzhi.core.waiting import Waiting
from gongzhi.forum.models import (
    Negotiation,
    NegotiationCriterion,
    NegotiationParty,
    NegotiationPosition,
    NegotiationRound,
    PlanOption,
    RoundAnswer,
    Settlement,
    Signature,
)
from gongzhi.parties.clocks import clause_of
from gongzhi.parties.rooms import Queue, Room

DECIDE = Said("决定是否列入申请参加协商的一方")
ANSWER = Said("答复这一轮协商")
RATE = Said("给后来加入的方案写值多少，给后来加入的标准打分")
SIGN = Said("签署协商的方案，或者写明不同意的理由")


@Room
def waiting_for(member: Member, *, today: date) -> Iterator[Queue]:  # noqa: ARG001
    """What the member's side has to answer and to sign; what its unit has to decide."""
    seats = NegotiationParty.objects.select_related(
        "negotiation__project__unit__region", "negotiation__mediator"
    ).prefetch_related("negotiation__parties__person")
    if member.organisation is not None:
        asked = seats.filter(stage="asked", negotiation__project__unit_id=UUID(member.organisation))
        yield Queue.of(_to_decide, asked.exclude(negotiation__stage__in=["signed", "referred"]))
        mine = seats.filter(organisation_id=UUID(member.organisation))
    elif member.person is not None:
        mine = seats.filter(person_id=UUID(member.person))
    else:
        return
    sitting = mine.filter(stage="seated")
    rounds = NegotiationRound.objects.filter(negotiation=OuterRef("negotiation"))
    newest = rounds.order_by("-number")
    in_talks = sitting.filter(negotiation__stage=Negotiation.Stage.TALKS).annotate(
        round=Subquery(newest.values("pk")[:1]),
        waits_since=Subquery(newest.values("opened_on")[:1]),
    )
    answered = RoundAnswer.objects.filter(party=OuterRef("pk"), round=OuterRef("round"))
    unanswered = in_talks.filter(~Exists(answered), round__isnull=False)
    yield Queue.of(lambda row: _to_answer(row, member), unanswered)
    yield Queue.of(lambda row: _to_rate(row, member), _to_rate_later(sitting))
    signed = Signature.objects.filter(party=OuterRef("pk"), settlement__stage="open")
    proposed = sitting.filter(negotiation__settlements__stage=Settlement.Stage.OPEN).annotate(
        waits_since=F("negotiation__settlements__proposed_on")
    )
    yield Queue.of(lambda row: _to_sign(row, member), proposed.filter(~Exists(signed)))


def _to_rate_later(sitting: "QuerySet[NegotiationParty]") -> "QuerySet[NegotiationParty]":
    """Seats whose newest position is older than something that came to the table since."""
    own = NegotiationPosition.objects.filter(party=OuterRef("pk")).order_by("-pk")
    stated = sitting.filter(negotiation__stage__in=["listing", "talks"]).annotate(
        newest=Subquery(own.values("pk")[:1])
    )
    later = {"negotiation": OuterRef("negotiation"), "pk__gt": OuterRef("newest")}
    plans = PlanOption.objects.added_later().filter(**later).order_by("pk")
    scored = stated.annotate(scores=Subquery(own.values("scores")[:1]))
    criteria = NegotiationCriterion.objects.added_later().filter(**later).order_by("pk")
    since = Coalesce(
        Subquery(plans.values("added_on")[:1]), Subquery(criteria.values("added_on")[:1])
    )
    asked = Exists(plans) | (Exists(criteria) & ~Q(scores={}))
    return scored.filter(asked, newest__isnull=False).annotate(waits_since=since)


def _to_decide(row: NegotiationParty) -> Waiting:
    return Waiting(
        verb="decide_on_seat",
        thing=row.negotiation.thing(),
        said=DECIDE,
        title=str(row.negotiation),
        organisation=str(row.negotiation.project.unit_id),
        opened_on=row.since_on,
        clause=clause_of("decide_on_seat"),
    )


def _to_answer(row: Any, member: Member) -> Waiting:
    return _of_side(row, member, verb="answer_round", said=ANSWER)


def _to_rate(row: Any, member: Member) -> Waiting:
    return _of_side(row, member, verb="state_position", said=RATE)


def _to_sign(row: Any, member: Member) -> Waiting:
    return _of_side(row, member, verb="sign_settlement", said=SIGN)


def _of_side(row: Any, member: Member, *, verb: str, said: Said) -> Waiting:
    return Waiting(
        verb=verb,
        thing=row.negotiation.thing(),
        said=said,
        title=str(row.negotiation),
        organisation=member.organisation,
        person=None if member.organisation else member.person,
        opened_on=row.waits_since,
        clause=clause_of(verb),
    )
