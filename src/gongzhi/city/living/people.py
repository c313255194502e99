"""Who acts in the lived year: an officer and a reviewer in each organisation, the budget office."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from gongzhi.city.invented import CityYear
from gongzhi.city.invented.values import Body
from gongzhi.core.charter import SYSTEM, Member
from gongzhi.parties.actions.offices import assign_office
from gongzhi.parties.actions.setting_up import register_organisation, register_person
from gongzhi.parties.members import member_in
from gongzhi.parties.models import Office, Organisation

STAFF = Path(__file__).parent / "staff.toml"
BUREAU = "YH-101"  # the finance bureau
ROLES = ("officer", "reviewer")


@cache
def _staff() -> dict[str, Any]:
    return tomllib.loads(STAFF.read_text(encoding="utf-8"))


@dataclass(slots=True, kw_only=True)
class People:
    """The organisations of the city by their codes, and whoever holds an office in one."""

    organisations: dict[str, Organisation]
    offices: dict[tuple[str, str], Office]

    @classmethod
    def known(cls) -> "People":
        """Those that are registered."""
        organisations = {each.code: each for each in Organisation.objects.select_related("region")}
        offices: dict[tuple[str, str], Office] = {}
        held = Office.objects.select_related("organisation__region", "person").order_by("-since_on")
        for office in held.filter(until_on__isnull=True):
            for role in office.roles:
                offices[office.organisation.code, role] = office
        return cls(organisations=organisations, offices=offices)

    def member(self, code: str, role: str) -> Member:
        """Whoever holds a role in an organisation, as if they had just shown a factor."""
        return member_in(self.offices[code, role], second_factor=True, fresh=True)

    @property
    def budget(self) -> Member:
        """The finance bureau's budget office."""
        return self.member(BUREAU, "budget")

    @property
    def bureau(self) -> Organisation:
        """The finance bureau."""
        return self.organisations[BUREAU]


def settle_in(city: CityYear, *, on: date) -> People:
    """Register whoever isn't there: organisations under their departments, their officers."""
    people = People.known()
    for body in sorted(city.bodies, key=lambda each: (bool(each.department), each.code)):
        if body.code not in people.organisations:
            people.organisations[body.code] = register_organisation(
                by=SYSTEM,
                region=people.bureau.region,
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
        is_there = (seat.organisation, "officer") in people.offices
        if seat.organisation and "officer" in seat.roles and not is_there:
            people.offices[seat.organisation, "officer"] = _office(
                people.organisations[seat.organisation],
                username=seat.username,
                name=seat.name,
                title=seat.title.zh,
                role="officer",
                on=on,
            )


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
        role=role,
        on=on,
    )


def _office(
    organisation: Organisation, *, username: str, name: str, title: str, role: str, on: date
) -> Office:
    person = register_person(by=SYSTEM, username=username, name=name, organisation=organisation)
    return assign_office(
        by=SYSTEM,
        person=person,
        organisation=organisation,
        title=title,
        roles=[role],
        since_on=on,
    )


def _names() -> Any:
    staff = _staff()
    surnames, given = staff["surnames"], staff["given"]
    for at in count():
        yield surnames[at % len(surnames)] + given[(at + at // len(surnames)) % len(given)]
