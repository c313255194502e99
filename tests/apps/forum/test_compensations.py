"""The compensation ledger: above its floor, like cases alike, read by the affected, until paid."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.db import DatabaseError, IntegrityError, transaction

import city_hall
from apps.forum.compensated import DAY, SECOND, household, line, promise, promised, resident
from at_once import together
from gongzhi.core.charter import VISITOR
from gongzhi.cycle.models import Payment
from gongzhi.forum.actions import compensation_objections as objecting
from gongzhi.forum.actions import compensations as actions
from gongzhi.forum.compensation_waiting import waiting_for
from gongzhi.forum.models import Compensation, CompensationObjection, InstalmentPayment
from gongzhi.parties.actions.setting_up import move_business_date
from gongzhi.parties.deeds import Refused
from gongzhi.parties.models import Deed
from gongzhi.parties.unsuitable import Unsuitable
from verified import verified

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("a_demo")]


@pytest.fixture
def a_demo(settings):
    settings.DEMO = True


@pytest.fixture
def payer(unit):
    move_business_date(to=DAY)
    line(unit.project)
    return unit


@pytest.fixture
def budget(region):
    return verified(city_hall.budget_office(within=region))


def pay(payer, row: Compensation, *, voucher: str = "V-1", paid_on: date | None = None):
    move_business_date(to=SECOND)
    return actions.record_compensation_payment(
        by=payer.officer,
        compensation=row,
        instalment=row.instalments.filter(payment=None).first().pk,
        paid_on=paid_on or row.instalments.first().due_on,
        voucher=voucher,
    )


def test_s59_nothing_is_promised_below_its_floor(payer):
    with pytest.raises(Unsuitable) as refused:
        promise(payer, promised(amount="99999.99"))

    assert "下限" in refused.value.faults["amount"].text
    assert not Compensation.objects.exists()


def test_s59_the_database_holds_the_floor_too(payer):
    row = promise(payer, promised())

    for change in ({"amount": Decimal(1)}, {"floor": Decimal(999_999)}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Compensation.objects.filter(pk=row.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Compensation.objects.create(
            project=payer.project,
            fiscal_year=2026,
            budget_line="L1",
            subject="2 号",
            reason="拆迁",
            floor=100,
            amount=99,
            promised_on=DAY,
        )


def test_an_appraised_value_is_a_floor_where_it_is_higher_than_the_lawful_minimum(payer):
    row = promise(payer, promised(lawful_minimum="80000", appraised="100000"))

    assert row.floor == Decimal(100_000)


def test_a_compensation_rests_on_a_budget_line_of_its_project(payer):
    with pytest.raises(Unsuitable) as refused:
        promise(payer, replace(promised(), budget_line="没有"))

    assert set(refused.value.faults) == {"budget_line"}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"parts": ()}, "parts"),
        ({"parts": (actions.Share(amount=Decimal(5), due_on=DAY),)}, "parts"),
        ({"reward": Decimal(100)}, "reward_rule"),
        ({"subject": " "}, "subject"),
        ({"amount": Decimal("NaN")}, "amount"),
    ],
)
def test_what_is_missing_or_wrong_is_told_by_its_field(payer, change, field):
    with pytest.raises(Unsuitable) as refused:
        promise(payer, replace(promised(), **change))

    assert field in refused.value.faults


def test_s60_like_cases_have_one_standard_or_a_reason(payer):
    promise(payer, promised())
    other = promised(amount="130000", subject="2 号")
    with pytest.raises(Unsuitable) as refused:
        promise(payer, other)
    assert set(refused.value.faults) == {"difference"}

    grounds = replace(other.grounds, difference="残疾人家庭，按第六条上浮")
    assert promise(payer, replace(other, grounds=grounds)).amount == Decimal(130_000)


def test_s60_twice_the_value_for_twice_the_money_is_alike(payer):
    promise(payer, promised())

    row = promise(payer, promised(amount="240000", appraised="200000", subject="2 号"))

    assert row.amount == Decimal(240_000)


def test_only_the_payer_promises(payer, other):
    with pytest.raises(Refused):
        actions.promise_compensation(by=other.officer, project=payer.project, promised=promised())


def test_w04_a_household_figure_is_read_by_the_affected_alone(payer, other, budget, region):
    one, two, stranger = (resident(name) for name in ("甲", "乙", "丙"))
    row = promise(payer, promised(person=one))
    promise(payer, promised(person=two, subject="2 号"))

    def reads(member) -> bool:
        return Compensation.objects.visible_to(member).filter(pk=row.pk).exists()

    assert reads(household(one))
    assert reads(household(two))
    assert reads(payer.officer)
    assert reads(budget)
    assert not reads(household(stranger))
    assert not reads(VISITOR)
    assert not reads(other.officer)


def test_w04_the_log_tells_no_amount_and_no_house(payer):
    one = resident("甲")
    row = promise(payer, promised(person=one))

    told = str(Deed.objects.get(verb="promise_compensation").public)
    assert "120000" not in told
    assert row.subject not in told


def test_an_instalment_is_paid_once_and_the_last_one_settles_it(payer):
    row = promise(payer, promised())
    pay(payer, row)
    row.refresh_from_db()
    assert row.stage == "promised"
    pay(payer, row, voucher="V-2")
    row.refresh_from_db()

    assert row.stage == "paid"
    with pytest.raises(Refused):
        actions.record_compensation_payment(
            by=payer.officer,
            compensation=row,
            instalment=row.instalments.first().pk,
            paid_on=DAY,
            voucher="V-3",
        )


@pytest.mark.django_db(transaction=True)
def test_two_payments_of_an_instalment_at_once_are_one(payer):
    row = promise(payer, promised())
    part = row.instalments.first()
    move_business_date(to=part.due_on)
    once = partial(
        actions.record_compensation_payment,
        by=payer.officer,
        instalment=part.pk,
        paid_on=part.due_on,
    )
    together(
        [
            lambda v=voucher: once(compensation=Compensation.objects.get(pk=row.pk), voucher=v)
            for voucher in ("A", "B")
        ]
    )

    assert InstalmentPayment.objects.count() == 1


def test_the_treasurys_payment_must_agree_and_is_spent_once(payer):
    first = promise(payer, promised())
    second = promise(payer, promised(subject="2 号"))
    move_business_date(to=first.instalments.first().due_on)
    paid_on = first.instalments.first().due_on
    Payment.objects.create(
        delivery_id=city_hall.region("990200").pk,
        row=1,
        identity="p1",
        fingerprint="f1",
        project=payer.project,
        unit=payer.organisation,
        number="T-1",
        paid_on=paid_on,
        amount=Decimal(70_000),
    )
    with pytest.raises(Unsuitable, match="paid_on"):
        pay(payer, first, voucher="T-1", paid_on=paid_on - timedelta(days=1))
    assert pay(payer, first, voucher="T-1", paid_on=paid_on).treasury is not None
    with pytest.raises(Unsuitable, match="voucher"):
        pay(payer, second, voucher="T-1", paid_on=paid_on)


def test_lateness_is_explained_within_five_working_days_and_again(payer):
    row = promise(payer, promised())
    part = row.instalments.first()
    explain = partial(
        actions.explain_late_compensation,
        by=payer.officer,
        compensation=row,
        instalment=part.pk,
        reason="专户资金未到位",
    )
    with pytest.raises(Unsuitable, match="instalment"):
        explain(pays_on=part.due_on)
    move_business_date(to=part.due_on + timedelta(days=3))
    today = part.due_on + timedelta(days=3)
    waits = {each.verb: each for each in waiting_for(payer.officer, today=today)}
    assert waits["explain_late_compensation"].clause == "7.7"
    explain(pays_on=today + timedelta(days=10))
    assert "explain_late_compensation" not in {
        each.verb for each in waiting_for(payer.officer, today=today)
    }

    later = today + timedelta(days=11)
    assert "explain_late_compensation" in {
        each.verb for each in waiting_for(payer.officer, today=later)
    }


def test_an_objection_is_answered_by_somebody_else_and_adds(payer, budget):
    one = resident("甲")
    row = promise(payer, promised(person=one))
    objection = objecting.object_to_compensation(
        by=household(one), compensation=row, text="面积少算了 5 平方米"
    )
    answer = partial(
        objecting.answer_compensation_objection,
        objection=objection,
        upheld=True,
        answer="复测属实",
        added=Decimal(9_000),
        due_on=DAY + timedelta(days=60),
    )
    with pytest.raises(Refused):
        answer(by=payer.officer)
    with pytest.raises(Refused):
        answer(by=household(one))
    assert "answer_compensation_objection" in {each.verb for each in waiting_for(budget, today=DAY)}

    answer(by=budget)

    row.refresh_from_db()
    assert row.amount == Decimal(129_000)
    assert sum(each.amount for each in row.instalments.all()) == row.whole
    assert CompensationObjection.objects.get().stage == "upheld"


def test_whoever_promised_answers_in_no_other_office_either(payer, budget, region):
    one = resident("甲")
    row = promise(payer, promised(person=one))
    objection = objecting.object_to_compensation(by=household(one), compensation=row, text="少了")
    with pytest.raises(Refused):
        objecting.answer_compensation_objection(
            by=replace(budget, person=payer.officer.person),
            objection=objection,
            upheld=False,
            answer="无误",
        )


def test_only_the_payee_objects_and_only_in_time(payer):
    one, two = resident("甲"), resident("乙")
    row = promise(payer, promised(person=one))
    promise(payer, promised(person=two, subject="2 号"))
    with pytest.raises(Refused):
        objecting.object_to_compensation(by=household(two), compensation=row, text="不公平")
    move_business_date(to=DAY + timedelta(days=29))
    with pytest.raises(Unsuitable, match="text"):
        objecting.object_to_compensation(by=household(one), compensation=row, text="晚了")
