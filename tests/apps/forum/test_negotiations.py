"""Negotiating: law first, each side shows what it chooses, all sign, then the ledger."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

import city_hall
from apps.forum.compensated import LINE, household, line, resident
from apps.forum.firms import firm
from apps.forum.negotiated import (
    DAY,
    TALKS,
    in_talks,
    opened,
    pass_gates,
    propose,
    seat,
    shop_at,
    state,
)
from gongzhi.core.charter import VISITOR, Member
from gongzhi.forum.actions import negotiations as actions
from gongzhi.forum.actions import settlements
from gongzhi.forum.actions.compensations import Share
from gongzhi.forum.models import (
    Compensation,
    Negotiation,
    NegotiationPosition,
    Settlement,
)
from gongzhi.forum.models.negotiation_terms import PositionTerms
from gongzhi.forum.negotiation_computing import case_for, computed
from gongzhi.parties.actions.setting_up import move_business_date
from gongzhi.parties.deeds import Refused
from gongzhi.parties.models import Deed, Human, Organisation, Person
from gongzhi.parties.unsuitable import Unsuitable
from verified import VerifiedClient, verified

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("a_demo")]


@pytest.fixture
def a_demo(settings):
    settings.DEMO = True


@pytest.fixture
def table(unit, other) -> Negotiation:
    return opened(unit, other)


@pytest.fixture
def shop(unit, table) -> Member:
    return shop_at(table, unit)


def test_s58_law_comes_before_any_settlement(unit, other, table, shop):
    in_talks(table)
    with pytest.raises(Unsuitable) as refused:
        propose(other.officer, table, unit.officer, shop)

    assert "法定程序" in refused.value.faults["option"].text
    assert not Settlement.objects.exists()


def test_s58_a_consultation_of_less_than_thirty_days_is_none(unit, table):
    with pytest.raises(Unsuitable, match="until_on"):
        actions.record_legal_gate(
            by=unit.officer,
            negotiation=table,
            kind="consultation",
            document_number="1 号",
            from_on=date(2026, 2, 2),
            until_on=date(2026, 3, 2),
        )


def test_the_list_takes_additions_for_fifteen_working_days(table):
    one, two = resident("甲"), resident("乙")
    asked = actions.ask_for_seat(by=household(one), negotiation=table, stake="房屋在范围内")
    assert asked.stage == "asked"
    move_business_date(to=table.additions_until + timedelta(days=1))
    with pytest.raises(Unsuitable, match="stake"):
        actions.ask_for_seat(by=household(two), negotiation=table, stake="房屋在范围内")


def test_who_asked_sits_once_somebody_decided(unit, table):
    one = resident("甲")
    asked = actions.ask_for_seat(by=household(one), negotiation=table, stake="房屋在范围内")
    with pytest.raises(Refused):
        state(household(one), table, "1", "2")
    actions.decide_on_seat(by=unit.officer, negotiation=table, party=asked.pk, seated=True)
    table.refresh_from_db()

    assert state(household(one), table, "1", "2").party_id == asked.pk


def test_a_human_speaks_from_their_seat_under_any_account(unit, table):
    seated, other = resident("甲"), resident("乙")
    human = Human.objects.create(identity="digest")
    Person.objects.filter(pk__in=[seated.pk, other.pk]).update(human=human)
    actions.seat_negotiation_party(
        by=unit.officer, negotiation=table, person=seated, stake="房屋在范围内"
    )
    speaker = replace(household(other), human=str(human.pk))

    assert state(speaker, table, "1", "2").party.person_id == seated.pk


def test_w04_what_one_side_hides_is_on_nobody_elses_page(unit, other, table, shop):
    hidden = state(shop, table, "-654321", "0", limit=Decimal("-123456"), evidence="账簿第九页")
    state(unit.officer, table, "500000", "100000", label="internal")

    budget = verified(city_hall.budget_office(within=table.project.unit.region))
    for member in (unit.officer, VISITOR, budget):
        assert hidden not in NegotiationPosition.objects.visible_to(member)
        told = str(computed(table, reader=member, today=DAY))
        assert "654321" not in told
        assert "123456" not in told
    assert hidden in NegotiationPosition.objects.visible_to(other.officer)
    assert hidden in NegotiationPosition.objects.visible_to(shop)
    client = VerifiedClient()
    client.force_login(unit.officer_office.person)
    page = client.get(reverse("negotiation", args=[table.pk])).content.decode()
    assert "希望早日开工" in page
    assert "654321" not in page
    assert "账簿第九页" not in page


def test_s58_a_limit_stands_locked_and_a_residents_is_in_no_computation(unit, other, table, shop):
    one = resident("甲")
    actions.seat_negotiation_party(
        by=unit.officer, negotiation=table, person=one, stake="房屋在范围内"
    )
    table.refresh_from_db()
    position = state(household(one), table, "1000", "2000", limit=Decimal("987654"), label="public")
    state(shop, table, "1", "2", limit=Decimal("4321"), label="public")

    assert b"987654" not in bytes(position.limit_locked)
    for reader in (household(one), other.officer, shop):
        case = case_for(table, reader=reader, today=DAY)
        limits = {side.name: side.limit for side in case.sides}
        assert limits[str(position.party)] is None
        own = str(Organisation.objects.get(pk=shop.organisation))
        assert limits[own] == (Decimal(4321) if reader is shop else None)


def test_the_log_tells_no_position(table, shop):
    state(shop, table, "-654321", "0", limit=Decimal("-123456"))

    told = str(Deed.objects.get(verb="state_position").public)
    assert "654321" not in told
    assert "123456" not in told


def test_s58_all_sign_and_it_stands_in_the_ledger(unit, other, table, shop):
    state(unit.officer, table, "500000", "100000", label="internal")
    state(shop, table, "-50000", "0", label="internal")
    pass_gates(unit, table)
    with pytest.raises(Unsuitable, match="note"):
        actions.open_round(by=other.officer, negotiation=table, note="请各方表态")
    move_business_date(to=TALKS)
    actions.open_round(by=other.officer, negotiation=table, note="请各方表态")
    for by in (unit.officer, shop):
        actions.answer_round(by=by, negotiation=table, support={"A": Decimal(80), "B": Decimal(20)})
    found = computed(table, reader=other.officer, today=TALKS)
    assert found.steps
    assert not found.faults
    propose(other.officer, table, unit.officer, shop)
    settlements.sign_settlement(by=unit.officer, negotiation=table, agrees=True)
    assert not Compensation.objects.exists()
    settlements.sign_settlement(by=shop, negotiation=table, agrees=True)

    table.refresh_from_db()
    row = Compensation.objects.get()
    assert table.stage == "signed"
    assert (row.amount, row.budget_line) == (Decimal(200_000), LINE)
    assert str(row.organisation_id) == shop.organisation
    assert row.instalments.get().due_on == date(2026, 6, 1)
    assert row.transfer.settlement.stage == "signed"
    entered = Deed.objects.get(verb="promise_compensation")
    signed = Deed.objects.filter(verb="sign_settlement").latest("id")
    assert entered.because == signed.id
    with pytest.raises(DatabaseError), transaction.atomic():
        row.transfer.settlement.signatures.all().delete()


def test_a_side_that_does_not_agree_says_why_and_ends_it(unit, other, table, shop):
    pass_gates(unit, table)
    in_talks(table)
    propose(other.officer, table, unit.officer, shop)
    with pytest.raises(Unsuitable, match="reason"):
        settlements.sign_settlement(by=shop, negotiation=table, agrees=False)
    settlements.sign_settlement(by=shop, negotiation=table, agrees=False, reason="停业太久")

    table.refresh_from_db()
    assert table.stage == "talks"
    assert Settlement.objects.get().stage == "failed"


def test_residents_are_not_bargained_with(unit, other, region, table, shop):
    home = firm(8, within=region, kind="social")
    seat(unit.officer, table, home, is_resident=True)
    pass_gates(unit, table)
    in_talks(table)
    with pytest.raises(Unsuitable) as refused:
        propose(other.officer, table, unit.officer, home)

    assert "居民" in refused.value.faults["getter_1"].text


def test_the_mediator_is_no_side_and_no_side_leads(unit, other, table, shop):
    with pytest.raises(Unsuitable, match="party"):
        seat(unit.officer, table, other.officer)
    with pytest.raises(Refused):
        actions.open_round(by=shop, negotiation=table, note="听我的")


def test_a_dispute_is_set_down_and_put_to_who_decides(unit, other, table, shop):
    state(unit.officer, table, "5", "1")
    state(shop, table, "1", "5")
    move_business_date(to=TALKS)
    actions.open_round(by=other.officer, negotiation=table, note="请各方表态")
    actions.refer_dispute(
        by=other.officer, negotiation=table, dispute="对停业期限有分歧", referred_to="市人民政府"
    )

    assert table.stage == "referred"
    with pytest.raises(Refused):
        state(shop, table, "2", "2")


def test_s58_a_payment_in_parts_is_followed_part_by_part(unit, other, table, shop):
    pass_gates(unit, table)
    in_talks(table)
    parts = [
        Share(amount=Decimal("120000.50"), due_on=date(2026, 6, 1)),
        Share(amount=Decimal("79999.50"), due_on=date(2026, 9, 1)),
    ]
    propose(other.officer, table, unit.officer, shop, parts=parts)
    for by in (unit.officer, shop):
        settlements.sign_settlement(by=by, negotiation=table, agrees=True)

    row = Compensation.objects.get()
    assert row.amount == Decimal(200_000)
    assert [(each.number, each.amount, each.due_on) for each in row.instalments.all()] == [
        (1, Decimal("120000.50"), date(2026, 6, 1)),
        (2, Decimal("79999.50"), date(2026, 9, 1)),
    ]
    with pytest.raises(DatabaseError), transaction.atomic():
        row.transfer.parts.update(amount=1)


def test_s58_a_side_pays_from_a_line_of_its_own(unit, other, region, table, shop):
    payer = city_hall.unit("P9", within=region)
    line(payer.project)
    type(payer.project).objects.filter(pk=payer.project.pk).update(stage="disclosed")
    seat(unit.officer, table, payer.officer)
    pass_gates(unit, table)
    in_talks(table)
    propose(other.officer, table, payer.officer, shop)
    for by in (unit.officer, shop, payer.officer):
        settlements.sign_settlement(by=by, negotiation=table, agrees=True)

    row = Compensation.objects.get()
    assert (row.project_id, row.budget_line) == (payer.project.pk, LINE)
    assert row.basis.office_id == payer.officer_office.pk


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ([], "amount_1_1"),
        ([Share(amount=Decimal(-1), due_on=date(2026, 6, 1))], "amount_1_1"),
        ([Share(amount=Decimal("0.001"), due_on=date(2026, 6, 1))], "amount_1_1"),
        ([Share(amount=Decimal(1), due_on=date(2026, 1, 1))], "due_1_1"),
        (
            [
                Share(amount=Decimal(1), due_on=date(2026, 6, 1)),
                Share(amount=Decimal(1), due_on=date(2026, 5, 1)),
            ],
            "due_1_2",
        ),
    ],
)
def test_parts_that_no_one_could_pay_are_named(unit, other, table, shop, parts, field):
    pass_gates(unit, table)
    in_talks(table)
    with pytest.raises(Unsuitable) as refused:
        propose(other.officer, table, unit.officer, shop, parts=parts)
    assert list(refused.value.faults) == [field]


def test_terms_that_nobody_stated_are_numbers_to_reckon_with():
    assert PositionTerms().size == Decimal(1)
    assert PositionTerms().size.is_finite()
