"""Lists of the parties' room show what the charter says of each row, by region too."""

from datetime import date

import pytest
from django.utils import timezone

import city_hall
from gongzhi.core.charter import SYSTEM, VISITOR, Member, PartyKind
from gongzhi.parties.actions import setting_up as parties
from gongzhi.parties.charter_texts import as_json, digest_of
from gongzhi.parties.models import (
    CharterVersion,
    Deed,
    Office,
    Organisation,
    RefusedDeed,
    Region,
)
from gongzhi.parties.rights import may
from gongzhi.parties.usage import Used, usage
from gongzhi.rules.charter import read_texts
from verified import verified

pytestmark = pytest.mark.django_db
# A right that depends on where things are, in every form that the database is asked.
BY_REGION = """
@id("by-region") @clause("12.1")
permit (
    principal in Party::"unit",
    action in [Action::"view_region", Action::"view_organisation", Action::"view_office"],
    resource
)
when { resource in Region::"%s" };
@id("not-there") @clause("12.1")
forbid (principal, action == Action::"view_organisation", resource)
when { resource in Region::"%s" };
"""


class Country:
    """A province with two cities, one of them with a county; a unit in each."""

    def __init__(self) -> None:
        province = parties.register_region(by=SYSTEM, code="990000", name="某省")
        self.city = parties.register_region(by=SYSTEM, code="990100", name="某市", parent=province)
        other = parties.register_region(by=SYSTEM, code="990200", name="另一市", parent=province)
        self.county = parties.register_region(
            by=SYSTEM, code="990101", name="某县", parent=self.city
        )
        self.units = [
            city_hall.unit(region.code, within=region)
            for region in (province, self.city, other, self.county)
        ]
        person = parties.register_person(by=SYSTEM, username="li", name="李某")
        self.members = [
            VISITOR,
            SYSTEM,
            Member(kind=PartyKind.CITIZEN, person=str(person.pk)),
            *(unit.officer for unit in self.units),
            verified(city_hall.office(self.units[0].organisation, "audit", "audit_admin")),
        ]


@pytest.fixture
def country() -> Country:
    return Country()


KINDS = [
    (Region, "view_region"),
    (Organisation, "view_organisation"),
    (Office, "view_office"),
    (Deed, "view_deed"),
    (RefusedDeed, "view_refused_deed"),
    (CharterVersion, "view_charter_version"),
]


def refused(member: Member) -> RefusedDeed:
    return RefusedDeed.objects.create(
        verb="draft_form",
        on="project:one",
        party=member.party,
        person=member.person,
        office=member.office,
        clauses=["2.11"],
        refused_at=timezone.now(),
    )


@pytest.mark.parametrize(("model", "verb"), KINDS)
def test_lists_and_single_questions_agree(country, model, verb):
    for member in country.members:
        refused(member)
    rows = list(model.objects.all())
    assert rows

    for member in country.members:
        listed = set(model.objects.visible_to(member))
        assert listed == {row for row in rows if may(member, verb, row)}


@pytest.mark.parametrize(("model", "verb"), KINDS[:3])
def test_a_right_that_depends_on_the_region_is_a_filter_of_the_database(country, model, verb):
    texts = as_json(read_texts())
    texts["parts"] = [{**part, "always": True} for part in texts["parts"]]
    texts["policies"]["region.cedar"] = BY_REGION % (country.city.pk, country.county.pk)
    visitor = texts["policies"]["visitor.cedar"]
    texts["policies"]["visitor.cedar"] = visitor.replace('"anybody-reads-the-register"', '"a"')
    CharterVersion.objects.create(
        number=2, texts=texts, digest=digest_of(texts), in_force_from=date(2000, 1, 1)
    )
    rows = list(model.objects.all())
    seen = set()
    for member in country.members:
        listed = set(model.objects.visible_to(member))
        assert listed == {row for row in rows if may(member, verb, row)}
        seen.add(frozenset(listed))
    assert len(seen) > 1


def test_refusals_are_read_by_whom_they_met_and_by_the_audit_administrator(country):
    met = country.units[1].officer
    row = refused(met)

    readers = [m for m in country.members if row in RefusedDeed.objects.visible_to(m)]

    assert readers == [met, country.members[-1]]


def test_how_often_a_right_was_used_and_refused_is_counted_by_kind_of_party(country):
    before = usage()
    for member in (VISITOR, country.units[0].officer, country.units[1].officer):
        refused(member)
    city_hall.draft(country.units[0])
    city_hall.draft(country.units[3])

    after = usage()

    def more(verb: str, kind: str) -> tuple[int, int]:
        then, now = before.get((verb, kind), Used()), after[verb, kind]
        return now.done - then.done, now.refused - then.refused

    assert more("draft_form", "government") == (2, 2)
    assert more("draft_form", "visitor") == (0, 1)
    assert after["register_region", "system"].done == 4


def test_counting_costs_two_queries(country, django_assert_num_queries):
    with django_assert_num_queries(2):
        usage()
