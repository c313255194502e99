"""From a person's office to the member that the charter knows."""

from datetime import date
from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from gongzhi.core.charter import VISITOR, Member, PartyKind
from gongzhi.parties.assurance import assurance_of
from gongzhi.parties.models import Organisation
from gongzhi.parties.offices import Office, OfficeQuerySet
from gongzhi.parties.people import Person

NO_PERSON = UUID(int=0)  # who isn't signed in; the charter refuses them by that


def offices_held(person: Person, *, on: date) -> OfficeQuerySet:
    """The offices that a person holds on a day."""
    return Office.objects.of(person).held(on=on).with_facts()


def member_in(office: Office, *, second_factor: bool = False, fresh: bool = False) -> Member:
    """Somebody acting in an office; what their session has shown decides what they may do."""
    return Member(
        kind=PartyKind(office.organisation.kind),
        organisation=str(office.organisation_id),
        person=str(office.person_id),
        office=str(office.pk),
        roles=frozenset(office.roles),
        regions=office.organisation.region.line(),
        human=_human(office.person),
        second_factor=second_factor,
        fresh=fresh,
        assurance=assurance_of(office.person, in_office=True, second_factor=second_factor),
    )


def member_of(
    person: Person | AnonymousUser, *, second_factor: bool = False, fresh: bool = False
) -> Member:
    """Somebody acting for themselves: a citizen, or nobody known."""
    if not person.is_authenticated or not person.is_active:
        return VISITOR
    return Member(
        kind=PartyKind.CITIZEN,
        person=str(person.pk),
        human=_human(person),
        second_factor=second_factor,
        fresh=fresh,
        assurance=assurance_of(person, in_office=False, second_factor=second_factor),
    )


def own_organisation(member: Member) -> Organisation | None:
    """The organisation that a member stands in; None for who has none."""
    if member.organisation is None:
        return None
    known = Organisation.objects.visible_to(member).select_related("region")
    found: Organisation | None = known.filter(pk=member.organisation).first()
    return found


def _human(person: Person) -> str | None:
    """Who stands behind the account, where that is known."""
    return str(person.human_id) if person.human_id else None
