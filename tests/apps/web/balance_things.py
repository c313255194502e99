"""Compensations for the sweeps: rows at every stage, and bodies."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import city_hall
from gongzhi.core.charter import Member, Thing
from gongzhi.cycle.models import BudgetLine, Profile, Project
from gongzhi.forum.models import (
    Compensation,
    CompensationBasis,
    CompensationObjection,
    FigureTaken,
    Instalment,
    InstalmentPayment,
    LegalGate,
    Negotiation,
    NegotiationCriterion,
    NegotiationParty,
    NegotiationPosition,
    NegotiationRound,
    PlanFigure,
    PlanOption,
    Settlement,
)
from gongzhi.parties.business_date import business_date
from gongzhi.parties.models import Organisation
from gongzhi.trust.identifiers import new_id

FAR, LONG_AGO = date(2099, 12, 31), date(2020, 1, 31)
TOLD_BY = "TOLD"
NEARBY = "邻近"  # what the side that asks for a seat has at stake


def compensations(unit: city_hall.Unit, person: str | None) -> Iterator[Compensation]:
    """A citizen's with a late instalment, one of another owner that is paid."""
    BudgetLine.objects.create(
        delivery_id=new_id(),
        row=1,
        identity="b",
        fingerprint="b",
        project=unit.project,
        unit=unit.organisation,
        number="B1",
        fiscal_year=2026,
    )
    yield compensation(unit, person=person, subject="1 号")
    paid = compensation(unit, person=None, subject="2 号", stage="paid")
    InstalmentPayment.objects.create(
        instalment=paid.instalments.get(),
        paid_on=LONG_AGO,
        voucher="V",
        office=unit.officer_office,
        recorded_on=LONG_AGO,
    )
    yield paid


def compensation(
    unit: city_hall.Unit, *, person: str | None, subject: str, stage: str = "promised"
) -> Compensation:
    row: Compensation = Compensation.objects.create(
        project=unit.project,
        fiscal_year=2026,
        budget_line="B1",
        person_id=person,
        subject=subject,
        reason="房屋价值",
        floor=100,
        amount=120,
        promised_on=business_date(),
        stage=stage,
    )
    CompensationBasis.objects.create(
        compensation=row,
        situation="住宅",
        standard="第三条",
        evidence="评字 1 号",
        office=unit.officer_office,
        promised_by=unit.officer_office.person,
    )
    Instalment.objects.create(compensation=row, number=1, amount=120, due_on=LONG_AGO)
    return row


def objections(
    unit: city_hall.Unit, other: city_hall.Unit, person: str | None
) -> Iterator[CompensationObjection]:
    """An open one of a citizen's, one that was answered, an open one to another unit."""
    yield _objection(unit, person=person, subject="3 号")
    yield _objection(unit, person=person, subject="4 号", stage="dismissed")
    yield _objection(other, person=person, subject="6 号")


def _objection(
    unit: city_hall.Unit, *, person: str | None, subject: str, stage: str = "open"
) -> CompensationObjection:
    is_open = stage == "open"
    row: CompensationObjection = CompensationObjection.objects.create(
        compensation=compensation(unit, person=person, subject=subject),
        text="少算了 5 平方米",
        author_id=person,
        against=unit.officer_office.person,
        filed_on=business_date(),
        due_on=FAR,
        stage=stage,
        answer="" if is_open else "复测无误",
        answered_on=None if is_open else business_date(),
    )
    return row


def negotiations(
    unit: city_hall.Unit, other: city_hall.Unit, person: str | None
) -> Iterator[Negotiation]:
    """At each stage one in which the unit and a citizen sit; led by the unit; of another."""
    for stage in ("listing", "talks", "proposed", "signed"):
        row = _negotiation(unit.project, mediator=other.organisation, stage=stage)
        _fill(row, unit, person)
        yield row
    led = _negotiation(other.project, mediator=unit.organisation, stage="talks")
    _fill(led, other, None)
    PlanOption.objects.create(negotiation=led, code="C", name="方案C")
    NegotiationCriterion.objects.create(negotiation=led, number=1, name="工期")
    _tell_by_a_figure(led, unit)
    yield led


