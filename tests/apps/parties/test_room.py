"""R09: what a person may have so many of stays within that, however many ask at the same moment."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

import city_hall
from gongzhi.parties.contacts import (
    CODE_TRIES_MAX,
    CONTACTS_MAX,
    add_contact,
    send_contact_code,
    verify_contact,
)
from gongzhi.parties.factors import FACTORS_MAX
from gongzhi.parties.models import Contact, Factor, Person
from gongzhi.parties.time_codes import add_time_code, code_of, new_secret, step_at

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def person() -> Person:
    unit = city_hall.unit("1", within=city_hall.region())
    return Person.objects.get(pk=unit.officer_office.person_id)


@pytest.fixture
def clients(deep: bool) -> int:
    """How many ask at once."""
    return 64 if deep else 8


def at_once(clients: int, ask: Callable[[], object]) -> list[object]:
    """What each is answered who asks in the same moment, over a connection of their own."""
    together = Barrier(clients)

    def alone(_number: int) -> object:
        together.wait()
        try:
            return ask()
        finally:
            connection.close()

    with ThreadPoolExecutor(clients) as threads:
        return list(threads.map(alone, range(clients)))


def add(person: Person) -> Contact | None:
    return add_contact(person, channel="email", address="li@example.org")


def test_r09_a_person_never_has_more_contacts_than_there_is_room_for(person, clients, deep):
    """10⁵ operations when the full numbers are asked for: to add, to count, to erase, to count."""
    turns = 400 if deep else 5
    for _ in range(CONTACTS_MAX - 1):  # so that all are after the last place
        add(person)

    def ask() -> int:
        most = 0
        for _ in range(turns):
            contact = add(person)
            most = max(most, Contact.objects.of(person).count())
            if contact is not None:
                contact.delete()
        return most

    assert max(at_once(clients, ask)) == CONTACTS_MAX
    assert Contact.objects.count() == CONTACTS_MAX - 1


def test_r09_a_person_never_has_more_factors_than_there_is_room_for(person, clients):
    def ask() -> bool:
        secret = new_secret()
        code = code_of(secret, step=step_at(time.time()))
        return add_time_code(person, name="手机", secret=secret, code=code) is not None

    for _ in range(2):
        at_once(clients, ask)

    assert Factor.objects.of(person).count() == FACTORS_MAX


def test_r09_codes_that_are_guessed_at_once_are_all_counted(person, clients):
    contact = add(person)
    assert contact is not None
    send_contact_code(contact)

    assert not any(at_once(clients, lambda: verify_contact(Contact.objects.get(), "not it")))

    assert Contact.objects.get().code_tries == clients > CODE_TRIES_MAX
