"""What waits about joint projects: tasks, offers to accept, gifts to confirm."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet

from gongzhi.core.charter import Member
from gongzhi.core.terms import Said
from gongzhi.core.waiting import Waiting
from gongzhi.forum.models import JointContribution, JointOffer, JointTask
from gongzhi.parties.clocks import clause_of
from gongzhi.parties.rooms import Queue, Room

DOING = Said("办联合项目的任务并报告")
ACCEPTING = Said("接受对方提供的物资")
RECEIVING = Said("确认收到的物资")
BEING_PAID = Said("确认到账的资金")
FACTS = ("joint__lead__region", "joint__project__unit")


@Room
def waiting_for(member: Member, *, today: date) -> Iterator[Queue]:  # noqa: ARG001
    """What the member's organisation has to do, to accept, to confirm."""
    own = member.organisation
    if own is None:
        return
    tasks = _open(JointTask, member).filter(organisation=own, stage="open")
    yield Queue.of(task_due, tasks)
    offers = _open(JointOffer, member).filter(need__organisation=own).select_related("need")
    fresh = offers.filter(accepted_on=None)
    yield Queue.of(_to_accept, fresh)
    came = offers.filter(accepted_on__isnull=False, statements__side="giver").exclude(
        statements__side="receiver"
    )
    yield Queue.of(_to_confirm, came.distinct())
    paid = _open(JointContribution, member).filter(receiver=own, statements__side="giver")
    unconfirmed = paid.exclude(statements__side="receiver")
    yield Queue.of(_to_be_paid, unconfirmed.distinct())


def _open(model: Any, member: Member) -> QuerySet[Any]:
    rows: QuerySet[Any] = model.objects.visible_to(member).filter(joint__stage="open")
    return rows.select_related(*FACTS).prefetch_related("joint__roles")


def task_due(task: JointTask) -> Waiting:
    """By when a party has done what it has to do."""
    return Waiting(
        verb="report_joint_task",
        thing=task.joint.thing(),
        said=DOING,
        title=str(task),
        organisation=str(task.organisation_id),
        opened_on=task.set_on,
        due_on=task.due_on,
        clause=clause_of("report_joint_task"),
    )


def _to_accept(offer: JointOffer) -> Waiting:
    return Waiting(
        verb="accept_offer",
        thing=offer.joint.thing(),
        said=ACCEPTING,
        title=str(offer.need),
        organisation=str(offer.need.organisation_id),
        opened_on=offer.offered_on,
    )


def _to_confirm(offer: JointOffer) -> Waiting:
    return Waiting(
        verb="confirm_delivery",
        thing=offer.joint.thing(),
        said=RECEIVING,
        title=str(offer.need),
        organisation=str(offer.need.organisation_id),
        opened_on=offer.accepted_on or offer.offered_on,
    )


def _to_be_paid(contribution: JointContribution) -> Waiting:
    return Waiting(
        verb="confirm_contribution",
        thing=contribution.joint.thing(),
        said=BEING_PAID,
        title=contribution.purpose,
        organisation=str(contribution.receiver_id),
        opened_on=contribution.pledged_on,
    )