def _negotiation(project: Project, *, mediator: Organisation, stage: str) -> Negotiation:
    row: Negotiation = Negotiation.objects.create(
        project=project,
        mediator=mediator,
        title=f"旧城改造{stage}",
        question="原址重建还是外迁",
        opened_on=LONG_AGO,
        additions_until=FAR if stage == "listing" else LONG_AGO,
        stage=stage,
    )
    for code in ("A", "B"):
        PlanOption.objects.create(negotiation=row, code=code, name=f"方案{code}")
    for kind in ("consultation", "risk", "appraisal"):
        LegalGate.objects.create(
            negotiation=row,
            kind=kind,
            document_number="1 号",
            from_on=LONG_AGO,
            until_on=LONG_AGO,
            office=project.unit.offices.order_by("pk").first(),
            recorded_on=LONG_AGO,
        )
    return row


def _tell_by_a_figure(row: Negotiation, unit: city_hall.Unit) -> None:
    """Plan A by the total cost of a project that everybody sees, by which others may be told."""
    shown = Project.objects.create(
        code=TOLD_BY, name="公开的项目", unit=unit.organisation, stage="disclosed"
    )
    Profile.objects.create(project=shown, total=1000, described_on=LONG_AGO)
    figure = PlanFigure.objects.create(
        option=row.options.get(code="A"), project=shown, kind="total", office=unit.officer_office
    )
    FigureTaken.objects.create(
        figure=figure, told="1,000 元", source=shown.profiles.get().pk, taken_on=LONG_AGO
    )


def _fill(row: Negotiation, unit: city_hall.Unit, person: str | None) -> None:
    """Seats with what each states, somebody who asks for one, a round, what is up to sign."""
    seats = [{"organisation": unit.organisation}]
    if person:
        seats.append({"person_id": person, "is_resident": True})
    for seat in seats:
        party = NegotiationParty.objects.create(
            negotiation=row, stake="停业", since_on=LONG_AGO, **seat
        )
        NegotiationPosition.objects.create(
            party=party,
            text="希望早日开工",
            measure="money",
            worth={"A": "5", "B": "1"},
            label="confidential",
            stated_on=LONG_AGO,
        )
    asking = city_hall.unit(f"Q{str(row.pk)[-12:]}", within=unit.organisation.region)
    NegotiationParty.objects.create(
        negotiation=row,
        organisation=asking.organisation,
        stake=NEARBY,
        stage="asked",
        since_on=LONG_AGO,
    )
    NegotiationRound.objects.create(negotiation=row, number=1, note="请表态", opened_on=LONG_AGO)
    if row.stage == "proposed":
        Settlement.objects.create(
            negotiation=row, option=row.options.first(), text="原址重建", proposed_on=LONG_AGO
        )


def positions(_: Any) -> Iterator[NegotiationPosition]:
    """What the sides stated."""
    return iter(NegotiationPosition.objects.order_by("pk"))


def _asking(_: Any) -> Any:
    """The same one before and after it was decided on: a form may be sent twice."""
    asked = NegotiationParty.objects.filter(stake=NEARBY, negotiation__stage="listing")
    return asked.order_by("pk").first().pk


def _option(_: Any) -> Any:
    return PlanOption.objects.filter(negotiation__stage="talks").order_by("-pk").first().pk


def _third(_: Any) -> Any:
    return PlanOption.objects.filter(code="C").order_by("pk").first().pk


def _criterion(_: Any) -> Any:
    return NegotiationCriterion.objects.order_by("pk").first().pk


def _to_be(row: Project, _: Member) -> Thing:
    return Compensation(project=row).thing()


COMPENSATIONS_OF: Mapping[str, Callable[[Any, Member], Thing]] = {"promise_compensation": _to_be}


def _part(_: Any) -> Any:
    return Instalment.objects.filter(payment=None).order_by("pk").first().pk


def _few_spoke(row: Any) -> bool:
    spoken = NegotiationPosition.objects.filter(party__negotiation=row)
    return spoken.values("party").distinct().count() < 2


