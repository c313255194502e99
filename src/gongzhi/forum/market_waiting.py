"""What waits about costs and the market: a range to tell, a firm's answer before disclosure."""

from collections.abc import Iterator
from datetime import date

from gongzhi.core.charter import Member
from gongzhi.core.terms import Said
from gongzhi.core.waiting import Waiting
from gongzhi.forum.models import DisclosureConsent, MarketQuestion
from gongzhi.parties.clocks import clause_of
from gongzhi.parties.rooms import Queue, Room

TELLING = Said("征集到期，统计并公布价格区间")
ANSWERING = Said("答复是否同意公开本企业的报价")


@Room
def waiting_for(member: Member, *, today: date) -> Iterator[Queue]:
    """What the member's organisation has to tell as who asked, and to answer as a firm."""
    if member.organisation is None:
        return
    asked = MarketQuestion.objects.visible_to(member).with_facts()
    due = asked.filter(
        asked_by=member.organisation, stage="open", due_on__lte=today, outcome="", quotes__gt=0
    ).distinct()
    yield Queue.of(_to_tell, due)
    consents = DisclosureConsent.objects.visible_to(member).with_facts()
    waiting = consents.filter(quote__organisation=member.organisation, stage="waiting")
    yield Queue.of(consent_due, waiting)


def _to_tell(question: MarketQuestion) -> Waiting:
    return Waiting(
        verb="publish_market_range",
        thing=question.thing(),
        said=TELLING,
        title=str(question),
        organisation=str(question.asked_by_id),
        opened_on=question.due_on,
    )


def consent_due(consent: DisclosureConsent) -> Waiting:
    """By when a firm says whether its figure may be disclosed."""
    return Waiting(
        verb="answer_disclosure_consent",
        thing=consent.thing(),
        said=ANSWERING,
        title=str(consent),
        organisation=str(consent.quote.organisation_id),
        opened_on=consent.asked_on,
        due_on=consent.due_on,
        clause=clause_of("answer_disclosure_consent"),
    )
