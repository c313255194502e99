"""A forgotten password, and contacts: nothing tells who has an account (QUALITY S19, S12, S25)."""

import re
import statistics
import time
from collections import deque
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from apps.web.signing import PASSWORD, contact, give_password, is_signed_in, person, telephone
from gongzhi.parties import tasks
from gongzhi.parties.models import Contact, OutgoingMessage, Person
from verified import VerifiedClient

NEW = "an even longer pass phrase"
ADDRESS = re.compile(r"http://testserver(/sign-in/new/\S+)")

pytestmark = pytest.mark.django_db


@pytest.fixture
def cheap(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _gateway(settings) -> None:
    settings.MESSAGE_PROVIDERS = {"sms": "inbox", "email": "inbox"}


def ask(username: str, *, address: str = "192.0.2.1") -> object:
    cache.clear()
    given = {"username": username}
    return Client().post(reverse("forgotten"), given, REMOTE_ADDR=address)


def run_jobs() -> None:
    for job in ProcrastinateJob.objects.filter(task_name="gongzhi.parties.tasks.send_reset_link"):
        tasks.send_reset_link(**job.args)


def link() -> str:
    run_jobs()
    return ADDRESS.search(OutgoingMessage.objects.latest("id").taken_out().text)[1]


def test_a_link_to_a_verified_contact_sets_a_new_password_once(cheap):
    li = person()
    contact(li)
    browser = VerifiedClient()
    browser.force_login(li)
    ask("li")
    address = link()

    assert Client().get(address).status_code == 200
    weak = Client().post(address, {"password": "weak"})
    assert weak.status_code == 200
    assert Client().post(address, {"password": NEW}).headers["Location"] == reverse("sign-in")

    assert not is_signed_in(browser)
    assert give_password(Client(), password=NEW).status_code == 302
    assert Client().get(address).status_code == 403
    assert Client().post(address, {"password": PASSWORD}).status_code == 403


def test_a_new_password_does_not_replace_the_second_factor(cheap):
    li = person()
    telephone(li)
    contact(li)
    ask("li")
    Client().post(link(), {"password": NEW})

    answer = give_password(Client(), password=NEW)

    assert answer.headers["Location"] == reverse("sign-in-factor")


def test_s12_a_link_is_over_after_half_an_hour_and_belongs_to_one_person(cheap, monkeypatch):
    li, wang = person(), person("wang")
    contact(li)
    ask("li")
    address = link()
    assert Client().get(address.replace(str(li.pk), str(wang.pk))).status_code == 403
    assert Client().get(address[:-3] + "xx/").status_code == 403

    later = default_token_generator._now() + timedelta(minutes=31)
    monkeypatch.setattr(default_token_generator, "_now", lambda: later)

    assert Client().get(address).status_code == 403


@pytest.mark.parametrize("reason", ["unknown", "no contact", "unverified", "suspended", "invited"])
def test_s19_s25_where_no_link_may_go_the_answer_is_the_same_and_none_goes(cheap, reason):
    if reason != "unknown":
        li = person(password=None if reason == "invited" else PASSWORD)
        if reason != "no contact":
            contact(li)
        if reason == "unverified":
            Contact.objects.update(verified_at=None)
        if reason == "suspended":
            Person.objects.update(is_active=False)
    wang = person("wang")
    contact(wang)

    told, usual = ask("li"), ask("wang")
    run_jobs()

    assert _plain(told) == _plain(usual)
    assert OutgoingMessage.objects.count() == 1


def _plain(answer) -> tuple[int, str]:
    return answer.status_code, re.sub(r'value="[^"]*"', "", answer.content.decode())


def test_a_person_gets_one_link_in_two_minutes(cheap):
    contact(person())
    ask("li")
    ask("li")
    run_jobs()
    assert OutgoingMessage.objects.count() == 1


def test_one_address_asks_five_times_a_minute_at_most(cheap):
    cache.clear()
    asked = [
        Client().post(reverse("forgotten"), {"username": "li"}, REMOTE_ADDR="192.0.2.9")
        for _ in range(7)
    ]
    assert {answer.status_code for answer in asked[:5]} == {200}
    assert asked[6].status_code == 429


# The time tells nothing either. With --deep 200 samples and 5 %, else few samples and room for
# whatever else the machine does.


def medians(kinds: dict[str, Callable[[], object]], *, samples: int) -> dict[str, float]:
    """How long each takes; who comes first changes, so that the place in the row tells nothing."""
    taken: dict[str, list[float]] = {name: [] for name in kinds}
    row = deque(kinds)
    for _ in range(samples):
        for name in row:
            began = time.perf_counter()
            kinds[name]()
            taken[name].append(time.perf_counter() - began)
        row.rotate(1)
    return {name: statistics.median(times) for name, times in taken.items()}


def spread(found: dict[str, float]) -> float:
    return max(found.values()) / min(found.values()) - 1


def test_s19_signing_in_takes_as_long_whoever_it_is(deep, settings):
    person("known")
    person("suspended")
    person("invited", password=None)
    Person.objects.filter(username="suspended").update(is_active=False)
    settings.AXES_ENABLED = False  # its pauses would come in between
    kinds = {
        name: lambda name=name: give_password(Client(), username=name, password="wrong")
        for name in ("known", "unknown", "suspended", "invited")
    }
    answers = {_plain(kinds[name]())[0] for name in kinds}

    found = medians(kinds, samples=200 if deep else 3)

    assert answers == {200}
    assert spread(found) < (0.05 if deep else 1), found


def test_s19_asking_for_a_link_takes_as_long_whoever_it_is(deep, cheap):
    contact(person("known"))
    kinds = {name: lambda name=name: ask(name) for name in ("known", "unknown")}
    kinds["known"]()

    found = medians(kinds, samples=200 if deep else 15)

    assert spread(found) < (0.05 if deep else 1), found


def test_a_contact_counts_once_its_code_is_entered(cheap):
    browser = VerifiedClient()
    browser.force_login(person())
    given = {"channel": "sms", "address": "１３８ 0000-1234"}
    page = browser.post(reverse("new-contact"), given).headers["Location"]
    letter = OutgoingMessage.objects.get().taken_out()
    code = re.search(r"\d{6}", letter.text)[0]
    assert letter.address == "13800001234"
    assert "138****1234" in browser.get(page).content.decode()

    assert browser.post(page, {"code": "000000"}).status_code == 200
    assert Contact.objects.get().verified_at is None
    assert browser.post(page, {"code": f" {code[:3]} {code[3:]}"}).status_code == 302

    assert Contact.objects.get().verified_at is not None
    assert "增加了一个联系方式" in OutgoingMessage.objects.latest("id").taken_out().text
    assert b"13800001234" not in bytes(Contact.objects.get().locked_address)
    browser.post(reverse("erase-contact", args=[Contact.objects.get().pk]))
    assert not Contact.objects.exists()


def test_a_contacts_code_can_not_be_guessed(cheap):
    browser = VerifiedClient()
    browser.force_login(person())
    browser.post(reverse("new-contact"), {"channel": "email", "address": "li@example.org"})
    code = re.search(r"\d{6}", OutgoingMessage.objects.get().taken_out().text)[0]
    page = reverse("verify-contact", args=[Contact.objects.get().pk])

    for _ in range(5):
        browser.post(page, {"code": "000000"})

    assert browser.post(page, {"code": code}).status_code == 200
    assert Contact.objects.get().verified_at is None


@pytest.mark.parametrize(
    ("channel", "address"),
    [("sms", "li@example.org"), ("email", "13800000000"), ("sms", "12"), ("fax", "1380000000")],
)
def test_what_is_no_address_is_not_kept(cheap, channel, address):
    browser = VerifiedClient()
    browser.force_login(person())

    answer = browser.post(reverse("new-contact"), {"channel": channel, "address": address})

    assert answer.status_code == 200
    assert not Contact.objects.exists()


def test_the_contact_of_another_is_like_none(cheap):
    foreign = contact(person())
    browser = VerifiedClient()
    browser.force_login(person("wang"))

    for name in ("verify-contact", "erase-contact"):
        assert browser.post(reverse(name, args=[foreign.pk])).status_code == 404
    assert Contact.objects.exists()
