"""Compensation as deeds: promised above its floor, paid, explained when late, objected to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from gongzhi.core.charter import Member
from gongzhi.core.participating.compensating import (
    CompensationRules,
    Treated,
    to_explain_since,
    why_below,
    why_not_parted,
    why_unequal,
)
from gongzhi.core.terms import Money, Said
from gongzhi.cycle.models import BudgetLine, Payment, Project
from gongzhi.forum.actions.joint import EMPTY, IN_FUTURE, refuse_empty, refuse_quantity
from gongzhi.forum.models.compensations import (
    Compensation,
    CompensationBasis,
    Instalment,
    InstalmentPayment,
    LatenessExplanation,
)
from gongzhi.forum.own import office_of, person_of
from gongzhi.parties.deeds import act
from gongzhi.parties.models import Organisation, Person
from gongzhi.parties.subject_keys import person_subject
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.rules.participation.compensation import compensation_rules

NO_LINE = Said("这个项目在 {year} 年没有编号为“{number}”的预算，请先导入预算或者更正编号")
NO_APPRAISER = Said("写明评估价值的，应当同时写明评估机构；没有评估的，两项都不填")
NO_PAYEE = Said("没有这个账号或者单位；没有账号的户主不填")
NEGATIVE = Said("金额不能小于零")
NO_REWARD_RULE = Said("有奖励的，应当写明依据的规定；奖励和补偿分别列明")
NO_PARTS = Said("请写明分几期、每期多少、什么时候付")
NOT_IN_ORDER = Said("各期的日期应当先后排列，且不在约定之日以前")
NO_INSTALMENT = Said("没有等待支付的这一期")
NOT_LATE = Said("这一期没有逾期，或者已经说明过")
PAST = Said("支付日期应当在今天或者以后")
TREASURY_SPENT = Said("国库支付 {number} 共 {amount} 元，其中 {used} 元已经对应别的补偿，余额不够")
TREASURY_DAY = Said("国库支付 {number} 的日期是 {day}，请按这一天登记")


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One instalment of what is promised."""

    amount: Money
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What a compensation rests on; the appraised value comes with who appraised it."""

    situation: str
    standard: str
    evidence: str
    lawful_minimum: Money = Decimal(0)
    appraised: Money | None = None
    appraiser: str = ""
    difference: str = ""

    @property
    def floor(self) -> Money:
        """The higher of the lawful minimum and the appraised value."""
        return max(self.lawful_minimum, self.appraised or Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Promiser:
    """In which office somebody promised, and who it was."""

    office: UUID
    person: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """What is promised: to whom, for what, how much, from which line, in which parts.

    The payee is a person, an organisation, or whoever owns the subject and has no account here.
    Where a payer other than the project's unit pays, it names funds of its own instead of a line.
    """

    subject: str
    reason: str
    amount: Money
    budget_line: str
    fiscal_year: int
    grounds: Grounds
    parts: Sequence[Share]
    person: Person | None = None
    organisation: Organisation | None = None
    payer: Organisation | None = None
    own_funds: str = ""
    reward: Money = Decimal(0)
    reward_rule: str = ""


def promise_compensation(
    *,
    by: Member,
    project: Project,
    promised: Promised,
    promiser: Promiser | None = None,
    key: str | None = None,
) -> Compensation:
    """Promise a compensation: never below its floor, like cases alike or with a reason.

    `promiser`: who signed what a negotiation agreed on, where the platform enters it.
    """
    row = compensation_to_be(project, promised)
    with act(by, "promise_compensation", on=row.thing(), key=key) as record:
        # Two promises at once are compared with each other: the second waits for the first.
        Project.objects.select_for_update().get(pk=project.pk)
        _refuse_unfit(project, promised, today=record.business_date)
        _refuse_unequal(project, promised, rules=compensation_rules(record.business_date))
        row.promised_on = record.business_date
        row.save(force_insert=True)
        _keep_grounds(row, promised, promiser=promiser or _acting(by))
        for number, part in enumerate(promised.parts, start=1):
            Instalment.objects.create(
                compensation=row, number=number, amount=part.amount, due_on=part.due_on
            )
        record["project"] = str(project.pk)
        if row.payer is None:
            record["budget_line"] = row.budget_line
        else:
            record["payer"] = str(row.payer.pk)
        record["count"] = len(promised.parts)
        record["due_on"] = promised.parts[-1].due_on.isoformat()
        about = subject_of_payee(row)
        record.private("amount", str(row.whole), about=about)
        record.private("name", row.subject, about=about)
    return row


def record_compensation_payment(
    *,
    by: Member,
    compensation: Compensation,
    instalment: UUID,
    paid_on: date,
    voucher: str,
    key: str | None = None,
) -> InstalmentPayment:
    """Record that an instalment was paid; where the treasury's payment is known, it must agree."""
    with act(by, "record_compensation_payment", on=compensation, key=key) as record:
        refuse_empty({"voucher": voucher})
        row = compensation.instalments.filter(pk=instalment, payment=None).first()
        if row is None:
            raise Unsuitable({"instalment": NO_INSTALMENT})
        if paid_on > record.business_date:
            raise Unsuitable({"paid_on": IN_FUTURE})
        treasury = None
        if compensation.payer is None:
            treasury = _treasury(compensation.project, voucher.strip(), row=row, paid_on=paid_on)
        paid = InstalmentPayment.objects.create(
            instalment=row,
            paid_on=paid_on,
            voucher=voucher.strip(),
            treasury=treasury,
            office_id=office_of(by),
            recorded_on=record.business_date,
        )
        if not compensation.instalments.filter(payment=None).exists():
            compensation.stage = Compensation.Stage.PAID
            compensation.save(update_fields=["stage"])
        record["number"] = row.number
        record["on_time"] = paid_on <= row.due_on
        record["stage"] = str(compensation.stage)
        about = subject_of_payee(compensation)
        record.private("amount", str(row.amount), about=about)
        record.private("voucher", paid.voucher, about=about)
    return paid


