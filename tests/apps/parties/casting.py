"""People for tests of who may do what about people: administrators, colleagues, invitations."""

import re

import city_hall
from apps.parties.numbers import identity_number
from gongzhi.core.charter import SYSTEM, VISITOR, Member
from gongzhi.parties.actions import people as actions
from gongzhi.parties.actions import setting_up
from gongzhi.parties.invitations import Invitation, Invitee, new_token
from gongzhi.parties.models import Organisation, OutgoingMessage, Person
from verified import verified

PASSWORD = "four unrelated words here"
SITE = "https://gongzhi.example"


def member(organisation: Organisation, *roles: str, name: str = "") -> Member:
    """Somebody in an office of an organisation with these roles."""
    return verified(city_hall.office(organisation, name or "-".join(roles) or "none", *roles))


def person(organisation: Organisation | None, name: str) -> Person:
    """Somebody with an account and no office."""
    return setting_up.register_person(
        by=SYSTEM, username=name, name=name, organisation=organisation
    )


def invited(
    organisation: Organisation | None,
    *,
    by: Member = SYSTEM,
    offer: actions.Offer | None = None,
    address: str = "li@example.org",
) -> tuple[Invitation, str]:
    """An open invitation and its token."""
    token = new_token()
    invitation = actions.invite_person(
        by=by,
        organisation=organisation,
        invitee=Invitee(name="李某", channel="email", address=address),
        link=actions.Link(site=SITE, token=token),
        offer=offer,
    )
    return invitation, token


def accepted(token: str, *, username: str = "li", human: int = 1) -> Person:
    """The account that somebody opens with an invitation."""
    return actions.accept_invitation(by=VISITOR, token=token, account=account(username, human))


def account(username: str = "li", human: int = 1) -> actions.Account:
    return actions.Account(
        username=username, name="李某", password=PASSWORD, identity=identity_number(human)
    )


def letters() -> list[str]:
    """The messages on their way, in clear."""
    found = (message.taken_out() for message in OutgoingMessage.objects.order_by("created_at"))
    return [letter.text for letter in found if letter]


def token_in(letter: str) -> str:
    """The token of the link in a message."""
    found = re.search(r"/invitations/([^/\s]+)/accept_invitation/", letter)
    assert found, letter
    return found[1]
