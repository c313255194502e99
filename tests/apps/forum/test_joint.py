"""Projects carried together: nothing accepted twice, both sides beside each other, by the month."""

from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from django.db import DatabaseError, transaction

import city_hall
from apps.forum.firms import firm
from at_once import together
from gongzhi.core.charter import VISITOR, Member
from gongzhi.forum.actions import joint as actions
from gongzhi.forum.actions import joint_gifts as gifts
from gongzhi.forum.actions.joint import Needed, Worked
from gongzhi.forum.actions.joint_gifts import Pledged
from gongzhi.forum.joint_figures import both_sides_of, sums_by_party
from gongzhi.forum.joint_waiting import waiting_for
from gongzhi.forum.models import (
    JointContribution,
    JointNeed,
    JointOffer,
    JointProject,
    JointReconciliation,
    JointStatement,
)
from gongzhi.forum.own import own_of
from gongzhi.parties.actions.setting_up import move_business_date
from gongzhi.parties.deeds import Refused
from gongzhi.parties.models import RefusedDeed
from gongzhi.parties.unsuitable import Unsuitable
from verified import verified

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("a_demo")]
AUGUST, SEPTEMBER = date(2026, 8, 17), date(2026, 9, 10)


@pytest.fixture
def a_demo(settings):
    settings.DEMO = True


@pytest.fixture
def joint(unit) -> JointProject:
    move_business_date(to=AUGUST)
    type(unit.project).objects.filter(pk=unit.project.pk).update(stage="disclosed")
    unit.project.refresh_from_db()
    return actions.start_joint_project(
        by=unit.officer,
        project=unit.project,
        title="汛后一起重建",
        purpose="让受灾户年底前搬回家",
        does="牵头，出资",
    )


@pytest.fixture
def seller(region, joint) -> Member:
    member = firm(1, within=region)
    actions.join_joint_project(by=member, joint=joint, does="平价供材料")
    return member


@pytest.fixture
def charity(region, joint) -> Member:
    member = firm(2, within=region, kind="social")
    actions.join_joint_project(by=member, joint=joint, does="清淤")
    return member


def needed(unit, joint: JointProject, quantity: str = "100") -> JointNeed:
    return actions.state_need(
        by=unit.officer,
        joint=joint,
        needed=Needed(item="水泥", unit="吨", quantity=Decimal(quantity), due_on=SEPTEMBER),
    )


def offered(by: Member, joint: JointProject, need: JointNeed, quantity: str) -> JointOffer:
    return actions.offer_supply(by=by, joint=joint, need=need.pk, quantity=Decimal(quantity))


def accepted(unit, joint: JointProject, offer: JointOffer, quantity: str) -> JointOffer:
    return actions.accept_offer(
        by=unit.officer, joint=joint, offer=offer.pk, quantity=Decimal(quantity)
    )


def test_several_parties_stand_side_by_side(unit, joint, seller, charity):
    assert [each.organisation.kind for each in joint.now()] == [
        "government", "enterprise", "social",
    ]  # fmt: skip
    with pytest.raises(Refused):
        actions.join_joint_project(by=seller, joint=joint, does="又来")
    with pytest.raises(Unsuitable):
        actions.start_joint_project(
            by=unit.officer, project=unit.project, title="再来", purpose="一样", does="牵头"
        )
    assert JointProject.objects.visible_to(VISITOR).get() == joint


def test_whoever_takes_no_part_carries_nothing(other, unit, joint):
    with pytest.raises(Refused):
        needed(other, joint)


def test_no_more_is_accepted_than_offered_or_needed(unit, joint, seller):
    need = needed(unit, joint)
    first, second = offered(seller, joint, need, "80"), offered(seller, joint, need, "60")
    with pytest.raises(Unsuitable):
        accepted(unit, joint, first, "81")
    accepted(unit, joint, first, "80")
    with pytest.raises(Unsuitable):
        accepted(unit, joint, second, "21")
    accepted(unit, joint, second, "20")
    need.refresh_from_db()
    assert need.accepted == need.quantity