# What the charter allows and the day or the table doesn't.
NOT_AT_THIS_TABLE: Mapping[str, Callable[[Any], bool]] = {
    "open_round": lambda row: row.additions_until >= business_date() or _few_spoke(row),
    **dict.fromkeys(
        ("withdraw_plan", "link_plan_figure", "unlink_plan_figure"),
        lambda row: not row.options.filter(code="C").exists(),
    ),
    "withdraw_criterion": lambda row: not row.criteria.exists(),
    "propose_settlement": lambda row: not row.options.filter(pk=_option(row)).exists(),
}
BALANCE_BODIES: Mapping[str, Any] = {
    "promise_compensation": lambda _: {
        "subject": "5 号",
        "situation": "商铺",
        "standard": "第四条",
        "reason": "房屋价值",
        "appraised": "100000",
        "appraiser": "某评估公司",
        "evidence": "评字 2 号",
        "amount": "120000",
        "fiscal_year": "2026",
        "budget_line": "B1",
        "parts": f"{(business_date() + timedelta(days=30)).isoformat()} 120000",
    },
    "record_compensation_payment": lambda _: {
        "instalment": _part(_),
        "paid_on": LONG_AGO.isoformat(),
        "voucher": "V-9",
    },
    "explain_late_compensation": lambda _: {
        "instalment": _part(_),
        "reason": "专户资金未到位",
        "pays_on": FAR.isoformat(),
    },
    "object_to_compensation": {"text": "少算了"},
    "answer_compensation_objection": {"outcome": "dismissed", "answer": "复测无误"},
    "open_negotiation": lambda cast: {
        "title": "旧城改造",
        "question": "原址重建还是外迁",
        "mediator": cast.other.organisation.name,
        "name_A": "原址重建",
        "figures_A": "5200 万元",
        "name_B": "外迁",
    },
    "seat_negotiation_party": {"party": "某局9", "stake": "停业"},
    "ask_for_seat": {"stake": "房屋在范围内"},
    "decide_on_seat": lambda _: {"party": _asking(_), "outcome": "seated"},
    "record_legal_gate": {
        "kind": "risk",
        "document_number": "2 号",
        "from_on": LONG_AGO.isoformat(),
        "until_on": LONG_AGO.isoformat(),
    },
    "state_position": {
        "text": "希望早日开工",
        "worth_A": "5",
        "worth_B": "1",
        "measure": "money",
        "label": "internal",
    },
    "link_plan_figure": lambda _: {
        "option": _third(_),
        "figure": f"{Project.objects.get(code=TOLD_BY).pk}:total::",
    },
    "unlink_plan_figure": lambda _: {"figure": PlanFigure.objects.order_by("pk").first().pk},
    "add_plan": {"name": "分期施工"},
    "withdraw_plan": lambda _: {"option": _third(_), "reason": "年内完不成"},
    "add_criterion": {"name": "噪声"},
    "withdraw_criterion": lambda _: {"criterion": _criterion(_), "reason": "已含在工期里"},
    "open_round": {"note": "请各方表态"},
    "answer_round": {"support_A": "80", "support_B": "20"},
    "propose_settlement": lambda _: {"option": _option(_), "text": "原址重建"},
    "sign_settlement": {"outcome": "agrees"},
    "refer_dispute": {"dispute": "对停业期限有分歧", "referred_to": "市人民政府"},
}
BALANCE_OPTIONS: Mapping[str, frozenset[str]] = {
    "promise_compensation": frozenset(
        {
            *("payee", "lawful_minimum", "appraised", "appraiser", "reward", "reward_rule"),
            "difference",
        }
    ),
    "answer_compensation_objection": frozenset({"added", "due_on"}),
    "seat_negotiation_party": frozenset({"is_resident"}),
    "add_plan": frozenset({"figures"}),
    "decide_on_seat": frozenset({"reason"}),
    "state_position": frozenset(
        {
            *("limit", "pays_most", "gets_most", "tells_mediator", "alike", "size", "evidence"),
            *("keeps_judgements", "floors_A", "offered_A", "accepts_A"),
        }
    ),
    "answer_round": frozenset({"dissent"}),
    "sign_settlement": frozenset({"reason"}),
}
