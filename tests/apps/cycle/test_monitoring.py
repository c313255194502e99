"""Projects are laid out for monitoring from their rows, and what they show is kept."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

import city_hall
from apps.cycle import monitored
from gongzhi.core.monitoring import Level, together
from gongzhi.cycle.actions.watching import watch_projects
from gongzhi.cycle.followed import followed, projects_of
from gongzhi.cycle.models import BudgetAct, Payment, Settlement, Watched, WatchedSum
from gongzhi.cycle.summing import added
from gongzhi.cycle.watched_record import curves_of, signal_from_record
from gongzhi.parties.models import Deed

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 12)


def laid_out(unit, *, today: date = TODAY):
    (each,) = followed([unit.project.pk], year=monitored.YEAR, today=today)
    return each


def test_a_plan_is_read_from_the_goals_in_force(unit):
    monitored.promise(unit)

    plan = laid_out(unit).plan

    assert plan.money[-1] == monitored.BUDGET
    assert [(each.key, each.target) for each in plan.indicators] == [("km", 100), ("sat", 90)]
    assert plan.category == "工程"


def test_money_that_was_corrected_counts_once(unit):
    monitored.fund(unit)
    wrong = monitored.pay(unit, date(2026, 3, 2), 1000)
    right = monitored.pay(
        unit,
        date(2026, 3, 2),
        1200,
        identity=wrong.identity,
        corrects=wrong.fingerprint,
    )

    facts = laid_out(unit).facts

    assert [payment.key for payment in facts.payments] == [right.number]


def test_acts_on_money_make_the_budget_that_counts(unit):
    monitored.fund(unit, Decimal(1000))
    act = {
        "project": unit.project,
        "fiscal_year": 2026,
        "authority": "某市人大常委会",
        "document_number": "〔2026〕3号",
        "reason": "增加任务",
        "office": unit.officer_office,
    }
    BudgetAct.objects.create(**act, kind="amendment", amount=300, decided_on=date(2026, 6, 1))
    BudgetAct.objects.create(**act, kind="transfer", amount=-50, decided_on=date(2026, 10, 1))

    assert laid_out(unit).facts.budget == 1300
    assert laid_out(unit, today=date(2026, 11, 1)).facts.budget == 1250
    assert laid_out(unit, today=date(2026, 5, 1)).facts.budget == 1000


def test_a_later_settlement_undoes_an_earlier_one(unit, region):
    monitored.promise(unit)
    other = city_hall.unit("2", within=region, kind="social")
    own = monitored.read(unit, "km", date(2026, 6, 30), 60)
    theirs = monitored.read(unit, "km", date(2026, 6, 30), 40, by=other)
    settle(own, against=theirs, office=unit.officer_office)
    settle(theirs, against=own, office=unit.officer_office)

    readings = laid_out(unit).facts.readings

    assert {reading.value: reading.settled for reading in readings} == {60: False, 40: True}


def settle(reading, *, against, office):
    Settlement.objects.create(
        reading=reading,
        against=[str(against.pk)],
        reason="现场核对",
        office=office,
        settled_on=date(2026, 7, 1),
    )


def test_a_reading_that_was_corrected_counts_no_more(unit):
    monitored.promise(unit)
    wrong = monitored.read(unit, "km", date(2026, 6, 30), 600)
    monitored.read(unit, "km", date(2026, 6, 30), 60, corrects=wrong)

    assert [reading.value for reading in laid_out(unit).facts.readings] == [60]


def test_what_is_seen_is_kept_once_a_year_and_stands_in_the_log(unit):
    monitored.promise(unit)
    monitored.run_ahead(unit)
    for _ in range(2):
        assert watch_projects(year=monitored.YEAR) == 1

    row = Watched.objects.get()
    assert row.level == "red"
    assert row.paid == monitored.BUDGET * 8 / 10
    codes = {kept["code"]: signal_from_record(kept) for kept in row.signals}
    assert codes["money_ahead"].level is Level.RED
    assert curves_of(row).money_now == Decimal("0.8")
    deed = Deed.objects.filter(verb="watch_projects").last()
    assert deed.public["levels"] == {"red": 1, "yellow": 0, "blue": 0, "green": 0}


def test_what_is_kept_of_units_adds_up_to_what_their_projects_show_as_one(region):
    for number in range(3):
        unit = city_hall.unit(str(number), within=region)
        monitored.promise(unit)
        if number:
            monitored.fund(unit)
        monitored.pay(unit, date(2026, 3, 2), 1000 * number)
        monitored.read_months(unit, "km", [5, 10 * number, 15])
    watch_projects(year=monitored.YEAR)

    projects = together(curves_of(row) for row in Watched.objects.all())
    of_departments, of_units = Q(department__isnull=False), Q(unit__isnull=False)
    for which in (of_units, of_departments, ~of_units & ~of_departments):
        kept = added(WatchedSum.objects.filter(which)).together
        assert kept.curves == projects.curves
        assert (kept.projects, kept.goals_of) == (projects.projects, projects.goals_of) == (3, 2)
    assert added(WatchedSum.objects.none()) is None


def test_the_questions_to_the_database_are_as_many_for_three_projects_as_for_one(region):
    units = [city_hall.unit(str(number), within=region) for number in range(3)]
    for unit in units:
        monitored.promise(unit)
        monitored.fund(unit)
        monitored.pay(unit, date(2026, 3, 2), 1000)
        monitored.read(unit, "km", date(2026, 6, 30), 60)
    projects = projects_of(monitored.YEAR)
    asked = []
    for some in (projects[:1], projects):
        with CaptureQueriesContext(connection) as queries:
            assert len(list(followed(some, year=monitored.YEAR, today=TODAY))) == len(some)
        asked.append(len(queries))

    assert asked[0] == asked[1]
    assert Payment.objects.count() == 3
