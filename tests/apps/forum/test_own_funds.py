"""Who has no budget pays from named funds of its own; public money always names its line."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from apps.forum.compensated import LINE, YEAR
from apps.forum.negotiated import in_talks, opened, pass_gates, shop_at
from gongzhi.core.charter import Member
from gongzhi.cycle.models import BudgetLine
from gongzhi.forum.actions import compensations, settlements
from gongzhi.forum.actions.compensation_objections import object_to_compensation
from gongzhi.forum.actions.compensations import Share
from gongzhi.forum.compensation_waiting import waiting_for
from gongzhi.forum.models import Compensation, CompensationObjection, Negotiation, Settlement
from gongzhi.parties.actions.setting_up import move_business_date
from gongzhi.parties.deeds import Refused
from gongzhi.parties.models import Organisation
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.trust.identifiers import new_id
from verified import VerifiedClient

pytestmark = pytest.mark.django_db
DUE = date(2026, 6, 1)
OWN = "2026 年经营结余"


@pytest.fixture
def table(settings, unit, other) -> Negotiation:
    settings.DEMO = True
    return opened(unit, other)


@pytest.fixture
def shop(unit, table) -> Member:
    member = shop_at(table, unit)
    pass_gates(unit, table)
    in_talks(table)
    return member


def propose(by: Member, table: Negotiation, giver: Member, getter: Member, **money) -> Settlement:
    seats = {str(each.organisation_id): each.pk for each in table.parties.all()}
    asked: Mapping[str, Any] = {"budget_line": "", "own_funds": "", **money}
    given = settlements.Given(
        giver=seats[str(giver.organisation)],
        getter=seats[str(getter.organisation)],
        parts=[Share(amount=Decimal(80_000), due_on=DUE)],
        fiscal_year=YEAR,
        reason="占用街道用地",
        **asked,
    )
    option = table.options.get(code="A").pk
    return settlements.propose_settlement(
        by=by, negotiation=table, option=option, text="商铺补偿", transfers=[given]
    )


def signed(unit, other, table: Negotiation, shop: Member) -> Compensation:
    propose(other.officer, table, shop, unit.officer, own_funds=OWN)
    table.refresh_from_db()
    for member in (unit.officer, shop):
        settlements.sign_settlement(by=member, negotiation=table, agrees=True)
    return Compensation.objects.get()


def test_s58_a_firm_without_a_budget_pays_from_funds_that_it_names(unit, other, table, shop):
    row = signed(unit, other, table, shop)

    assert (str(row.payer_id), row.own_funds, row.budget_line) == (shop.organisation, OWN, "")
    assert row.project == unit.project
    move_business_date(to=DUE)
    assert [each.verb for each in waiting_for(shop, today=DUE)] == ["record_compensation_payment"]
    part = {"compensation": row, "instalment": row.instalments.get().pk}
    paid = {**part, "paid_on": DUE, "voucher": "V1"}
    with pytest.raises(Refused):
        compensations.record_compensation_payment(by=unit.officer, **paid)
    compensations.record_compensation_payment(by=shop, **paid)
    row.refresh_from_db()
    assert row.stage == "paid"
    client = VerifiedClient()
    client.force_login(unit.officer_office.person)
    page = client.get(reverse("compensation", args=[row.pk])).content.decode()
    assert OWN in page
    assert str(row.payer) in page


def test_whoever_pays_answers_no_objection_to_it(unit, other, table, shop):
    row = signed(unit, other, table, shop)
    object_to_compensation(by=unit.officer, compensation=row, text="太少")
    objection = CompensationObjection.objects.get()

    assert objection.thing().owner == shop.organisation
    assert not list(CompensationObjection.objects.visible_to(other.officer))
    assert CompensationObjection.objects.visible_to(shop).get() == objection


def test_who_has_a_budget_names_its_line(unit, other, table, shop):
    with pytest.raises(Unsuitable) as refused:
        propose(other.officer, table, unit.officer, shop, own_funds=OWN)
    assert "从预算里付" in refused.value.faults["funds_1"].text
    with pytest.raises(Unsuitable, match="line_1"):
        propose(other.officer, table, shop, unit.officer)
    with pytest.raises(Unsuitable, match="funds_1"):
        propose(other.officer, table, unit.officer, shop, own_funds=OWN, budget_line=LINE)
    firm = Organisation.objects.get(pk=shop.organisation)
    BudgetLine.objects.create(
        delivery_id=new_id(),
        row=9,
        identity="own",
        fingerprint="own",
        project=unit.project,
        unit=firm,
        number="F1",
        fiscal_year=YEAR,
    )
    with pytest.raises(Unsuitable, match="funds_1"):
        propose(other.officer, table, shop, unit.officer, own_funds=OWN)


def test_no_compensation_is_without_its_money(unit, other, table, shop):
    row = signed(unit, other, table, shop)
    for lacking in ({"own_funds": ""}, {"payer": None}, {"budget_line": LINE}):
        fields = {name: getattr(row, name) for name in ("project", "fiscal_year", "subject")}
        money = {"payer": row.payer, "own_funds": OWN, "budget_line": ""} | lacking
        amounts = {"floor": 0, "amount": 1, "reason": "停业", "promised_on": DUE}
        with pytest.raises(IntegrityError), transaction.atomic():
            Compensation.objects.create(**fields, **money, **amounts)
