"""What changes a project's budget: an amendment, or a transfer; each with authority and number."""

from dataclasses import dataclass
from datetime import date

from gongzhi.core.charter import Member
from gongzhi.core.terms import FiscalYear, Money, Said
from gongzhi.cycle.models import BudgetAct, Project
from gongzhi.parties.deeds import act
from gongzhi.parties.unsuitable import Unsuitable

NOTHING_MOVES = Said("金额不能是零")
UNKNOWN = Said("请选择预算调整或者预算调剂")
INCOMPLETE = Said("请写明批准机关、文号和原因")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What was decided about a budget: how much more or less, by whom, by which document, why."""

    kind: str
    amount: Money
    authority: str
    document_number: str
    decided_on: date
    reason: str


def record_budget_act(
    *,
    by: Member,
    project: Project,
    fiscal_year: FiscalYear,
    decided: Decided,
    other: Project | None = None,
    key: str | None = None,
) -> BudgetAct:
    """Record that a budget was amended by congress, or money transferred; decided elsewhere."""
    with act(by, "record_budget_act", on=project, key=key) as record:
        if decided.kind not in BudgetAct.Kind.values:
            raise Unsuitable({"kind": UNKNOWN})
        if not decided.amount:
            raise Unsuitable({"amount": NOTHING_MOVES})
        if not (decided.authority and decided.document_number and decided.reason.strip()):
            raise Unsuitable({"document_number": INCOMPLETE})
        assert by.office is not None, "whoever records it stands in an office"
        kept = BudgetAct.objects.create(
            project=project,
            fiscal_year=fiscal_year,
            kind=decided.kind,
            amount=decided.amount,
            other=other,
            authority=decided.authority,
            document_number=decided.document_number,
            decided_on=decided.decided_on,
            reason=decided.reason,
            office_id=by.office,
        )
        record["fiscal_year"] = fiscal_year
        record["kind"] = decided.kind
        record["authority"] = decided.authority
        record["document_number"] = decided.document_number
        record.private("amount", str(decided.amount))
        record.private("reason", decided.reason)
    return kept
