"""What a negotiation ends with: proposed after law's steps, signed by all, into the ledger."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from uuid import UUID

from django.db.models import Q

from gongzhi.core.charter import SYSTEM, Member
from gongzhi.core.fen import is_whole_fen
from gongzhi.core.terms import Money, Said, several
from gongzhi.cycle.models import BudgetLine, Project
from gongzhi.forum.actions.compensations import (
    NOT_IN_ORDER,
    PAST,
    Grounds,
    Promised,
    Promiser,
    Share,
    promise_compensation,
)
from gongzhi.forum.actions.joint import EMPTY, refuse_empty
from gongzhi.forum.actions.negotiations import own_party
from gongzhi.forum.actions.plan_figures import fix_figures
from gongzhi.forum.actions.rating import refuse_unheard
from gongzhi.forum.models import (
    LegalGate,
    Negotiation,
    NegotiationParty,
    Settlement,
    SettlementTransfer,
    Signature,
    TransferPart,
)
from gongzhi.forum.own import person_of
from gongzhi.parties.deeds import act
from gongzhi.parties.unsuitable import NO_REASON, Unsuitable
from gongzhi.rules.participation.negotiations import negotiation_rules

GATES_LACK = Said("法定程序还没有记载：{gates}")
RESIDENT = Said("居民的补偿依法逐户确定，在补偿台账里约定，不在协商里讨价还价")
NO_OPTION = Said("这次协商没有这个方案")
NO_PAYER = Said("付款的一方应当是在场的单位，不是受偿的一方")
NO_PAYEE = Said("受偿的一方应当是在场的单位")
NO_AMOUNT = Said("写明金额，大于零，精确到分")
NO_LINE = Said("付款的一方在 {year} 年没有编号为“{number}”的项目预算")
NO_SETTLEMENT = Said("没有等待签署的方案")
SIGNED = Said("本方已经签署过")
ONE_SOURCE = Said("预算编号和自有资金只写一项")
FROM_ITS_BUDGET = Said("有预算的单位从预算里付，写预算编号；没有预算的企业和社会组织才写自有资金")
AGREED = Said("协商达成")
AMOUNT_MOST = Decimal(10) ** 13


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Who gives whom, from which budget line or which funds of its own, why, in which parts."""

    giver: UUID | None
    getter: UUID | None
    parts: Sequence[Share]
    fiscal_year: int
    budget_line: str
    reason: str
    own_funds: str = ""

    @property
    def amount(self) -> Money:
        """All parts together."""
        return sum((each.amount for each in self.parts), start=Decimal(0))


def propose_settlement(
    *,
    by: Member,
    negotiation: Negotiation,
    option: UUID,
    text: str,
    transfers: Sequence[Given] = (),
    key: str | None = None,
) -> Settlement:
    """Put a plan up for signature: who gives and gets what; never before law's own steps."""
    with act(by, "propose_settlement", on=negotiation, key=key) as record:
        refuse_empty({"text": text})
        _refuse_lawless(negotiation, today=record.business_date)
        seated = {each.pk: each for each in negotiation.seated()}
        _refuse_unfit(seated, transfers, today=record.business_date)
        chosen = negotiation.options.standing().filter(pk=option).first()
        if chosen is None:
            raise Unsuitable({"option": NO_OPTION})
        refuse_unheard(negotiation, chosen)
        row: Settlement = Settlement.objects.create(
            negotiation=negotiation,
            option=chosen,
            text=text.strip(),
            proposed_on=record.business_date,
        )
        _keep_transfers(row, transfers)
        fix_figures(negotiation, row, by=by, today=record.business_date)
        negotiation.stage = Negotiation.Stage.PROPOSED
        negotiation.save(update_fields=["stage"])
        record["settlement"] = str(row.pk)
        record["name"] = row.option.name
        record["count"] = len(transfers)
        record.private("text", row.text)
    return row


