"""Meetings as feeds: the public ones for everybody, one's own by a link that can be ended."""

from datetime import date, time

import pytest
from django.test import Client
from django.urls import reverse

import city_hall
from gongzhi.forum.actions import attending, meetings
from gongzhi.forum.meeting_plans import Holding, Topic
from gongzhi.forum.models import Meeting, MeetingFeed
from gongzhi.parties.actions.setting_up import move_business_date
from gongzhi.parties.models import Deed, Person
from verified import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(region, settings) -> tuple[city_hall.Unit, city_hall.Unit]:
    """Who holds meetings, and a firm that is invited to one of them."""
    settings.DEMO = True
    move_business_date(to=date(2026, 2, 9))
    return city_hall.unit("T1", within=region), city_hall.unit("T2", within=region)


def planned(two, *, title: str, with_firm: bool) -> Meeting:
    host, firm = two
    return meetings.plan_meeting(
        by=host.officer,
        holding=Holding(
            title=title,
            begins=time(9, 30),
            minutes=90,
            place="二楼",
            procedure="举手表决",
            invited=(firm.organisation,) if with_firm else (),
            resident_seats=2,
        ),
        organiser=host.organisation,
        held_on=date(2026, 3, 4),
        agenda=[Topic(title="八处停了")],
    )


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    return answer.content.decode().replace("\r\n ", "")


def link_in(page: str) -> str:
    start = page.index("http://testserver")
    return page[start : page.index("</code>", start)]


def test_all_public_meetings_are_a_feed_for_everybody_with_what_was_called_off(two):
    off = planned(two, title="不开的会", with_firm=True)
    planned(two, title="堵点会", with_firm=False)
    meetings.cancel_meeting(by=two[0].officer, meeting=off, reason="并入会商")
    lines = read(Client(), reverse("meetings-feed")).splitlines()
    assert lines.count("BEGIN:VEVENT") == 2
    assert "METHOD:PUBLISH" in lines
    assert "STATUS:CANCELLED" in lines
    assert "SUMMARY:堵点会" in lines


def test_ones_own_meetings_come_by_a_link_shown_once_until_it_is_ended(two):
    planned(two, title="请了企业的会", with_firm=True)
    planned(two, title="没有请的会", with_firm=False)
    desk, page = signed_in(two[1].officer_office), reverse("meeting-feed")
    made = desk.post(reverse("open_meeting_feed"), {"key": "k"})
    link = link_in(made.content.decode())
    assert made["Cache-Control"] == "no-store"
    assert link not in desk.get(page).content.decode()
    held = read(Client(), link)
    assert "SUMMARY:请了企业的会" in held
    assert "没有请的会" not in held
    assert link.rsplit("/", 1)[1].removesuffix(".ics") not in str(
        [*MeetingFeed.objects.values(), *Deed.objects.values_list("public", flat=True)]
    )
    feed = MeetingFeed.objects.get()
    desk.post(reverse("close_meeting_feed", args=[feed.pk]))
    assert Client().get(link).status_code == 404


def test_a_new_link_ends_the_one_before_and_the_same_form_makes_one(two):
    desk = signed_in(two[1].officer_office)
    first = link_in(desk.post(reverse("open_meeting_feed"), {"key": "k"}).content.decode())
    assert desk.post(reverse("open_meeting_feed"), {"key": "k"}).status_code == 302
    assert Client().get(first).status_code == 200
    second = link_in(desk.post(reverse("open_meeting_feed"), {"key": "l"}).content.decode())
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200


def test_who_declined_or_left_has_it_no_more(two):
    meeting = planned(two, title="请了企业的会", with_firm=True)
    desk = signed_in(two[1].officer_office)
    link = link_in(desk.post(reverse("open_meeting_feed"), {"key": "k"}).content.decode())
    attendance = meeting.attendances.get(organisation=two[1].organisation)
    attending.decline_meeting(by=two[1].officer, attendance=attendance)
    assert "BEGIN:VEVENT" not in read(Client(), link)
    Person.objects.filter(pk=two[1].officer.person).update(is_active=False)
    assert Client().get(link).status_code == 404


def test_nobody_ends_the_link_of_others(two):
    signed_in(two[1].officer_office).post(reverse("open_meeting_feed"), {"key": "k"})
    address = reverse("close_meeting_feed", args=[MeetingFeed.objects.get().pk])
    assert signed_in(two[0].officer_office).post(address).status_code == 404
    assert MeetingFeed.objects.exists()


@pytest.mark.parametrize("token", ["x", "..x", "a" * 300])
def test_a_link_that_isnt_one_is_not_there(client, db, token):
    assert client.get(f"/participation/meetings/feed/{token}.ics").status_code == 404