def test_only_whoever_needs_it_accepts_and_only_once(unit, joint, seller, charity):
    offer = offered(seller, joint, needed(unit, joint), "10")
    with pytest.raises(Unsuitable):
        actions.accept_offer(by=charity, joint=joint, offer=offer.pk, quantity=Decimal(5))
    accepted(unit, joint, offer, "5")
    with pytest.raises(Unsuitable):
        accepted(unit, joint, offer, "5")


def test_the_database_holds_it_too(unit, joint):
    need = needed(unit, joint)
    with pytest.raises(DatabaseError), transaction.atomic():
        JointNeed.objects.filter(pk=need.pk).update(accepted=101)


@pytest.mark.django_db(transaction=True)
def test_f7_offers_accepted_at_once_never_exceed_the_need(unit, joint, seller):
    need = needed(unit, joint)
    offers = [offered(seller, joint, need, "40") for _ in range(5)]
    mine = [JointProject.objects.get(pk=joint.pk) for _ in offers]
    ended = together(
        [
            partial(accepted, unit, each, offer, "40")
            for each, offer in zip(mine, offers, strict=True)
        ]
    )

    need.refresh_from_db()
    assert ended == ["done"] * 2 + ["settled"] * 3
    assert need.accepted == Decimal(80)


def test_both_sides_state_for_themselves_and_what_differs_is_seen(unit, joint, seller):
    offer = accepted(unit, joint, offered(seller, joint, needed(unit, joint), "50"), "50")
    with pytest.raises(Unsuitable):
        gifts.confirm_delivery(by=seller, joint=joint, offer=offer.pk, quantity=Decimal(51))
    gifts.confirm_delivery(by=seller, joint=joint, offer=offer.pk, quantity=Decimal(50))
    (waiting,) = waiting_for(unit.officer, today=AUGUST)
    assert waiting.verb == "confirm_delivery"
    gifts.confirm_delivery(
        by=unit.officer, joint=joint, offer=offer.pk, quantity=Decimal(46), note="一车没到"
    )

    (gift,) = both_sides_of(joint)
    assert (gift.both.gave, gift.both.got, gift.both.difference) == (50, 46, 4)
    with pytest.raises(DatabaseError), transaction.atomic():
        JointStatement.objects.update(quantity=50)


def test_money_is_pledged_paid_and_received_by_those_it_concerns(unit, joint, seller, charity):
    pledge = gifts.pledge_contribution(
        by=seller,
        joint=joint,
        pledged=Pledged(receiver=own_of(unit.officer), amount=Decimal(100000), purpose="清淤机械"),
    )
    with pytest.raises(Unsuitable):
        gifts.confirm_contribution(
            by=charity, joint=joint, contribution=pledge.pk, amount=Decimal(1)
        )
    with pytest.raises(Unsuitable):
        gifts.confirm_contribution(
            by=seller, joint=joint, contribution=pledge.pk, amount=Decimal(100001)
        )
    for who in (seller, unit.officer):
        gifts.confirm_contribution(
            by=who, joint=joint, contribution=pledge.pk, amount=Decimal(60000)
        )
    sums = {each.kind: each for each in sums_by_party(joint)}
    assert (sums["enterprise"].pledged, sums["enterprise"].paid) == (100000, 60000)
    assert sums["government"].received == 60000


def test_5_20_money_raised_from_the_public_needs_a_licence(unit, joint, charity, region):
    pledged = Pledged(
        receiver=own_of(unit.officer), amount=Decimal(50000), purpose="过冬被褥", raised=True
    )
    with pytest.raises(Refused) as refused:
        gifts.pledge_contribution(by=charity, joint=joint, pledged=pledged)
    assert refused.value.clauses == ("5.20",)
    assert (
        RefusedDeed.objects.filter(verb="pledge_contribution", on=joint.thing().name).count() == 1
    )
    assert not JointContribution.objects.exists()

    registrar = verified(city_hall.office(unit.organisation, "登记", "registrar"))
    body = joint.roles.get(organisation__kind="social").organisation
    gifts.record_charity_licence(
        by=registrar,
        organisation=body,
        document_number="53990000X（演示，虚构）",
        since_on=date(2026, 1, 1),
        until_on=date(2026, 8, 31),
    )
    assert gifts.pledge_contribution(by=charity, joint=joint, pledged=pledged).raised
    move_business_date(to=SEPTEMBER)
    with pytest.raises(Refused):
        gifts.pledge_contribution(by=charity, joint=joint, pledged=pledged)


