"""Who wants it gets the day's notices once, at a verified contact, in their language."""

import pytest
from django.utils import timezone

import city_hall
from apps.desk.desks import tell
from gongzhi.core.charter import VISITOR
from gongzhi.desk import tasks
from gongzhi.desk.actions import digests, notices
from gongzhi.desk.models import Digest, Notice
from gongzhi.parties.contacts import add_contact
from gongzhi.parties.deeds import Refused
from gongzhi.parties.members import member_of
from gongzhi.parties.models import Deed, OutgoingMessage, Person
from gongzhi.trust.sequencing import sequence

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(settings) -> city_hall.Unit:
    settings.MESSAGE_PROVIDERS = {"email": "inbox"}
    unit = city_hall.unit("1", within=city_hall.region())
    tell()
    Notice.objects.all().delete()
    return unit


def reachable(person: Person) -> None:
    contact = add_contact(person, channel="email", address="someone@example.org")
    contact.verified_at = timezone.now()
    contact.save()


def test_what_is_unread_is_sent_once_to_who_ordered_it(unit: city_hall.Unit):
    reachable(unit.reviewer_office.person)
    digests.order_digest(by=unit.reviewer, language="en")
    city_hall.draft(unit)
    tell()

    tasks.send_digests(timestamp=0)
    tasks.send_digests(timestamp=0)

    letter = OutgoingMessage.objects.get().taken_out()
    assert letter.address == "someone@example.org"
    assert letter.subject == "Gongzhi: 1 new notices"
    assert letter.text == "某局1: Draft a form"
    assert Deed.objects.filter(verb="send_digests").count() == 1


def test_a_letter_names_the_deed_and_not_the_thing(unit: city_hall.Unit):
    reachable(unit.reviewer_office.person)
    digests.order_digest(by=unit.reviewer, language="zh")
    city_hall.draft(unit)
    tell()

    tasks.send_digests(timestamp=0)

    assert unit.project.name not in OutgoingMessage.objects.get().taken_out().text


def test_nothing_is_sent_to_a_contact_that_nobody_verified(unit: city_hall.Unit):
    add_contact(unit.reviewer_office.person, channel="email", address="someone@example.org")
    digests.order_digest(by=unit.reviewer, language="zh")
    city_hall.draft(unit)
    tell()

    tasks.send_digests(timestamp=0)

    assert not OutgoingMessage.objects.exists()
    assert Notice.objects.filter(sent_at=None).count() == 1


def test_who_cancelled_is_sent_nothing(unit: city_hall.Unit):
    reachable(unit.reviewer_office.person)
    digest = digests.order_digest(by=unit.reviewer, language="zh")
    city_hall.draft(unit)
    tell()

    digests.cancel_digest(by=unit.reviewer, digest=digest)
    tasks.send_digests(timestamp=0)

    assert not OutgoingMessage.objects.exists()
    assert not Digest.objects.exists()


def test_nobody_orders_or_cancels_for_another(unit: city_hall.Unit):
    digest = digests.order_digest(by=unit.reviewer, language="zh")

    with pytest.raises(Refused):
        digests.cancel_digest(by=unit.officer, digest=digest)
    with pytest.raises(Refused):
        digests.order_digest(by=VISITOR, language="zh")


def test_ordering_again_changes_the_language(unit: city_hall.Unit):
    digests.order_digest(by=unit.reviewer, language="zh")
    digests.order_digest(by=unit.reviewer, language="en")

    assert Digest.objects.get().language == "en"


def test_nothing_leaves_the_product_unless_it_was_ordered(unit: city_hall.Unit):
    reachable(unit.reviewer_office.person)
    city_hall.draft(unit)
    tell()
    tasks.send_digests(timestamp=0)
    assert Notice.objects.filter(person=unit.reviewer.person).exists()
    assert not OutgoingMessage.objects.exists()


def test_a_topic_that_is_wanted_at_once_waits_for_no_morning(unit: city_hall.Unit):
    reachable(unit.reviewer_office.person)
    digests.order_digest(by=unit.reviewer, language="en", how={"office": "at_once"})
    city_hall.draft(unit)
    sequence()

    tasks.tell_members(timestamp=0)
    tasks.tell_members(timestamp=0)
    tasks.send_digests(timestamp=0)

    assert OutgoingMessage.objects.get().taken_out().text == "某局1: Draft a form"


def test_a_topic_that_is_not_wanted_stays_in_the_product(unit: city_hall.Unit):
    reachable(unit.reviewer_office.person)
    digests.order_digest(by=unit.reviewer, language="en", how={"office": "never"})
    city_hall.draft(unit)
    tell()
    tasks.send_digests(timestamp=0)
    assert Notice.objects.filter(person=unit.reviewer.person, topic="office").exists()
    assert not OutgoingMessage.objects.exists()


def test_who_follows_hears_of_it_as_of_what_they_follow(unit: city_hall.Unit):
    person = Person.objects.create(username="follower", name="某公民")
    by = member_of(person)
    city_hall.published(unit)
    notices.follow_thing(by=by, about=unit.project.thing())
    city_hall.published(unit, fiscal_year=2024)
    tell()
    assert set(Notice.objects.filter(person=person).values_list("topic", flat=True)) == {"followed"}
