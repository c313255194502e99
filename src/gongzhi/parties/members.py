"""From a person's office to the member that the charter knows."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from gongzhi.core.charter import VISITOR, Member, PartyKind
from gongzhi.parties.models import Office, Person


def offices_held(person: Person, *, on: date) -> QuerySet[Office]:
    """The offices that a person holds on a day."""
    running = Q(until_on__isnull=True) | Q(until_on__gte=on)
    held = Office.objects.filter(running, person=person, person__is_active=True, since_on__lte=on)
    return held.select_related("person", "organisation__region")


def member_in(office: Office, *, second_factor: bool = False, fresh: bool = False) -> Member:
    """Somebody acting in an office; what their session has shown decides what they may do."""
    return Member(
        kind=PartyKind(office.organisation.kind),
        organisation=str(office.organisation_id),
        person=str(office.person_id),
        office=str(office.pk),
        roles=frozenset(office.roles),
        regions=office.organisation.region.line(),
        second_factor=second_factor,
        fresh=fresh,
    )


def member_of(
    person: Person | AnonymousUser, *, second_factor: bool = False, fresh: bool = False
) -> Member:
    """Somebody acting for themselves: a citizen, or nobody known."""
    if not person.is_authenticated or not person.is_active:
        return VISITOR
    return Member(
        kind=PartyKind.CITIZEN, person=str(person.pk), second_factor=second_factor, fresh=fresh
    )
