"""Accounts are opened by invitation, known to be one human's, stopped when at risk."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

import city_hall
from apps.parties.casting import (
    PASSWORD,
    accepted,
    account,
    invited,
    letters,
    member,
    person,
    token_in,
)
from apps.parties.numbers import identity_number
from gongzhi.cli import setting_up
from gongzhi.core.charter import INSTALLATION, SYSTEM, VISITOR, Refused, Thing
from gongzhi.cycle import actions as cycle
from gongzhi.parties.actions import offices
from gongzhi.parties.actions import people as actions
from gongzhi.parties.actions.setting_up import move_business_date, register_person
from gongzhi.parties.business_date import business_date
from gongzhi.parties.deeds import may
from gongzhi.parties.identity import plain_identity
from gongzhi.parties.invitations import digest_of
from gongzhi.parties.members import offices_held
from gongzhi.parties.models import Deed, Human, Invitation, Office, Person, Session
from gongzhi.parties.rights import charter_in_force
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.rules.offices import office_rules
from verified import VerifiedClient, verified

pytestmark = pytest.mark.django_db
ADMIN_OFFER = actions.Offer(title="本单位管理岗", roles=("organisation_admin",))


@pytest.fixture
def hall() -> city_hall.Unit:
    return city_hall.unit("1", within=city_hall.region())


# ── invitations ──


def test_whoever_was_invited_opens_the_account_and_takes_the_office(hall):
    admin = member(hall.organisation, "organisation_admin")
    offer = actions.Offer(title="绩效管理岗", roles=("officer",))
    _, token = invited(hall.organisation, by=admin, offer=offer)

    somebody = accepted(token)

    assert somebody.check_password(PASSWORD)
    assert somebody.password.startswith("argon2$")
    assert somebody.organisation == hall.organisation
    office = offices_held(somebody, on=business_date()).get()
    assert (office.title, office.roles) == ("绩效管理岗", ["officer"])
    given = Deed.objects.filter(verb="assign_office").latest("done_at")
    assert given.because == Deed.objects.get(verb="accept_invitation").pk
    assert str(given.office) == admin.office


def test_the_address_that_the_link_reached_needs_no_other_proof(hall):
    _, token = invited(hall.organisation)

    contact = accepted(token).contacts.get()

    assert contact.address == "li@example.org"
    assert contact.verified_at


def test_the_token_stands_in_the_message_alone(hall):
    invitation, token = invited(hall.organisation)

    assert token_in(letters()[0]) == token
    row = Invitation.objects.filter(pk=invitation.pk).values().get()
    assert bytes(row["digest"]) == digest_of(token)
    assert token not in str(row)
    assert "li@example.org" not in str(row)
    assert "李某" not in str(row)
    assert token not in str(list(Deed.objects.values()))


def test_what_was_locked_is_erased_once_the_invitation_is_settled(hall):
    invitation, token = invited(hall.organisation)
    accepted(token)
    invitation.refresh_from_db()

    assert invitation.stage == "accepted"
    assert invitation.taken_out() is None


def test_a_link_works_once(hall):
    _, token = invited(hall.organisation)
    accepted(token)

    with pytest.raises(Refused):
        accepted(token, username="wang", human=2)


def test_a_link_that_was_withdrawn_is_dead(hall):
    invitation, token = invited(hall.organisation)
    actions.withdraw_invitation(by=member(hall.organisation, "system_admin"), invitation=invitation)

    with pytest.raises(Refused):
        accepted(token)


def test_a_link_lasts_for_some_days(hall, settings):
    settings.DEMO = True
    _, token = invited(hall.organisation)
    days = office_rules(on=business_date()).invitation_days
    last = business_date() + timedelta(days=days)

    move_business_date(to=last + timedelta(days=1))
    with pytest.raises(actions.InvitationOver):
        accepted(token)
    move_business_date(to=last)
    assert accepted(token)


def test_s09_a_link_dies_with_the_office_of_whoever_gave_it(hall):
    office = city_hall.office(hall.organisation, "admin", "organisation_admin")
    _, token = invited(hall.organisation, by=verified(office))
    offices.end_office(by=member(hall.organisation, "security_admin"), office=office, reason="调离")

    with pytest.raises(actions.InvitationOver):
        accepted(token)


def test_no_link_at_all_is_like_one_that_is_over(hall):
    with pytest.raises(actions.InvitationOver):
        accepted("made-up")


def test_nobody_offers_an_office_that_they_could_not_give(hall):
    for by, offer in (
        (member(hall.organisation, "system_admin"), ADMIN_OFFER),
        (
            member(hall.organisation, "organisation_admin"),
            actions.Offer(title="安全", roles=("security_admin",)),
        ),
    ):
        with pytest.raises(Refused):
            invited(hall.organisation, by=by, offer=offer)
    assert not Invitation.objects.exists()


def test_s19_inviting_says_nothing_of_whether_the_address_is_known(hall):
    admin = member(hall.organisation, "organisation_admin")
    _, token = invited(hall.organisation, by=admin)
    accepted(token)

    again, _ = invited(hall.organisation, by=admin)

    assert again.stage == "open"
    assert letters()[-1].partition("http")[0] == letters()[0].partition("http")[0]


def test_s07_nobody_takes_an_office_that_they_gave_to_their_other_account(hall):
    _, token = invited(hall.organisation, offer=ADMIN_OFFER)
    admin = offices_held(accepted(token), on=business_date()).get()
    _, token = invited(hall.organisation, by=verified(admin), offer=ADMIN_OFFER)

    with pytest.raises(Refused) as refused:
        accepted(token, username="li-2")

    assert refused.value.clauses == ("3.2",)
    assert not Person.objects.filter(username="li-2").exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("username", "Li"),
        ("username", "li"),
        ("name", " "),
        ("password", "1234567890"),
        ("password", "short"),
        ("identity", "110101190001010010"),
        ("identity", "110101190013010015"),
        ("identity", "not a number"),
    ],
)
def test_an_account_that_does_not_suit_is_told_by_field(hall, field, value):
    register_person(by=SYSTEM, username="li", name="李某")
    _, token = invited(hall.organisation)
    wanted = account("wang")
    changed = {name: getattr(wanted, name) for name in wanted.__slots__} | {field: value}

    with pytest.raises(Unsuitable) as unsuitable:
        actions.accept_invitation(by=VISITOR, token=token, account=actions.Account(**changed))

    assert list(unsuitable.value.faults) == [field]
    assert Invitation.objects.get().stage == "open"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE parties_invitation SET roles = '[\"issuer\"]'",
        "DELETE FROM parties_invitation",
    ],
)
def test_the_database_keeps_invitations_as_they_were_sent(hall, statement):
    invited(hall.organisation)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


# ── one human, several accounts ──


@given(human=st.integers(0, 999), spaces=st.booleans(), wide=st.booleans())
def test_an_identity_number_is_known_however_it_is_written(human, spaces, wide):
    number = identity_number(human)
    written = " ".join(number) if spaces else number.lower()
    if wide:
        written = "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in written)

    assert plain_identity(written) == number


@given(human=st.integers(0, 999), place=st.integers(0, 17), digit=st.integers(0, 9))
def test_a_wrong_digit_is_noticed(human, place, digit):
    number = identity_number(human)
    wrong = number[:place] + str(digit) + number[place + 1 :]

    assert plain_identity(wrong) == (number if wrong == number else "")


def test_s07_two_accounts_of_a_human_are_known_as_one_without_keeping_the_number(hall):
    people = []
    for username in ("li", "li-2"):
        _, token = invited(hall.organisation)
        people.append(accepted(token, username=username))

    assert people[0].human == people[1].human
    kept = Human.objects.get()
    assert identity_number(1) not in str(list(Human.objects.values()))
    assert len(kept.identity) == 64


def test_s07_the_human_is_known_again_after_the_key_was_changed(hall, settings):
    _, token = invited(hall.organisation)
    before = accepted(token).human
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new key for tests only"
    _, token = invited(hall.organisation)

    assert accepted(token, username="li-2").human == before


def test_s07_one_human_does_not_publish_what_their_other_account_drafted(hall):
    members = []
    for username, role in (("li", "officer"), ("li-2", "reviewer")):
        _, token = invited(hall.organisation, offer=actions.Offer(title="岗", roles=(role,)))
        members.append(
            verified(offices_held(accepted(token, username=username), on=business_date()).get())
        )
    version = cycle.draft_form(
        by=members[0],
        project=hall.project,
        form=city_hall.form(),
        fiscal_year=city_hall.YEAR,
        pack=city_hall.PACK,
    )

    with pytest.raises(Refused) as refused:
        cycle.publish_form(by=members[1], version=version, review="可以公开")

    assert refused.value.clauses == ("3.3",)


# ── accounts at risk ──


def test_s21_the_sessions_of_somebody_suspended_are_dead_on_the_next_request(hall):
    browser = VerifiedClient()
    browser.force_login(hall.officer_office.person)
    assert browser.get("/offices/").status_code == 200
    security = member(hall.organisation, "security_admin")

    actions.suspend_person(by=security, person=hall.officer_office.person, reason="丢失手机")

    assert browser.get("/offices/").status_code == 302
    assert not Session.objects.filter(person=hall.officer_office.person_id).exists()
    assert not offices_held(hall.officer_office.person, on=business_date()).exists()

    actions.restore_person(by=security, person=hall.officer_office.person, reason="已找回")
    assert offices_held(hall.officer_office.person, on=business_date()).exists()


def test_somebody_suspended_opens_no_other_account(hall):
    _, token = invited(hall.organisation)
    somebody = accepted(token)
    actions.suspend_person(
        by=member(hall.organisation, "security_admin"), person=somebody, reason="被盗用"
    )
    _, token = invited(hall.organisation)

    with pytest.raises(Unsuitable) as unsuitable:
        accepted(token, username="li-2")

    assert list(unsuitable.value.faults) == ["identity"]


def test_colleagues_see_each_other_and_nobody_else_does(hall):
    other = city_hall.unit("2", within=hall.organisation.region)
    citizen = person(None, "citizen")
    own = {hall.officer_office.person, hall.reviewer_office.person}

    assert set(Person.objects.visible_to(hall.officer)) == own
    assert not Person.objects.visible_to(VISITOR).exists()
    everybody = set(Person.objects.visible_to(member(other.organisation, "audit_admin")))
    assert own | {citizen} <= everybody


def test_what_is_visible_is_what_the_charter_says_of_each(hall):
    other = city_hall.unit("2", within=hall.organisation.region)
    person(None, "citizen")
    invited(hall.organisation)
    invited(other.organisation)
    for role in ("officer", "organisation_admin", "system_admin", "security_admin"):
        by = member(hall.organisation, role, name=f"the {role}")
        for model in (Person, Office, Invitation):
            kind = model.__name__.lower()
            seen = set(model.objects.visible_to(by))
            assert seen == {row for row in model.objects.all() if may(by, f"view_{kind}", row)}


# ── three administrators ──


@pytest.mark.unadopted
def test_s15_an_installation_begins_with_three_administrators():
    organisation = setting_up.register_first(
        {
            "region_code": "990100",
            "region_name": "某市",
            "organisation_code": "101",
            "organisation_name": "某市财政局",
            "username": "first",
            "name": "王某",
            "title": "系统管理员",
        },
        password=PASSWORD,
    )
    links = setting_up.invite_administrators(organisation)

    for human, link in enumerate(links.values()):
        accepted(token_in(link), username=f"admin-{human}", human=human)
    assert sorted(office.roles for office in Office.objects.all()) == [
        ["audit_admin"],
        ["security_admin"],
        ["system_admin"],
    ]
    security = Office.objects.get(roles=["security_admin"])
    given = Office(organisation=organisation, roles=["issuer"], since_on=business_date())
    assert may(verified(security), "assign_office", given)
    with pytest.raises(Refused):
        accepted(token_in(links["审计管理员"]), username="again", human=9)


TASKS = {
    "system_admin": {
        "register_region",
        "register_organisation",
        "register_person",
        "invite_person",
        "withdraw_invitation",
    },
    "security_admin": {
        "assign_office",
        "end_office",
        "end_delegation",
        "suspend_person",
        "restore_person",
        "reset_factors",
    },
    "audit_admin": {"view_refused_deed", "view_opening"},
}


@pytest.mark.parametrize("role", TASKS)
def test_s15_each_administrator_is_refused_what_the_others_do(hall, role):
    by = member(hall.organisation, role)
    others = set().union(*(tasks for name, tasks in TASKS.items() if name != role))
    verbs = charter_in_force().verb_names

    allowed = {verb for verb in others & set(verbs) if any(may(by, verb, on) for on in _on(verb))}

    assert allowed == set()


@pytest.mark.parametrize("role", TASKS)
def test_s15_administrators_do_no_business(hall, role):
    by = member(hall.organisation, role)
    version = city_hall.draft(hall)

    for verb, on in (("draft_form", hall.project), ("publish_form", version)):
        assert not may(by, verb, on)


@pytest.mark.parametrize("role", TASKS)
@pytest.mark.parametrize("table", ["parties_deed", "parties_refuseddeed", "trust_pendingleaf"])
def test_s15_nobody_deletes_from_the_logs(hall, role, table):
    assert member(hall.organisation, role)
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - a name from the list above


def _on(verb: str) -> list[Thing]:
    """A thing of each kind and stage that a verb can be done with, of another organisation."""
    vocabulary = charter_in_force().texts.vocabulary
    things = [INSTALLATION] if "installation" in vocabulary.verbs[verb]["on"] else []
    for kind in vocabulary.verbs[verb]["on"]:
        entry = vocabulary.kinds[kind]
        for stage in entry.get("stages", {"": ""}):
            given = {
                "owner": "another",
                "holder": "somebody",
                "authors": frozenset(),
                "conflicted": frozenset(),
                "stage": stage,
                "label": "ordinary",
            }
            wanted = {name: given[name] for name in entry["attributes"]}
            things.append(Thing(kind=kind, id="one", **wanted))
    return things
