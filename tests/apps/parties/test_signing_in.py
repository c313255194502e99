"""Guessing a password is slowed down, without locking its owner out for ever (QUALITY S18)."""

import pytest
from django.conf import settings
from django.urls import reverse

from gongzhi.core.charter import SYSTEM
from gongzhi.parties.actions import setting_up as actions

PASSWORD = "a long enough pass phrase"
GUESSER, OWNER = "192.0.2.7", "192.0.2.8"

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(settings):
    # Argon2's cost is tried elsewhere; here forty sign-ins would take a minute.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return actions.register_person(by=SYSTEM, username="li", name="李某", password=PASSWORD)


def sign_in(client, password: str, *, address: str) -> int:
    given = {"username": "li", "password": password}
    return client.post(reverse(settings.LOGIN_URL), given, REMOTE_ADDR=address).status_code


def test_s18_after_ten_wrong_passwords_the_guesser_waits_and_the_owner_does_not(client, person):
    tries = [sign_in(client, f"wrong {number}", address=GUESSER) for number in range(12)]

    assert tries[:9] == [200] * 9
    assert set(tries[9:]) == {429}
    assert sign_in(client, PASSWORD, address=GUESSER) == 429
    assert sign_in(client, PASSWORD, address=OWNER) == 302


def test_s20_signing_in_changes_the_session(client, person):
    session = client.session
    session["before"] = 1
    session.save()
    before = session.session_key

    assert sign_in(client, PASSWORD, address=OWNER) == 302

    assert client.session.session_key != before