def sign_settlement(
    *,
    by: Member,
    negotiation: Negotiation,
    agrees: bool,
    reason: str = "",
    key: str | None = None,
) -> Signature:
    """Sign for one's own side, or say why not; when all have agreed it enters the ledger."""
    with act(by, "sign_settlement", on=negotiation, key=key) as record:
        settlement = negotiation.settlements.filter(stage="open").first()
        if settlement is None:
            raise Unsuitable({"agrees": NO_SETTLEMENT})
        if not agrees and not reason.strip():
            raise Unsuitable({"reason": NO_REASON})
        party = own_party(negotiation, by)
        if settlement.signatures.filter(party=party).exists():
            raise Unsuitable({"agrees": SIGNED})
        row: Signature = Signature.objects.create(
            settlement=settlement,
            party=party,
            agrees=agrees,
            reason=reason.strip(),
            person_id=person_of(by),
            office_id=by.office,
            signed_on=record.business_date,
        )
        record["settlement"] = str(settlement.pk)
        record["agrees"] = agrees
        if row.reason:
            record.private("reason", row.reason)
        if not agrees:
            _end(negotiation, settlement, stage=Settlement.Stage.FAILED)
        elif _all_agree(negotiation, settlement):
            _end(negotiation, settlement, stage=Settlement.Stage.SIGNED)
            for transfer in settlement.transfers.order_by("pk"):
                record.then(partial(_enter, transfer, today=record.business_date))
    return row


def gates_lacking(negotiation: Negotiation, *, today: date) -> list[Said]:
    """What law asks for and nobody has recorded yet."""
    asked = negotiation_rules(today).gates
    done = set(negotiation.gates.values_list("kind", flat=True))
    return [Said(str(LegalGate.Kind(kind).label)) for kind in asked if kind not in done]


def _refuse_lawless(negotiation: Negotiation, *, today: date) -> None:
    lacking = gates_lacking(negotiation, today=today)
    if lacking:
        named = several(each.text for each in lacking)
        raise Unsuitable({"option": Said(GATES_LACK.text, {"gates": named})})


def _refuse_unfit(
    seated: Mapping[UUID, NegotiationParty], transfers: Sequence[Given], *, today: date
) -> None:
    """Raise with what is wrong; a fault is named by what it is about and by the payment's number.

    The first payment is 1, as are its parts.
    """
    faults = {
        f"{name}_{number}{part}": said
        for number, each in enumerate(transfers, start=1)
        for name, part, said in _faults_of(seated, each, today=today)
    }
    if faults:
        raise Unsuitable(faults)


def _faults_of(
    seated: Mapping[UUID, NegotiationParty], given: Given, *, today: date
) -> Iterator[tuple[str, str, Said]]:
    giver = seated.get(given.giver) if given.giver else None
    getter = seated.get(given.getter) if given.getter else None
    if giver is None or giver.organisation_id is None or giver == getter:
        yield "giver", "", NO_PAYER
    elif giver.is_resident:
        yield "giver", "", RESIDENT
    else:
        yield from _faults_of_money(giver, given, today=today)
    if getter is None or getter.is_resident:
        yield "getter", "", NO_PAYEE if getter is None else RESIDENT
    if not given.reason.strip():
        yield "reason", "", EMPTY
    if not given.parts:
        yield "amount", "_1", NO_AMOUNT
    before = today
    for number, part in enumerate(given.parts, start=1):
        if not _is_paid(part.amount):
            yield "amount", f"_{number}", NO_AMOUNT
        if part.due_on < before:
            yield "due", f"_{number}", PAST if number == 1 else NOT_IN_ORDER
        before = part.due_on


def _faults_of_money(
    giver: NegotiationParty, given: Given, *, today: date
) -> Iterator[tuple[str, str, Said]]:
    """Public money comes from a budget line; others may name funds of their own instead."""
    if not given.own_funds.strip():
        if _line(giver, given.fiscal_year, given.budget_line) is None:
            values = {"year": str(given.fiscal_year), "number": given.budget_line}
            yield "line", "", Said(NO_LINE.text, values)
    elif given.budget_line.strip():
        yield "funds", "", ONE_SOURCE
    elif not _pays_from_own(giver, today=today):
        yield "funds", "", FROM_ITS_BUDGET


