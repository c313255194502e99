"""What journeys have in common: who sits where, forms to send, deeds done beside the browsers."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connections
from playwright.sync_api import Locator

from gongzhi.core.charter import Member
from gongzhi.parties.members import member_of
from gongzhi.parties.models import Office, Person
from journeys.reader import Reader, follow
from verified import verified

Done = TypeVar("Done")


def apart(deed: Callable[[], Done]) -> Done:
    """Do it beside the test's own transaction, so that the site sees it."""

    def done() -> Done:
        try:
            return deed()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=1) as beside:
        return beside.submit(done).result()


def member(username: str) -> Member:
    """Whoever sits in a seat of the cast: in their office, or as a citizen."""
    office = Office.objects.filter(person__username=username, acts_for=None).first()
    if office is not None:
        return verified(office)
    return member_of(Person.objects.get(username=username), second_factor=True, fresh=True)


def send(reader: Reader, form: str, **fields: str) -> None:
    """Fill in a form on the page, unfolding it first, and send it."""
    box = reader.page.locator(f"[id='{form}']")
    if box.evaluate("e => e.tagName == 'DETAILS' && !e.open"):
        box.locator("summary").first.click()
    for name, value in fields.items():
        _fill(box, name, value)
    follow(box.locator("xpath=descendant-or-self::form").locator("button").last)


def _fill(box: Locator, name: str, value: str) -> None:
    field = box.locator(f"[name='{name}']")
    if field.first.get_attribute("type") in ("radio", "checkbox"):
        box.locator(f"[name='{name}'][value='{value}']").check()
    elif field.evaluate("e => e.tagName") == "SELECT":
        field.select_option(label=value)
    else:
        field.fill(value)


def main(reader: Reader) -> str:
    """What the page says, without its frame."""
    return reader.page.inner_text("main")
