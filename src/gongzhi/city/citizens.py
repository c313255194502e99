"""Citizens of the demo's city: invented people, each with a mailbox that nobody has."""

from gongzhi.core.charter import SYSTEM, Member
from gongzhi.parties.actions.setting_up import register_person
from gongzhi.parties.contacts import add_contact
from gongzhi.parties.members import member_of
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


def citizen_called(*, username: str, name: str) -> Member:
    """The citizen as a member, as if they had just signed in; somebody new settles first."""
    known = Person.objects.filter(username=username).first()
    person = known or settle_citizen(username=username, name=name)
    return member_of(person, second_factor=True, fresh=True)
