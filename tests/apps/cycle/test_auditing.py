"""Whoever alters what is published, by SQL and past every trigger, is named (QUALITY S65)."""

import json
from datetime import date
from typing import Any

import pytest

import city_hall
from apps.cycle.test_goals import NUMBER, approved, draft
from apps.trust.administrator import alter, by_sql, undone
from apps.trust.installation import number_all
from gongzhi.cycle import actions
from gongzhi.cycle.actions import goals
from gongzhi.cycle.auditing import audit_everything
from gongzhi.cycle.models import FormVersion, GoalVersion
from gongzhi.words import say
from verified import verified

pytestmark = pytest.mark.django_db
FORM, GOALS = "cycle_formversion", "cycle_goalversion"


@pytest.fixture
def unit():
    return city_hall.unit("1", within=city_hall.region())


@pytest.fixture
def bureau(unit):
    return verified(city_hall.budget_office(within=unit.organisation.region))


@pytest.fixture
def published(unit, bureau) -> dict[str, Any]:
    """A form and its correction, goals approved alone, and goals approved with a budget."""
    first = city_hall.published(unit)
    again = city_hall.draft(unit, score="40")
    actions.correct_form(by=unit.reviewer, version=again, review="可以公开", reason="填错")
    alone = approved(unit, bureau)
    other = city_hall.unit("2", within=unit.organisation.region)
    handed_in = goals.submit_goals(by=other.reviewer, version=draft(other))
    goals.approve_budget(
        by=bureau, unit=other.organisation, versions=[handed_in], document_number=NUMBER
    )
    number_all()
    assert found() == []
    for table in (FORM, GOALS):
        by_sql("SET CONSTRAINTS ALL IMMEDIATE")
        by_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    return {"first": first, "again": again, "alone": alone, "budget": handed_in}


def found() -> list[str]:
    return [say(said, "zh") for said in audit_everything()]


def record_with_another_figure(version: FormVersion | GoalVersion) -> str:
    text = json.dumps(version.record)
    figure = next(digit for digit in "123456789" if digit in text)
    return text.replace(figure, "7" if figure != "7" else "8", 1)


@pytest.mark.parametrize(
    ("which", "table", "column", "value", "field"),
    [
        ("first", FORM, "record", None, "form"),
        ("again", FORM, "record", None, "form"),
        ("first", FORM, "record", '{"score": 1.5}', "form"),
        ("first", FORM, "number", 7, "number"),
        ("first", FORM, "fiscal_year", 2011, "fiscal_year"),
        ("first", FORM, "pack", "another-pack", "pack"),
        ("first", FORM, "source_digest", "sha256:x", "source"),
        ("first", FORM, "published_on", date(2020, 1, 1), "published_on"),
        ("alone", GOALS, "record", None, "goals"),
        ("budget", GOALS, "record", None, "goals"),
        ("alone", GOALS, "document_number", "另一号", "document_number"),
        ("budget", GOALS, "approved_on", date(2020, 1, 1), "approved_on"),
    ],
)
def test_s65_an_altered_version_is_named_with_its_field(
    published, which: str, table: str, column: str, value: object, field: str
):
    version = published[which]
    value = record_with_another_figure(version) if value is None else value
    alter(table, column, value, at={"id": version.pk})
    version.refresh_from_db()
    assert found() == [f"{version}（{version.pk}）与存证所记的不符：{field} 被改动过"]


WITHDRAWN = {
    "again": """
UPDATE cycle_formversion SET stage = 'withdrawn', number = NULL, published_on = NULL WHERE id = %s
""",
    "budget": """
UPDATE cycle_goalversion SET stage = 'withdrawn', number = NULL, approved_on = NULL WHERE id = %s
""",
}
OPENED = """
UPDATE cycle_formversion SET stage = 'published', number = 1, published_on = now() WHERE id = %s
"""


def test_s65_what_is_taken_back_past_every_deed_is_missed(published):
    for which, statement in WITHDRAWN.items():
        with undone():
            assert by_sql(statement, published[which].pk) == 1
            assert found() == [f"存证所记的 {published[which].pk} 不见了"]


def test_s65_what_is_published_past_every_deed_is_named(published, unit):
    version = city_hall.draft(unit, fiscal_year=2020)
    number_all()
    assert by_sql(OPENED, version.pk) == 1
    assert found() == [f"{version}（{version.pk}）没有存证"]
