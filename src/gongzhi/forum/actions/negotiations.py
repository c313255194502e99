"""Negotiating as deeds: who sits at the table, under which law, rounds; see also positions.py."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from gongzhi.core.charter import Member
from gongzhi.core.terms import Said
from gongzhi.core.working_days import due_on
from gongzhi.cycle.models import Project
from gongzhi.forum.actions.joint import IN_FUTURE, refuse_empty
from gongzhi.forum.actions.joint_gifts import BACKWARDS
from gongzhi.forum.actions.rating import refuse_unknown, refuse_unrated_plans
from gongzhi.forum.models import (
    LegalGate,
    Negotiation,
    NegotiationCriterion,
    NegotiationParty,
    NegotiationPosition,
    NegotiationRound,
    PlanOption,
    RoundAnswer,
)
from gongzhi.forum.own import office_of
from gongzhi.forum.posts import refuse_personal
from gongzhi.parties.deeds import act
from gongzhi.parties.models import Organisation, Person
from gongzhi.parties.unsuitable import NO_REASON, Unsuitable
from gongzhi.rules.calendar import load_calendar
from gongzhi.rules.participation.negotiations import negotiation_rules

NO_OPTIONS = Said("至少写两个方案，每个方案的代码不同")
NOT_CRITERIA = Said("标准最多 {most} 项，名称不同；可以一项也不写")
NO_MEDIATOR = Said("没有这个单位；主持人应当是不参加协商的单位")
MEDIATOR_SITS = Said("主持协商的单位不能同时是一方")
SITS = Said("这一方已经在名单上")
NO_PARTY = Said("没有这个账号或者单位")
LISTED = Said("名单补充的期限到 {day} 为止")
NOT_ASKED = Said("没有等待确认的这一方")
SHORT = Said("征求公众意见不少于 {days} 日，这里只有 {had} 日")
NOT_SUPPORT = Said("支持程度是 0 到 100")
FEW = Said("至少有两方表达立场以后才能开始一轮")
STILL_LISTING = Said("名单补充的期限到 {day} 为止，过后才能开始协商")
NO_ROUND = Said("还没有开始一轮协商")
SAID = Said("这一轮本方已经答复")
SUPPORT_MOST = Decimal(100)
CRITERIA_MOST = 8  # pairs of more are too many to compare


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What is negotiated: the question, the plans with their figures, who leads it."""

    title: str
    question: str
    mediator: Organisation | None
    options: Sequence[tuple[str, str, str]]  # code, name, figures
    criteria: Sequence[str] = ()


def open_negotiation(
    *, by: Member, project: Project, opened: Opened, key: str | None = None
) -> Negotiation:
    """Open a negotiation about a project: the list of the affected takes additions from today."""
    with act(by, "open_negotiation", on=project, key=key) as record:
        refuse_empty({"title": opened.title, "question": opened.question})
        codes = [code for code, _, _ in opened.options]
        if len(codes) < 2 or len(set(codes)) < len(codes):
            raise Unsuitable({"options": NO_OPTIONS})
        criteria = [each.strip() for each in opened.criteria]
        if len(criteria) > CRITERIA_MOST or len(set(criteria)) < len(criteria):
            most = Said(NOT_CRITERIA.text, {"most": CRITERIA_MOST})
            raise Unsuitable({"criteria": most})
        if opened.mediator is None:
            raise Unsuitable({"mediator": NO_MEDIATOR})
        today = record.business_date
        days = negotiation_rules(today).additions_days
        row: Negotiation = Negotiation.objects.create(
            project=project,
            mediator=opened.mediator,
            title=opened.title.strip(),
            question=opened.question.strip(),
            opened_on=today,
            additions_until=due_on(today, working_days=days, calendar=load_calendar()).on,
            label=project.label,
        )
        for code, name, figures in opened.options:
            PlanOption.objects.create(negotiation=row, code=code, name=name, figures=figures)
        for number, name in enumerate(criteria, start=1):
            NegotiationCriterion.objects.create(negotiation=row, number=number, name=name)
        record["negotiation"] = str(row.pk)
        record["name"] = row.title
        record["organisation"] = str(opened.mediator.pk)
        record["count"] = len(codes)
        record["until"] = row.additions_until.isoformat()
    return row


