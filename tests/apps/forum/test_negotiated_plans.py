"""Plans and criteria that come to the table later or are taken off it: everybody rates the new."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from apps.forum.negotiated import opened, pass_gates, propose, shop_at, state
from gongzhi.core.charter import Member
from gongzhi.core.waiting import Waiting
from gongzhi.forum.actions import negotiations as actions
from gongzhi.forum.actions import plans, positions, settlements
from gongzhi.forum.models import Negotiation, PlanOption
from gongzhi.forum.negotiation_computing import case_for, computed
from gongzhi.forum.negotiation_waiting import RATE, waiting_for
from gongzhi.parties.actions.setting_up import move_business_date
from gongzhi.parties.business_date import business_date
from gongzhi.parties.deeds import Refused
from gongzhi.parties.unsuitable import Unsuitable
from verified import VerifiedClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def table(settings, unit, other) -> Negotiation:
    settings.DEMO = True
    return opened(unit, other)


@pytest.fixture
def shop(unit, table) -> Member:
    return shop_at(table, unit)


def asked_to_rate(member: Member) -> list[Waiting]:
    waits = waiting_for(member, today=business_date())
    return [each for each in waits if each.said == RATE]


@pytest.fixture
def talking(unit, other, shop, table) -> Negotiation:
    """A table whose two sides stated and answered a round."""
    state(unit.officer, table, "900000", "100000", label="internal")
    state(shop, table, "-150000", "-400000", label="internal")
    move_business_date(to=table.additions_until.replace(day=28))
    actions.open_round(by=other.officer, negotiation=table, note="先看原址重建")
    table.refresh_from_db()
    for member in (unit.officer, shop):
        support = {"A": Decimal(80), "B": Decimal(20)}
        actions.answer_round(by=member, negotiation=table, support=support)
    return table


def test_every_side_rates_a_plan_that_came_later_and_the_old_round_stays(
    unit, other, shop, talking
):
    added = plans.add_plan(by=other.officer, negotiation=talking, name="分期施工")
    assert added.code == "C"
    assert [len(asked_to_rate(member)) for member in (unit.officer, shop)] == [1, 1]

    stands = computed(talking, reader=other.officer, today=business_date())
    assert [each.code for each in stands.found.table.stated.options] == ["A", "B"]
    assert any(
        "分期施工" in note.values.get("option", "") for note in stands.found.table.stated.notes
    )
    with pytest.raises(Unsuitable, match="worth"):
        state(shop, talking, "1", "2")
    actions.open_round(by=other.officer, negotiation=talking, note="再看分期")
    talking.refresh_from_db()
    with pytest.raises(Unsuitable, match="support"):
        actions.answer_round(by=shop, negotiation=talking, support={"A": Decimal(1)})
    for member, worth in ((unit.officer, "800000"), (shop, "-60000")):
        values = {"A": Decimal("900000"), "B": Decimal(0), "C": Decimal(worth)}
        stated = positions.Stated(text="分期也可以", worth=values, label="internal")
        positions.state_position(by=member, negotiation=talking, stated=stated)
        support = {"A": Decimal(60), "B": Decimal(10), "C": Decimal(90)}
        actions.answer_round(by=member, negotiation=talking, support=support)

    assert not asked_to_rate(shop)
    case = case_for(talking, reader=other.officer, today=business_date())
    assert [set(one) for each in case.rounds for one in each.support.values()] == [
        *[{"A", "B"}] * 2,
        *[{"A", "B", "C"}] * 2,
    ]
    stands = computed(talking, reader=other.officer, today=business_date())
    assert [each.code for each in stands.found.table.stated.options] == ["A", "B", "C"]


def test_a_later_plan_is_not_signed_before_all_who_spoke_rated_it(unit, other, shop, talking):
    pass_gates(unit, talking)
    added = plans.add_plan(by=other.officer, negotiation=talking, name="分期施工")
    with pytest.raises(Unsuitable, match="option") as refused:
        settlements.propose_settlement(
            by=other.officer, negotiation=talking, option=added.pk, text="分期施工"
        )
    assert "某局1" in refused.value.faults["option"].values["sides"]
    assert propose(other.officer, talking, unit.officer, shop).option.code == "A"


def test_a_withdrawn_plan_leaves_the_computation_and_stays_in_its_round(unit, other, shop, talking):
    with pytest.raises(Unsuitable, match="option"):
        plans.withdraw_plan(
            by=other.officer,
            negotiation=talking,
            option=talking.options.get(code="B").pk,
            reason="只剩一个",
        )
    plans.add_plan(by=other.officer, negotiation=talking, name="分期施工")
    gone = talking.options.get(code="B")
    plans.withdraw_plan(
        by=other.officer, negotiation=talking, option=gone.pk, reason="安置地块另有用途"
    )

    case = case_for(talking, reader=other.officer, today=business_date())
    assert [each.code for each in case.options] == ["A", "C"]
    assert all("B" not in side.worth for side in case.sides)
    assert talking.rounds.get().answers.first().support == {"A": "80", "B": "20"}
    page = VerifiedClient().get(reverse("negotiation", args=[talking.pk])).content.decode()
    assert "安置地块另有用途" in page
    with pytest.raises(Unsuitable, match="option"):
        settlements_option(other.officer, unit, talking, gone)
    again = plans.add_plan(by=other.officer, negotiation=talking, name="外迁")
    assert again.code == "D"  # a letter is used once


def settlements_option(by: Member, unit, talking: Negotiation, gone: PlanOption) -> None:
    pass_gates(unit, talking)
    settlements.propose_settlement(by=by, negotiation=talking, option=gone.pk, text="外迁")


def test_a_criterion_that_came_later_is_scored_by_who_scores(unit, other, shop, talking):
    plans.add_criterion(by=other.officer, negotiation=talking, name="工期")
    assert not asked_to_rate(shop)  # it states worth
    scored = {code: {"工期": Decimal(60)} for code in "AB"}
    points = {"工期": Decimal(100)}
    stated = positions.Stated(text="看工期", scores=scored, points=points, label="internal")
    positions.state_position(by=shop, negotiation=talking, stated=stated)
    plans.add_criterion(by=other.officer, negotiation=talking, name="噪声")
    assert len(asked_to_rate(shop)) == 1
    with pytest.raises(Unsuitable, match="scores"):
        positions.state_position(by=shop, negotiation=talking, stated=stated)

    noise = talking.criteria.get(name="噪声")
    plans.withdraw_criterion(
        by=other.officer, negotiation=talking, criterion=noise.pk, reason="已含在工期里"
    )
    assert not asked_to_rate(shop)
    case = case_for(talking, reader=other.officer, today=business_date())
    assert [each.name for each in case.criteria] == ["工期"]
    with pytest.raises(Unsuitable, match="name"):
        plans.add_criterion(by=other.officer, negotiation=talking, name="噪声")


def test_the_mediator_alone_adds_and_only_until_a_plan_is_up_for_signature(
    unit, other, shop, talking
):
    for member in (unit.officer, shop):
        with pytest.raises(Refused):
            plans.add_plan(by=member, negotiation=talking, name="分期施工")
    Negotiation.objects.filter(pk=talking.pk).update(stage="proposed")
    talking.refresh_from_db()
    with pytest.raises(Refused):
        plans.add_plan(by=other.officer, negotiation=talking, name="分期施工")


def test_what_was_on_the_table_is_not_rewritten(talking):
    for change in ({"name": "别的"}, {"figures": "更便宜"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            PlanOption.objects.filter(negotiation=talking).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        PlanOption.objects.filter(negotiation=talking).update(withdrawn_on=business_date())
