"""A demo's date goes forward only, one way at a time, and a page shows how far it has come."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import Resolver404, resolve, reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from apps.city.demo import as_a_demo
from gongzhi.city.pages.days import LIVING, way_broken, way_now
from gongzhi.parties.actions.setting_up import move_business_date

TODAY = date(2026, 3, 13)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demo(rules_in_force: None) -> Iterator[None]:
    with as_a_demo():
        move_business_date(to=TODAY)
        yield


@pytest.fixture
def somebody() -> Client:
    return Client()


def ask(client: Client, **given: str):
    return client.post(reverse("demo-date"), {"next": "/demo/stories/", **given})


def jobs() -> list[dict[str, str]]:
    return [job.args for job in ProcrastinateJob.objects.filter(task_name=LIVING).order_by("id")]


@pytest.mark.parametrize(
    ("given", "until"),
    [
        ({"by": "week"}, "2026-03-20"),
        ({"by": "month"}, "2026-04-13"),
        ({"to": "2026-12-31"}, "2026-12-31"),
        ({"to": "2027-08-31"}, "2027-08-31"),
    ],
)
def test_somebody_asks_for_a_day_and_sees_how_far_it_is(somebody, given, until):
    answer = ask(somebody, **given)

    assert jobs() == [{"day": until, "since": "2026-03-13"}]
    page = somebody.get(answer["Location"])
    assert page.status_code == 200
    assert until in page.content.decode()
    assert 'value="0"' in page.content.decode(), "nothing of the way is done yet"


@pytest.mark.parametrize(
    "given", [{"to": "2026-03-01"}, {"to": "2026-03-13"}, {"to": "2027-09-01"}, {"to": "soon"}, {}]
)
def test_a_day_that_is_over_or_none_at_all_is_told_in_words(somebody, given):
    answer = ask(somebody, **given)

    assert answer["Location"] == "/demo/stories/"
    assert len(list(get_messages(answer.wsgi_request))) == 1
    assert jobs() == []


def test_a_second_click_and_another_tab_ask_for_nothing_more(somebody):
    first = ask(somebody, by="month")
    again, other = ask(somebody, by="month"), ask(Client(), to="2026-12-31")

    assert len(jobs()) == 1
    assert first["Location"] == again["Location"] == other["Location"]


def test_whoever_waits_is_led_back_once_the_day_has_come(somebody):
    on_the_way = ask(somebody, by="week")["Location"]
    ProcrastinateJob.objects.filter(task_name=LIVING).update(status="succeeded")

    assert somebody.get(on_the_way)["Location"] == "/demo/stories/"
    part = somebody.get(on_the_way, headers={"HX-Request": "true"})
    assert part["HX-Redirect"] == "/demo/stories/"


def test_a_way_that_broke_off_says_where_and_goes_on_from_there(somebody):
    on_the_way = ask(somebody, by="month")["Location"]
    ProcrastinateJob.objects.filter(task_name=LIVING).update(status="failed")
    move_business_date(to=date(2026, 3, 30))

    assert way_now() is None
    assert way_broken(date(2026, 3, 30)) is not None
    page = somebody.get(on_the_way).content.decode()
    assert "2026-03-30" in page
    assert 'name="to" value="2026-04-13"' in page
    assert way_broken(date(2026, 4, 13)) is None, "somebody got there since"


@pytest.mark.parametrize("path", ["date", "way", "offices", "stories", "seat", "tours/step"])
def test_an_installation_in_earnest_has_none_of_it(path):
    assert resolve(f"/demo/{path}/", urlconf="gongzhi.city.pages.urls")
    with pytest.raises(Resolver404):
        resolve(f"/demo/{path}/", urlconf="gongzhi.web.urls")