def explain_late_compensation(
    *,
    by: Member,
    compensation: Compensation,
    instalment: UUID,
    reason: str,
    pays_on: date,
    key: str | None = None,
) -> LatenessExplanation:
    """Tell the payee why an instalment is late, and on which day it will be paid (clause 7.7)."""
    with act(by, "explain_late_compensation", on=compensation, key=key) as record:
        refuse_empty({"reason": reason})
        today = record.business_date
        rows = compensation.instalments.filter(pk=instalment, payment=None)
        row = rows.prefetch_related("explanations").first()
        if row is None or to_explain_since(row.part(), today=today) is None:
            raise Unsuitable({"instalment": NOT_LATE})
        if pays_on < today:
            raise Unsuitable({"pays_on": PAST})
        explained = LatenessExplanation.objects.create(
            instalment=row,
            reason=reason.strip(),
            pays_on=pays_on,
            office_id=office_of(by),
            explained_on=today,
        )
        record["number"] = row.number
        record["due_on"] = pays_on.isoformat()
        record.private("reason", explained.reason, about=subject_of_payee(compensation))
    return explained


def payee_named(named: str) -> tuple[Person | None, Organisation | None]:
    """Whom a payer means by the name of an organisation or an account; nobody by nothing."""
    if not named.strip():
        return None, None
    organisation = Organisation.objects.filter(name=named.strip()).first()
    if organisation is not None:
        return None, organisation
    person = Person.objects.filter(username=named.strip(), is_active=True).first()
    if person is None:
        raise Unsuitable({"payee": NO_PAYEE})
    return person, None


def compensation_to_be(project: Project, promised: Promised) -> Compensation:
    """A compensation that isn't promised yet."""
    return Compensation(
        project=project,
        fiscal_year=promised.fiscal_year,
        budget_line=promised.budget_line.strip(),
        payer=promised.payer,
        own_funds=promised.own_funds.strip(),
        person=promised.person,
        organisation=promised.organisation,
        subject=promised.subject.strip(),
        reason=promised.reason.strip(),
        floor=promised.grounds.floor,
        amount=promised.amount,
        reward=promised.reward,
    )


def _acting(by: Member) -> Promiser:
    return Promiser(office=office_of(by), person=person_of(by))


