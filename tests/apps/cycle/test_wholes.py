"""Organisations evaluated as a whole, and projects evaluated again years after completion."""

from datetime import date

import pytest

import city_hall
from apps.cycle.evaluated import WHY, YEAR, Evaluator, assignment, evaluator, handed_in
from gongzhi.core.charter import VISITOR
from gongzhi.cycle.actions import evaluations
from gongzhi.cycle.follow_ups import follow_up_due
from gongzhi.cycle.models import Evaluation, Profile
from gongzhi.cycle.panels import panel_of_whole, whole_panel
from gongzhi.parties.business_date import business_date
from gongzhi.parties.deeds import Refused
from gongzhi.parties.unsuitable import Unsuitable
from verified import verified

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau(region):
    bureau = city_hall.unit("9", within=region)
    first = verified(city_hall.office(bureau.organisation, "预算", "budget"))
    return Evaluator(organisation=bureau.organisation, first=first, second=first)


@pytest.fixture
def firm(region):
    return evaluator("F1", kind="evaluator", within=region)


def as_a_whole(unit, bureau, by, *, kind="department_wide") -> Evaluation:
    return evaluations.choose_evaluation(
        by=bureau.first,
        assignment=evaluations.Assignment(
            project=None,
            whole=unit.organisation,
            fiscal_year=YEAR,
            kind=kind,
            evaluator=by.organisation,
            pack=city_hall.PACK,
            because=WHY,
        ),
        commissioner=bureau.organisation,
    )


def test_an_organisation_is_evaluated_as_a_whole(unit, bureau, firm):
    first = as_a_whole(unit, bureau, firm)
    assert first.evaluated == unit.organisation
    handed_in(first, firm, share="0.8")
    assert first.stage == "opened"
    panel = whole_panel(first)
    assert panel.score.score == 80
    assert panel.frame.code == "department"
    (seen,) = panel_of_whole(VISITOR, unit.organisation, year=YEAR).evaluations
    assert seen == first


def test_a_kind_of_projects_is_none_of_organisations_nor_the_other_way(unit, bureau, firm):
    with pytest.raises(Unsuitable):
        as_a_whole(unit, bureau, firm, kind="third_party")
    with pytest.raises(Unsuitable):
        evaluations.choose_evaluation(
            by=bureau.first,
            assignment=assignment(unit, firm.organisation, kind="department_wide"),
            commissioner=bureau.organisation,
        )


def test_no_organisation_evaluates_itself_as_a_whole(unit, bureau):
    own = Evaluator(organisation=unit.organisation, first=unit.officer, second=unit.reviewer)
    with pytest.raises(Refused):
        as_a_whole(unit, bureau, own)


def test_a_follow_up_waits_until_years_after_completion(unit, bureau, firm):
    def chosen():
        return evaluations.choose_evaluation(
            by=bureau.first,
            assignment=assignment(unit, firm.organisation, kind="follow_up"),
            commissioner=bureau.organisation,
        )

    with pytest.raises(Unsuitable) as unknown:
        chosen()
    assert "完成日期" in unknown.value.faults["kind"].text
    today = business_date()
    ended(unit, date(today.year - 2, 1, 31))
    with pytest.raises(Unsuitable) as early:
        chosen()
    assert early.value.faults["kind"].values["day"] == f"{today.year + 1}-01-31"
    ended(unit, date(today.year - 4, 1, 31))
    assert follow_up_due(unit.project, after_years=3) == date(today.year - 1, 1, 31)
    assert chosen().kind == "follow_up"


def ended(unit, day: date) -> None:
    Profile.objects.create(project=unit.project, ends_on=day, described_on=business_date())
