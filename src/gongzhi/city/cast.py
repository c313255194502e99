"""The cast of the demo: ten seats to switch between, each with whoever sits in it now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongzhi.city.invented.catalogue import load_seats
from gongzhi.city.invented.values import Seat
from gongzhi.parties.models import Office, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """A seat with its person and the office that they hold; a citizen holds none."""

    seat: Seat
    person: Person
    office: Office | None

    @property
    def kind(self) -> str:
        """The kind of party that sits there."""
        return self.office.organisation.kind if self.office else "citizen"


def ten_seats() -> tuple[Seat, ...]:
    """The seats to switch between, in their order."""
    numbered = [seat for seat in load_seats() if seat.number]
    return tuple(sorted(numbered, key=lambda seat: seat.number))


def sittings(*, on: date) -> tuple[Sitting, ...]:
    """Whoever sits in the ten seats on a day; a seat that nobody holds any more is left out."""
    seats = ten_seats()
    held = Office.objects.held_in_person(on=on).select_related("person", "organisation")
    of_seats = held.filter(organisation__code__in=[seat.organisation for seat in seats])
    offices = list(of_seats)
    citizens = Person.objects.filter(username__in=[each.username for each in seats])
    people = {person.username: person for person in citizens.filter(organisation=None)}
    found = (_sitting(seat, offices, people.get(seat.username)) for seat in seats)
    return tuple(each for each in found if each is not None)


def _sitting(seat: Seat, offices: Iterable[Office], citizen: Person | None) -> Sitting | None:
    if not seat.organisation:
        return Sitting(seat=seat, person=citizen, office=None) if citizen else None
    there = [each for each in offices if each.organisation.code == seat.organisation]
    own = [each for each in there if each.person.username == seat.username]
    # In a demo of an earlier version somebody else may have that part.
    able = [each for each in (*own, *there) if set(seat.roles) <= set(each.roles)]
    office = next(iter([*able, *own]), None) if seat.roles else next(iter(own), None)
    return Sitting(seat=seat, person=office.person, office=office) if office else None
