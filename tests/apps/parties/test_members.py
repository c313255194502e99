"""Who is asking: offices have dates, a right ends with its office, a demo has its switcher."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

import city_hall
from gongzhi.core.charter import SYSTEM, VISITOR, PartyKind
from gongzhi.parties.actions import offices
from gongzhi.parties.actions import setting_up as actions
from gongzhi.parties.business_date import business_date
from gongzhi.parties.members import offices_held
from gongzhi.parties.middleware import MemberMiddleware
from gongzhi.parties.models import Deed, Office
from gongzhi.parties.sign_in import NotADemo, choose_office, may_switch, sign_in, switch_office
from gongzhi.trust.models import PendingLeaf
from verified import verified

PASSWORD = "a long enough pass phrase"
TODAY = date(2026, 6, 1)


def request_of(person=None, **meta):
    request = RequestFactory().get("/", **meta)
    request.session = SessionStore()
    request.user = person or AnonymousUser()
    MemberMiddleware(lambda _: HttpResponse())(request)
    return request


@pytest.fixture
def hall(db):
    return city_hall.unit("1", within=city_hall.region())


def again(request):
    """The same browser's next request."""
    MemberMiddleware(lambda _: HttpResponse())(request)
    return request


@pytest.mark.django_db
def test_whoever_comes_by_is_a_visitor_and_costs_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        request = request_of()

    assert request.member == VISITOR
    assert request.office is None


def test_somebody_without_an_office_is_a_citizen(db):
    person = actions.register_person(by=SYSTEM, username="li", name="李某")

    assert request_of(person).member.kind == PartyKind.CITIZEN


def test_somebody_in_an_office_acts_for_its_organisation(hall):
    request = request_of(hall.officer_office.person)

    assert request.office == hall.officer_office
    assert request.member.organisation == str(hall.organisation.pk)
    assert request.member.roles == {"officer"}
    assert request.member.regions == (str(hall.organisation.region_id),)


@pytest.mark.parametrize(
    ("since_on", "until_on", "held"),
    [
        (TODAY, None, True),
        (TODAY, TODAY, True),
        (TODAY - timedelta(days=9), TODAY - timedelta(days=1), False),
        (TODAY + timedelta(days=1), None, False),
    ],
)
def test_an_office_is_held_from_its_first_day_to_its_last(hall, since_on, until_on, held):
    person = actions.register_person(by=SYSTEM, username="li", name="李某")
    offices.assign_office(
        by=SYSTEM,
        person=person,
        organisation=hall.organisation,
        title="岗位",
        roles=[],
        since_on=since_on,
        until_on=until_on,
    )

    assert offices_held(person, on=TODAY).exists() == held


def test_s09_an_office_that_ended_ends_with_the_next_request(hall):
    request = request_of(hall.officer_office.person)
    assert request.member.office

    Office.objects.filter(pk=request.office.pk).update(ended_on=timezone.localdate())

    assert again(request).member.kind == PartyKind.CITIZEN


def test_a_person_who_is_switched_off_holds_nothing(hall):
    person = hall.officer_office.person
    person.is_active = False
    person.save(update_fields=["is_active"])

    assert not offices_held(person, on=TODAY).exists()
    assert request_of(person).member == VISITOR


def test_one_chooses_among_ones_own_offices(hall):
    person = hall.officer_office.person
    other = offices.assign_office(
        by=SYSTEM,
        person=person,
        organisation=hall.organisation,
        title="另一岗位",
        roles=["reviewer"],
        since_on=date(2020, 1, 1),
    )
    request = request_of(person)

    choose_office(request, other)

    assert again(request).office == other
    with pytest.raises(AssertionError):
        choose_office(request, hall.reviewer_office)


def test_s28_the_switcher_exists_only_in_a_demo_on_this_machine(hall, settings):
    outside = request_of(REMOTE_ADDR="192.0.2.7")
    proxied = request_of(HTTP_X_FORWARDED_FOR="127.0.0.1")
    here = request_of(REMOTE_ADDR="127.0.0.1")

    settings.DEMO = False
    assert not may_switch(here)
    with pytest.raises(NotADemo):
        switch_office(here, hall.reviewer_office)
    settings.DEMO = True
    assert not may_switch(outside)
    assert not may_switch(proxied)
    assert may_switch(here)
    with pytest.raises(NotADemo):
        switch_office(outside, hall.reviewer_office)


def test_in_a_demo_one_becomes_whoever_holds_the_office(hall, settings):
    settings.DEMO = True
    request = request_of(REMOTE_ADDR="127.0.0.1")

    switch_office(request, hall.reviewer_office)

    assert request.user == hall.reviewer_office.person
    assert again(request).member == verified(hall.reviewer_office)


def test_a_password_signs_in_and_is_kept_as_argon2(db, settings):
    person = actions.register_person(by=SYSTEM, username="li", name="李某", password=PASSWORD)

    assert person.password.startswith("argon2$")
    assert sign_in(request_of(), username="li", password="wrong") is None
    assert sign_in(request_of(), username="li", password=PASSWORD) == person


def test_somebody_without_a_password_can_not_sign_in(db):
    person = actions.register_person(by=SYSTEM, username="li", name="李某")

    assert not person.has_usable_password()
    assert sign_in(request_of(), username="li", password="") is None


@pytest.mark.django_db
def test_the_business_date_is_today_and_moves_only_in_a_demo(settings):
    settings.DEMO = False
    assert business_date() == timezone.localdate()
    with pytest.raises(AssertionError):
        actions.move_business_date(to=TODAY)

    settings.DEMO = True
    actions.move_business_date(to=TODAY)

    assert business_date() == TODAY
    assert Deed.objects.get().public["to"] == "2026-06-01"
    settings.DEMO = False
    assert business_date() == timezone.localdate()


@pytest.mark.django_db
def test_an_entry_carries_the_business_date_and_the_real_time(settings):
    settings.DEMO = True
    actions.move_business_date(to=TODAY)

    city_hall.region()

    deed = Deed.objects.get(verb="register_region")
    assert deed.business_date == TODAY
    assert deed.done_at.date() == timezone.now().date()
    assert PendingLeaf.objects.filter(pk=deed.leaf).exists()


@pytest.mark.django_db
def test_a_region_knows_all_regions_around_it():
    province = city_hall.region("990000")
    city = actions.register_region(by=SYSTEM, code="990100", name="某市", parent=province)
    county = actions.register_region(by=SYSTEM, code="990101", name="某县", parent=city)

    assert county.line() == (str(county.pk), str(city.pk), str(province.pk))
