"""Compensations for the sweeps: rows at every stage, and bodies."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import city_hall
from gongzhi.core.charter import Member, Thing
from gongzhi.cycle.models import BudgetLine, Project
from gongzhi.forum.models import (
    Compensation,
    CompensationBasis,
    CompensationObjection,
    Instalment,
    InstalmentPayment,
)
from gongzhi.parties.business_date import business_date
from gongzhi.trust.identifiers import new_id

FAR, LONG_AGO = date(2099, 12, 31), date(2020, 1, 31)


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


def objections(unit: city_hall.Unit, person: str | None) -> Iterator[CompensationObjection]:
    """An open one of a citizen's, and one that was answered."""
    for subject, stage in (("3 号", "open"), ("4 号", "dismissed")):
        is_open = stage == "open"
        yield CompensationObjection.objects.create(
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


def _to_be(row: Project, _: Member) -> Thing:
    return Compensation(project=row).thing()


COMPENSATIONS_OF: Mapping[str, Callable[[Any, Member], Thing]] = {"promise_compensation": _to_be}


def _part(_: Any) -> Any:
    return Instalment.objects.filter(payment=None).order_by("pk").first().pk


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
}
BALANCE_OPTIONS: Mapping[str, frozenset[str]] = {
    "promise_compensation": frozenset(
        {
            *("payee", "lawful_minimum", "appraised", "appraiser", "reward", "reward_rule"),
            "difference",
        }
    ),
    "answer_compensation_objection": frozenset({"added", "due_on"}),
}
