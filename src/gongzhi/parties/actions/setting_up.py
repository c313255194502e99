"""Deeds that set an installation up: who takes part, and where they belong."""

from datetime import date

from django.conf import settings
from django.contrib.auth.hashers import make_password

from gongzhi.core.charter import INSTALLATION, SYSTEM, Member
from gongzhi.parties.asked_once import forget
from gongzhi.parties.charter_lookup import forget_charter
from gongzhi.parties.deeds import act
from gongzhi.parties.models import DemoDate, Organisation, Person, Region
from gongzhi.parties.subject_keys import person_subject
from gongzhi.rules.money import USUAL, load_currencies


def register_region(
    *,
    by: Member,
    code: str,
    name: str,
    parent: Region | None = None,
    currency: str = USUAL,
    people: int | None = None,
) -> Region:
    """Add an administrative division; its money is that of the one around it."""
    assert currency in load_currencies(), "a currency that rules/money knows"
    with act(by, "register_region", on=INSTALLATION) as record:
        ancestors = list(parent.line()) if parent else []
        region = Region.objects.create(
            code=code,
            name=name,
            parent=parent,
            ancestors=ancestors,
            currency=parent.currency if parent else currency,
            people=people,
        )
        record["region"] = str(region.pk)
        record["code"] = code
        record["currency"] = region.currency
        if people is not None:
            record["people"] = people
    return region


def register_organisation(
    *,
    by: Member,
    region: Region,
    code: str,
    name: str,
    kind: str,
    parent: Organisation | None = None,
) -> Organisation:
    """Add an organisation of a kind of party."""
    with act(by, "register_organisation", on=region) as record:
        organisation = Organisation.objects.create(
            code=code, name=name, kind=kind, region=region, parent=parent
        )
        record["organisation"] = str(organisation.pk)
        record["code"] = code
        record["kind"] = kind
    return organisation


def register_person(
    *,
    by: Member,
    username: str,
    name: str,
    password: str | None = None,
    organisation: Organisation | None = None,
) -> Person:
    """Add somebody who can sign in; without a password only the demo's switcher can be them."""
    with act(by, "register_person", on=INSTALLATION) as record:
        person = Person.objects.create(
            username=username,
            name=name,
            password=make_password(password),
            organisation=organisation,
        )
        record.private("person", str(person.pk), about=person_subject(person.pk))
    return person


def move_business_date(*, to: date) -> None:
    """Let a demo live on another day; elsewhere the calendar holds."""
    assert settings.DEMO, "only a demo's date can be moved"
    with act(SYSTEM, "move_business_date", on=INSTALLATION) as record:
        DemoDate.objects.create(date=to)
        record["to"] = to.isoformat()
    forget()
    forget_charter()
