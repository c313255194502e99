"""Who acts in the lived year: an officer and a reviewer in each organisation, the budget office."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from gongzhi.city.invented import CityYear
from gongzhi.city.invented.values import Body
from gongzhi.city.living.attempts import Vacant
from gongzhi.core.charter import SYSTEM, Member
from gongzhi.parties.actions.offices import assign_office
from gongzhi.parties.actions.setting_up import register_organisation, register_person
from gongzhi.parties.business_date import business_date
from gongzhi.parties.members import member_in
from gongzhi.parties.models import Office, Organisation, Person, Region

STAFF = Path(__file__).parent / "staff.toml"
BUREAU = "YH-101"  # the finance bureau
ROLES = ("officer", "reviewer")
WITHOUT_ROLE = ""  # an office may stand for itself: evaluators, auditors, the congress


@cache
def _staff() -> dict[str, Any]:
    return tomllib.loads(STAFF.read_text(encoding="utf-8"))


@dataclass(slots=True, kw_only=True)
class People:
    """The organisations of the city by their codes, and whoever holds an office in one, by role."""

    organisations: dict[str, Organisation]
    offices: dict[tuple[str, str], Office]

    @classmethod
    def known(cls) -> "People":
        """Those that are registered."""
        organisations = {each.code: each for each in Organisation.objects.select_related("region")}
        offices: dict[tuple[str, str], Office] = {}
        held = Office.objects.held(on=business_date()).filter(acts_for=None).with_facts()
        for office in held.order_by("-since_on"):
            for role in office.roles or (WITHOUT_ROLE,):
                offices[office.organisation.code, role] = office
        return cls(organisations=organisations, offices=offices)

    def member(self, code: str, role: str) -> Member:
        """Whoever holds a role in an organisation, as if they had just shown a factor.

        Raises Vacant where nobody does: a person suspended, an office ended today.
        """
        office = self.offices.get((code, role))
        if office is None:
            raise Vacant(f"{code} {role}")
        return member_in(office, second_factor=True, fresh=True)

    def anybody(self, code: str) -> Member:
        """Whoever holds an office with any role in an organisation."""
        for organisation, role in self.offices:
            if organisation == code:
                return self.member(code, role)
        raise Vacant(code)

    @property
    def budget(self) -> Member:
        """The finance bureau's budget office."""
        return self.member(BUREAU, "budget")

    def another(self, code: str, role: str) -> Member:
        """Somebody else who holds a role in an organisation than who usually acts in it."""
        usual = self.offices.get((code, role))
        held = Office.objects.held(on=business_date()).filter(acts_for=None).with_facts()
        others = held.filter(organisation__code=code, roles__contains=[role])
        office = others.exclude(person=usual.person if usual else None).order_by("id").first()
        if office is None:
            raise Vacant(f"{code} {role}")
        return member_in(office, second_factor=True, fresh=True)

    @property
    def bureau(self) -> Organisation:
        """The finance bureau."""
        return self.organisations[BUREAU]


def settle_in(city: CityYear, *, on: date) -> People:
    """Register whoever isn't there: organisations under their departments, their officers."""
    people = People.known()
    regions = {each.code: each for each in Region.objects.all()}
    for body in sorted(city.bodies, key=lambda each: (bool(each.department), each.code)):
        if body.code not in people.organisations:
            people.organisations[body.code] = register_organisation(
                by=SYSTEM,
                region=regions.get(body.place, people.bureau.region),
                code=body.code,
                name=body.name.zh,
                kind=body.kind,
                parent=people.organisations.get(body.department),
            )
    _seat(city, people, on=on)
    names = _names()
    for body in city.bodies:
        for role in _lacking(body, people):
            _employ(people, body.code, role, name=next(names), on=on)
    if (BUREAU, "budget") not in people.offices:
        _employ(people, BUREAU, "budget", name=next(names), on=on)
    return people


def _seat(city: CityYear, people: People, *, on: date) -> None:
    """The cast of the stories that isn't there yet."""
    for seat in city.seats:
        there = [each for (code, _), each in people.offices.items() if code == seat.organisation]
        is_there = any(set(seat.roles) <= set(each.roles) for each in there)
        if seat.organisation and not is_there:
            office = _office(
                people.organisations[seat.organisation],
                username=seat.username,
                name=seat.name,
                title=seat.title.zh,
                roles=seat.roles,
                on=on,
            )
            seated = {(seat.organisation, role): office for role in seat.roles}
            people.offices = seated | people.offices  # who was there first stays the first


def _lacking(body: Body, people: People) -> list[str]:
    wanted = ROLES if body.functional else ROLES[:1]
    return [role for role in wanted if (body.code, role) not in people.offices]


def _employ(people: People, code: str, role: str, *, name: str, on: date) -> None:
    organisation = people.organisations[code]
    people.offices[code, role] = _office(
        organisation,
        username=f"{code.lower()}-{role}",
        name=name,
        title=_staff()["title"][role],
        roles=[role],
        on=on,
    )


def _office(
    organisation: Organisation,
    *,
    username: str,
    name: str,
    title: str,
    roles: Sequence[str],
    on: date,
) -> Office:
    known = Person.objects.filter(username__regex=rf"^{username}(-\d+)?$", is_active=True)
    person = known.filter(organisation=organisation).first() or register_person(
        by=SYSTEM,
        username=_free(username),
        name=name,
        organisation=organisation,
    )
    return assign_office(
        by=SYSTEM,
        person=person,
        organisation=organisation,
        title=title,
        roles=roles,
        since_on=on,
    )


def _free(username: str) -> str:
    """The username, with a number behind it where somebody who left or was suspended has it."""
    taken = set(Person.objects.filter(username__startswith=username).values_list("username"))
    several = (username if at == 1 else f"{username}-{at}" for at in count(1))
    return next(each for each in several if (each,) not in taken)


def _names() -> Any:
    staff = _staff()
    surnames, given = staff["surnames"], staff["given"]
    for at in count():
        yield surnames[at % len(surnames)] + given[(at + at // len(surnames)) % len(given)]
