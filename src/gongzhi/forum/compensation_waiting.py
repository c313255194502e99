"""What waits about compensation: to pay, to explain what is late, to answer objections."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from gongzhi.core.charter import Member
from gongzhi.core.participating.compensating import to_explain_since
from gongzhi.core.terms import Said
from gongzhi.core.waiting import Waiting
from gongzhi.forum.models import Compensation, CompensationObjection, Instalment
from gongzhi.forum.models.compensations import paid_by_any
from gongzhi.parties.clocks import clause_of, due_by_clause
from gongzhi.parties.rooms import Queue, Room

PAY = Said("支付补偿的第 {number} 期")
EXPLAIN = Said("向受偿人说明第 {number} 期逾期的原因和支付日期")
ANSWER = Said("答复对补偿的异议")
AHEAD = timedelta(days=14)  # what is due later waits for nobody yet


@Room
def waiting_for(member: Member, *, today: date) -> Iterator[Queue]:
    """What the member's organisation has to pay and to explain; what its office has to answer."""
    own = member.organisation
    if own is None:
        return
    unpaid = _unpaid(member, own).filter(due_on__lte=today + AHEAD)
    yield Queue.of(pay_due, unpaid)
    late = unpaid.filter(due_on__lt=today)
    yield Queue(lambda: _to_explain_all(late, today=today), late)
    objections = CompensationObjection.objects.visible_to(member).with_facts().filter(stage="open")
    paid = Compensation.objects.filter(paid_by_any([own])).order_by()
    others = objections.exclude(compensation__in=paid.values("pk"))
    mine = Q(compensation__project__unit__parent=own)
    if "budget" not in member.roles:
        others = others.filter(mine)
    yield Queue.of(lambda row: answer_due(row, own), others)


def _unpaid(member: Member, own: str) -> "QuerySet[Instalment]":
    paid = Compensation.objects.visible_to(member).filter(paid_by_any([own]))
    mine = paid.filter(stage="promised")
    rows = Instalment.objects.filter(compensation__in=mine.order_by().values("pk"), payment=None)
    whole = rows.select_related(
        "compensation__project__unit__region",
        "compensation__payer",
        "compensation__person",
        "compensation__organisation",
    )
    return whole.prefetch_related("explanations", "compensation__project__compensations__person")


def _to_explain_all(rows: "QuerySet[Instalment]", *, today: date) -> Iterator[Waiting]:
    for row in rows:
        since = to_explain_since(row.part(), today=today)
        if since is not None:
            yield explain_due(row, since=since)


def pay_due(row: Instalment) -> Waiting:
    """By when an instalment is to be paid."""
    return Waiting(
        verb="record_compensation_payment",
        thing=row.compensation.thing(),
        said=Said(PAY.text, {"number": row.number}),
        title=str(row.compensation),
        organisation=str(row.compensation.paid_by.pk),
        opened_on=row.compensation.promised_on,
        due_on=row.due_on,
        clause=clause_of("record_compensation_payment"),
    )


def explain_due(row: Instalment, *, since: date) -> Waiting:
    """By when an instalment that is late since a day is to be explained."""
    due = due_by_clause("explain_late_compensation", opened_on=since)
    return Waiting(
        verb="explain_late_compensation",
        thing=row.compensation.thing(),
        said=Said(EXPLAIN.text, {"number": row.number}),
        title=str(row.compensation),
        organisation=str(row.compensation.paid_by.pk),
        opened_on=since,
        due_on=due.on if due else None,
        provisional=due.provisional if due else False,
        clause=clause_of("explain_late_compensation"),
    )


def answer_due(row: CompensationObjection, own: str | None) -> Waiting:
    """By when an objection is to be answered, and by whom it may be."""
    return Waiting(
        verb="answer_compensation_objection",
        thing=row.thing(),
        said=ANSWER,
        title=str(row.compensation),
        organisation=own,
        opened_on=row.filed_on,
        due_on=row.due_on,
        clause=clause_of("answer_compensation_objection"),
        address_of=row.compensation.thing(),
    )
