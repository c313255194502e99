"""Remarks that wait: for the office that receives them, for their writer, for who oversees it."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from gongzhi.core.charter import Member
from gongzhi.core.participating.remarks import RemarkStage
from gongzhi.core.terms import Said
from gongzhi.core.waiting import Waiting
from gongzhi.forum.models import Remark
from gongzhi.parties.clocks import clause_of
from gongzhi.parties.rooms import Queue, Room

ANSWER = Said("答复一件意见建议或者监督反馈")
ADD = Said("补充说明：办理的单位有话要问")
ANSWERING, ADDING = "answer_remark", "add_to_remark"


@Room
def waiting_for(member: Member, *, today: date) -> Iterator[Queue]:  # noqa: ARG001
    """What the member's organisation has to answer, and what they are asked themselves."""
    visible = Remark.objects.visible_to(member).with_facts()
    if member.organisation is not None:
        yield _told(visible.filter(receiver=UUID(member.organisation), stage=RemarkStage.OPEN))
    if member.person is not None:
        mine = visible.filter(person=UUID(member.person), stage=RemarkStage.ASKED)
        yield Queue.of(_asked, mine)


@Room
def waiting_within(member: Member, *, today: date) -> Iterator[Queue]:  # noqa: ARG001
    """What others have to answer, for who oversees them."""
    others = Remark.objects.visible_to(member).filter(stage=RemarkStage.OPEN)
    if member.organisation is not None:
        others = others.exclude(receiver=UUID(member.organisation))
    if member.person is not None:
        others = others.exclude(person=UUID(member.person))
    yield _told(others.with_facts())


def _told(rows: QuerySet[Any]) -> Queue:
    return Queue.of(due_of, rows)


def due_of(remark: Remark) -> Waiting:
    """What has to be done about a remark, until when."""
    return Waiting(
        verb=ANSWERING,
        thing=remark.thing(),
        said=ANSWER,
        title=_title(remark),
        organisation=str(remark.receiver_id),
        opened_on=remark.received_on,
        due_on=remark.due_on,
        clause=clause_of(ANSWERING),
    )


def _asked(remark: Remark) -> Waiting:
    return Waiting(
        verb=ADDING,
        thing=remark.thing(),
        said=ADD,
        title=_title(remark),
        person=str(remark.person_id),
        opened_on=remark.received_on,
        clause=clause_of(ADDING),
    )


def _title(remark: Remark) -> str:
    return str(remark.project) if remark.project else str(remark)
