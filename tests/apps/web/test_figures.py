"""Answers of figures: each comes out the same when it is computed anew, or says what came since."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

import city_hall
from apps.cycle import monitored
from gongzhi.core.goals import DraftIndicator
from gongzhi.core.monitoring.answering import FIGURES
from gongzhi.core.monitoring.answering_indicators import INDICATOR_FIGURES
from gongzhi.cycle.actions.goals import draft_budget, forward_budget, submit_budget
from gongzhi.cycle.actions.watching import watch_projects
from gongzhi.cycle.models import Payment, Watched
from gongzhi.parties.models import Deed
from gongzhi.web.pages.figures.sources import goal_deeds
from verified import VerifiedClient, signed_in

pytestmark = pytest.mark.django_db
# No deed approved the goals of this test, and nobody planned them by month.
UNKNOWN = ("plan", "target", "due", "goals-planned")
STATE = re.compile(r'class="answer-check (\w+)"')
VALUE = re.compile(r'<p class="answer-value"><b class="figures">([^<]*)</b>')


@pytest.fixture
def unit():
    unit = monitored.ahead(within=city_hall.region(), payee="某公司")
    monitored.disclose(unit)
    watch_projects(year=monitored.YEAR)
    return unit


@pytest.fixture
def officer(unit) -> VerifiedClient:
    return signed_in(unit.officer_office)


def answer(client, unit, figure: str, **asked) -> str:
    address = reverse("project-figure", args=[unit.project.pk, figure])
    shown = client.get(address, {"year": 2026, **asked})
    assert shown.status_code == 200, (figure, shown.status_code)
    return shown.content.decode()


def state(text: str) -> str:
    found = STATE.search(text)
    assert found, text
    return found[1]


def test_every_number_comes_out_as_it_was_kept(unit, client):
    for figure in FIGURES:
        of = {"indicator": "km"} if figure in INDICATOR_FIGURES else {}
        text = answer(client, unit, figure, **of)
        expected = "unknown" if figure in UNKNOWN else "kept"
        assert state(text) == expected, figure
        assert VALUE.search(text), figure


def test_a_number_shows_its_sum_and_leads_to_its_parts(unit, client):
    text = answer(client, unit, "money")

    assert "960,000.00 ÷ 1,200,000.00 = 80%" in text
    assert f"{reverse('project-figure', args=[unit.project.pk, 'paid'])}?year=2026" in text
    assert f"{reverse('project-figure', args=[unit.project.pk, 'budget'])}?year=2026" in text
    assert "§ 4.11" in text


def test_rows_add_up_for_who_may_read_them_and_months_for_everybody_else(unit, client, officer):
    rows, months = answer(officer, unit, "paid"), answer(client, unit, "paid")

    assert "这 8 行合计 960,000.00" in rows
    assert "和上面的数相等" in rows
    assert "某公司" in rows
    assert "某公司" not in months
    assert "共 8 笔" in months
    assert f"{reverse('project-figure', args=[unit.project.pk, 'paid-in'])}?year=2026" in months


def test_a_promise_leads_to_its_department_that_passed_it_on(unit):
    department = city_hall.unit("8", within=unit.organisation.region)
    unit.organisation.parent = department.organisation
    unit.organisation.save()
    line = DraftIndicator(name="改造管网", level1="产出指标", level2="数量指标", target="≥100")
    goals = replace(monitored.PLAN, goal=replace(monitored.PLAN.goal, indicators=(line,)))
    versions = draft_budget(
        by=unit.officer,
        unit=unit.organisation,
        fiscal_year=2027,
        plans=[(unit.project, goals)],
        pack=city_hall.PACK,
    )
    submit_budget(by=unit.reviewer, unit=unit.organisation, versions=versions)
    forward_budget(by=department.officer, department=department.organisation, versions=versions)

    found = goal_deeds(department.officer, versions[0])

    assert [deed.verb for deed in found] == ["draft_budget", "submit_budget", "forward_budget"]


def test_what_came_since_is_named(unit, client):
    deed = Deed.objects.filter(verb="watch_projects").last()
    monitored.pay(unit, date(2026, 8, 20), Decimal("0.01"))
    newest = Payment.objects.latest("pk")
    later = _delivered(deed, delivery=newest.delivery_id)
    assert later.pk > deed.pk

    text = answer(client, unit, "paid")

    assert state(text) == "watch"
    assert "现在重新计算得 960,000.01" in text
    assert VALUE.search(text)[1] == "960,000.00"


def test_a_number_that_was_altered_is_called_wrong(unit, client):
    kept = Watched.objects.get()
    kept.curves["paid"][-1] = "1.00"
    kept.save()

    text = answer(client, unit, "paid")

    assert state(text) == "fault"
    assert "与保存的数不符" in text


def test_a_number_of_an_earlier_day_is_made_again(unit, client):
    text = answer(client, unit, "paid", on="2026-03-31")

    assert VALUE.search(text)[1] == "360,000.00"
    assert state(text) == "unknown"


def test_a_row_is_answered_for_who_may_read_it(unit, client, officer):
    row = Payment.objects.first()

    assert "某公司" in answer(officer, unit, "payment", row=row.pk)
    address = reverse("project-figure", args=[unit.project.pk, "payment"])
    for reader, asked in ((client, row.pk), (officer, 999_999), (officer, "x")):
        assert reader.get(address, {"row": asked}).status_code == 404


def test_what_is_no_figure_is_not_there(unit, client):
    for figure, asked, status in (
        ("nothing", {}, 404),
        ("value", {"indicator": "x"}, 404),
        ("paid", {"month": "13"}, 400),
        ("paid", {"on": "yesterday"}, 400),
        ("paid", {"on": "2999-01-01"}, 400),
        ("paid", {"year": "x"}, 400),
    ):
        address = reverse("project-figure", args=[unit.project.pk, figure])
        assert client.get(address, asked).status_code == status, (figure, asked)


def test_a_project_that_is_not_disclosed_answers_nobody_else(unit, client):
    unit.project.stage = "registered"
    unit.project.save()

    for project in (unit.project.pk, uuid4()):
        address = reverse("project-figure", args=[project, "budget"])
        assert client.get(address).status_code == 404


def _delivered(like: Deed, *, delivery) -> Deed:
    return Deed.objects.create(
        verb="deliver_facts",
        on=f"delivery:{delivery}",
        party=like.party,
        clauses=["6.15"],
        public={"delivery": str(delivery), "facts": {"payment": 1}},
        leaf=uuid4(),
        business_date=like.business_date,
        done_at=like.done_at,
    )
