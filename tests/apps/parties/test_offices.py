"""Offices end once, are delegated for a while and no further; who has an interest doesn't judge."""

from datetime import date, timedelta
from itertools import permutations

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

import city_hall
from apps.parties.casting import member, person
from gongzhi.core.charter import INSTALLATION, SYSTEM, Member, Refused
from gongzhi.cycle import actions as cycle
from gongzhi.parties.actions import offices as actions
from gongzhi.parties.actions import setting_up
from gongzhi.parties.asked_once import asked_once
from gongzhi.parties.business_date import business_date
from gongzhi.parties.conflicts import Conflict, conflicted
from gongzhi.parties.deeds import may
from gongzhi.parties.members import member_in, offices_held
from gongzhi.parties.models import Deed, Office, Organisation, Person
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.rules.offices import office_rules
from verified import verified

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
ROLES = ("officer", "reviewer")


@pytest.fixture
def hall() -> city_hall.Unit:
    return city_hall.unit("1", within=city_hall.region())


@pytest.fixture
def today() -> date:
    return business_date()


@pytest.fixture
def colleague(hall: city_hall.Unit) -> Person:
    return person(hall.organisation, "colleague")


@pytest.fixture
def two_roles(hall: city_hall.Unit) -> Office:
    return city_hall.office(hall.organisation, "both", *ROLES)


def assigned(by: Member, somebody: Person, organisation: Organisation, *roles: str) -> Office:
    return actions.assign_office(
        by=by,
        person=somebody,
        organisation=organisation,
        title="某岗",
        roles=roles,
        since_on=date(2026, 1, 1),
    )


def delegated(office: Office, to: Person, *roles: str, days: int = 10, begin: int = 0) -> Office:
    first = business_date() + begin * DAY
    delegation = actions.Delegation(
        to=to, roles=roles, since_on=first, until_on=first + (days - 1) * DAY
    )
    return actions.delegate_office(by=verified(office), office=office, delegation=delegation)


# ── 3.1: who gives and ends offices ──


def test_an_organisation_gives_its_own_people_ordinary_offices(hall, colleague):
    admin = member(hall.organisation, "organisation_admin")

    office = assigned(admin, colleague, hall.organisation, "officer")

    assert list(offices_held(colleague, on=business_date())) == [office]
    assert Deed.objects.get(verb="assign_office", office=admin.office).clauses == ["3.1"]


@pytest.mark.parametrize("role", sorted(office_rules(on=date(2026, 1, 1)).entrusted))
def test_an_organisation_does_not_give_offices_that_decide_for_others(hall, colleague, role):
    with pytest.raises(Refused):
        assigned(
            member(hall.organisation, "organisation_admin"), colleague, hall.organisation, role
        )

    assert assigned(member(hall.organisation, "security_admin"), colleague, hall.organisation, role)


def test_an_organisation_gives_no_offices_elsewhere(hall, colleague):
    other = city_hall.unit("2", within=hall.organisation.region)

    with pytest.raises(Refused):
        assigned(member(other.organisation, "organisation_admin"), colleague, hall.organisation)


def test_s07_nobody_gives_an_office_to_their_other_account(hall):
    admin, other = (
        city_hall.office(hall.organisation, name, role)
        for name, role in (("a", "organisation_admin"), ("b", "officer"))
    )
    one_human(admin.person, other.person)

    with pytest.raises(Refused) as refused:
        assigned(verified(Office.objects.get(pk=admin.pk)), other.person, hall.organisation)

    assert refused.value.clauses == ("3.2",)


def test_s09_an_office_that_was_ended_gives_nothing_any_more(hall, today):
    actions.end_office(
        by=member(hall.organisation, "security_admin"), office=hall.officer_office, reason="调离"
    )

    assert not offices_held(hall.officer_office.person, on=today).exists()
    deed = Deed.objects.get(verb="end_office")
    assert deed.kept("reason") == "调离"
    assert "调离" not in str(deed.public)


