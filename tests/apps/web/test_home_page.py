"""The front page: what everybody may know of a region's year, and a form to check."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

import city_hall
from apps.cycle import monitored
from gongzhi.cycle.actions.alerts import disclose_alert
from gongzhi.cycle.actions.projects import Description, describe_project
from gongzhi.cycle.actions.watching import watch_projects
from gongzhi.cycle.models import Aim, Alert
from verified import VerifiedClient

pytestmark = pytest.mark.django_db
QUERIES_MAX = 9  # seven for the picture, and what the frame asks for


def home(client) -> str:
    answer = client.get(reverse("home"))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def unit():
    """A project that serves a promise, is public, and has spent 80 % for 40 % of its goals."""
    unit = monitored.ahead(within=city_hall.region())
    aim = Aim.objects.create(code="M", name="某件实事", kind="livelihood")
    Aim.objects.create(code="N", name="没有项目的实事", kind="livelihood")
    about = Description(functional="2120303", aim=aim)
    describe_project(by=unit.officer, project=unit.project, about=about)
    monitored.disclose(unit)
    watch_projects(year=monitored.YEAR)
    return unit


def test_where_nothing_is_public_the_page_says_what_it_is_for(client, db):
    text = home(client)

    assert "这里还没有公开的项目" in text
    assert 'type="file"' in text
    assert "怎样知道没有人改过" in text


def test_the_money_and_the_promises_of_a_region_are_told(unit, client):
    text = home(client)

    assert "某市的钱花到哪里" in text
    assert "2026 年有 1 个公开的项目，预算一共 120 万元，到 " in text
    assert "钱最多的是城乡社区支出：120 万元，占 100%。" in text
    assert f"{reverse('projects')}?class=212" in text
    assert "某件实事" in text
    assert "没有项目的实事" not in text
    assert "1 项承诺里，1 项落后" in text
    assert 'type="file"' in text


def test_what_is_behind_its_plan_leads_to_its_page(unit, client):
    text = home(client)
    late = text[text.index('id="late"') :]

    assert reverse("project", args=[unit.project.pk]) in late
    assert "个百分点" in late


def test_the_late_list_holds_only_what_a_rule_publishes(unit, client):
    alert = Alert.objects.create(
        project=unit.project,
        fiscal_year=2025,
        round=12,
        opened_on=date(2026, 1, 5),
        level="red",
        signals=[],
    )
    address = reverse("alert", args=[alert.pk])
    officer = VerifiedClient()
    officer.force_login(unit.officer_office.person)
    for reader in (client, officer):
        text = home(reader)
        assert address not in text
        assert "现在没有公开的逾期事项" in text

    disclose_alert(alert=alert)

    assert address in home(client)


def test_everybody_sees_the_same_and_nothing_that_is_not_public(unit, client):
    hidden = city_hall.unit("2", within=unit.organisation.region)
    monitored.promise(hidden)
    monitored.fund(hidden, Decimal(9_990_000))
    watch_projects(year=monitored.YEAR)
    own = VerifiedClient()
    own.force_login(hidden.officer_office.person)

    for reader in (client, own):
        text = home(reader)
        assert hidden.project.name not in text
        assert "2026 年有 1 个公开的项目，预算一共 120 万元" in text


def test_it_asks_the_database_the_same_few_questions_whatever_there_is(
    unit, client, django_assert_max_num_queries, django_assert_num_queries
):
    home(client)
    with django_assert_max_num_queries(QUERIES_MAX) as few:
        home(client)
    for number in range(3, 7):
        more = city_hall.unit(str(number), within=unit.organisation.region)
        monitored.fund(more)
        monitored.disclose(more)
    watch_projects(year=monitored.YEAR)
    with django_assert_num_queries(len(few)):
        home(client)
