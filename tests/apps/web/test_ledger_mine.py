"""Which entries concern me: what I and mine did, and what was done with what is ours."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from django.urls import reverse

import city_hall
from apps.forum.compensated import line, promise, promised
from apps.forum.firms import firm
from apps.web.cast import Cast, application
from gongzhi.core.charter import INSTALLATION, SYSTEM, VISITOR
from gongzhi.core.ledger.batch import Row
from gongzhi.desk.things import filtered_kinds
from gongzhi.forum.actions.compensations import Promiser, Share, promise_compensation
from gongzhi.forum.models import Compensation
from gongzhi.forum.own import office_of, person_of
from gongzhi.parties.actions import offices
from gongzhi.parties.actions.admission import admit_organisation, apply_for_admission
from gongzhi.parties.actions.people import suspend_person
from gongzhi.parties.business_date import business_date
from gongzhi.parties.deeds import act
from gongzhi.parties.members import member_of
from gongzhi.parties.models import Admission, Deed, Organisation, Person
from gongzhi.parties.subject_keys import person_subject
from gongzhi.rules.charter import load_charter
from gongzhi.trust.order import numbers_of
from gongzhi.trust.sequencing import sequence
from gongzhi.web.concerning import HOLDERS, OWNERS
from verified import VerifiedClient, verified

pytestmark = pytest.mark.django_db
ENTRY = re.compile(r'<th scope="row"[^>]*><a href="/ledger/(\d+)/"')
OLDER = re.compile(r'rel="next" href="\?([^"]+)"')


def listed(person: Person) -> set[int]:
    """The numbers of all entries in somebody's list, page after page."""
    while sequence():
        pass
    client = VerifiedClient()
    client.force_login(person)
    found: set[int] = set()
    query: str | None = ""
    while query is not None:
        text = client.get(f"{reverse('ledger-mine')}?{query}").content.decode()
        numbers = {int(number) for number in ENTRY.findall(text)}
        assert not numbers & found, "an entry is on one page"
        found |= numbers
        older = OLDER.search(text)
        query = older[1] if older else None
    return found


def numbers(**chosen: object) -> set[int]:
    leaves = Deed.objects.filter(**chosen).values_list("leaf", flat=True)
    found = set(numbers_of(list(leaves)).values())
    assert found, chosen
    return found


@pytest.fixture
def units() -> tuple[city_hall.Unit, city_hall.Unit]:
    region = city_hall.region()
    mine, other = (city_hall.unit(code, within=region) for code in "12")
    for unit in (mine, other):
        city_hall.published(unit)
    return mine, other


def test_what_my_organisation_did_and_what_was_done_with_its_things_is_in(units):
    mine, _ = units
    found = listed(mine.officer_office.person)
    for verb in ("draft_form", "publish_form"):
        both = numbers(verb=verb)
        own = numbers(verb=verb, party=mine.officer.party)
        assert own <= found
        assert not (both - own) & found


def test_what_the_platform_did_with_our_project_and_unit_is_in(units):
    mine, other = units
    found = listed(mine.officer_office.person)
    assert numbers(on=f"organisation:{mine.organisation.pk}", verb="register_project") <= found
    assert (
        numbers(verb="register_organisation", public__organisation=str(mine.organisation.pk))
        <= found
    )
    assert not numbers(on=f"organisation:{other.organisation.pk}") & found


def test_what_another_party_did_with_our_project_is_in(units):
    mine, other = units
    with act(SYSTEM, "register_project", on=mine.organisation) as record:
        record["project"] = str(mine.project.pk)
    found, others = (listed(unit.officer_office.person) for unit in (mine, other))
    assert numbers(pk=record.deed_id) <= found - others


