"""Invitations by e-mail: once for each change, to who takes part, with a part for calendars."""

from datetime import date, time

import pytest
from django.core import mail

import city_hall
from gongzhi.core.charter import SYSTEM
from gongzhi.desk.actions.digests import order_digest
from gongzhi.forum.actions import attending, meetings
from gongzhi.forum.actions.invitations import send_invitations
from gongzhi.forum.meeting_plans import Holding, Topic
from gongzhi.forum.models import Meeting, MeetingMail
from gongzhi.forum.tasks import mail_meeting as job
from gongzhi.parties.actions import setting_up as parties
from gongzhi.parties.actions.setting_up import move_business_date
from gongzhi.parties.contacts import add_contact
from gongzhi.parties.members import member_of
from gongzhi.parties.models import Deed, Person
from gongzhi.parties.outgoing import OutgoingMessage
from gongzhi.parties.sending import deliver

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mail_server(settings):
    settings.DEMO = True
    settings.MESSAGE_PROVIDERS = {"email": "smtp"}
    settings.DEFAULT_FROM_EMAIL = "共治 <post@example.org>"
    move_business_date(to=date(2026, 2, 9))


@pytest.fixture
def host(region) -> city_hall.Unit:
    return city_hall.unit("T1", within=region)


@pytest.fixture
def firm(region) -> city_hall.Unit:
    made = city_hall.unit("T2", within=region, kind="enterprise")
    reached(made.officer.person, "firm@example.org")
    return made


def reached(person: str, address: str) -> None:
    contact = add_contact(Person.objects.get(pk=person), channel="email", address=address)
    contact.note_verified()
    contact.save()


def planned(host, firm, **given) -> Meeting:
    return meetings.plan_meeting(
        by=host.officer,
        holding=Holding(
            title="堵点会",
            begins=time(9, 30),
            minutes=90,
            place="交通局二楼",
            procedure="举手表决",
            invited=(firm.organisation,),
            resident_seats=2,
            **given,
        ),
        organiser=host.organisation,
        held_on=date(2026, 3, 4),
        agenda=[Topic(title="八处停了")],
    )


def moved(host, meeting) -> None:
    meetings.move_meeting(
        by=host.officer, meeting=meeting, held_on=date(2026, 3, 5), begins=time(14), place="三楼",
        reason="会场有变",
    )  # fmt: skip


def sent() -> list[dict[str, str]]:
    """What left since the last look: to whom, what about, and the lines of its calendar."""
    for message in OutgoingMessage.objects.filter(state="waiting").order_by("id"):
        deliver(message.pk)
    letters, mail.outbox = mail.outbox, []
    return [calendar_of(each) for each in letters]


def calendar_of(letter) -> dict[str, str]:
    (part,) = [p for p in letter.message().walk() if p.get_content_type() == "text/calendar"]
    assert part.get_param("method") in ("REQUEST", "CANCEL")
    text = part.get_payload(decode=True).decode().replace("\r\n ", "")
    lines = dict(line.split(":", 1) for line in text.splitlines())
    assert lines["METHOD"] == part.get_param("method")
    return lines | {"to": letter.to[0], "subject": letter.subject}


def test_whoever_is_invited_gets_a_mail_that_a_calendar_understands_once(host, firm):
    meeting = planned(host, firm)
    job(meeting=str(meeting.pk))
    job(meeting=str(meeting.pk))
    (letter,) = sent()
    assert letter["to"] == "firm@example.org"
    assert letter["METHOD"] == "REQUEST"
    assert letter["SEQUENCE"] == "0"
    assert letter["UID"] == f"{meeting.pk}@gongzhi"
    assert letter["DTSTART"] == "20260304T013000Z"
    assert "堵点会" in letter["subject"]
    deed = Deed.objects.get(verb="send_invitations")
    assert deed.party == "system"
    assert deed.public["count"] == 1
    assert "example.org" not in str(deed.public)


def test_a_meeting_that_moves_has_a_higher_sequence_and_one_called_off_is_taken_out(host, firm):
    meeting = planned(host, firm)
    send_invitations(identifier=meeting.pk)
    moved(host, meeting)
    send_invitations(identifier=meeting.pk)
    meetings.cancel_meeting(by=host.officer, meeting=meeting, reason="并入会商")
    send_invitations(identifier=meeting.pk)
    first, second, third = sent()
    assert [each["SEQUENCE"] for each in (first, second, third)] == ["0", "1", "2"]
    assert [each["METHOD"] for each in (first, second, third)] == ["REQUEST", "REQUEST", "CANCEL"]
    assert len({each["UID"] for each in (first, second, third)}) == 1
    assert second["DTSTART"] == "20260305T060000Z"
    assert third["STATUS"] == "CANCELLED"


def test_who_never_had_an_invitation_isnt_told_that_it_is_off(host, firm):
    meeting = planned(host, firm)
    meetings.cancel_meeting(by=host.officer, meeting=meeting, reason="并入会商")
    assert send_invitations(identifier=meeting.pk) == 0
    assert sent() == []


def test_a_resident_who_takes_a_seat_gets_it_into_the_calendar(host, firm):
    meeting = planned(host, firm)
    send_invitations(identifier=meeting.pk)
    sent()
    person = parties.register_person(by=SYSTEM, username="resident", name="某居民")
    reached(str(person.pk), "resident@example.org")
    by = member_of(person, second_factor=True, fresh=True)
    attending.take_seat(by=by, meeting=meeting)
    send_invitations(identifier=meeting.pk)
    (letter,) = sent()
    assert letter["to"] == "resident@example.org"


def test_who_wants_no_mail_of_that_kind_or_has_no_mailbox_gets_none(host, firm):
    order_digest(by=firm.officer, language="zh", how={"answered": "never"})
    meeting = planned(host, firm)
    assert send_invitations(identifier=meeting.pk) == 0
    assert not MeetingMail.objects.exists()


def test_without_a_mail_server_nothing_is_noted_as_sent(host, firm, settings):
    settings.MESSAGE_PROVIDERS = {}
    meeting = planned(host, firm)
    assert send_invitations(identifier=meeting.pk) == 0
    assert not MeetingMail.objects.exists()