def seat_negotiation_party(
    *,
    by: Member,
    negotiation: Negotiation,
    stake: str,
    organisation: Organisation | None = None,
    person: Person | None = None,
    is_resident: bool = False,
    key: str | None = None,
) -> NegotiationParty:
    """Put somebody who is affected at the table; who was missed may come at any time."""
    with act(by, "seat_negotiation_party", on=negotiation, key=key) as record:
        refuse_empty({"stake": stake})
        if (organisation is None) == (person is None):
            raise Unsuitable({"party": NO_PARTY})
        if organisation is not None and organisation.pk == negotiation.mediator_id:
            raise Unsuitable({"party": MEDIATOR_SITS})
        row = _seat(
            negotiation,
            organisation=organisation,
            person=person,
            is_resident=is_resident or person is not None,
            stake=stake,
            stage=NegotiationParty.Stage.SEATED,
            today=record.business_date,
        )
        if organisation is not None:
            record["organisation"] = str(organisation.pk)
        record["resident"] = row.is_resident
    return row


def ask_for_seat(
    *, by: Member, negotiation: Negotiation, stake: str, key: str | None = None
) -> NegotiationParty:
    """Ask to be put on the list of the affected, while it takes additions (clause 7.2)."""
    with act(by, "ask_for_seat", on=negotiation, key=key) as record:
        refuse_empty({"stake": stake})
        if record.business_date > negotiation.additions_until:
            day = negotiation.additions_until.isoformat()
            raise Unsuitable({"stake": Said(LISTED.text, {"day": day})})
        own = UUID(by.organisation) if by.organisation else None
        if own is not None and own == negotiation.mediator_id:
            raise Unsuitable({"stake": MEDIATOR_SITS})
        row = _seat(
            negotiation,
            organisation=Organisation.objects.get(pk=own) if own else None,
            person=None if own else Person.objects.get(pk=UUID(by.person or "")),
            is_resident=own is None,
            stake=stake,
            stage=NegotiationParty.Stage.ASKED,
            today=record.business_date,
        )
        record.names_party = own is not None
        record["resident"] = row.is_resident
    return row


def decide_on_seat(
    *,
    by: Member,
    negotiation: Negotiation,
    party: UUID,
    seated: bool,
    reason: str = "",
    key: str | None = None,
) -> NegotiationParty:
    """Put who asked on the list, or say why not."""
    with act(by, "decide_on_seat", on=negotiation, key=key) as record:
        row = negotiation.parties.filter(pk=party, stage="asked").first()
        if row is None:
            raise Unsuitable({"party": NOT_ASKED})
        if not seated and not reason.strip():
            raise Unsuitable({"reason": NO_REASON})
        stages = NegotiationParty.Stage
        row.stage = stages.SEATED if seated else stages.REFUSED
        row.why_not = "" if seated else reason.strip()
        row.save(update_fields=["stage", "why_not"])
        record["stage"] = str(row.stage)
        if row.why_not:
            record.private("reason", row.why_not)
    decided: NegotiationParty = row
    return decided


def record_legal_gate(
    *,
    by: Member,
    negotiation: Negotiation,
    kind: str,
    document_number: str,
    from_on: date,
    until_on: date,
    key: str | None = None,
) -> LegalGate:
    """Record what law asks for before a decision: from when until when, by which paper."""
    with act(by, "record_legal_gate", on=negotiation, key=key) as record:
        refuse_empty({"document_number": document_number})
        if until_on < from_on:
            raise Unsuitable({"until_on": BACKWARDS})
        if until_on > record.business_date:
            raise Unsuitable({"until_on": IN_FUTURE})
        least = negotiation_rules(record.business_date).consultation_days
        had = (until_on - from_on).days + 1
        if kind == LegalGate.Kind.CONSULTATION and had < least:
            raise Unsuitable({"until_on": Said(SHORT.text, {"days": least, "had": had})})
        gate: LegalGate = LegalGate.objects.create(
            negotiation=negotiation,
            kind=kind,
            document_number=document_number.strip(),
            from_on=from_on,
            until_on=until_on,
            office_id=office_of(by),
            recorded_on=record.business_date,
        )
        record["kind"] = kind
        record["document_number"] = gate.document_number
        record["from"] = from_on.isoformat()
        record["until"] = until_on.isoformat()
    return gate