def test_a_month_that_differs_is_closed_with_words_and_stays_as_it_was(unit, joint, seller):
    offer = accepted(unit, joint, offered(seller, joint, needed(unit, joint), "50"), "50")
    gifts.confirm_delivery(by=seller, joint=joint, offer=offer.pk, quantity=Decimal(50))
    with pytest.raises(Unsuitable):
        gifts.reconcile_joint_month(by=seller, joint=joint, month=AUGUST)  # not over
    move_business_date(to=SEPTEMBER)
    with pytest.raises(Unsuitable):
        gifts.reconcile_joint_month(by=seller, joint=joint, month=AUGUST)  # differs, no words
    closed = gifts.reconcile_joint_month(by=seller, joint=joint, month=AUGUST, note="对方还没点收")
    gifts.confirm_delivery(by=unit.officer, joint=joint, offer=offer.pk, quantity=Decimal(50))

    closed.refresh_from_db()
    assert (closed.differing, closed.record[0]["got"]) == (1, None)
    with pytest.raises(Unsuitable):
        gifts.reconcile_joint_month(by=seller, joint=joint, month=AUGUST, note="再来")
    with pytest.raises(DatabaseError), transaction.atomic():
        JointReconciliation.objects.update(note="改了")


def test_tasks_stand_on_desks_and_are_reported_by_their_owner(unit, joint, charity):
    task = actions.set_joint_task(
        by=unit.officer,
        joint=joint,
        organisation=own_of(charity),
        text="清两条街的淤泥",
        due_on=SEPTEMBER,
    )
    (waiting,) = waiting_for(charity, today=AUGUST)
    assert (waiting.verb, waiting.due_on, waiting.title) == (
        "report_joint_task", SEPTEMBER, "清两条街的淤泥",
    )  # fmt: skip
    with pytest.raises(Unsuitable):
        actions.report_joint_task(by=unit.officer, joint=joint, task=task.pk, text="清完了")
    actions.report_joint_task(by=charity, joint=joint, task=task.pk, text="清完了")
    assert list(waiting_for(charity, today=AUGUST)) == []


def test_whoever_leaves_hands_open_tasks_to_the_lead_and_the_lead_ends_it(unit, joint, charity):
    task = actions.set_joint_task(
        by=charity, joint=joint, organisation=own_of(charity), text="清淤", due_on=SEPTEMBER
    )
    actions.leave_joint_project(by=charity, joint=joint, reason="人手不足")
    task.refresh_from_db()
    assert task.organisation_id == own_of(unit.officer)
    with pytest.raises(Refused):
        actions.log_volunteers(
            by=charity,
            joint=joint,
            worked=Worked(day=AUGUST, people=2, hours=Decimal(8), work="清淤"),
        )
    actions.leave_joint_project(by=unit.officer, joint=joint, reason="已经搬完")
    joint.refresh_from_db()
    assert joint.stage == "closed"


@pytest.mark.parametrize(
    ("people", "hours", "work"),
    [(0, "8", "清淤"), (2, "49", "清淤"), (2, "0", "清淤"), (2, "8", "找王某 13800138000")],
)
def test_volunteers_are_counted_never_named(joint, charity, people, hours, work):
    with pytest.raises(Unsuitable):
        actions.log_volunteers(
            by=charity,
            joint=joint,
            worked=Worked(day=AUGUST, people=people, hours=Decimal(hours), work=work),
        )


def test_what_is_worth_something_says_by_which_basis(unit, joint, seller):
    need = needed(unit, joint)
    with pytest.raises(Unsuitable):
        actions.offer_supply(
            by=seller, joint=joint, need=need.pk, quantity=Decimal(5), worth=Decimal(2000)
        )
    offer = actions.offer_supply(
        by=seller,
        joint=joint,
        need=need.pk,
        quantity=Decimal(10),
        worth=Decimal(4000),
        worth_basis="出厂价",
    )
    accepted(unit, joint, offer, "5")
    assert next(e for e in sums_by_party(joint) if e.kind == "enterprise").worth == 2000