def _refuse_unfit(project: Project, promised: Promised, *, today: date) -> None:
    grounds = promised.grounds
    required = {
        "subject": promised.subject,
        "reason": promised.reason,
        "situation": grounds.situation,
        "standard": grounds.standard,
        "evidence": grounds.evidence,
    }
    faults = {name: EMPTY for name, text in required.items() if not text.strip()}
    refuse_quantity(promised.amount, field="amount")
    if grounds.lawful_minimum < 0 or promised.reward < 0:
        faults["lawful_minimum" if grounds.lawful_minimum < 0 else "reward"] = NEGATIVE
    if (grounds.appraised is None) != (not grounds.appraiser.strip()):
        faults["appraiser"] = NO_APPRAISER
    if bool(promised.reward) != bool(promised.reward_rule.strip()):
        faults["reward_rule"] = NO_REWARD_RULE
    below = why_below(promised.amount, floor=grounds.floor)
    if below is not None:
        faults["amount"] = below
    faults |= _faults_of_parts(promised, today=today)
    faults |= _faults_of_line(project, promised)
    if faults:
        raise Unsuitable(faults)


def _faults_of_parts(promised: Promised, *, today: date) -> dict[str, Said]:
    parts = promised.parts
    if not parts or any(not part.amount > 0 for part in parts):
        return {"parts": NO_PARTS}
    days = [part.due_on for part in parts]
    if days != sorted(days) or days[0] < today:
        return {"parts": NOT_IN_ORDER}
    whole = promised.amount + promised.reward
    unparted = why_not_parted((part.amount for part in parts), whole=whole)
    return {"parts": unparted} if unparted is not None else {}


def _faults_of_line(project: Project, promised: Promised) -> dict[str, Said]:
    if promised.payer is not None:
        return {}
    number, year = promised.budget_line.strip(), promised.fiscal_year
    lines = BudgetLine.objects.filter(project=project, fiscal_year=year, number=number)
    if lines.exists():
        return {}
    return {"budget_line": Said(NO_LINE.text, {"year": str(year), "number": number})}


def _refuse_unequal(project: Project, promised: Promised, *, rules: CompensationRules) -> None:
    grounds = promised.grounds
    case = Treated(
        situation=grounds.situation.strip(),
        standard=grounds.standard.strip(),
        amount=promised.amount,
        floor=grounds.floor,
        difference=grounds.difference,
    )
    known = Compensation.objects.filter(project=project, basis__situation=case.situation)
    others = [each.treated() for each in known.select_related("basis").order_by("pk")]
    unequal = why_unequal(case, others, tolerance=rules.rate_tolerance)
    if unequal is not None:
        raise Unsuitable({"difference": unequal})


def _keep_grounds(row: Compensation, promised: Promised, *, promiser: Promiser) -> None:
    grounds = promised.grounds
    CompensationBasis.objects.create(
        compensation=row,
        situation=grounds.situation.strip(),
        standard=grounds.standard.strip(),
        lawful_minimum=grounds.lawful_minimum,
        appraised=grounds.appraised,
        appraiser=grounds.appraiser.strip(),
        evidence=grounds.evidence.strip(),
        difference=grounds.difference.strip(),
        reward_rule=promised.reward_rule.strip(),
        office_id=promiser.office,
        promised_by_id=promiser.person,
    )


def subject_of_payee(row: Compensation) -> str | None:
    """With whose key the values go: the payee's where it is a person, else the payer's."""
    return person_subject(row.person_id) if row.person_id else None


def _treasury(project: Project, number: str, *, row: Instalment, paid_on: date) -> Payment | None:
    """The treasury's payment of that number, if it is known here; raises where they differ."""
    found = Payment.objects.select_for_update().filter(project=project, number=number)
    payment: Any = found.order_by("pk").last()
    if payment is None:
        return None
    if payment.paid_on != paid_on:
        said = Said(TREASURY_DAY.text, {"number": number, "day": payment.paid_on.isoformat()})
        raise Unsuitable({"paid_on": said})
    known = InstalmentPayment.objects.filter(treasury=payment).select_related("instalment")
    used = sum((each.instalment.amount for each in known), start=Decimal(0))
    if used + row.amount > payment.amount:
        values = {"number": number, "amount": payment.amount, "used": used}
        raise Unsuitable({"voucher": Said(TREASURY_SPENT.text, values)})
    settled: Payment = payment
    return settled
