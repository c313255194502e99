"""The demo's city: grown once, by deeds alone, and all of it sealed."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from apps.city.demo import one_city
from gongzhi.city.forms import sample_form
from gongzhi.city.growing import BEGAN_ON, grow
from gongzhi.core.charter import VISITOR
from gongzhi.cycle.models import Answer, FormVersion, Project
from gongzhi.papers.record import form_from_record
from gongzhi.parties.adoption import part_states_today
from gongzhi.parties.business_date import business_date
from gongzhi.parties.members import member_in
from gongzhi.parties.models import Admission, Conflict, Deed, Office, Organisation, Person
from gongzhi.rules.offices import office_rules
from gongzhi.rules.packs import load_packs
from gongzhi.trust.models import Head, PendingLeaf

pytestmark = [pytest.mark.django_db, pytest.mark.unadopted]


@pytest.fixture(autouse=True)
def own_log() -> None:
    """All tests here share the log of their city."""


@pytest.fixture(scope="module")
def city(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    with django_db_blocker.unblock(), one_city(tmp_path_factory.mktemp("keys")):
        yield


def test_every_kind_of_party_lives_in_the_city(city: None) -> None:
    kinds = set(Organisation.objects.values_list("kind", flat=True))

    assert kinds == {"government", "congress", "audit", "social", "enterprise", "evaluator"}
    assert Organisation.objects.count() >= 10
    assert Person.objects.filter(offices=None).count() == 1  # the citizen


def test_nobody_of_the_cast_can_sign_in_with_a_password(city: None) -> None:
    assert not any(person.has_usable_password() for person in Person.objects.all())


def test_at_least_twenty_forms_are_published_for_everybody_to_read(city: None) -> None:
    visible = FormVersion.objects.visible_to(VISITOR)

    assert visible.current().count() >= 20
    assert not visible.exclude(stage="published").exists()


def test_growing_again_changes_nothing(city: None) -> None:
    before = (Deed.objects.count(), Project.objects.count(), Head.objects.get().size)

    grow()

    assert (Deed.objects.count(), Project.objects.count(), Head.objects.get().size) == before


def test_every_deed_is_sealed_in_the_log(city: None) -> None:
    assert not PendingLeaf.objects.exists()
    assert Head.objects.get().size == Deed.objects.count()


def test_findings_are_answered_in_both_ways_and_corrections_replace_what_was_wrong(
    city: None,
) -> None:
    kinds = set(Answer.objects.values_list("kind", flat=True))
    corrected = FormVersion.objects.filter(number=2)

    assert kinds == {"explain", "accept"}
    assert corrected.count() == 2
    for version in corrected:
        assert version.replaces.findings.filter(certain=True).exists()
        assert not version.findings.filter(certain=True).exists()


def test_drafts_wait_on_the_desk_of_their_own_unit_alone(city: None) -> None:
    drafts = FormVersion.objects.filter(stage__in=["draft", "correction"])

    assert {draft.stage for draft in drafts} == {"draft", "correction"}
    for draft in drafts:
        readers = {
            office.organisation_id
            for office in Office.objects.select_related("organisation__region")
            if FormVersion.objects.visible_to(member_in(office)).filter(pk=draft.pk).exists()
        }
        assert readers == {draft.project.unit_id}


def test_forms_name_the_city_and_never_a_place_that_exists(city: None) -> None:
    versions = list(FormVersion.objects.all())
    assert len(versions) >= 20
    for version in versions:
        form = form_from_record(version.record)
        for name in (form.department, form.unit):
            assert name is None or name.startswith(("云河市", "某省"))


def test_every_form_stands_under_rules_that_are_there(city: None) -> None:
    assert set(FormVersion.objects.values_list("pack", flat=True)) <= set(load_packs())


def test_a_changed_form_keeps_what_is_not_changed() -> None:
    changed = sample_form("002", changes={"execution_score": 10})

    assert changed.execution_score == 10
    assert changed.project == sample_form("002").project


def test_the_city_adopted_its_rules_but_for_one_part(city: None) -> None:
    states = part_states_today()

    assert {number for number, state in states.items() if not state.in_force} == {"10"}
    assert {state.decision.authority for state in states.values() if state.decision} == {
        "云河市人民政府"
    }
    assert all("演示" in s.decision.document_number for s in states.values() if s.decision)


def test_three_administrators_a_delegate_and_a_conflict_live_in_the_city(city: None) -> None:
    roles = [set(office.roles) for office in Office.objects.all()]

    for role in office_rules(on=BEGAN_ON).apart:
        assert {role} in roles
    acting = Office.objects.held(on=business_date()).get(acts_for__isnull=False)
    assert acting.person.username == "jiaoyu-daiban"
    assert Conflict.objects.in_force(on=business_date()).get().person.username == "pingjia"


def test_an_application_waits_for_the_registrar(city: None) -> None:
    registrar = Office.objects.get(person__username="caizheng-jiena")

    admission = Admission.objects.visible_to(member_in(registrar)).waiting().get()

    assert admission.due_on is not None
    assert admission.due_on > business_date()
