"""An organisation applies, the registrar decides within the clause's clock, and is answered."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

import city_hall
from apps.parties.casting import SITE, accepted, letters, member, token_in
from apps.parties.numbers import credit_code
from gongzhi.core.charter import VISITOR, Refused
from gongzhi.core.waiting import clock_of
from gongzhi.parties.actions import admission as actions
from gongzhi.parties.actions.setting_up import move_business_date
from gongzhi.parties.admission import Admission, Applicant
from gongzhi.parties.business_date import business_date
from gongzhi.parties.members import offices_held
from gongzhi.parties.models import Deed, Organisation
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.parties.waiting import waiting_for
from gongzhi.rules.calendar import load_calendar

pytestmark = pytest.mark.django_db
APPLICANT = Applicant(
    responsible="王某", name="李某", channel="email", address="li@example.org", language="zh-hans"
)
SOCIAL = actions.Application(
    kind="social",
    name="某互助社",
    code=credit_code(1),
    purpose="邻里互助",
    registration_number="民社证字第 1 号",
    competent_unit="某市民政局",
    applicant=APPLICANT,
)


@pytest.fixture
def hall() -> city_hall.Unit:
    return city_hall.unit("1", within=city_hall.region())


@pytest.fixture
def registrar(hall):
    return member(hall.organisation, "registrar")


def applied(hall, application: actions.Application = SOCIAL) -> Admission:
    return actions.apply_for_admission(
        by=VISITOR, region=hall.organisation.region, application=application
    )


def test_an_admitted_organisation_takes_part_and_invites_its_own_people(hall, registrar):
    admission = applied(hall)

    organisation = actions.admit_organisation(by=registrar, admission=admission, site=SITE)

    assert (organisation.kind, organisation.code) == ("social", SOCIAL.code)
    somebody = accepted(token_in(letters()[-1]))
    office = offices_held(somebody, on=business_date()).get()
    assert office.organisation == organisation
    assert office.roles == ["organisation_admin"]


def test_the_clock_counts_the_working_days_of_the_clause(hall, registrar, settings):
    settings.DEMO = True
    move_business_date(to=date(2026, 1, 30))

    admission = applied(hall)

    assert admission.due_on == date(2026, 2, 13)
    waiting = next(iter(waiting_for(registrar, today=business_date())))
    assert (waiting.verb, waiting.clause) == ("admit_organisation", "2.10")
    assert clock_of(waiting, today=business_date(), calendar=load_calendar()).days == 10
    assert not list(waiting_for(hall.officer, today=business_date()))


def test_whether_it_was_decided_in_time_stands_in_the_log(hall, registrar, settings):
    settings.DEMO = True
    move_business_date(to=date(2026, 1, 30))
    admission = applied(hall)
    move_business_date(to=date(2026, 2, 24))

    actions.admit_organisation(by=registrar, admission=admission, site=SITE)

    assert Deed.objects.get(verb="admit_organisation").public["on_time"] is False


def test_a_declined_applicant_hears_why_and_may_apply_again(hall, registrar):
    admission = applied(hall)

    actions.decline_admission(by=registrar, admission=admission, reason="登记证书已过期。")

    assert "登记证书已过期。" in letters()[-1]
    assert admission.stage == "declined"
    assert not Organisation.objects.filter(code=SOCIAL.code).exists()
    assert applied(hall).stage == "waiting"


def test_whoever_applied_is_forgotten_once_it_is_decided(hall, registrar):
    admission = applied(hall)
    row = Admission.objects.filter(pk=admission.pk).values().get()
    assert "李某" not in str(row)
    assert admission.taken_out() == APPLICANT

    actions.decline_admission(by=registrar, admission=admission, reason="材料不全")

    admission.refresh_from_db()
    assert admission.taken_out() is None


def test_an_application_is_decided_once(hall, registrar):
    admission = applied(hall)
    actions.admit_organisation(by=registrar, admission=admission, site=SITE)

    for decide in (
        lambda: actions.admit_organisation(by=registrar, admission=admission, site=SITE),
        lambda: actions.decline_admission(by=registrar, admission=admission, reason="晚了"),
    ):
        with pytest.raises(Refused):
            decide()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "government"}, "kind"),
        ({"name": " "}, "name"),
        ({"name": "社" * 201}, "name"),
        ({"purpose": ""}, "purpose"),
        ({"code": "51990100MJ00000011"}, "code"),
        ({"code": credit_code(1, registered_by="9")}, "code"),
        ({"registration_number": ""}, "registration_number"),
        ({"competent_unit": ""}, "competent_unit"),
        ({"applicant": replace(APPLICANT, responsible="")}, "responsible"),
        ({"applicant": replace(APPLICANT, name="")}, "person"),
        ({"applicant": replace(APPLICANT, address="nowhere")}, "address"),
        ({"applicant": replace(APPLICANT, channel="sms")}, "address"),
    ],
)
def test_an_application_that_does_not_suit_is_told_by_field(hall, changes, field):
    with pytest.raises(Unsuitable) as unsuitable:
        applied(hall, replace(SOCIAL, **changes))

    assert list(unsuitable.value.faults) == [field]
    assert not Admission.objects.exists()


def test_an_enterprise_needs_no_competent_unit(hall):
    firm = replace(
        SOCIAL,
        kind="enterprise",
        code=credit_code(2, registered_by="9"),
        registration_number="",
        competent_unit="",
    )

    assert applied(hall, firm).details == {"purpose": "邻里互助"}


def test_a_code_is_known_however_it_is_written(hall, registrar):
    written = " ".join(SOCIAL.code.lower())
    assert applied(hall, replace(SOCIAL, code=written)).code == SOCIAL.code

    with pytest.raises(Unsuitable):
        applied(hall)
    actions.admit_organisation(by=registrar, admission=Admission.objects.get(), site=SITE)
    with pytest.raises(Unsuitable):
        applied(hall)


def test_applications_do_not_pile_up_without_end(hall, monkeypatch):
    rules = replace(actions.office_rules(on=business_date()), applications_waiting_max=1)
    monkeypatch.setattr(actions, "office_rules", lambda **_: rules)
    applied(hall)

    with pytest.raises(Unsuitable):
        applied(hall, replace(SOCIAL, code=credit_code(3)))


def test_only_a_registrar_sees_applications(hall, registrar):
    applied(hall)

    assert Admission.objects.visible_to(registrar).count() == 1
    for by in (VISITOR, hall.officer, member(hall.organisation, "system_admin")):
        assert not Admission.objects.visible_to(by).exists()


@pytest.mark.parametrize(
    "statement",
    ["UPDATE parties_admission SET code = 'other'", "DELETE FROM parties_admission"],
)
def test_the_database_keeps_applications_as_they_were_made(hall, statement):
    applied(hall)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
