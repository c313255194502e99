"""Costs, the market and joint projects for the sweeps: rows at every stage, and bodies."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import city_hall
from gongzhi.cycle.models import Project
from gongzhi.forum.actions import market as actions
from gongzhi.forum.market_quotes import Offered
from gongzhi.forum.models import (
    CostQuote,
    DisclosureConsent,
    JointContribution,
    JointNeed,
    JointOffer,
    JointProject,
    JointRole,
    JointTask,
    MarketQuestion,
    MarketRange,
)
from gongzhi.parties.business_date import business_date
from gongzhi.parties.models import Organisation, Region
from gongzhi.trust.identifiers import new_id
from verified import verified

PRICES = ("2.31", "2.44", "2.52", "2.58", "2.90")
FAR = date(2099, 12, 31)
LONG_AGO = date(2020, 1, 31)
MONTHS_AGO = 70  # days: its month is over, and after the joint project began
RANGES_ITEM = "已公布区间的设备"


def market_questions(unit: city_hall.Unit, region: Region) -> Iterator[MarketQuestion]:
    """One that is open and one that is closed, quoted by five firms each; one with a range."""
    members = [
        verified(city_hall.unit(f"F{number}", within=region, kind="enterprise").officer_office)
        for number in range(len(PRICES))
    ]
    for stage in ("open", "closed"):
        row = _question(unit, item=f"屋顶光伏{stage}", asked_by=unit.organisation)
        for member, price in zip(members, PRICES, strict=True):
            offered = Offered(price=Decimal(price), basis="合同")
            actions.submit_cost_quote(by=member, question=row, offered=offered, valid_until=FAR)
        row.stage = stage
        row.save()
        yield row
    other = city_hall.unit("G", within=region)
    told = _question(unit, item=RANGES_ITEM, asked_by=other.organisation)
    MarketRange.objects.create(
        question=told, number=1, low=2, high=3, step=1, firms=5, published_on=business_date()
    )
    yield told


def _question(unit: city_hall.Unit, *, item: str, asked_by: Organisation) -> MarketQuestion:
    row: MarketQuestion = MarketQuestion.objects.create(
        project=unit.project,
        asked_by=asked_by,
        item=item,
        unit="元/瓦",
        purpose="核定补贴标准",
        asked_on=LONG_AGO,
        due_on=LONG_AGO,
    )
    return row


def cost_quotes(_: city_hall.Unit) -> Iterator[CostQuote]:
    """A firm's that stands, and one that it withdrew."""
    firm = Organisation.objects.get(code="enterprise")
    for item, stage in ((RANGES_ITEM, "standing"), ("屋顶光伏closed", "withdrawn")):
        yield CostQuote.objects.create(
            question=MarketQuestion.objects.get(item=item),
            organisation=firm,
            deed=new_id(),
            quoted_on=business_date(),
            valid_until=FAR,
            stage=stage,
        )


def consents(_: city_hall.Unit) -> Iterator[DisclosureConsent]:
    """One that waits for its firm, and one that a firm agreed to."""
    firm = Organisation.objects.get(code="enterprise")
    for quote, stage in zip(
        CostQuote.objects.filter(organisation=firm).order_by("stage"),
        ("waiting", "agreed"),
        strict=True,
    ):
        yield DisclosureConsent.objects.create(
            question=quote.question,
            quote=quote,
            reason="写入预算说明",
            asked_on=business_date(),
            due_on=business_date(),
            stage=stage,
            answered_on=business_date() if stage == "agreed" else None,
            disclosed=Decimal("2.5") if stage == "agreed" else None,
        )


def joint_projects(unit: city_hall.Unit, region: Region) -> Iterator[JointProject]:
    """The unit's with another party; one that it may join; one that has ended; one kept inside."""
    third, fourth = (city_hall.unit(code, within=region) for code in ("J", "K"))
    own = _joint(third.project, lead=unit.organisation)
    for each in (unit, third):
        _role(own, each.organisation)
    _gifts(own, unit.organisation, third.organisation)
    yield own
    open_to_all = _joint(fourth.project, lead=third.organisation)
    _role(open_to_all, third.organisation)
    yield open_to_all
    for label in ("public", "internal"):
        ended = _joint(fourth.project, lead=unit.organisation, stage="closed", label=label)
        _role(ended, unit.organisation)
        yield ended


def _joint(project: Project, *, lead: Organisation, **given: Any) -> JointProject:
    row: JointProject = JointProject.objects.create(
        project=project,
        lead=lead,
        title="汛后一起重建",
        purpose="让受灾户搬回家",
        started_on=LONG_AGO,
        **given,
    )
    return row


def _role(joint: JointProject, organisation: Organisation) -> None:
    JointRole.objects.create(
        joint=joint, organisation=organisation, does="出人出料", since_on=LONG_AGO
    )


