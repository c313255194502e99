"""Guessing a password is slowed down, without locking its owner out for ever (QUALITY S18)."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.utils import timezone

import city_hall
from apps.web.signing import PASSWORD, contact, give_password, is_signed_in, person
from gongzhi.parties.guessing import DEVICE
from gongzhi.parties.models import Alarm, OutgoingMessage

GUESSER, OWNER = "192.0.2.7", "192.0.2.8"
PAUSE = timedelta(minutes=15, seconds=1)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _cheap_passwords(settings) -> None:
    # Argon2's cost is tried elsewhere; here a hundred sign-ins would take minutes.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MESSAGE_PROVIDERS = {"sms": "webhook"}


@pytest.fixture
def li():
    return person()


def status(client: Client, password: str, *, address: str, username: str = "li") -> int:
    answer = give_password(client, username=username, password=password, address=address)
    return answer.status_code


def guess_from_everywhere(times: int) -> list[int]:
    return [status(Client(), "wrong", address=f"198.51.100.{n}") for n in range(1, times + 1)]


def guessed(*, usernames: list[str], addresses: list[str]) -> None:
    """What that many wrong passwords leave behind, without taking the time."""
    AccessAttempt.objects.bulk_create(
        AccessAttempt(
            username=username,
            ip_address=address,
            user_agent=f"{number}",
            failures_since_start=1,
            attempt_time=timezone.now(),
        )
        for number, (username, address) in enumerate(zip(usernames, addresses, strict=True))
    )


def guessed_from_everywhere() -> None:
    guessed(usernames=["li"] * 20, addresses=[f"198.51.100.{n}" for n in range(20)])


def let_time_pass() -> None:
    for attempt in AccessAttempt.objects.all():
        attempt.attempt_time -= PAUSE
        attempt.save()


def test_s18_after_ten_wrong_passwords_the_guesser_waits_and_the_owner_does_not(client, li):
    tries = [status(client, f"wrong {number}", address=GUESSER) for number in range(12)]

    assert tries[:9] == [200] * 9
    assert set(tries[9:]) == {429}
    assert status(client, PASSWORD, address=GUESSER) == 429
    assert status(client, PASSWORD, address=OWNER) == 302


def test_s18_trying_during_a_pause_does_not_make_it_longer(client, li):
    for number in range(10):
        status(client, f"wrong {number}", address=GUESSER)
    began = AccessAttempt.objects.get().attempt_time

    assert status(client, "wrong again", address=GUESSER) == 429

    assert AccessAttempt.objects.get().attempt_time == began
    let_time_pass()
    assert status(client, PASSWORD, address=GUESSER) == 302


def test_s18_guessing_spread_over_addresses_pauses_too_and_rings(li):
    contact(li)
    assert set(guess_from_everywhere(20)) == {200}

    assert status(Client(), PASSWORD, address="198.51.100.99") == 429

    assert Alarm.objects.get().kind == "one_account"
    assert Alarm.objects.get().person == li
    assert OutgoingMessage.objects.count() == 1  # its owner is told
    assert status(Client(), PASSWORD, address="198.51.100.98") == 429
    assert Alarm.objects.count() == 1


def test_s18_the_owners_own_browser_goes_on_meanwhile(client, li):
    assert status(client, PASSWORD, address=OWNER) == 302
    client.post("/sign-out/")
    guessed_from_everywhere()

    assert status(client, PASSWORD, address="203.0.113.5") == 302


def test_s18_a_cookie_for_one_account_opens_no_other(client, li):
    person("wang")
    assert status(client, PASSWORD, address=OWNER, username="wang") == 302
    assert "wang" not in client.cookies[DEVICE].value
    client.post("/sign-out/")
    guessed_from_everywhere()

    assert status(client, PASSWORD, address="203.0.113.5") == 429


def test_s18_an_owner_without_cookie_gets_in_after_the_pause(li):
    guessed_from_everywhere()
    assert status(Client(), PASSWORD, address=OWNER) == 429

    let_time_pass()

    assert status(Client(), PASSWORD, address=OWNER) == 302


def test_s18_one_address_that_tries_many_accounts_pauses_and_rings(client, li):
    hall = city_hall.unit("1", within=city_hall.region())
    guard = city_hall.office(hall.organisation, "guard", "security_admin")
    contact(guard.person, "13900000000")
    guessed(usernames=[f"somebody{n}" for n in range(49)], addresses=[GUESSER] * 49)
    assert status(Client(), "wrong", address=GUESSER, username="wang") == 200

    assert status(client, PASSWORD, address=GUESSER) == 429

    assert Alarm.objects.get().kind == "many_accounts"
    assert OutgoingMessage.objects.count() == 1  # the security administrator is told
    assert status(client, PASSWORD, address=OWNER) == 302


def test_s18_an_ipv6_network_is_one_address(li):
    for number in range(10):
        status(Client(), f"wrong {number}", address=f"2001:db8:1:2::{number + 1:x}")

    assert status(Client(), PASSWORD, address="2001:db8:1:2::ffff") == 429
    assert status(Client(), PASSWORD, address="2001:db8:1:3::1") == 302


def test_s37_a_guesser_cannot_name_another_address(client, li):
    for number in range(12):
        given = {"username": "li", "password": "wrong"}
        headers = {"X-Forwarded-For": f"203.0.113.{number}", "X-Real-IP": f"203.0.113.{number}"}
        answer = client.post("/sign-in/", given, REMOTE_ADDR=GUESSER, headers=headers)

    assert answer.status_code == 429


def test_s18_nothing_of_a_password_or_of_a_sign_in_is_kept(client, li):
    status(client, "an almost right pass phrase", address=GUESSER)
    kept = AccessAttempt.objects.get()
    assert "almost right" not in kept.post_data

    status(client, PASSWORD, address=OWNER)
    assert is_signed_in(client)
    assert AccessAttempt.objects.filter(attempt_time__lt=timezone.now()).count() == 1


def test_s20_signing_in_changes_the_session(client, li):
    session = client.session
    session["before"] = 1
    session.save()
    before = session.session_key

    assert status(client, PASSWORD, address=OWNER) == 302

    assert client.session.session_key != before
    assert not is_signed_in(_with_session(before))


def _with_session(key: str) -> Client:
    stranger = Client()
    stranger.cookies["sessionid"] = key
    return stranger
