"""A right holds from the day its part is adopted until the next request after it was withdrawn."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

import city_hall
from gongzhi.core.charter import SYSTEM, VISITOR, Member
from gongzhi.parties.actions.charter import (
    NotInOrder,
    adopt_part,
    suspend_part,
    take_up_model_text,
)
from gongzhi.parties.actions.setting_up import move_business_date
from gongzhi.parties.adoption import part_states_today
from gongzhi.parties.business_date import business_date
from gongzhi.parties.charter_lookup import (
    charter_asked_once,
    charter_in_force,
    shipped_digest,
    whole_text,
)
from gongzhi.parties.deeds import Refused, may
from gongzhi.parties.model_text import model_text_is_due
from gongzhi.parties.models import Adoption, CharterVersion, Deed, Organisation
from verified import verified

pytestmark = [pytest.mark.django_db, pytest.mark.unadopted]
PAPER = {"authority": "某市人民政府", "document_number": "某政发〔2026〕1号"}
CYCLE = "4"


@pytest.fixture
def unit() -> city_hall.Unit:
    take_up_model_text(by=SYSTEM)
    return city_hall.unit("1", within=city_hall.region())


@pytest.fixture
def issuer(unit: city_hall.Unit) -> Member:
    return verified(city_hall.office(unit.organisation, "issuer", "issuer"))


def adopt(issuer: Member, part: str = CYCLE, **when: date) -> Adoption:
    given = {"in_force_from": business_date(), **when}
    return adopt_part(by=issuer, part=part_states_today()[part], **PAPER, **given)


def suspend(issuer: Member, part: str = CYCLE, **when: date) -> Adoption:
    given = {"in_force_from": business_date(), **when}
    return suspend_part(by=issuer, part=part_states_today()[part], **PAPER, **given)


def test_a_new_installation_has_the_model_text_with_the_constant_parts_alone():
    assert charter_in_force().version == whole_text(shipped_digest()).version
    assert charter_in_force().in_force == {"3", "11", "12"}


def test_taking_up_the_model_text_puts_nothing_in_force():
    assert model_text_is_due()

    version = take_up_model_text(by=SYSTEM)

    assert not model_text_is_due()
    assert version.number == 1
    assert charter_in_force().in_force == {"3", "11", "12"}
    assert Deed.objects.get(verb="take_up_model_text").public["digest"] == version.digest


def test_a_right_is_off_until_its_part_is_adopted(unit, issuer):
    with pytest.raises(Refused) as refused:
        city_hall.draft(unit)
    assert "4.1" in refused.value.clauses

    decision = adopt(issuer)

    assert may(unit.officer, "draft_form", unit.project)
    assert part_states_today()[CYCLE].decision == decision


def test_an_adoption_is_sealed_with_authority_document_and_text(unit, issuer):
    adopt(issuer)

    stated = Deed.objects.get(verb="adopt_part").public

    assert stated["part"] == CYCLE
    assert (stated["authority"], stated["document_number"]) == tuple(PAPER.values())
    assert stated["digest"] == CharterVersion.objects.get().digest


def test_an_adoption_holds_from_its_day_to_its_last(unit, issuer, settings):
    settings.DEMO = True
    first = business_date()
    adopt(issuer, in_force_from=first + timedelta(1), in_force_until=first + timedelta(3))

    held = []
    for day in range(5):
        move_business_date(to=first + timedelta(day))
        held.append(bool(may(unit.officer, "draft_form", unit.project)))

    assert held == [False, True, True, True, False]


def test_a_suspension_for_a_time_gives_way_to_the_adoption_before_it(unit, issuer, settings):
    settings.DEMO = True
    first = business_date()
    adopt(issuer)
    suspend(issuer, in_force_from=first + timedelta(1), in_force_until=first + timedelta(2))

    stages = []
    for day in range(4):
        move_business_date(to=first + timedelta(day))
        stages.append(part_states_today()[CYCLE].stage)

    assert stages == ["adopted", "suspended", "suspended", "adopted"]


def test_what_is_forbidden_stays_forbidden_in_a_part_that_is_off(unit):
    other = city_hall.unit("2", within=Organisation.objects.get(code="1").region)

    answer = may(other.officer, "draft_form", unit.project)

    assert answer.clauses == ("2.11",)


def test_only_an_issuing_office_decides_on_parts(unit):
    for member in (unit.officer, unit.reviewer, VISITOR):
        with pytest.raises(Refused):
            adopt(member)
    assert not Adoption.objects.exists()


def test_the_constant_parts_are_neither_adopted_nor_suspended(issuer):
    for deed in (adopt, suspend):
        with pytest.raises(Refused):
            deed(issuer, part="11")


def test_a_decision_without_document_number_is_no_decision(unit, issuer):
    with pytest.raises(NotInOrder) as fault:
        adopt_part(
            by=issuer,
            part=part_states_today()[CYCLE],
            authority=" ",
            document_number=" ",
            in_force_from=date(2026, 1, 2),
            in_force_until=date(2026, 1, 1),
        )
    assert len(fault.value.problems) == 3
    assert not Deed.objects.filter(verb="adopt_part").exists()


def test_a_decision_is_never_changed_nor_taken_back(unit, issuer):
    decision = adopt(issuer)

    for change in (
        lambda: Adoption.objects.filter(pk=decision.pk).update(document_number="另一号"),
        lambda: Adoption.objects.filter(pk=decision.pk).delete(),
        lambda: CharterVersion.objects.update(number=7),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_s09_a_right_that_was_withdrawn_is_dead_on_the_next_request(unit, issuer):
    adopt(issuer, "6")
    page = f"/projects/{unit.project.pk}/"
    adopt(issuer)
    city_hall.published(unit)
    client = Client()
    assert client.get(page).status_code == 200

    suspend(issuer, "6")

    assert client.get(page).status_code == 404


def test_s09_a_deed_under_way_in_a_request_asks_again(unit, issuer):
    adopt(issuer)
    with charter_asked_once():  # a request that has asked already
        assert may(unit.officer, "draft_form", unit.project)
        suspend(issuer)
        assert may(unit.officer, "draft_form", unit.project)  # what its page shows
        with pytest.raises(Refused):
            city_hall.draft(unit)


def test_a_request_asks_for_the_charter_once(django_assert_num_queries):
    with charter_asked_once(), django_assert_num_queries(1):
        assert charter_in_force() is charter_in_force()


def test_the_day_comes_with_the_charter(settings, django_assert_num_queries):
    settings.DEMO = True
    with charter_asked_once(), django_assert_num_queries(1):
        charter_in_force()
        assert business_date() == business_date()


def test_a_date_that_was_moved_holds_from_there_on(settings):
    settings.DEMO = True
    with charter_asked_once():  # a request that has asked already
        later = business_date() + timedelta(days=3)
        move_business_date(to=later)
        assert business_date() == later
