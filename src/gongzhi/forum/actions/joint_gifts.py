"""Money and supplies between the parties: pledged, stated by both sides, compared by the month."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from gongzhi.core.charter import Member, Refused
from gongzhi.core.participating.joint import (
    Agreement,
    Licensed,
    Side,
    may_raise_money,
    why_not_reconciled,
)
from gongzhi.core.terms import Money, Said
from gongzhi.forum.actions.joint import party_of, refuse_empty, refuse_quantity
from gongzhi.forum.joint_figures import both_sides_of
from gongzhi.forum.models.joint import (
    CharityLicence,
    JointContribution,
    JointOffer,
    JointProject,
    JointReconciliation,
    JointStatement,
)
from gongzhi.forum.own import office_of, own_of
from gongzhi.parties.deeds import Record, act, refuse
from gongzhi.parties.models import Organisation
from gongzhi.parties.unsuitable import Unsuitable

JOINT_CLAUSE = "5.20"
NOT_LICENSED = Said("本单位没有登记有效的公开募捐资格，不能把向社会公开募集的资金投入联合项目")
TO_ITSELF = Said("不能向本单位认捐")
NO_GIFT = Said("没有这一笔")
NOT_A_SIDE = Said("只有给出和收到的一方可以确认")
NOT_ACCEPTED = Said("这一项提供还没有被接受")
MORE_THAN_ACCEPTED = Said("合计超过已接受的 {accepted}")
MORE_THAN_PLEDGED = Said("合计超过认捐的 {pledged}，请先追加认捐")
MONTH_NOT_OVER = Said("这个月还没有结束")
BEFORE = Said("联合项目那时还没有开始")
CLOSED_BEFORE = Said("本单位已经对过这个月的账")
RECORDED = Said("这份证书已经登记")
BACKWARDS = Said("止期不能早于起期")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pledged:
    """Money for one of the parties: how much, what for, whether the public was asked for it."""

    receiver: UUID
    amount: Money
    purpose: str
    raised: bool = False


def pledge_contribution(
    *, by: Member, joint: JointProject, pledged: Pledged, key: str | None = None
) -> JointContribution:
    """Pledge money; what the public was asked for only with a licence."""
    with act(by, "pledge_contribution", on=joint, key=key) as record:
        refuse_empty({"purpose": pledged.purpose})
        refuse_quantity(pledged.amount, field="amount")
        receiver = party_of(joint, pledged.receiver)
        if str(receiver.pk) == str(own_of(by)):
            raise Unsuitable({"receiver": TO_ITSELF})
        if pledged.raised and not _may_raise(by, today=record.business_date):
            refused = Refused(
                clauses=(JOINT_CLAUSE,),
                verb="pledge_contribution",
                reason=NOT_LICENSED,
            )
            refuse(by, joint, refused)
        contribution: JointContribution = JointContribution.objects.create(
            joint=joint,
            giver_id=own_of(by),
            receiver=receiver,
            amount=pledged.amount,
            purpose=pledged.purpose.strip(),
            raised=pledged.raised,
            pledged_on=record.business_date,
        )
        record["amount"] = str(contribution.amount)
        record["organisation"] = str(receiver.pk)
        record["raised"] = contribution.raised
    return contribution


def confirm_contribution(
    *,
    by: Member,
    joint: JointProject,
    contribution: UUID,
    amount: Money,
    note: str = "",
    key: str | None = None,
) -> JointStatement:
    """State for one's own side what was paid, or what came."""
    with act(by, "confirm_contribution", on=joint, key=key) as record:
        row: JointContribution | None = joint.contributions.filter(pk=contribution).first()
        if row is None:
            raise Unsuitable({"contribution": NO_GIFT})
        refuse_quantity(amount, field="amount")
        side = _side(by, giver=row.giver_id, receiver=row.receiver_id, field="contribution")
        whole = _stated(row, side) + amount
        if side is Side.GIVER and whole > row.amount:
            raise Unsuitable({"amount": Said(MORE_THAN_PLEDGED.text, {"pledged": row.amount})})
        record["amount"] = str(amount)
        return _state(row, by=by, side=side, quantity=amount, note=note, record=record)


