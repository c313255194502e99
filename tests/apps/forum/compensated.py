"""Compensations for tests: a project with a budget line, residents, what is promised to them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.urls import reverse

from city_hall import Unit
from gongzhi.core.charter import SYSTEM, Assurance, Member, PartyKind
from gongzhi.cycle.models import BudgetLine, Project
from gongzhi.forum.actions import compensations as actions
from gongzhi.forum.actions import negotiations
from gongzhi.forum.models import Compensation
from gongzhi.parties.actions import setting_up as parties
from gongzhi.parties.business_date import business_date
from gongzhi.parties.models import Organisation, Person
from gongzhi.trust.identifiers import new_id

DAY, FIRST, SECOND = date(2026, 3, 2), date(2026, 4, 1), date(2026, 6, 1)
YEAR, LINE = 2026, "L1"


def line(project: Project) -> BudgetLine:
    """A line of the project's budget."""
    row: BudgetLine = BudgetLine.objects.create(
        delivery_id=new_id(),
        row=1,
        identity="l1",
        fingerprint="l1",
        project=project,
        unit=project.unit,
        number=LINE,
        fiscal_year=YEAR,
        name="旧城改造补偿",
        adjusted=Decimal(5_000_000),
    )
    return row


def resident(name: str) -> Person:
    return parties.register_person(by=SYSTEM, username=f"resident-{name}", name=name)


def household(person: Person) -> Member:
    return Member(kind=PartyKind.CITIZEN, person=str(person.pk), assurance=Assurance.IDENTITY)


def promised(
    *,
    amount: str = "120000",
    appraised: str = "100000",
    lawful_minimum: str = "0",
    subject: str = "1 号",
    person: Person | None = None,
    **given: Any,
) -> actions.Promised:
    """A house above its appraised value, paid in two halves."""
    whole = Decimal(amount)
    return actions.Promised(
        subject=subject,
        reason="房屋价值",
        amount=whole,
        budget_line=LINE,
        fiscal_year=YEAR,
        grounds=actions.Grounds(
            situation="住宅 · 货币补偿",
            standard="补偿方案第三条：评估价值的 1.2 倍",
            evidence="评字〔2026〕12 号",
            lawful_minimum=Decimal(lawful_minimum),
            appraised=Decimal(appraised),
            appraiser="某房地产评估公司",
        ),
        parts=(
            actions.Share(amount=whole / 2, due_on=FIRST),
            actions.Share(amount=whole / 2, due_on=SECOND),
        ),
        person=person,
        **given,
    )


def promise(payer: Unit, what: actions.Promised) -> Compensation:
    return actions.promise_compensation(by=payer.officer, project=payer.project, promised=what)


def on_the_ledger(unit: Unit) -> Mapping[str, str]:
    """The addresses of a ledger with one compensation, for a site."""
    line(unit.project)
    due = business_date() + timedelta(days=30)
    what = replace(promised(), parts=(actions.Share(amount=Decimal(120_000), due_on=due),))
    row = promise(unit, what)
    mediator = Organisation.objects.exclude(pk=unit.organisation.pk).order_by("pk").first()
    options = [("A", "原址重建", "5200 万元"), ("B", "外迁", "4100 万元")]
    opened = negotiations.Opened(
        title="旧城改造", question="原址重建还是外迁", mediator=mediator, options=options
    )
    table = negotiations.open_negotiation(by=unit.officer, project=unit.project, opened=opened)
    return {
        "project-negotiations": reverse("project-negotiations", args=[unit.project.pk]),
        "negotiation": reverse("negotiation", args=[table.pk]),
        "project-compensation": reverse("project-compensation", args=[unit.project.pk]),
        "compensation": reverse("compensation", args=[row.pk]),
    }
