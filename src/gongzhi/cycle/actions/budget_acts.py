"""What changes a project's money: amendments, transfers, grants; each with authority and number.

All of it is decided elsewhere and recorded here.
"""

from dataclasses import dataclass
from datetime import date

from gongzhi.core.charter import Member
from gongzhi.core.terms import FiscalYear, Money, Said
from gongzhi.cycle.each_allowed import each_allowed
from gongzhi.cycle.models import BudgetAct, Grant, Project
from gongzhi.parties.deeds import act
from gongzhi.parties.unsuitable import Unsuitable

NOTHING_MOVES = Said("金额不能是零")
UNKNOWN = Said("请选择预算调整或者预算调剂")
INCOMPLETE = Said("请写明批准机关、文号和原因")
ITSELF = Said("调剂的另一方不能是同一个项目")
RECORDED = Said("这个文号的调整已经记载过")
NO_GIVER = Said("请写明由谁拨付和文号")
UNTIED = Said("专项转移支付要写明用途")
NOT_YET = Said("日期晚于今天")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What was decided about a budget: how much more or less, by whom, by which document, why."""

    kind: str
    amount: Money
    authority: str
    document_number: str
    decided_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a higher level gave: which level, who, how much, by which document, tied to what."""

    level: str
    giver: str
    kind: str
    amount: Money
    document_number: str
    given_on: date
    purpose: str = ""


def record_budget_act(
    *,
    by: Member,
    project: Project,
    fiscal_year: FiscalYear,
    decided: Decided,
    other: Project | None = None,
    key: str | None = None,
) -> BudgetAct:
    """Record that a budget was amended by congress, or money transferred.

    A transfer between two projects is one deed: what one gets, the other gives.
    """
    with act(by, "record_budget_act", on=project, key=key) as record:
        faults = _faults(project, decided=decided, other=other, today=record.business_date)
        if faults:
            raise Unsuitable(faults)
        assert by.office is not None, "whoever records it stands in an office"
        if other is not None:
            each_allowed(by, "record_budget_act", [other])
        row = BudgetAct(
            project=project, fiscal_year=fiscal_year, kind=decided.kind, amount=decided.amount,
            other=other, authority=decided.authority, document_number=decided.document_number,
            decided_on=decided.decided_on, reason=decided.reason, office_id=by.office,
        )  # fmt: skip
        rows = [row, *([_mirrored(row)] if other is not None else [])]
        BudgetAct.objects.bulk_create(rows)
        record["fiscal_year"] = fiscal_year
        record["kind"] = decided.kind
        record["authority"] = decided.authority
        record["document_number"] = decided.document_number
        record["acts"] = [str(each.pk) for each in rows]
        record.private("amount", str(decided.amount))
        record.private("reason", decided.reason)
    return row


def _mirrored(row: BudgetAct) -> BudgetAct:
    """The same transfer as the other project sees it."""
    assert row.other is not None, "only a transfer has another side"
    return BudgetAct(
        project=row.other, fiscal_year=row.fiscal_year, kind=row.kind, amount=-row.amount,
        other=row.project, authority=row.authority, document_number=row.document_number,
        decided_on=row.decided_on, reason=row.reason, office_id=row.office_id,
    )  # fmt: skip


def _faults(
    project: Project, *, decided: Decided, other: Project | None, today: date
) -> dict[str, Said]:
    found: dict[str, Said] = {}
    if decided.kind not in BudgetAct.Kind.values:
        found["kind"] = UNKNOWN
    if not decided.amount:
        found["amount"] = NOTHING_MOVES
    if not (decided.authority and decided.document_number and decided.reason.strip()):
        found["document_number"] = INCOMPLETE
    if decided.decided_on > today:
        found["decided_on"] = NOT_YET
    if other is not None and other.pk == project.pk:
        found["other"] = ITSELF
    same = BudgetAct.objects.filter(
        project=project, document_number=decided.document_number, amount=decided.amount,
        kind=decided.kind, decided_on=decided.decided_on, other=other,
    )  # fmt: skip
    if not found and same.exists():
        found["document_number"] = RECORDED
    return found


def record_grant(
    *, by: Member, project: Project, fiscal_year: FiscalYear, given: Given, key: str | None = None
) -> Grant:
    """Record that a higher level of government gave money for a project."""
    with act(by, "record_grant", on=project, key=key) as record:
        faults = _faults_of_grant(given, today=record.business_date)
        if faults:
            raise Unsuitable(faults)
        assert by.office is not None, "whoever records it stands in an office"
        kept = Grant.objects.create(
            project=project, fiscal_year=fiscal_year, level=given.level, giver=given.giver,
            kind=given.kind, amount=given.amount, document_number=given.document_number,
            given_on=given.given_on, purpose=given.purpose.strip(), office_id=by.office,
        )  # fmt: skip
        record["fiscal_year"] = fiscal_year
        record["grant"] = str(kept.pk)
        record["kind"] = given.kind
        record["document_number"] = given.document_number
        record.private("amount", str(given.amount))
    return kept


def _faults_of_grant(given: Given, *, today: date) -> dict[str, Said]:
    found: dict[str, Said] = {}
    if not given.amount:
        found["amount"] = NOTHING_MOVES
    if not (given.giver.strip() and given.document_number.strip()):
        found["document_number"] = NO_GIVER
    if given.kind == Grant.Kind.SPECIAL and not given.purpose.strip():
        found["purpose"] = UNTIED
    if given.given_on > today:
        found["given_on"] = NOT_YET
    return found
