"""Pages of who takes part: what each reader sees, and what a form says that wasn't taken."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

import city_hall
from apps.parties.casting import PASSWORD, invited, member, person
from apps.parties.numbers import credit_code, identity_number
from gongzhi.parties.actions import people as actions
from gongzhi.parties.business_date import business_date
from gongzhi.parties.models import Admission, Conflict, Invitation, Office, Person
from gongzhi.parties.sign_in import SHOWN
from gongzhi.web.pages.people.admission import APPLIED_A_MINUTE_MAX
from verified import VerifiedClient

pytestmark = pytest.mark.django_db
# What differs between two answers though nothing does.
ONCE = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"')


@pytest.fixture
def hall() -> city_hall.Unit:
    return city_hall.unit("1", within=city_hall.region())


def words(answer) -> str:
    return answer.content.decode()


def signed_in(organisation, *roles: str) -> VerifiedClient:
    client = VerifiedClient()
    client.force_login(city_hall.office(organisation, "reader " + "-".join(roles), *roles).person)
    return client


def address(name: str, *arguments) -> str:
    return reverse(name, args=arguments)


# ── organisations ──


def test_visitors_see_offices_and_not_who_holds_them(hall, client):
    page = words(client.get(address("organisation", hall.organisation.pk)))

    assert hall.officer_office.title in page
    assert hall.officer_office.person.username not in page
    assert str(hall.officer_office.person_id) not in page
    colleague = words(
        signed_in(hall.organisation).get(address("organisation", hall.organisation.pk))
    )
    assert str(hall.officer_office.person_id) in colleague


def test_the_directory_finds_by_name_code_and_kind(hall, client):
    city_hall.unit("2", within=hall.organisation.region, kind="social")
    found = client.get(address("organisations"), {"q": "某局1"})
    assert "某局1" in words(found)
    assert "某局2" not in words(found)
    social = words(client.get(address("organisations"), {"kind": "social"}))
    assert "某局2" in social
    assert "某局1" not in social
    assert client.get(address("organisations"), {"kind": "password"}).status_code == 400


def test_an_office_is_offered_with_the_roles_that_its_giver_may_give(hall):
    page = address("organisation", hall.organisation.pk)
    own = words(signed_in(hall.organisation, "organisation_admin").get(page))
    security = words(signed_in(hall.organisation, "security_admin").get(page))

    assert 'value="officer"' in own
    assert 'value="registrar"' not in own
    assert 'value="registrar"' in security
    assert "assign_office/" not in words(signed_in(hall.organisation, "officer").get(page))


# ── admission ──


def application(**changes: str) -> dict[str, str]:
    return {
        "key": "once",
        "kind": "social",
        "name": "某互助社",
        "code": credit_code(1),
        "purpose": "邻里互助",
        "registration_number": "民社证字第 1 号",
        "competent_unit": "某市民政局",
        "responsible": "王某",
        "person": "李某",
        "channel": "email",
        "address": "li@example.org",
        **changes,
    }


def test_an_application_that_was_not_taken_keeps_what_was_written(hall, client):
    sent = application(region=str(hall.organisation.region_id), code=credit_code(1)[:-1] + "0")

    answer = client.post(address("apply_for_admission"), sent)

    assert answer.status_code == 422
    assert "请核对最后一位校验码" in words(answer)
    assert "某市民政局" in words(answer)
    assert not Admission.objects.exists()


def test_applications_from_one_address_are_slowed_down(hall, client):
    cache.clear()
    sent = application(region=str(hall.organisation.region_id), name="")
    for _ in range(APPLIED_A_MINUTE_MAX):
        assert client.post(address("apply_for_admission"), sent).status_code == 422

    assert client.post(address("apply_for_admission"), sent).status_code == 429


# ── invitations ──


def account(**changes: str) -> dict[str, str]:
    return {
        "username": "li",
        "name": "李某",
        "identity": identity_number(1),
        "password": PASSWORD,
        **changes,
    }


def test_whoever_accepts_is_signed_in_under_a_new_session(hall, client):
    _, token = invited(hall.organisation)
    client.get(address("accept_invitation", token))

    answer = client.post(address("accept_invitation", token), account())

    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(Person.objects.get(username="li").pk)
    assert client.session[SHOWN]["factor"] is None


def test_s19_a_link_that_is_over_tells_nothing_of_why(hall, client):
    _, used = invited(hall.organisation)
    VerifiedClient().post(address("accept_invitation", used), account())
    invitation, withdrawn = invited(hall.organisation)
    admin = member(hall.organisation, "system_admin")
    actions.withdraw_invitation(by=admin, invitation=invitation)

    answers = set()
    for token in (used, withdrawn, "made-up"):
        answer = client.get(address("accept_invitation", token))
        answers.add((answer.status_code, ONCE.sub("", words(answer).replace(token, ""))))

    assert len(answers) == 1
    assert answers.pop()[0] == 403


def test_whoever_is_signed_in_accepts_nothing_for_somebody_else(hall):
    _, token = invited(hall.organisation)

    answer = signed_in(hall.organisation).post(address("accept_invitation", token), account())

    assert answer.status_code == 409
    assert Invitation.objects.get().stage == "open"


def test_neither_password_nor_number_come_back_with_the_form(hall, client):
    _, token = invited(hall.organisation)

    answer = client.post(address("accept_invitation", token), account(username="Not Good"))

    assert answer.status_code == 422
    assert PASSWORD not in words(answer)
    assert identity_number(1) not in words(answer)


# ── delegation and conflicts ──


def test_a_delegation_is_offered_and_shown_with_its_mark(hall):
    colleague = person(hall.organisation, "colleague")
    client = VerifiedClient()
    client.force_login(hall.officer_office.person)
    assert "委托给同事" in words(client.get(address("my-offices")))
    today = business_date()
    sent = {"key": "once", "to": colleague.pk, "roles": "officer", "since_on": today}
    long = client.post(
        address("delegate_office", hall.officer_office.pk),
        {**sent, "until_on": today + timedelta(days=365)},
    )
    assert long.status_code == 422
    assert "一次最多" in words(long)

    client.post(address("delegate_office", hall.officer_office.pk), {**sent, "until_on": today})

    acting = VerifiedClient()
    acting.force_login(colleague)
    assert Office.objects.get(acts_for=hall.officer_office).person == colleague
    assert 'class="acting"' in words(acting.get(address("desk")))


def test_the_reason_of_a_conflict_is_read_by_its_own_and_by_who_watches(hall):
    client = VerifiedClient()
    client.force_login(hall.officer_office.person)
    about = hall.organisation.thing().name
    client.post(
        address("declare_conflict"),
        {"key": "once", "about": about, "reason": "亲属任职", "since_on": business_date()},
    )

    assert Conflict.objects.get().about == about
    assert "亲属任职" in words(client.get(address("conflicts")))
    admin = signed_in(hall.organisation, "organisation_admin")
    assert "亲属任职" in words(admin.get(address("conflicts")))
    assert "亲属任职" not in words(signed_in(hall.organisation).get(address("conflicts")))


def test_one_does_not_declare_a_conflict_about_what_one_may_not_see(hall):
    other = city_hall.unit("2", within=hall.organisation.region)
    client = VerifiedClient()
    client.force_login(hall.officer_office.person)

    answer = client.post(
        address("declare_conflict"),
        {
            "key": "once",
            "about": other.project.thing().name,
            "reason": "亲属任职",
            "since_on": business_date(),
        },
    )

    assert answer.status_code == 404
    assert not Conflict.objects.exists()
