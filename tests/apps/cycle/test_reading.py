"""What lists show is what the charter says of each row: no other filter, no difference."""

from datetime import date

import pytest

import city_hall
from gongzhi.core.charter import SYSTEM, VISITOR, Member, PartyKind
from gongzhi.cycle import actions
from gongzhi.cycle.models import Answer, FormVersion, Project
from gongzhi.parties.actions import setting_up as parties
from gongzhi.parties.asked_once import asked_once
from gongzhi.parties.charter_lookup import charter_asked_once
from gongzhi.parties.members import member_in
from gongzhi.parties.models import Organisation
from gongzhi.parties.rights import may

pytestmark = pytest.mark.django_db


@pytest.fixture
def everything() -> list[Member]:
    """Things in every stage in two units; everybody who may look at them."""
    region = city_hall.region()
    units = [city_hall.unit(code, within=region) for code in ("1", "2")]
    for unit in units:
        actions.withdraw_draft(by=unit.officer, version=city_hall.draft(unit))
        version = city_hall.published(unit)
        actions.accept_finding(by=unit.officer, version=version, code="X4", indicator=0)
        city_hall.draft(unit, score="40")
        city_hall.draft(unit, fiscal_year=2024)
        actions.register_project(
            by=SYSTEM, unit=unit.organisation, code=f"Q{unit.organisation.code}", name="未公开"
        )
    others = [
        member_in(
            city_hall.office(
                parties.register_organisation(
                    by=SYSTEM, region=region, code=kind, name=kind, kind=kind
                ),
                "officer",
                "officer",
            )
        )
        for kind in Organisation.Kind.values
    ]
    own = [member for unit in units for member in (unit.officer, unit.reviewer)]
    citizen = Member(kind=PartyKind.CITIZEN, person=own[0].person)
    return [VISITOR, SYSTEM, citizen, *own, *others]


@pytest.mark.parametrize(
    ("model", "verb"),
    [
        (Project, "view_project"),
        (FormVersion, "view_form_version"),
        (Answer, "view_answer"),
    ],
)
def test_lists_and_single_questions_agree(everything, model, verb):
    rows = list(model.objects.all())
    assert len(rows) > 1

    for member in everything:
        listed = set(model.objects.visible_to(member))
        assert listed == {row for row in rows if may(member, verb, row)}


def test_a_list_costs_one_query_beside_those_for_the_charter_and_the_conflicts(
    everything, django_assert_num_queries
):
    with charter_asked_once(), asked_once(), django_assert_num_queries(3):
        versions = list(FormVersion.objects.visible_to(everything[3]).with_facts())
        assert all(may(everything[3], "view_form_version", version) for version in versions)


def test_published_dates_are_business_dates(settings):
    settings.DEMO = True
    parties.move_business_date(to=date(2026, 4, 1))
    unit = city_hall.unit("1", within=city_hall.region())

    assert city_hall.published(unit).published_on == date(2026, 4, 1)