def _gifts(joint: JointProject, own: Organisation, third: Organisation) -> None:
    """A need of the unit's with an offer to accept; an accepted one; money; a task."""
    need = JointNeed.objects.create(
        joint=joint,
        organisation=own,
        item="水泥",
        unit="吨",
        quantity=100,
        accepted=10,
        stated_on=LONG_AGO,
        due_on=FAR,
    )
    for accepted, accepted_on in ((0, None), (10, business_date())):
        JointOffer.objects.create(
            joint=joint,
            need=need,
            organisation=third,
            quantity=20,
            accepted=accepted,
            offered_on=LONG_AGO,
            accepted_on=accepted_on,
        )
    JointContribution.objects.create(
        joint=joint, giver=third, receiver=own, amount=5000, purpose="清淤", pledged_on=FAR
    )
    JointTask.objects.create(
        joint=joint, organisation=own, text="清淤", set_by=third, set_on=LONG_AGO, due_on=FAR
    )


def _offer(*, accepted: bool) -> Any:
    """The offer that waits, or the other one; the same however often the form is sent."""
    first, second = JointOffer.objects.order_by("pk")[:2]
    return (second if accepted else first).pk


def _party(_: Any) -> Any:
    return Organisation.objects.get(code="J").pk


QUOTE = {"price": "2.6", "basis": "上季度签约均价", "valid_until": FAR.isoformat()}
MARKET_BODIES: Mapping[str, Any] = {
    "ask_market": {
        "item": "储能电芯",
        "unit": "元/瓦时",
        "purpose": "核定补贴标准",
        "due_on": FAR.isoformat(),
    },
    "rest_on_market": lambda _: {
        "range": MarketRange.objects.get().pk,
        "figure": "补贴标准",
        "text": "取区间下端",
    },
    "give_market_opinion": {"verdict": "high", "text": "同类结算价低一成"},
    "give_outlook": {"text": "明年组件还要跌"},
    "declare_bidding": {"text": "已投二标段"},
    "submit_cost_quote": QUOTE,
    "publish_market_range": {},
    "ask_disclosure_consent": {"reason": "写入预算说明"},
    "close_market_question": {"reason": "已经够了"},
    "revise_cost_quote": QUOTE,
    "withdraw_cost_quote": {"reason": "价格变了"},
    "answer_disclosure_consent": {"choice": "refuse", "text": "商业秘密"},
    "start_joint_project": {"title": "一起修路", "purpose": "早日通车", "does": "牵头"},
    "record_charity_licence": {"document_number": "53990000X", "since_on": "2026-01-01"},
    "join_joint_project": {"does": "出人"},
    "leave_joint_project": {"reason": "人手不足"},
    "state_need": {"item": "砖", "unit": "块", "quantity": "900", "due_on": FAR.isoformat()},
    "offer_supply": lambda _: {"need": JointNeed.objects.get().pk, "quantity": "5"},
    "accept_offer": lambda _: {"offer": _offer(accepted=False), "quantity": "5"},
    "confirm_delivery": lambda _: {"offer": _offer(accepted=True), "quantity": "5"},
    "pledge_contribution": lambda _: {
        "receiver": _party(_),
        "amount": "1000",
        "purpose": "清淤",
    },
    "confirm_contribution": lambda _: {
        "contribution": JointContribution.objects.get().pk,
        "amount": "1000",
    },
    "set_joint_task": lambda _: {
        "organisation": _party(_),
        "text": "搬家",
        "due_on": FAR.isoformat(),
    },
    "report_joint_task": lambda _: {"task": JointTask.objects.get().pk, "text": "清完两条街"},
    "log_volunteers": {"day": "2026-01-05", "people": "20", "hours": "80", "work": "清淤"},
    "reconcile_joint_month": lambda _: {
        "month": (business_date() - timedelta(days=MONTHS_AGO)).isoformat(),
    },
}
MARKET_OPTIONS: Mapping[str, frozenset[str]] = {
    "ask_market": frozenset({"indicator", "line"}),
    "give_market_opinion": frozenset({"of"}),
    "give_outlook": frozenset({"of"}),
    "submit_cost_quote": frozenset({"tied"}),
    "revise_cost_quote": frozenset({"tied"}),
    "answer_disclosure_consent": frozenset({"text"}),
    "record_charity_licence": frozenset({"until_on"}),
    "state_need": frozenset({"place"}),
    "offer_supply": frozenset({"worth", "worth_basis"}),
    "confirm_delivery": frozenset({"note"}),
    "confirm_contribution": frozenset({"note"}),
    "pledge_contribution": frozenset({"raised"}),
    "reconcile_joint_month": frozenset({"note"}),
}