def _pays_from_own(giver: NegotiationParty, *, today: date) -> bool:
    """Whether the rules let its kind, and nobody gave it a budget here."""
    own = giver.organisation
    if own is None or own.kind not in negotiation_rules(today).own_funds:
        return False
    given = Q(unit=own) | Q(project__unit=own)
    return not BudgetLine.objects.filter(given).exists()


def _is_paid(amount: Decimal) -> bool:
    return amount.is_finite() and 0 < amount < AMOUNT_MOST and is_whole_fen(amount)


def _keep_transfers(settlement: Settlement, transfers: Sequence[Given]) -> None:
    for each in transfers:
        assert each.giver is not None, "looked at before"
        assert each.getter is not None, "looked at before"
        row = SettlementTransfer.objects.create(
            settlement=settlement,
            giver_id=each.giver,
            getter_id=each.getter,
            amount=each.amount,
            fiscal_year=each.fiscal_year,
            budget_line=each.budget_line.strip(),
            own_funds=each.own_funds.strip(),
            reason=each.reason.strip(),
            due_on=each.parts[-1].due_on,
        )
        for number, part in enumerate(each.parts, start=1):
            TransferPart.objects.create(
                transfer=row, number=number, amount=part.amount, due_on=part.due_on
            )


def _line(giver: NegotiationParty, year: int, number: str) -> BudgetLine | None:
    lines = BudgetLine.objects.filter(
        project__unit=giver.organisation, fiscal_year=year, number=number.strip()
    )
    found: BudgetLine | None = lines.select_related("project__unit__region").first()
    return found


def _all_agree(negotiation: Negotiation, settlement: Settlement) -> bool:
    seated = negotiation.parties.filter(stage="seated").count()
    return settlement.signatures.filter(agrees=True).count() == seated


def _end(negotiation: Negotiation, settlement: Settlement, *, stage: Settlement.Stage) -> None:
    settlement.stage = stage
    settlement.save(update_fields=["stage"])
    is_signed = stage is Settlement.Stage.SIGNED
    negotiation.stage = Negotiation.Stage.SIGNED if is_signed else Negotiation.Stage.TALKS
    negotiation.save(update_fields=["stage"])


def _enter(transfer: SettlementTransfer, *, today: date) -> None:
    """Let what was agreed stand in the ledger: its payer signed for it."""
    settlement = transfer.settlement
    project = _paid_for(transfer, settlement.negotiation)
    signed = settlement.signatures.get(party=transfer.giver)
    assert signed.office_id is not None, "an organisation signs by an office"
    promised = Promised(
        subject=f"{settlement.negotiation.title}：{transfer.getter}",
        reason=transfer.reason,
        amount=transfer.amount,
        budget_line=transfer.budget_line,
        fiscal_year=transfer.fiscal_year,
        grounds=Grounds(
            situation=f"{AGREED.text}：{transfer.getter}",
            standard=settlement.option.name,
            evidence=f"{settlement.negotiation.title} {today.isoformat()}",
            lawful_minimum=Decimal(0),
        ),
        parts=_shares(transfer, today=today),
        organisation=transfer.getter.organisation,
        payer=transfer.giver.organisation if transfer.own_funds else None,
        own_funds=transfer.own_funds,
    )
    transfer.compensation = promise_compensation(
        by=SYSTEM,
        project=project,
        promised=promised,
        promiser=Promiser(office=signed.office_id, person=signed.person_id),
    )
    transfer.save(update_fields=["compensation"])


def _paid_for(transfer: SettlementTransfer, negotiation: Negotiation) -> Project:
    """The project whose line pays; what comes from own funds is paid for the one talked about."""
    if transfer.own_funds:
        return negotiation.project
    line = _line(transfer.giver, transfer.fiscal_year, transfer.budget_line)
    assert line is not None, "the line was there when it was proposed"
    assert line.project is not None, "it was found by its project"
    return line.project


def _shares(transfer: SettlementTransfer, *, today: date) -> Sequence[Share]:
    """The instalments as they were agreed; what fell due before the last signature is due today."""
    parts = list(transfer.parts.all())
    if not parts:  # proposed when there was but one
        return [Share(amount=transfer.amount, due_on=max(transfer.due_on, today))]
    return [Share(amount=each.amount, due_on=max(each.due_on, today)) for each in parts]
