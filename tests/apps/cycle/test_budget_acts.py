"""What changes a project's money: amendments, transfers that move what is there, grants."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

import city_hall
from gongzhi.cycle.actions import budget_acts
from gongzhi.cycle.actions.budget_acts import Decided, Given, record_budget_act, record_grant
from gongzhi.cycle.followed import followed
from gongzhi.cycle.models import BudgetAct, Grant
from gongzhi.parties.deeds import Refused
from gongzhi.parties.models import Deed
from gongzhi.parties.unsuitable import Unsuitable
from verified import verified

pytestmark = pytest.mark.django_db
DAY, TODAY = date(2026, 1, 5), date(2026, 11, 1)
MOVED = Decided(
    kind="transfer",
    amount=Decimal(500),
    authority="某财政局",
    document_number="某财预〔2026〕2号",
    decided_on=DAY,
    reason="工程提前",
)
GIVEN = Given(
    level="province",
    giver="某省财政厅",
    kind="special",
    amount=Decimal(900),
    document_number="某财建〔2026〕3号",
    given_on=DAY,
    purpose="校舍维修",
)


@pytest.fixture
def budget(region):
    return verified(city_hall.budget_office(within=region))


def record(budget, unit, decided=MOVED, **more):
    return record_budget_act(
        by=budget, project=unit.project, fiscal_year=2026, decided=decided, **more
    )


def test_a_transfer_between_projects_is_one_deed_and_makes_no_money(budget, unit, other):
    record(budget, unit, other=other.project)

    rows = BudgetAct.objects.all()
    assert {row.project_id: row.amount for row in rows} == {
        unit.project.pk: 500,
        other.project.pk: -500,
    }
    assert sum(row.amount for row in rows) == 0
    assert sorted(Deed.objects.get(verb="record_budget_act").public["acts"]) == sorted(
        str(row.pk) for row in rows
    )


def test_what_one_gets_the_other_lacks_in_monitoring_too(budget, unit, other):
    record(budget, unit, other=other.project)
    seen = followed([unit.project.pk, other.project.pk], year=2026, today=TODAY)
    assert [each.facts.adjusted for each in seen] == [500, -500]


@pytest.mark.parametrize(
    ("decided", "field"),
    [
        (replace(MOVED, kind="gift"), "kind"),
        (replace(MOVED, amount=Decimal(0)), "amount"),
        (replace(MOVED, authority=""), "document_number"),
        (replace(MOVED, decided_on=date(2099, 1, 1)), "decided_on"),
    ],
)
def test_an_act_says_who_decided_and_by_what(budget, unit, decided, field):
    with pytest.raises(Unsuitable) as unsuitable:
        record(budget, unit, decided)
    assert set(unsuitable.value.faults) == {field}


def test_an_act_is_recorded_once_from_either_side(budget, unit, other):
    record(budget, unit, other=other.project)
    mirrored = replace(MOVED, amount=-MOVED.amount)
    for whose, act, beside in ((unit, MOVED, other), (other, mirrored, unit)):
        with pytest.raises(Unsuitable) as unsuitable:
            record(budget, whose, act, other=beside.project)
        assert unsuitable.value.faults == {"document_number": budget_acts.RECORDED}
    with pytest.raises(Unsuitable):
        record(budget, unit, replace(MOVED, document_number="4号"), other=unit.project)


def test_units_do_not_change_their_budgets(unit, other):
    with pytest.raises(Refused):
        record(unit.officer, unit)
    with pytest.raises(Refused):
        record_grant(by=unit.officer, project=unit.project, fiscal_year=2026, given=GIVEN)


def test_a_grant_says_who_gave_it_by_which_document_and_what_for(budget, unit):
    kept = record_grant(by=budget, project=unit.project, fiscal_year=2026, given=GIVEN)

    assert (kept.level, kept.kind, kept.purpose) == ("province", "special", "校舍维修")
    assert Deed.objects.get(verb="record_grant").public["grant"] == str(kept.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        Grant.objects.filter(pk=kept.pk).update(amount=1)
    for given, field in (
        (replace(GIVEN, purpose=""), "purpose"),
        (replace(GIVEN, giver=" "), "document_number"),
        (replace(GIVEN, amount=Decimal(0)), "amount"),
        (replace(GIVEN, given_on=date(2099, 1, 1)), "given_on"),
    ):
        with pytest.raises(Unsuitable) as unsuitable:
            record_grant(by=budget, project=unit.project, fiscal_year=2026, given=given)
        assert set(unsuitable.value.faults) == {field}
