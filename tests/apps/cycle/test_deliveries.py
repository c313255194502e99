"""Files that bring facts: known again, corrected by new rows, whole or not at all, sealed."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

import city_hall
from gongzhi.connectors.importing import Changed
from gongzhi.connectors.opening import open_source
from gongzhi.connectors.summing import Mode
from gongzhi.connectors.trying import Wanted, mappings_for
from gongzhi.core.charter import SYSTEM, VISITOR
from gongzhi.cycle.actions.deliveries import (
    File,
    NotAccepted,
    collect_facts,
    deliver_facts,
    straight_from,
)
from gongzhi.cycle.fact_auditing import fact_faults
from gongzhi.cycle.models import BudgetLine, Delivery, Payment, Profile, Project, Reading
from gongzhi.parties.auditing import audit_all
from gongzhi.parties.deeds import Refused
from gongzhi.parties.models import Deed
from gongzhi.trust.sequencing import sequence
from verified import verified

pytestmark = pytest.mark.django_db
PAYMENTS = """支付凭证号,项目代码,单位代码,支付日期,金额,收款人
Z1,P1,1,2026-03-02,1200.50,甲公司
Z2,P1,1,2026-03-03,300,乙公司
Z3,P1,1,2026-04-07,-300,乙公司
"""


def file(text: str, *, kind: str = "payment", **asked) -> File:
    listing = open_source("支付.csv", text.encode())
    mappings, _ = mappings_for(listing, Wanted(kind=kind))
    assert mappings, "the header is understood"
    return File(listing=listing, mappings=mappings, **asked)


def deliver(unit, text: str, **asked):
    return deliver_facts(**wanted(unit, text, by=unit.officer, **asked))


def wanted(unit, text: str, *, by, **asked):
    given = file(text, **asked)
    delivery = straight_from(given, by=by, organisation=unit.organisation)
    return {"by": by, "delivery": delivery, "file": given}


def test_every_row_is_kept_with_where_it_came_from(unit):
    delivery, result = deliver(unit, PAYMENTS)

    assert result.total == Decimal("1200.50")
    rows = list(Payment.objects.values_list("number", "row", "amount", "paid_on", "payee"))
    assert rows == [
        ("Z1", 2, Decimal("1200.50"), date(2026, 3, 2), "甲公司"),
        ("Z2", 3, Decimal("300.00"), date(2026, 3, 3), "乙公司"),
        ("Z3", 4, Decimal("-300.00"), date(2026, 4, 7), "乙公司"),
    ]
    first = Payment.objects.first()
    assert first is not None
    assert (first.delivery, first.project, first.unit) == (
        delivery,
        unit.project,
        unit.organisation,
    )
    assert delivery.counts["facts"] == {"payment": 3}


def test_what_came_before_is_recognised(unit):
    deliver(unit, PAYMENTS)
    more = PAYMENTS + "Z4,P1,1,2026-04-08,10,丙公司\n"

    _, again = deliver(unit, more)

    assert (again.known, again.facts) == (3, {"payment": 1})
    assert Payment.objects.count() == 4


def test_a_changed_row_is_a_conflict_until_it_is_called_a_correction(unit):
    deliver(unit, PAYMENTS)
    changed = PAYMENTS.replace("1200.50", "1250.50")

    with pytest.raises(NotAccepted) as refused:
        deliver(unit, changed)
    assert refused.value.result.conflicts == 1
    assert Payment.objects.count() == 3

    _, corrected = deliver(unit, changed, changed=Changed.CORRECTION)

    assert corrected.corrections == 1
    standing = Payment.objects.standing()
    assert sum(payment.amount for payment in standing) == Decimal("1250.50")
    assert Payment.objects.count() == 4, "the corrected row stays"


def test_one_bad_row_keeps_all_out_or_only_itself(unit):
    bad = PAYMENTS + "Z5,P1,1,2026-13-40,10,丁公司\n"

    with pytest.raises(NotAccepted):
        deliver(unit, bad)
    assert not Payment.objects.exists()
    assert not Delivery.objects.exists()
    assert not Deed.objects.filter(verb="deliver_facts").exists()

    delivery, kept = deliver(unit, bad, mode=Mode.KEEP_GOOD)

    assert (kept.facts, kept.problem_count) == ({"payment": 3}, 1)
    assert delivery.problems[0]["where"]["row"] == 5


def test_a_unit_brings_in_nobody_elses_money(unit, region):
    other = city_hall.unit("2", within=region)
    theirs = PAYMENTS.replace(",1,2026", ",2,2026").replace("P1", "P2")

    with pytest.raises(NotAccepted) as refused:
        deliver(unit, theirs)
    assert refused.value.result.problems[0].what.text == "不是本单位的：{code}"

    collect_facts(**wanted(unit, theirs, by=SYSTEM))
    assert Payment.objects.filter(unit=other.organisation).count() == 3


def test_only_an_officer_brings_in_facts(unit, region):
    other = city_hall.unit("2", within=region)
    for member in (unit.reviewer, other.officer, VISITOR):
        with pytest.raises(Refused):
            deliver_facts(**wanted(unit, PAYMENTS, by=member))
    with pytest.raises(Refused):
        collect_facts(**wanted(unit, PAYMENTS, by=unit.officer))


def test_facts_of_an_unknown_project_wait_for_it(unit, region):
    deliver(unit, PAYMENTS.replace("P1", "P9"))
    assert Payment.objects.filter(project__isnull=True, unit=unit.organisation).count() == 3
    projects = "项目代码,项目名称,单位代码,项目类别\nP9,某新项目,1,特定目标类\n"

    deliver(unit, projects, kind="project")

    project = Project.objects.get(code="P9")
    assert Payment.objects.filter(project=project).count() == 3
    assert Profile.objects.get(project=project).category == "特定目标类"


def test_payments_are_shown_to_the_unit_and_to_who_watches_the_money(unit, region):
    other = city_hall.unit("2", within=region)
    budget = city_hall.office(other.organisation, "budget", "budget")
    deliver(unit, PAYMENTS)

    for member in (unit.officer, unit.reviewer, verified(budget)):
        assert Payment.objects.visible_to(member).count() == 3
    for member in (other.officer, VISITOR, SYSTEM):
        assert not Payment.objects.visible_to(member).exists()


def test_every_row_is_sealed_and_the_audit_holds(unit):
    deliver(unit, PAYMENTS)
    sequence()

    deed = Deed.objects.get(verb="deliver_facts")
    assert deed.sealed_rows.count() == 3
    assert list(audit_all()) == []


def test_facts_are_never_rewritten(unit):
    deliver(unit, PAYMENTS)

    with pytest.raises(DatabaseError), transaction.atomic():
        Delivery.objects.update(name="x")

    with pytest.raises(DatabaseError), transaction.atomic():
        Payment.objects.update(amount=0)
    with pytest.raises(DatabaseError), transaction.atomic():
        Payment.objects.all().delete()


def test_budgets_and_readings_come_in_too(unit):
    budget = "年度,项目代码,单位代码,预算行号,年初预算,调整后预算\n2026,P1,1,1,1000,1200\n"
    deliver(unit, budget, kind="budget")
    readings = "项目代码,指标编码,开始日期,结束日期,数值\nP1,I1,2026-01-01,2026-03-31,12.5\n"
    deliver(unit, readings, kind="reading")

    line = BudgetLine.objects.get()
    assert (line.fiscal_year, line.initial, line.adjusted) == (2026, 1000, 1200)
    reading = Reading.objects.get()
    assert (reading.project, reading.value) == (unit.project, Decimal("12.5"))

    with pytest.raises(NotAccepted) as refused:
        deliver(unit, readings, kind="reading")
    assert refused.value.result.known == 1


COPIED = (
    "delivery_id, {row}, identity, fingerprint, corrects, project_code, unit_code, number, paid_on,"
    " amount, payee, payee_id, functional, economic, funds, purpose, contract, currency"
)
SLIPPED_IN = (
    f"INSERT INTO cycle_payment ({COPIED.format(row='row')})"  # noqa: S608
    f" SELECT {COPIED.format(row='9')} FROM cycle_payment WHERE number = 'Z1'"
)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cycle_payment SET amount = amount + 1 WHERE number = 'Z2'",
        "UPDATE cycle_payment SET payee = '丁公司' WHERE number = 'Z1'",
        "UPDATE cycle_payment SET paid_on = paid_on + 1 WHERE number = 'Z1'",
        "DELETE FROM cycle_payment WHERE number = 'Z3'",
        SLIPPED_IN,
    ],
)
def test_s65_a_fact_altered_past_the_program_is_named(unit, statement):
    deliver(unit, PAYMENTS)
    sequence()
    assert list(fact_faults()) == []

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE cycle_payment DISABLE TRIGGER USER")
        cursor.execute(statement)

    assert next(fact_faults()).values["name"] == "支付.csv"


def test_equal_lines_of_one_document_hold_too(unit):
    twice = PAYMENTS + "Z3,P1,1,2026-04-07,-300,乙公司\n" + "Z3,P1,1,2026-04-07,10,乙公司\n"

    deliver(unit, twice, mode=Mode.KEEP_GOOD)

    assert list(fact_faults()) == []