def test_an_office_ends_only_once(hall):
    security = member(hall.organisation, "security_admin")
    actions.end_office(by=security, office=hall.officer_office, reason="调离")

    with pytest.raises(Refused):
        actions.end_office(by=security, office=hall.officer_office, reason="又一次")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE parties_office SET roles = '[\"issuer\"]'",
        "UPDATE parties_office SET person_id = gen_random_uuid()",
        "DELETE FROM parties_office",
        "UPDATE parties_conflict SET about = 'organisation:other'",
        "DELETE FROM parties_conflict",
    ],
)
def test_the_database_keeps_offices_and_conflicts_as_they_were(hall, statement):
    actions.declare_conflict(
        by=hall.officer,
        about=hall.project.thing(),
        reason="亲属任职",
        since_on=business_date(),
    )
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


# ── 3.4: delegation ──


def test_somebody_acts_for_a_colleague_with_some_of_the_roles(two_roles, colleague, today):
    office = delegated(two_roles, colleague, "reviewer")

    acting = next(iter(offices_held(colleague, on=today)))
    assert acting == office
    assert member_in(acting).roles == {"reviewer"}
    assert member_in(acting).person == str(colleague.pk)
    assert str(acting).endswith("（代）")


def test_what_is_done_by_delegation_stands_under_the_delegates_name(hall, colleague):
    office = delegated(hall.reviewer_office, colleague, "reviewer")
    version = city_hall.draft(hall)

    cycle.publish_form(by=verified(office), version=version, review="可以公开")

    deed = Deed.objects.get(verb="publish_form")
    assert (deed.person, deed.office) == (colleague.pk, office.pk)


def test_whoever_drafted_does_not_publish_by_delegation(hall):
    """A colleague's office doesn't make one's own draft somebody else's."""
    version = city_hall.draft(hall)
    office = delegated(hall.reviewer_office, hall.officer_office.person, "reviewer")

    with pytest.raises(Refused) as refused:
        cycle.publish_form(by=verified(office), version=version, review="可以公开")

    assert refused.value.clauses == ("3.3",)


@given(days=st.integers(1, 120), after=st.integers(-2, 130))
def test_a_delegation_counts_from_its_first_day_to_its_last(days, after):
    held = Office(since_on=date(2026, 1, 1), until_on=date(2026, 1, 1) + (days - 1) * DAY)
    day = held.since_on + after * DAY

    assert (held.since_on <= day <= held.until_on) == (0 <= after < days)


def test_a_delegation_ends_by_itself_and_with_the_office(hall, two_roles, colleague, today):
    office = delegated(two_roles, colleague, "reviewer", days=10)

    assert offices_held(colleague, on=today + 9 * DAY).exists()
    assert not offices_held(colleague, on=today + 10 * DAY).exists()

    actions.end_office(
        by=member(hall.organisation, "security_admin"), office=two_roles, reason="调离"
    )
    assert not offices_held(colleague, on=today).exists()
    assert office.ended_on is None


def test_a_delegation_ends_when_whoever_gave_it_is_suspended(two_roles, colleague, today):
    delegated(two_roles, colleague, "reviewer")
    Person.objects.filter(pk=two_roles.person_id).update(is_active=False)

    assert not offices_held(colleague, on=today).exists()


def test_what_was_delegated_is_not_passed_on(hall, two_roles, colleague):
    office = delegated(two_roles, colleague, "reviewer")
    third = person(hall.organisation, "third")

    with pytest.raises(Refused) as refused:
        delegated(office, third, "reviewer", days=2)

    assert refused.value.clauses == ("3.4",)


def test_nobody_delegates_somebody_elses_office(hall, two_roles, colleague):
    delegation = actions.Delegation(
        to=colleague, roles=["officer"], since_on=business_date(), until_on=business_date()
    )
    with pytest.raises(Refused):
        actions.delegate_office(by=hall.reviewer, office=two_roles, delegation=delegation)


