"""What waits, for whom, until when: by the charter's own clock, in working days."""

from dataclasses import replace
from datetime import date

import pytest

import city_hall
from gongzhi.core.charter import VISITOR, Member, Thing
from gongzhi.core.terms import Said
from gongzhi.core.waiting import Urgency, Waiting
from gongzhi.core.working_days import due_on
from gongzhi.cycle import actions as cycle
from gongzhi.cycle.models import DerivedFinding
from gongzhi.cycle.waiting import waiting_for
from gongzhi.parties.business_date import business_date
from gongzhi.rules.calendar import load_calendar
from gongzhi.rules.charter import load_charter
from gongzhi.web.waiting import waiting_items

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit() -> city_hall.Unit:
    return city_hall.unit("1", within=city_hall.region())


def waits(unit: city_hall.Unit) -> list[Waiting]:
    return list(waiting_for(unit.officer, today=business_date()))


def answer(unit: city_hall.Unit, finding: DerivedFinding) -> None:
    cycle.explain_finding(
        by=unit.officer,
        version=finding.version,
        code=finding.code,
        indicator=finding.indicator,
        text="有原因。",
    )


def test_a_draft_waits_to_be_mended_and_to_be_published(unit: city_hall.Unit):
    other = city_hall.unit("2", within=unit.organisation.region)
    draft = city_hall.draft(unit)

    mending, publishing = waits(unit)

    assert (mending.verb, mending.thing) == ("draft_form", unit.project.thing())
    assert (mending.role, mending.place) == ("officer", draft.thing())
    assert mending.said.values["count"] == draft.findings.filter(certain=True).count()
    assert (publishing.verb, publishing.thing) == ("publish_form", draft.thing())
    assert (publishing.role, publishing.opened_on) == ("reviewer", business_date())
    assert publishing.due_on is None
    assert waits(other) == []
    assert list(waiting_for(VISITOR, today=business_date())) == []


def test_findings_wait_for_an_answer_until_the_day_that_their_clause_sets(unit: city_hall.Unit):
    version = city_hall.published(unit)

    (waiting,) = waits(unit)

    owed = load_charter().clauses["4.6"].owed
    due = due_on(version.published_on, working_days=owed.within_days, calendar=load_calendar())
    assert (waiting.verb, waiting.clause) == ("explain_finding", "4.6")
    assert (waiting.due_on, waiting.provisional) == (due.on, due.provisional)
    assert waiting.said.values["count"] == version.findings.count() > 0


def test_what_was_answered_waits_no_more(unit: city_hall.Unit):
    version = city_hall.published(unit)
    first, *others = version.findings.all()

    answer(unit, first)
    assert waits(unit)[0].said.values["count"] == len(others)

    for finding in others:
        answer(unit, finding)
    assert waits(unit) == []


def test_a_version_that_was_corrected_waits_no_more(unit: city_hall.Unit):
    faulty = city_hall.published(unit)
    correction = city_hall.draft(unit, score="40")
    cycle.correct_form(by=unit.reviewer, version=correction, review="可以公开", reason="改正")

    assert faulty.thing() not in [waiting.thing for waiting in waits(unit)]


def test_mine_is_what_the_charter_lets_me_do(unit: city_hall.Unit):
    city_hall.draft(unit)

    def mine(member: Member) -> list[str]:
        items = waiting_items(member, today=business_date())
        return [item.waiting.verb for item in items if item.mine]

    assert mine(unit.officer) == ["draft_form"]
    assert mine(unit.reviewer) == ["publish_form"]


def test_the_most_urgent_comes_first(unit: city_hall.Unit):
    city_hall.draft(unit)
    city_hall.published(unit, fiscal_year=2024)

    items = waiting_items(unit.officer, today=date(2030, 1, 1))

    assert [item.clock.urgency for item in items] == [Urgency.OVERDUE, *[Urgency.OPEN] * 2]
    assert items[0].clock.days_late > 0


def test_the_place_of_what_waits_is_the_thing_itself_unless_another_is_named():
    thing, other = Thing(kind="task", id="1"), Thing(kind="project", id="2")
    waiting = Waiting(
        verb="finish_task", thing=thing, said=Said("某事"), opened_on=date(2026, 1, 1)
    )

    assert waiting.place == thing
    assert replace(waiting, address_of=other).place == other
