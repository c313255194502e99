"""The pages of monitoring: two curves with their table, signals for who may read them, rules."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

import city_hall
from apps.cycle import monitored
from gongzhi.cycle.actions.watching import watch_projects
from verified import VerifiedClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    unit = city_hall.unit("1", within=city_hall.region())
    monitored.promise(unit)
    monitored.fund(unit)
    for month in range(1, 9):
        monitored.pay(unit, date(2026, month, 15), monitored.BUDGET / 10, payee="某公司")
    monitored.read_months(unit, "km", [5, 10, 15, 20, 25, 30, 35, 40])
    unit.project.stage = "disclosed"
    unit.project.save()
    watch_projects(year=monitored.YEAR)
    return unit


@pytest.fixture
def officer(unit) -> VerifiedClient:
    client = VerifiedClient()
    client.force_login(unit.officer_office.person)
    return client


def page(client, route: str, *args, **asked) -> str:
    answer = client.get(reverse(route, args=args), asked)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_everybody_sees_the_curves_with_their_sentence_and_table(unit, client):
    text = page(client, "project-monitoring", unit.project.pk)

    assert "钱花了 80%" in text
    assert '<svg viewBox="0 0 560 300" role="img"' in text
    assert "960,000.00" in text
    assert 'id="signals"' not in text


def test_the_unit_sees_its_signals_with_their_sum_and_rule(unit, officer):
    text = page(officer, "project-monitoring", unit.project.pk)

    assert "资金快于目标" in text
    assert f"{reverse('monitoring-rules')}?pack=mof-2020-10#money_ahead" in text


def test_payments_are_listed_for_the_unit_and_summed_for_the_public(unit, officer, client):
    asked = {"year": 2026, "month": 3}
    for reader, sees in ((officer, True), (client, False)):
        text = page(reader, "project-payments", unit.project.pk, **asked)
        assert ("某公司" in text) is sees
        assert "单笔支付只供" not in text if sees else "单笔支付只供" in text


def test_an_address_that_names_no_month_is_refused(unit, client):
    address = reverse("project-payments", args=[unit.project.pk])
    for asked in (
        {"year": "x"},
        {"year": "2026", "month": "13"},
        {"year": "2026", "month": "x"},
    ):
        assert client.get(address, asked).status_code == 400


def test_a_project_that_nobody_watched_says_so(client, unit):
    other = city_hall.unit("2", within=unit.organisation.region)
    other.project.stage = "disclosed"
    other.project.save()

    assert "还没有算过" in page(client, "project-monitoring", other.project.pk)


def test_the_rules_of_each_pack_are_there_with_their_source(client, unit):
    for pack in ("mof-2020-10", "sichuan-2025"):
        text = page(client, "monitoring-rules", pack=pack)
        assert 'id="money_ahead"' in text
        assert "未核实" in text
    assert client.get(reverse("monitoring-rules"), {"pack": "x"}).status_code == 400


def test_the_overview_lists_what_its_reader_may_see(unit, client, officer):
    hidden = city_hall.unit("2", within=unit.organisation.region)
    monitored.fund(hidden, Decimal(100))
    watch_projects(year=monitored.YEAR)

    for reader in (client, officer):
        text = page(reader, "monitoring")
        assert unit.project.name in text
        assert hidden.project.name not in text
    assert unit.project.name not in page(client, "monitoring", level="green")