@pytest.mark.parametrize("who", ["giver", "delegate", "organisation_admin", "security_admin"])
def test_a_delegation_is_ended_by_either_side_or_by_whoever_watches(
    hall, two_roles, colleague, today, who
):
    office = delegated(two_roles, colleague, "reviewer")
    by = {"giver": two_roles, "delegate": office}.get(who)

    actions.end_delegation(by=verified(by) if by else member(hall.organisation, who), office=office)

    assert not offices_held(colleague, on=today).exists()


def test_a_delegation_that_does_not_suit_is_told_by_field(hall, two_roles, colleague):
    elsewhere = person(city_hall.unit("2", within=hall.organisation.region).organisation, "x")
    most = office_rules(on=business_date()).delegation_days_max

    for to, roles, options, field in (
        (elsewhere, ["officer"], {}, "to"),
        (two_roles.person, ["officer"], {}, "to"),
        (colleague, [], {}, "roles"),
        (colleague, ["legal"], {}, "roles"),
        (colleague, ["officer"], {"begin": -1}, "since_on"),
        (colleague, ["officer"], {"days": most + 1}, "until_on"),
        (colleague, ["officer"], {"days": 0}, "until_on"),
    ):
        with pytest.raises(Unsuitable) as unsuitable:
            delegated(two_roles, to, *roles, **options)
        assert list(unsuitable.value.faults) == [field]
    assert delegated(two_roles, colleague, "officer", days=most)
    assert Office.objects.filter(acts_for=two_roles).count() == 1


# ── 3.5, 3.6: conflicts of interest ──


def declared(by: Member, about, **days) -> Conflict:
    given = {"since_on": business_date(), **days}
    return actions.declare_conflict(by=by, about=about.thing(), reason="亲属任职", **given)


@pytest.mark.parametrize("about", ["project", "organisation"])
def test_whoever_declared_a_conflict_does_not_judge(hall, about):
    version = city_hall.draft(hall)
    declared(hall.reviewer, getattr(hall, about))

    with pytest.raises(Refused) as refused:
        cycle.publish_form(by=hall.reviewer, version=version, review="可以公开")

    assert refused.value.clauses == ("3.6",)


def test_a_conflict_about_something_else_stands_against_nothing(hall):
    other = city_hall.unit("2", within=hall.organisation.region)
    declared(hall.reviewer, other.project)

    assert city_hall.published(hall)


def test_a_conflict_counts_from_its_first_day_to_its_last(hall, today):
    name = hall.project.thing().name
    declared(hall.reviewer, hall.project, since_on=today + DAY)
    declared(hall.reviewer, hall.project, since_on=today - 9 * DAY, until_on=today - DAY)
    assert not conflicted(name)

    declared(hall.reviewer, hall.project, until_on=today)
    assert conflicted(name) == {hall.reviewer.person}


def test_s07_a_conflict_binds_all_accounts_of_the_human(hall):
    one_human(hall.officer_office.person, hall.reviewer_office.person)
    drafter = city_hall.office(hall.organisation, "drafter", "officer")
    version = cycle.draft_form(
        by=verified(drafter),
        project=hall.project,
        form=city_hall.form(),
        fiscal_year=city_hall.YEAR,
        pack=city_hall.PACK,
    )
    declared(verified(Office.objects.get(pk=hall.officer_office.pk)), hall.project)

    with pytest.raises(Refused) as refused:
        cycle.publish_form(
            by=verified(Office.objects.get(pk=hall.reviewer_office.pk)),
            version=version,
            review="可以公开",
        )

    assert refused.value.clauses == ("3.6",)