def confirm_delivery(
    *,
    by: Member,
    joint: JointProject,
    offer: UUID,
    quantity: Decimal,
    note: str = "",
    key: str | None = None,
) -> JointStatement:
    """State for one's own side what was delivered, or what came."""
    with act(by, "confirm_delivery", on=joint, key=key) as record:
        row: JointOffer | None = joint.offers.filter(pk=offer).select_related("need").first()
        if row is None:
            raise Unsuitable({"offer": NO_GIFT})
        refuse_quantity(quantity)
        side = _side(
            by, giver=row.organisation_id, receiver=row.need.organisation_id, field="offer"
        )
        if row.accepted_on is None:
            raise Unsuitable({"offer": NOT_ACCEPTED})
        if side is Side.GIVER and _stated(row, side) + quantity > row.accepted:
            said = Said(MORE_THAN_ACCEPTED.text, {"accepted": row.accepted})
            raise Unsuitable({"quantity": said})
        record["name"] = row.need.item
        record["quantity"] = str(quantity)
        return _state(row, by=by, side=side, quantity=quantity, note=note, record=record)


def reconcile_joint_month(
    *, by: Member, joint: JointProject, month: date, note: str = "", key: str | None = None
) -> JointReconciliation:
    """Close a month for one's own side: what both said until its end, and why they differ."""
    with act(by, "reconcile_joint_month", on=joint, key=key) as record:
        first = month.replace(day=1)
        last = month.replace(day=monthrange(month.year, month.month)[1])
        if last >= record.business_date:
            raise Unsuitable({"month": MONTH_NOT_OVER})
        if last < joint.started_on:
            raise Unsuitable({"month": BEFORE})
        if joint.reconciliations.filter(organisation=own_of(by), month=first).exists():
            raise Unsuitable({"month": CLOSED_BEFORE})
        gifts = both_sides_of(joint, until=last, organisation=by.organisation)
        why_not = why_not_reconciled([each.both for each in gifts], note=note)
        if why_not is not None:
            raise Unsuitable({"note": why_not})
        differing = sum(each.both.agreement is not Agreement.AGREE for each in gifts)
        closed: JointReconciliation = JointReconciliation.objects.create(
            joint=joint,
            organisation_id=own_of(by),
            month=first,
            record=[each.as_record() for each in gifts],
            differing=differing,
            note=note.strip(),
            reconciled_on=record.business_date,
        )
        record["month"] = first.strftime("%Y-%m")
        record["count"] = len(gifts)
        record["differing"] = differing
        if closed.note:
            record.private("reason", closed.note)
    return closed


def record_charity_licence(
    *,
    by: Member,
    organisation: Organisation,
    document_number: str,
    since_on: date,
    until_on: date | None = None,
    key: str | None = None,
) -> CharityLicence:
    """Record that an organisation may ask the public for money, by which paper and until when."""
    with act(by, "record_charity_licence", on=organisation, key=key) as record:
        refuse_empty({"document_number": document_number})
        if until_on is not None and until_on < since_on:
            raise Unsuitable({"until_on": BACKWARDS})
        licence, is_new = CharityLicence.objects.get_or_create(
            organisation=organisation,
            document_number=document_number.strip(),
            defaults={
                "since_on": since_on,
                "until_on": until_on,
                "office_id": office_of(by),
                "recorded_on": record.business_date,
            },
        )
        if not is_new:
            raise Unsuitable({"document_number": RECORDED})
        record["document_number"] = licence.document_number
        record["from"] = since_on.isoformat()
        if until_on is not None:
            record["until"] = until_on.isoformat()
    return licence


def _may_raise(by: Member, *, today: date) -> bool:
    rows = CharityLicence.objects.filter(organisation=own_of(by))
    licences = [Licensed(since_on=each.since_on, until_on=each.until_on) for each in rows]
    return may_raise_money(licences, today=today)


def _side(by: Member, *, giver: UUID, receiver: UUID, field: str) -> Side:
    if own_of(by) == giver:
        return Side.GIVER
    if own_of(by) == receiver:
        return Side.RECEIVER
    raise Unsuitable({field: NOT_A_SIDE})


def _stated(gift: Any, side: Side) -> Decimal:
    rows = gift.statements.filter(side=side).values_list("quantity", flat=True)
    return sum(rows, start=Decimal(0))


def _state(
    gift: JointOffer | JointContribution,
    *,
    by: Member,
    side: Side,
    quantity: Decimal,
    note: str,
    record: Record,
) -> JointStatement:
    if note.strip():
        refuse_empty({"note": note})
    statement: JointStatement = JointStatement.objects.create(
        joint=gift.joint,
        offer=gift if isinstance(gift, JointOffer) else None,
        contribution=gift if isinstance(gift, JointContribution) else None,
        side=side,
        quantity=quantity,
        note=note.strip(),
        office_id=office_of(by),
        stated_on=record.business_date,
    )
    record["side"] = str(side)
    return statement
