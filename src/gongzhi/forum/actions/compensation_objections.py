"""Objecting to a compensation, and the answer of somebody who had no part in it."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from gongzhi.core.charter import Member
from gongzhi.core.participating.compensating import CompensationRules, is_late
from gongzhi.core.terms import Money, Said
from gongzhi.core.working_days import due_on as ends_on
from gongzhi.forum.actions.compensations import NEGATIVE, PAST, subject_of_payee
from gongzhi.forum.actions.joint import EMPTY, refuse_empty
from gongzhi.forum.models import Compensation, CompensationObjection, Instalment
from gongzhi.parties.deeds import act
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.rules.calendar import load_calendar
from gongzhi.rules.participation.compensation import compensation_rules

TOO_LATE = Said("提出异议的期限到 {day} 为止，而且没有逾期未付的款项")
OBJECTED = Said("上一次异议还没有答复")
ADDED_WITHOUT_GROUND = Said("异议不成立的，不增加金额")
NO_DAY = Said("增加金额的，应当写明什么时候支付")


def object_to_compensation(
    *, by: Member, compensation: Compensation, text: str, key: str | None = None
) -> CompensationObjection:
    """Say that one doesn't agree; somebody who had no part in the promise has to answer."""
    with act(by, "object_to_compensation", on=compensation, key=key) as record:
        if not text.strip():
            raise Unsuitable({"text": EMPTY})
        today = record.business_date
        rules, calendar = compensation_rules(today), load_calendar()
        if compensation.objections.filter(stage="open").exists():
            raise Unsuitable({"text": OBJECTED})
        last = objecting_until(compensation, rules=rules)
        if today > last and not _anything_late(compensation, today=today):
            raise Unsuitable({"text": Said(TOO_LATE.text, {"day": last.isoformat()})})
        objection: CompensationObjection = CompensationObjection.objects.create(
            compensation=compensation,
            text=text.strip(),
            author_id=None if by.organisation else by.person,
            against=compensation.basis.promised_by,
            filed_on=today,
            due_on=ends_on(today, working_days=rules.answer_days, calendar=calendar).on,
        )
        record["objection"] = str(objection.pk)
        record["due_on"] = objection.due_on.isoformat()
        record.private("text", objection.text)
    return objection


def answer_compensation_objection(
    *,
    by: Member,
    objection: CompensationObjection,
    upheld: bool,
    answer: str,
    added: Money | None = None,
    due_on: date | None = None,
    key: str | None = None,
) -> CompensationObjection:
    """Answer with reasons; what is upheld may add money with a day, and never takes any away."""
    with act(by, "answer_compensation_objection", on=objection, key=key) as record:
        refuse_empty({"answer": answer})
        more = added or Decimal(0)
        _refuse_unfounded(upheld=upheld, added=more, due_on=due_on, today=record.business_date)
        stages = CompensationObjection.Stage
        objection.stage = stages.UPHELD if upheld else stages.DISMISSED
        objection.answer, objection.added = answer.strip(), more
        objection.reviewer_id = UUID(by.person) if by.person else None
        objection.answered_on = record.business_date
        objection.save(update_fields=["stage", "answer", "added", "reviewer", "answered_on"])
        if more and due_on is not None:
            _raise(objection.compensation_id, more=more, due_on=due_on)
        record["compensation"] = str(objection.compensation_id)
        record["outcome"] = str(objection.stage)
        record.private("text", objection.answer, about=subject_of_payee(objection.compensation))
    return objection


def objecting_until(compensation: Compensation, *, rules: CompensationRules) -> date:
    """The last day on which its payee may object to what was promised."""
    days = rules.objection_days
    return ends_on(compensation.promised_on, working_days=days, calendar=load_calendar()).on


def _anything_late(compensation: Compensation, *, today: date) -> bool:
    rows = compensation.instalments.select_related("payment").prefetch_related("explanations")
    return any(is_late(each.part(), today=today) for each in rows)


def _refuse_unfounded(*, upheld: bool, added: Money, due_on: date | None, today: date) -> None:
    if added < 0:
        raise Unsuitable({"added": NEGATIVE})
    if added and not upheld:
        raise Unsuitable({"added": ADDED_WITHOUT_GROUND})
    if added and due_on is None:
        raise Unsuitable({"due_on": NO_DAY})
    if due_on is not None and due_on < today:
        raise Unsuitable({"due_on": PAST})


def _raise(compensation: UUID, *, more: Money, due_on: date) -> None:
    """Add to what was promised, as an instalment of its own."""
    row = Compensation.objects.select_for_update().get(pk=compensation)
    row.amount += more
    row.stage = Compensation.Stage.PROMISED
    row.save(update_fields=["amount", "stage"])
    number = row.instalments.count() + 1
    Instalment.objects.create(compensation=row, number=number, amount=more, due_on=due_on)