def test_s58_what_is_promised_concerns_who_pays_and_who_gets_it(units):
    """A payer with funds of its own too; not the project's unit, nor others that may read it."""
    mine, other = units
    line(mine.project)
    payer, getter = (firm(number, within=mine.organisation.region) for number in (8, 9))
    firms = [Organisation.objects.get(pk=each.organisation) for each in (payer, getter)]
    parts = (Share(amount=Decimal(120_000), due_on=business_date()),)
    house = replace(promised(organisation=other.organisation), parts=parts)
    beside = promise(mine, house)
    row = promise_compensation(
        by=SYSTEM,
        project=mine.project,
        promised=replace(
            house, payer=firms[0], organisation=firms[1], own_funds="经营结余", budget_line=""
        ),
        promiser=Promiser(office=office_of(payer), person=person_of(payer)),
    )
    assert Compensation.objects.visible_to(other.officer).count() == 2

    firms_found = [listed(Person.objects.get(pk=each.person)) for each in (payer, getter)]
    units_found = [listed(unit.officer_office.person) for unit in units]
    from_own, from_line = (numbers(on=each.thing().name) for each in (row, beside))
    for found in firms_found:
        assert found & (from_own | from_line) == from_own
    for found in units_found:
        assert found & (from_own | from_line) == from_line


def test_my_offices_are_in_even_where_i_act_for_nobody(units):
    """A citizen who held an office once: what gave it and what ended it are about them."""
    mine, _ = units
    office = city_hall.office(mine.organisation, "once", "officer")
    chief = city_hall.office(mine.organisation, "chief", "organisation_admin")
    offices.end_office(by=verified(chief), office=office, reason="调离")
    person = office.person
    assert member_of(person).organisation is None

    found = listed(person)

    assert numbers(verb="assign_office", public__office=str(office.pk)) <= found
    assert numbers(verb="end_office", on=office.thing().name) <= found
    assert not numbers(verb="draft_form") & found


def test_what_was_done_with_my_account_is_in_and_in_nobody_elses_list(units):
    mine, other = units
    chief = city_hall.office(mine.organisation, "chief", "security_admin")
    person = city_hall.office(mine.organisation, "suspect").person
    suspend_person(by=verified(chief), person=person, reason="密码泄露")
    while sequence():
        pass
    suspended = numbers(verb="suspend_person", on=f"person:{person.pk}")
    assert suspended <= listed(chief.person)
    assert not suspended & listed(other.officer_office.person)


def test_the_application_on_which_we_were_admitted_is_in(units):
    mine, _ = units
    registrar = verified(city_hall.office(mine.organisation, "registrar", "registrar"))
    admission = apply_for_admission(
        by=VISITOR, region=mine.organisation.region, application=application(3)
    )
    admitted = admit_organisation(by=registrar, admission=admission, site="http://localhost/")
    officer = city_hall.office(admitted, "first").person

    found = listed(officer)

    assert numbers(verb="admit_organisation", on=admission.thing().name) <= found
    assert numbers(verb="apply_for_admission", public__admission=str(admission.pk)) <= found
    assert Admission.objects.visible_to(member_of(officer)).count() == 0
    assert not numbers(verb="publish_form") & found


def test_nothing_that_may_not_be_read_lends_its_deeds(cast: Cast):
    """The list of a visitor's account is what they did themselves."""
    citizen = cast.one("citizen").member
    found = listed(Person.objects.get(pk=citizen.person))
    leaves = set(Deed.objects.filter(person=citizen.person).values_list("leaf", flat=True))
    assert set(numbers_of(list(leaves)).values()) <= found


def test_every_kind_of_thing_says_whose_it_is():
    """A new kind with an owner or a holder is a line in web/concerning.py."""
    kinds = load_charter().texts.vocabulary.kinds
    for attribute, table in (("owner", OWNERS), ("holder", HOLDERS)):
        named = {kind for kind in filtered_kinds() if attribute in kinds[kind]["attributes"]}
        assert named - {"organisation"} == table.keys()  # which is found by its own name


def test_s68_values_about_me_in_the_rows_of_a_batch_are_in_and_shown_to_me(units):
    mine, other = (unit.officer_office.person for unit in units)
    subject = person_subject(mine.pk)
    with act(SYSTEM, "register_region", on=INSTALLATION) as record:
        rows = [Row({"n": n}, {"text": f"付给我{n}"}, bytes([n]) * 32, subject) for n in range(2)]
        record.batch("payment", rows)
    found, others = listed(mine), listed(other)
    assert numbers(pk=record.deed_id) <= found - others

    shown, hidden = map(kept_about, (mine, other))
    assert "付给我0" in shown
    assert "付给我1" in shown
    assert "付给我" not in hidden


def kept_about(person: Person) -> str:
    client = VerifiedClient()
    client.force_login(person)
    return client.get(reverse("my-data")).content.decode()
