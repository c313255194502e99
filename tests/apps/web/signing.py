"""People with passwords and factors, and what they send, for the tests of signing in."""

import re
import time

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from gongzhi.core.charter import SYSTEM
from gongzhi.parties.actions import setting_up
from gongzhi.parties.contacts import add_contact
from gongzhi.parties.models import Contact, Factor, Person
from gongzhi.parties.time_codes import add_time_code, code_of, new_secret, step_at

PASSWORD = "a long enough pass phrase"
HOME = "192.0.2.8"


def person(name: str = "li", *, password: str | None = PASSWORD) -> Person:
    return setting_up.register_person(by=SYSTEM, username=name, name="李某", password=password)


def telephone(owner: Person) -> str:
    """Set a telephone up, some steps ago, and give its secret."""
    secret = new_secret()
    added = add_time_code(owner, name="手机", secret=secret, code=code_now(secret))
    assert added
    Factor.objects.filter(pk=added.pk).update(counter=step_at(time.time()) - 5)
    return secret


def code_now(secret: str, *, off: int = 0) -> str:
    return code_of(secret, step=step_at(time.time()) + off)


def contact(owner: Person, address: str = "13800000000") -> Contact:
    added = add_contact(owner, channel="sms", address=address)
    Contact.objects.filter(pk=added.pk).update(verified_at=added.created_at)
    return added


def give_password(
    client: Client, *, username: str = "li", password: str = PASSWORD, address: str = HOME
) -> HttpResponse:
    given = {"username": username, "password": password}
    return client.post(reverse("sign-in"), given, REMOTE_ADDR=address)


def give_code(client: Client, code: str, *, page: str = "sign-in-factor") -> HttpResponse:
    return client.post(reverse(page), {"code": code}, REMOTE_ADDR=HOME)


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("account")).status_code == 200


def codes_shown(page: HttpResponse) -> list[str]:
    """The recovery codes on a page."""
    return re.findall(r"<li>([0-9a-z]{4}(?:-[0-9a-z]{4}){3})</li>", page.content.decode())