def open_round(
    *, by: Member, negotiation: Negotiation, note: str, key: str | None = None
) -> NegotiationRound:
    """Begin a round: what the mediator puts to the sides, and what they are asked."""
    with act(by, "open_round", on=negotiation, key=key) as record:
        refuse_empty({"note": note})
        if record.business_date <= negotiation.additions_until:
            day = negotiation.additions_until.isoformat()
            raise Unsuitable({"note": Said(STILL_LISTING.text, {"day": day})})
        spoken = NegotiationPosition.objects.filter(party__negotiation=negotiation)
        if spoken.values("party").distinct().count() < 2:
            raise Unsuitable({"note": FEW})
        row: NegotiationRound = NegotiationRound.objects.create(
            negotiation=negotiation,
            number=negotiation.rounds.count() + 1,
            note=note.strip(),
            opened_on=record.business_date,
        )
        negotiation.stage = Negotiation.Stage.TALKS
        negotiation.save(update_fields=["stage"])
        record["number"] = row.number
        record.private("text", row.note)
    return row


def answer_round(
    *,
    by: Member,
    negotiation: Negotiation,
    support: Mapping[str, Decimal],
    dissent: str = "",
    key: str | None = None,
) -> RoundAnswer:
    """Say in the newest round how much one supports each plan, and why one dissents if one does."""
    with act(by, "answer_round", on=negotiation, key=key) as record:
        current = negotiation.rounds.last()
        if current is None:
            raise Unsuitable({"support": NO_ROUND})
        refuse_unknown(negotiation, {"support": support})
        if any(not 0 <= each <= SUPPORT_MOST for each in support.values()) or not support:
            raise Unsuitable({"support": NOT_SUPPORT})
        refuse_unrated_plans(negotiation, {"support": support})
        if dissent.strip():
            refuse_personal({"dissent": dissent})
        party = own_party(negotiation, by)
        if current.answers.filter(party=party).exists():
            raise Unsuitable({"support": SAID})
        row: RoundAnswer = RoundAnswer.objects.create(
            round=current,
            party=party,
            support=as_text(support),
            dissent=dissent.strip(),
            answered_on=record.business_date,
        )
        record["number"] = current.number
        record["dissents"] = bool(row.dissent)
        if row.dissent:
            record.private("text", row.dissent)
    return row


def refer_dispute(
    *, by: Member, negotiation: Negotiation, dispute: str, referred_to: str, key: str | None = None
) -> Negotiation:
    """Set down what is in dispute and put it to the competent authority (clause 7.8)."""
    with act(by, "refer_dispute", on=negotiation, key=key) as record:
        refuse_empty({"dispute": dispute, "referred_to": referred_to})
        negotiation.dispute, negotiation.referred_to = dispute.strip(), referred_to.strip()
        negotiation.stage = Negotiation.Stage.REFERRED
        negotiation.save(update_fields=["dispute", "referred_to", "stage"])
        record["name"] = negotiation.referred_to
        record.private("text", negotiation.dispute)
    return negotiation


def own_party(negotiation: Negotiation, by: Member) -> NegotiationParty:
    """The seat of whoever acts at the table."""
    found = seat_of(negotiation, by)
    assert found is not None, "the charter lets nobody else speak"
    return found


def seat_of(negotiation: Negotiation, by: Member) -> NegotiationParty | None:
    """The seat of a member: its organisation's, or its own, under whichever account."""
    own = [each for each in negotiation.seated() if each.is_of(by)]
    mine = [each for each in own if (each.organisation is None) == (by.organisation is None)]
    return min(mine, key=lambda each: str(each.person_id) != by.person, default=None)


def _seat(
    negotiation: Negotiation,
    *,
    organisation: Organisation | None,
    person: Person | None,
    is_resident: bool,
    stake: str,
    stage: str,
    today: date,
) -> NegotiationParty:
    row, is_new = NegotiationParty.objects.get_or_create(
        negotiation=negotiation,
        organisation=organisation,
        person=person,
        defaults={
            "is_resident": is_resident,
            "stake": stake.strip(),
            "stage": stage,
            "since_on": today,
        },
    )
    if not is_new:
        raise Unsuitable({"stake": SITS})
    return row


def as_text(given: Mapping[str, Decimal]) -> dict[str, str]:
    """Numbers by codes as a row keeps them."""
    return {code: str(value) for code, value in sorted(given.items())}