def test_somebody_else_confirms_that_the_tie_is_gone(hall):
    conflict = declared(hall.reviewer, hall.project)
    admin = member(hall.organisation, "organisation_admin")

    with pytest.raises(Refused):
        actions.lift_conflict(by=hall.reviewer, conflict=conflict, reason="已离职")
    actions.lift_conflict(by=admin, conflict=conflict, reason="已离职")

    assert not conflicted(hall.project.thing().name)
    assert city_hall.published(hall)


def test_nobody_lifts_their_own_conflict_from_another_office(hall):
    both = city_hall.office(hall.organisation, "admin", "organisation_admin")
    conflict = declared(verified(both), hall.project)

    with pytest.raises(Refused):
        actions.lift_conflict(by=verified(both), conflict=conflict, reason="已离职")


def test_the_reason_of_a_conflict_is_sealed(hall):
    conflict = declared(hall.reviewer, hall.project)
    deed = Deed.objects.get(verb="declare_conflict")

    assert deed.kept("reason") == "亲属任职"
    assert deed.public["about"] == hall.project.thing().name
    assert "亲属任职" not in str(deed.public)
    assert "reason" not in {field.name for field in conflict._meta.fields}


def test_conflicts_are_asked_once_in_a_request_and_anew_for_a_deed(hall, django_assert_num_queries):
    version = city_hall.draft(hall)
    version = type(version).objects.with_facts().get(pk=version.pk)
    with asked_once():
        assert may(hall.reviewer, "publish_form", version)
        with django_assert_num_queries(0):
            for _ in range(30):
                version.thing()
        declared(hall.reviewer, hall.project)
        assert not may(hall.reviewer, "publish_form", version)


# ── 3.7, 3.8: three administrators ──

ADMINISTRATORS = ("system_admin", "security_admin", "audit_admin")


@pytest.mark.parametrize(("first", "second"), [*permutations(ADMINISTRATORS, 2)])
@pytest.mark.parametrize("path", ["same account", "other account", "by delegation"])
def test_s15_nobody_becomes_two_administrators(hall, first, second, path):
    office = city_hall.office(hall.organisation, "first", first)
    somebody = office.person
    if path == "other account":
        somebody = person(hall.organisation, "other account")
        one_human(office.person, somebody)

    giver = city_hall.office(hall.organisation, "giver", second)
    give = {"by delegation": lambda: delegated(giver, somebody, second)}.get(
        path, lambda: assigned(SYSTEM, somebody, hall.organisation, second)
    )
    with pytest.raises(Refused) as refused:
        give()

    assert refused.value.clauses == ("3.8",)


def test_s15_the_administrators_follow_one_another_but_not_at_once(hall, colleague):
    actions.assign_office(
        by=SYSTEM,
        person=colleague,
        organisation=hall.organisation,
        title="某岗",
        roles=["audit_admin"],
        since_on=date(2020, 1, 1),
        until_on=date(2025, 12, 31),
    )

    assert assigned(SYSTEM, colleague, hall.organisation, "system_admin")


def test_s15_no_office_joins_an_administrator_with_another_role(hall, colleague):
    for roles in (["system_admin", "audit_admin"], ["system_admin", "officer"]):
        with pytest.raises(Refused):
            assigned(SYSTEM, colleague, hall.organisation, *roles)


def test_s15_two_administrators_in_one_office_could_do_nothing(hall):
    """Even if such an office stood in the database: a protected forbid."""
    both = Office(
        person=hall.officer_office.person,
        organisation=hall.organisation,
        title="两岗",
        roles=["security_admin", "system_admin"],
        since_on=date(2026, 1, 1),
    )

    answer = may(verified(both), "register_person", INSTALLATION)
    assert not answer
    assert answer.clauses == ("3.8",)


def one_human(*people: Person) -> None:
    """Let accounts belong to the same human."""
    human = setting_up.Person._meta.get_field("human").remote_field.model.objects.create(
        identity="0" * 64
    )
    for somebody in people:
        somebody.human = human
        somebody.save(update_fields=["human"])
