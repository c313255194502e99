"""A project's budget: every act in its order, its lines sorted, what others gave."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

import city_hall
from apps.cycle import monitored
from gongzhi.cycle.actions import projects
from gongzhi.cycle.models import BudgetAct, Grant
from verified import signed_in

pytestmark = pytest.mark.django_db
ACT = {
    "fiscal_year": "2026", "kind": "transfer", "amount": "-500", "authority": "某财政局",
    "document_number": "某财预〔2026〕2号", "decided_on": "2026-01-05", "reason": "工程推迟",
}  # fmt: skip
GRANT = {
    "fiscal_year": "2026", "level": "province", "giver": "某省财政厅", "kind": "special",
    "amount": "900", "document_number": "某财建〔2026〕3号", "given_on": "2026-01-05",
    "purpose": "校舍维修",
}  # fmt: skip


@pytest.fixture
def unit():
    unit = city_hall.unit("1", within=city_hall.region())
    monitored.promise(unit)
    monitored.disclose(unit)
    return unit


@pytest.fixture
def bureau(unit):
    return signed_in(city_hall.budget_office(within=unit.organisation.region))


def page(client, name, unit, **query):
    answer = client.get(reverse(name, args=[unit.project.pk]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_act_is_recorded_by_page_and_stands_in_the_chain(unit, bureau, client):
    other = city_hall.unit("2", within=unit.organisation.region)
    city_hall.published(other)
    assert 'id="record_budget_act"' in page(bureau, "project-budget", unit, year="2026")
    act = reverse("record_budget_act", args=[unit.project.pk])

    wrong = bureau.post(act, {**ACT, "key": "1", "other": "X9"})
    done = bureau.post(act, {**ACT, "key": "2", "other": other.project.code})

    assert wrong.status_code == 422
    assert "没有这个代码的项目" in wrong.content.decode()
    assert done.status_code == 302
    assert BudgetAct.objects.count() == 2
    for name in ("project-budget", "project-goals"):
        text = page(client, name, unit)
        assert "预算调剂" in text
        assert "某财预〔2026〕2号" in text
        assert "-500.00" in text
        assert "存证" in text


def test_a_grant_is_recorded_by_page_and_shown_to_everybody(unit, bureau, client):
    add = reverse("record_grant", args=[unit.project.pk])
    untied = bureau.post(add, {**GRANT, "purpose": "", "key": "1"})
    assert untied.status_code == 422
    assert 'href="#record_grant-purpose"' in untied.content.decode()
    assert bureau.post(add, {**GRANT, "key": "2"}).status_code == 302
    assert Grant.objects.count() == 1
    text = page(client, "project-budget", unit, year="2026")
    assert "某省财政厅" in text
    assert "专项转移支付" in text
    assert 'id="record_grant"' not in text


def test_the_medium_term_plan_stands_beside_what_was_budgeted(unit, client):
    projects.describe_project(
        by=unit.officer,
        project=unit.project,
        about=projects.Description(
            starts_on=date(2026, 1, 1), by_year={2026: Decimal(1000), 2027: Decimal(2000)}
        ),
    )
    monitored.fund(unit)
    monitored.pay(unit, date(2026, 1, 5), 700)
    officer = signed_in(unit.officer_office)
    seen, own = (medium_term(each, unit) for each in (client, officer))
    assert "2,000.00" in seen
    assert "2028" in seen, "three years are planned"
    assert ("1,200,000.00" in seen, "700.00" in seen) == (True, False)
    assert ("1,200,000.00" in own, "700.00" in own) == (True, True)


def medium_term(client, unit) -> str:
    """The part of the page about the years of the plan."""
    text = page(client, "project-budget", unit, year="2026")
    return text.partition('id="medium-term"')[2].partition("</section>")[0]


@pytest.mark.parametrize("year", ["x", "99999", "２０２６"])
def test_a_year_that_is_none_has_no_page(unit, client, year):
    address = reverse("project-budget", args=[unit.project.pk])
    assert client.get(address, {"year": year}).status_code == 400
