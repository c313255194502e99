"""Taking another seat on a page that the new seat can't read leads to its desk, in words."""

from datetime import date

import pytest
from django.urls import reverse

import city_hall
from apps.cycle.test_goals import draft
from gongzhi.core.charter import SYSTEM
from gongzhi.parties.actions.offices import assign_office
from verified import VerifiedClient

pytestmark = pytest.mark.django_db
SAID = "换了身份，刚才那一页不对这个身份公开。"


@pytest.fixture
def unit():
    return city_hall.unit("1", within=city_hall.region())


@pytest.fixture
def other(unit):
    """A second office of the same person, in another unit."""
    elsewhere = city_hall.unit("2", within=unit.organisation.region)
    return assign_office(
        by=SYSTEM,
        person=unit.officer_office.person,
        organisation=elsewhere.organisation,
        title="财务经理",
        roles=["officer"],
        since_on=date(2020, 1, 1),
    )


@pytest.fixture
def page(unit) -> str:
    """A draft, which only its unit may read."""
    return reverse("goal-version", args=[draft(unit).pk])


@pytest.fixture
def client(unit) -> VerifiedClient:
    client = VerifiedClient()
    client.force_login(unit.officer_office.person)
    return client


def test_a_page_that_the_new_seat_cannot_read_leads_to_its_desk(client, other, page):
    taken = client.post(reverse("switch-office"), {"office": str(other.pk), "next": f"{page}?a=1"})
    assert taken["Location"] == f"{page}?a=1"

    answer = client.get(f"{page}?a=1", follow=True)

    assert answer.redirect_chain == [(reverse("desk"), 302)]
    assert SAID in answer.content.decode()
    assert client.get(page).status_code == 404, "later the page just isn't there"


def test_a_visitor_is_led_to_the_front_page(client, page):
    client.post(reverse("switch-office"), {"office": "", "next": page})

    answer = client.get(page, follow=True)

    assert answer.redirect_chain == [(reverse("home"), 302)]
    assert SAID in answer.content.decode()


def test_a_page_that_the_new_seat_reads_is_shown(client, unit, page):
    client.post(reverse("switch-office"), {"office": str(unit.officer_office.pk), "next": page})

    assert client.get(page).status_code == 200
    assert client.get("/nowhere/").status_code == 404
