"""S55: by a link one person answers one thing once, and nobody can tell who it was."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from apps.parties.casting import person
from gongzhi.core.charter import Member, PartyKind
from gongzhi.parties.answer_links import (
    AnswerLink,
    AnswerLinkOver,
    forget_respondents,
    make_answer_link,
    open_answer_link,
    respondent_of,
    use_answer_link,
)
from gongzhi.parties.contacts import add_contact, digest_earlier_contacts, plain_address
from gongzhi.parties.models import Contact, Human, Person
from gongzhi.parties.people import counts_as

SURVEY, OTHER = "survey:one", "survey:two"
PHONE = "13800000000"


def link(about: str = SURVEY, *, address: str = PHONE, hours: int = 1) -> str:
    token = make_answer_link(
        purpose="survey",
        about=about,
        channel="email" if "@" in address else "sms",
        address=address,
        expires_at=timezone.now() + timedelta(hours=hours),
    )
    assert token is not None
    return token


def use(token: str) -> str:
    return use_answer_link(purpose="survey", token=token).respondent


def verified(owner: Person, address: str = PHONE) -> Contact:
    contact = add_contact(owner, channel="sms", address=address)
    assert contact is not None
    contact.note_verified()
    contact.save()
    return contact


@pytest.mark.django_db
def test_s55_a_link_answers_once():
    token = link()
    assert open_answer_link(purpose="survey", token=token) is not None

    assert use_answer_link(purpose="survey", token=token).about == SURVEY

    assert open_answer_link(purpose="survey", token=token) is None
    with pytest.raises(AnswerLinkOver):
        use(token)


@pytest.mark.django_db
def test_who_answered_gets_no_second_link_and_no_other_spelling_helps():
    use(link())

    for spelling in (PHONE, "+86 138-0000-0000", "0086 13800000000", "１３８００００００００"):
        again = make_answer_link(
            purpose="survey",
            about=SURVEY,
            channel="sms",
            address=plain_address("sms", spelling),
            expires_at=timezone.now() + timedelta(hours=1),
        )
        assert again is None
    assert link(OTHER)


@pytest.mark.django_db
def test_a_newer_link_makes_the_one_before_worthless():
    first, second = link(), link()

    with pytest.raises(AnswerLinkOver):
        use(first)
    assert use(second)


@pytest.mark.django_db
def test_a_link_ends_with_its_time_and_is_good_for_its_purpose_alone():
    with pytest.raises(AnswerLinkOver):
        use(link(hours=-1))
    with pytest.raises(AnswerLinkOver):
        use_answer_link(purpose="vote", token=link())
    with pytest.raises(AnswerLinkOver):
        use("guessed")


@pytest.mark.django_db
def test_where_the_answer_was_not_kept_the_link_stays_good():
    token = link()
    with transaction.atomic():
        use(token)
        transaction.set_rollback(True)

    assert use(token)


@pytest.mark.django_db
def test_the_database_holds_neither_address_nor_token():
    token = link()

    with connection.cursor() as cursor:
        cursor.execute("SELECT l::text FROM parties_answerlink l")
        stored = cursor.fetchone()[0]
    assert PHONE not in stored
    assert PHONE.encode().hex() not in stored
    assert token not in stored
    assert token.encode().hex() not in stored


@pytest.mark.django_db
def test_respondents_of_two_things_cannot_be_told_to_be_the_same():
    assert use(link()) != use(link(OTHER))
    assert use(link(address="a@example.org")) != use(link(address="b@example.org"))


@pytest.mark.django_db
def test_s55_by_link_and_signed_in_is_one_respondent():
    citizen = person(None, "wang")
    verified(citizen)

    assert use(link()) == respondent_of(citizen, about=SURVEY)


@pytest.mark.django_db
def test_s55_whoever_opens_an_account_after_the_link_is_the_same_respondent():
    by_link = use(link())
    citizen = person(None, "wang")
    assert respondent_of(citizen, about=SURVEY) != by_link

    verified(citizen)

    assert respondent_of(citizen, about=SURVEY) == by_link


@pytest.mark.django_db
def test_s55_two_accounts_of_one_human_are_one_respondent_and_count_as_one():
    one, other = person(None, "wang"), person(None, "wang-2")
    human = Human.objects.create(identity="digest")
    Person.objects.update(human=human)
    one.refresh_from_db()
    other.refresh_from_db()

    assert respondent_of(one, about=SURVEY) == respondent_of(other, about=SURVEY)
    members = [
        Member(kind=PartyKind.CITIZEN, person=str(each.pk), human=str(human.pk))
        for each in (one, other)
    ]
    assert counts_as(members[0]) == counts_as(members[1]) == one.who
    assert counts_as(Member(kind=PartyKind.CITIZEN, person="alone")) == "alone"


@pytest.mark.django_db
def test_once_forgotten_nothing_leads_from_a_contact_to_its_respondent():
    citizen = person(None, "wang")
    before = respondent_of(citizen, about=SURVEY)
    use(link())

    forget_respondents(about=SURVEY)

    assert not AnswerLink.objects.exists()
    assert respondent_of(citizen, about=SURVEY) != before


@pytest.mark.django_db
def test_a_public_name_is_one_persons():
    Person.objects.filter(pk=person(None, "wang").pk).update(public_name="River")
    other = person(None, "li")
    assert other.shown_name == "一位市民"

    with pytest.raises(IntegrityError):
        Person.objects.filter(pk=other.pk).update(public_name="river")


@pytest.mark.django_db
def test_contacts_verified_before_they_had_a_digest_get_one_at_night():
    contact = verified(person(None, "wang"))
    digest = contact.digest
    Contact.objects.update(digest="")

    assert digest_earlier_contacts() == 1
    assert Contact.objects.get().digest == digest
    assert digest_earlier_contacts() == 0


@pytest.mark.django_db(transaction=True)
def test_s55_of_many_at_once_one_gets_through():
    token = link()
    together = Barrier(8)

    def answer(_number: int) -> str | None:
        together.wait()
        try:
            return use(token)
        except AnswerLinkOver:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(answer, range(8)))
    assert sum(each is not None for each in answers) == 1
