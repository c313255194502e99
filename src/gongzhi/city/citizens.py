"""Citizens of the demo's city: invented people, each with a mailbox that nobody has."""

from gongzhi.core.charter import SYSTEM
from gongzhi.parties.actions.setting_up import register_person
from gongzhi.parties.contacts import add_contact
from gongzhi.parties.models import Person

NOWHERE = "yunhe.invalid"


def settle_citizen(*, username: str, name: str) -> Person:
    """A citizen with a verified contact, as if they had opened the account by a code."""
    person = register_person(by=SYSTEM, username=username, name=name)
    contact = add_contact(person, channel="email", address=f"{username}@{NOWHERE}")
    assert contact is not None, "somebody new has room"
    contact.note_verified()
    contact.opens_account = True
    contact.save()
    return person
