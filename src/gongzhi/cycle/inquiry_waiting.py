"""What waits about the congress's questions and opinions: to be answered, and to be assessed."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet

from gongzhi.core.charter import Member
from gongzhi.core.inquiring import InquiryKind, InquiryStage
from gongzhi.core.terms import Said
from gongzhi.core.waiting import Waiting
from gongzhi.cycle.actions.inquiries import ANSWERING
from gongzhi.cycle.models import Inquiry
from gongzhi.parties.clocks import clause_of
from gongzhi.parties.rooms import Queue, Room

SAID = {
    InquiryKind.QUESTION: Said("逐条答复人大的询问"),
    InquiryKind.OPINION: Said("逐条报告审议意见的研究处理情况"),
}
ASSESSING = Said("评价答复和处理情况")


@Room
def waiting_for(member: Member, *, today: date) -> Iterator[Queue]:  # noqa: ARG001
    """What the member's organisation has to answer, and as the congress to assess."""
    if member.organisation is None:
        return
    visible = Inquiry.objects.visible_to(member).with_facts()
    yield _told(visible.filter(addressed=member.organisation, stage=InquiryStage.OPEN))
    yield _told(visible.filter(congress=member.organisation, stage=InquiryStage.ANSWERED))


@Room
def waiting_within(member: Member, *, today: date) -> Iterator[Queue]:  # noqa: ARG001
    """What others have to answer, for whoever oversees them or asked."""
    others = Inquiry.objects.visible_to(member).filter(stage=InquiryStage.OPEN)
    if member.organisation is not None:
        others = others.exclude(addressed=member.organisation)
    yield _told(others.with_facts())


def _told(rows: QuerySet[Any]) -> Queue:
    return Queue.of(due_of, rows)


def due_of(inquiry: Inquiry) -> Waiting:
    """Who has to do what about an inquiry that hasn't ended, until when."""
    is_open = inquiry.stage == InquiryStage.OPEN
    kind = InquiryKind(inquiry.kind)
    verb = ANSWERING[kind] if is_open else "assess_answer"
    return Waiting(
        verb=verb,
        thing=inquiry.thing(),
        said=SAID[kind] if is_open else ASSESSING,
        title=str(inquiry),
        organisation=str(inquiry.addressed_id if is_open else inquiry.congress_id),
        opened_on=inquiry.sent_on,
        due_on=inquiry.due_on if is_open else None,
        clause=clause_of(verb),
    )
