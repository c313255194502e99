"""From a person's office to the member that the charter knows."""

from datetime import date

from django.db.models import Q, QuerySet

from gongzhi.core.charter import VISITOR, Member, PartyKind
from gongzhi.parties.models import Office, Person


def offices_held(person: Person, *, on: date) -> QuerySet[Office]:
    """The offices that a person holds on a day."""
    running = Q(until_on__isnull=True) | Q(until_on__gte=on)
    held = Office.objects.filter(running, person=person, person__is_active=True, since_on__lte=on)
    return held.select_related("person", "organisation__region")


def member_in(office: Office) -> Member:
    """Somebody acting in an office."""
    return Member(
        kind=PartyKind(office.organisation.kind),
        organisation=str(office.organisation_id),
        person=str(office.person_id),
        office=str(office.pk),
        roles=frozenset(office.roles),
        regions=office.organisation.region.line(),
    )


def member_of(person: Person) -> Member:
    """Somebody acting for themselves: a citizen, or nobody known."""
    if not person.is_authenticated or not person.is_active:
        return VISITOR
    return Member(kind=PartyKind.CITIZEN, person=str(person.pk))
