"""Next year's money: proposed by rule for many projects at once, decided one by one or together.

The platform computes by the place's rules; a person asks it to, another decides (clause 4.17).
"""

import json
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from gongzhi.core.charter import Member
from gongzhi.core.ledger.batch import Row
from gongzhi.core.parts import in_parts
from gongzhi.core.results.proposing import why_not_decided
from gongzhi.core.sealed import SALT_BYTES, canonical, digest
from gongzhi.core.terms import FiscalYear, Money, Said
from gongzhi.core.working_days import due_on
from gongzhi.cycle.any_of import any_of
from gongzhi.cycle.each_allowed import each_allowed
from gongzhi.cycle.models import (
    Evaluation,
    Project,
    ResultDecision,
    ResultProposal,
    UseAccount,
)
from gongzhi.cycle.on_the_way import copying
from gongzhi.cycle.result_facts import Known, known_of
from gongzhi.cycle.result_record import (
    evaluations_to_account_for,
    proposal_and_record,
    proposal_from_record,
)
from gongzhi.parties.deeds import Record, act
from gongzhi.parties.models import Region
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.rules.calendar import load_calendar

NONE_CHOSEN = Said("没有可以提出建议的项目：请选择有预算、还没有决定的项目")
ELSEWHERE = Said("只能对本区划的项目提出建议")
CHANGING = Said("改变已经作出的决定，请写明理由")
NOTHING_CHANGED = Said("与现在的决定相同")
NOT_OF_THIS = Said("请选择对这个项目这一年作出的、已经结论的社会组织评价或者公民评价")
WHAT_ADOPTED = Said("请写明采用了什么")
WHY_NOT = Said("请写明没有采用的理由")
AT_ONCE = 500
COLUMNS = (
    "id",
    "project_id",
    "fiscal_year",
    "base",
    "result",
    "use",
    "stage",
    "pack",
    "made_by_id",
    "made_on",
    "due_on",
    "record",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What is decided: how much, why, by which document."""

    amount: Money
    reason: str = ""
    document_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What became of an evaluation: adopted or not, what of it, what it changed, why not."""

    outcome: str
    adopted: str = ""
    changed: str = ""
    reason: str = ""


def propose_results(
    *,
    by: Member,
    region: Region,
    fiscal_year: FiscalYear,
    projects: Iterable[Project],
    key: str | None = None,
) -> list[ResultProposal]:
    """Propose the money of a year for many projects, in one deed; each is a row that can be proved.

    What was proposed before and isn't decided is replaced. Projects that were decided on, and
    those without any budget to start from, are left out.
    """
    with act(by, "propose_results", on=region, key=key) as record:
        chosen = _to_propose(projects, region=region, year=fiscal_year)
        made = list(_made(chosen, year=fiscal_year, by=by, record=record))
        if not made:
            raise Unsuitable({"projects": NONE_CHOSEN})
        _replace([each.project_id for each in made], year=fiscal_year)
        _keep(made)
        record["fiscal_year"] = fiscal_year
        record["count"] = len(made)
        record.batch("result_proposal", map(_sealed, made))
    return made


def decide_result(
    *, by: Member, proposal: ResultProposal, decided: Decided, key: str | None = None
) -> ResultDecision:
    """Decide on a proposal; whoever decides otherwise than proposed says why.

    A second decision corrects the first, always with its reason.
    """
    with act(by, "decide_result", on=proposal, key=key) as record:
        last = proposal.decisions.order_by("id").last()
        decision = _decision(proposal, decided, by=by, record=record, last=last)
        decision.save(force_insert=True)
        proposal.stage = ResultProposal.Stage.DECIDED
        proposal.save(update_fields=["stage"])
        record["project"] = str(proposal.project_id)
        record["fiscal_year"] = proposal.fiscal_year
        record["proposal"] = str(proposal.pk)
        record["decision"] = str(decision.pk)
        record["corrects"] = str(last.pk) if last else None
        record["document_number"] = decided.document_number
        record.private("content", digest_of(proposal))
        record.private("amount", str(decided.amount))
        record.private("reason", decided.reason.strip())
    return decision


def decide_results(
    *,
    by: Member,
    region: Region,
    proposals: Iterable[ResultProposal],
    document_number: str = "",
    otherwise: Mapping[UUID, Decided] | None = None,
    key: str | None = None,
) -> list[ResultDecision]:
    """Decide on many proposals in one deed, as they stand or otherwise, then with the reason.

    Each is a row that can be proved.
    """
    with act(by, "decide_results", on=region, key=key) as record:
        named = [each.pk for each in proposals]
        waiting = ResultProposal.objects.filter(pk__in=named, stage="proposed")
        chosen = list(waiting.select_for_update(of=("self",)).with_facts())
        if not chosen:
            raise Unsuitable({"proposals": Said("请选择还没有决定的建议")})
        each_allowed(by, "decide_result", chosen)
        made = [
            _decision(each, _told_of(each, otherwise or {}, document_number), by=by, record=record)
            for each in chosen
        ]
        ResultDecision.objects.bulk_create(made, batch_size=AT_ONCE)
        ResultProposal.objects.filter(pk__in=[each.pk for each in chosen]).update(stage="decided")
        record["count"] = len(made)
        record["document_number"] = document_number
        record.batch("result_decision", map(_sealed_decision, made))
    return made


def account_for_use(
    *,
    by: Member,
    proposal: ResultProposal,
    evaluation: Evaluation,
    told: Told,
    key: str | None = None,
) -> UseAccount:
    """Say what became of an evaluation by a social organisation or by citizens (clause 5.10)."""
    with act(by, "account_for_use", on=proposal, key=key) as record:
        faults = _faults_of_account(proposal, evaluation, told)
        if faults:
            raise Unsuitable(faults)
        assert by.office is not None, "whoever tells stands in an office"
        account = UseAccount.objects.create(
            proposal=proposal,
            evaluation=evaluation,
            outcome=told.outcome,
            adopted=told.adopted.strip(),
            changed=told.changed.strip(),
            reason=told.reason.strip(),
            office_id=by.office,
            told_on=record.business_date,
        )
        record["evaluation"] = str(evaluation.pk)
        record["account"] = str(account.pk)
        record["outcome"] = told.outcome
        record.private("text", [account.adopted, account.changed, account.reason])
    return account


def digest_of(proposal: ResultProposal) -> str:
    """The digest of all that a proposal says and rests on."""
    return digest(
        canonical(
            {
                "project": str(proposal.project_id),
                "fiscal_year": proposal.fiscal_year,
                "pack": proposal.pack,
                "record": proposal.record,
            }
        )
    )


# ── the rows ──


def _to_propose(projects: Iterable[Project], *, region: Region, year: FiscalYear) -> list[UUID]:
    """The projects of the region that nobody decided on, and nobody decides on meanwhile."""
    named = {project.pk for project in projects}
    here = Q(unit__region=region) | Q(unit__region__ancestors__contains=[str(region.pk)])
    inside = set(Project.objects.filter(here, any_of("pk", named)).values_list("pk", flat=True))
    if named - inside:
        raise Unsuitable({"projects": ELSEWHERE})
    rows = ResultProposal.objects.filter(any_of("project", named), fiscal_year=year)
    standing = rows.standing()
    known = dict(standing.select_for_update().values_list("project", "stage"))
    return [project for project in sorted(named) if known.get(project) != "decided"]


def _replace(projects: Sequence[UUID], *, year: FiscalYear) -> None:
    """What was proposed before gives way."""
    rows = ResultProposal.objects.filter(any_of("project", projects), fiscal_year=year)
    rows.filter(stage="proposed").update(stage="replaced")


def _keep(made: Iterable[ResultProposal]) -> None:
    """Add the proposals to their table, straight: most of each is one long text."""
    with copying(ResultProposal._meta.db_table, columns=COLUMNS) as copy:
        for row in made:
            values = (getattr(row, name) for name in COLUMNS[:-1])
            copy.write_row((*values, json.dumps(row.record, ensure_ascii=False)))
            row._state.adding = False


def _made(
    projects: Sequence[UUID], *, year: FiscalYear, by: Member, record: Record
) -> Iterator[ResultProposal]:
    assert by.person is not None, "whoever proposes stands in an office"
    dues: dict[tuple[date, int], date] = {}
    today, deed = record.business_date, str(record.deed_id)
    for some in in_parts(projects, size=AT_ONCE):
        for known in known_of(some, year=year, today=today):
            if known.base is not None:
                row = _row(known, person=by.person, today=today, dues=dues)
                row.record["deed"] = deed
                yield row


def _row(
    known: Known, *, person: str, today: date, dues: dict[tuple[date, int], date]
) -> ResultProposal:
    made, kept = proposal_and_record(known)
    since = (known.judgement.concluded_on or today, known.rules.days)
    if since not in dues:
        opened_on, days = since
        dues[since] = due_on(opened_on, working_days=days, calendar=load_calendar()).on
    return ResultProposal(
        project_id=known.project,
        fiscal_year=known.year,
        base=made.base,
        result=made.result,
        use=str(made.use) if made.use else "",
        pack=known.judgement.pack,
        record=kept,
        made_by_id=person,
        made_on=today,
        due_on=dues[since],
    )


def _sealed(proposal: ResultProposal) -> Row:
    """What a proposal says is promised by its digest: it is told once it is decided on."""
    public = {"proposal": str(proposal.pk), "project": str(proposal.project_id)}
    return Row(public, {"content": digest_of(proposal)}, secrets.token_bytes(SALT_BYTES))


def _sealed_decision(decision: ResultDecision) -> Row:
    public = {"decision": str(decision.pk), "proposal": str(decision.proposal_id)}
    private = {
        "amount": str(decision.amount),
        "reason": decision.reason,
        "content": digest_of(decision.proposal),
    }
    return Row(public, private, secrets.token_bytes(SALT_BYTES))


def _decision(
    proposal: ResultProposal,
    decided: Decided,
    *,
    by: Member,
    record: Record,
    last: ResultDecision | None = None,
) -> ResultDecision:
    """The decision, not yet saved; raises Unsuitable where it can't be decided so."""
    faults = _faults(proposal, decided, last=last)
    if faults:
        raise Unsuitable(faults)
    assert by.office is not None, "whoever decides stands in an office"
    return ResultDecision(
        proposal=proposal,
        amount=decided.amount,
        reason=decided.reason.strip(),
        document_number=decided.document_number.strip(),
        office_id=by.office,
        decided_on=record.business_date,
        deed=record.deed_id,
        corrects=last,
    )


def _told_of(
    proposal: ResultProposal, otherwise: Mapping[UUID, Decided], document_number: str
) -> Decided:
    """What is decided on one of many; as it was proposed where nothing else is said."""
    as_proposed = Decided(amount=proposal.result, document_number=document_number)
    return otherwise.get(proposal.pk, as_proposed)


def _faults(
    proposal: ResultProposal, decided: Decided, *, last: ResultDecision | None
) -> Mapping[str, Said]:
    kept = proposal_from_record(proposal.record["proposal"])
    why = why_not_decided(decided.amount, proposal=kept, reason=decided.reason)
    if why is not None:
        return {"reason" if why.values else "amount": why}
    if last is None:
        return {}
    if not decided.reason.strip():
        return {"reason": CHANGING}
    return {"amount": NOTHING_CHANGED} if last.amount == decided.amount else {}


def _faults_of_account(
    proposal: ResultProposal, evaluation: Evaluation, told: Told
) -> Mapping[str, Said]:
    found: dict[str, Said] = {}
    if evaluation.pk not in evaluations_to_account_for(proposal.record):
        found["evaluation"] = NOT_OF_THIS
    if told.outcome not in UseAccount.Outcome.values:
        found["outcome"] = Said("请选择采用、部分采用或者没有采用")
    if told.outcome != UseAccount.Outcome.NOT and not told.adopted.strip():
        found["adopted"] = WHAT_ADOPTED
    if told.outcome != UseAccount.Outcome.ADOPTED and not told.reason.strip():
        found["reason"] = WHY_NOT
    return found
