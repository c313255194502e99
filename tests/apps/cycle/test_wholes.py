"""Organisations as a whole and policies evaluated, and projects again years after completion."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

import city_hall
from apps.cycle import monitored
from apps.cycle.evaluated import WHY, YEAR, Evaluator, assignment, evaluator, handed_in
from gongzhi.core.charter import VISITOR
from gongzhi.cycle.actions import evaluations
from gongzhi.cycle.aims import aims_of, served_by
from gongzhi.cycle.evaluated_facts import computed_for, facts_of, facts_together
from gongzhi.cycle.follow_ups import follow_up_due, scheduled, waiting_for
from gongzhi.cycle.models import Aim, Evaluation, GoalIndicator, Profile, Project
from gongzhi.cycle.panels import panel_for, panel_of_whole, whole_panel
from gongzhi.parties.business_date import business_date
from gongzhi.parties.deeds import Refused, may
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


def as_a_whole(unit, bureau, by, *, kind="department_wide", aim=None) -> Evaluation:
    return evaluations.choose_evaluation(
        by=bureau.first,
        assignment=evaluations.Assignment(
            project=None,
            whole=unit.organisation,
            aim=aim,
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


@pytest.fixture
def policy(unit) -> Aim:
    """An announced aim with a narrower one under it, which the unit's project serves."""
    wide = Aim.objects.create(code="A1", name="城乡供水", kind="plan")
    narrow = Aim.objects.create(code="A1-1", name="老旧管网改造", kind="report", within=wide)
    Profile.objects.create(project=unit.project, aim=narrow, described_on=business_date())
    return wide


def test_a_policy_is_evaluated_with_all_projects_that_serve_it(unit, bureau, firm, policy):
    assert aims_of(unit.organisation, reader=VISITOR) == []  # not disclosed yet
    city_hall.published(unit)
    assert [aim.code for aim in aims_of(unit.organisation, reader=VISITOR)] == ["A1-1"]
    assert served_by(policy) == [unit.project.pk]
    row = as_a_whole(unit, bureau, firm, kind="policy", aim=policy)
    assert (row.subject, row.scope, row.evaluated) == (policy, "policy", unit.organisation)
    handed_in(row, firm, share="0.9")
    panel = whole_panel(row)
    assert (panel.frame.code, panel.score.score) == ("policy", 90)
    lead = unit.organisation
    assert panel_of_whole(VISITOR, lead, year=YEAR, aim=policy).evaluations == (row,)
    assert panel_of_whole(VISITOR, lead, year=YEAR).evaluations == ()
    assert panel_for(VISITOR, unit.project, year=YEAR).evaluations == ()


def test_a_social_organisation_counts_in_the_score_of_a_policy(unit, bureau, firm, policy, region):
    city_hall.published(unit)
    social = evaluator("S1", kind="social", within=region)
    first = as_a_whole(unit, bureau, firm, kind="policy", aim=policy)
    second = as_a_whole(unit, bureau, social, kind="policy_social", aim=policy)
    handed_in(first, firm, share="0.9")
    assert whole_panel(first).score is None  # nothing lies open before all are in
    handed_in(second, social, share="0.85")
    assert whole_panel(first).score.score == Decimal("89.00")


def test_the_money_of_a_policy_is_that_of_its_projects_together(unit, bureau, firm, policy):
    city_hall.published(unit)
    row = as_a_whole(unit, bureau, firm, kind="policy", aim=policy)
    alone = facts_of(unit.project, year=YEAR, today=business_date())
    together = facts_together(served_by(policy), year=YEAR, today=business_date())
    assert together == replace(alone, form=None)
    assert set(computed_for(row, today=business_date())) == {"policy_received", "policy_executed"}


def test_a_kind_of_policies_is_none_of_organisations(unit, bureau, firm, policy):
    with pytest.raises(Unsuitable):
        as_a_whole(unit, bureau, firm, kind="policy")
    with pytest.raises(Unsuitable):
        as_a_whole(unit, bureau, firm, kind="department_wide", aim=policy)


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


def test_what_promised_a_benefit_waits_until_it_is_followed_up(unit, bureau, firm):
    def waits(member):
        return list(waiting_for(member, today=business_date()))

    version = monitored.promise(unit)
    GoalIndicator.objects.create(
        version=version, position=3, key="income", name="带动增收", target="≥5%", value=5,
        course="so_far", heading="经济效益指标", weight=0,
    )  # fmt: skip
    year = business_date().year
    ended(unit, date(year - 2, 1, 31))
    (later,) = scheduled(Project.objects.all(), Evaluation.objects.all())
    assert (later.due_on, [each.key for each in later.promises]) == (
        date(year + 1, 1, 31),
        ["income"],
    )
    assert waits(bureau.first) == []
    ended(unit, date(year - 4, 1, 31))
    (waiting,) = waits(bureau.first)
    assert waiting.opened_on == date(year - 1, 1, 31)
    assert may(bureau.first, waiting.verb, waiting.thing)
    assert waits(unit.officer) == []
    evaluations.choose_evaluation(
        by=bureau.first,
        assignment=assignment(unit, firm.organisation, kind="follow_up"),
        commissioner=bureau.organisation,
    )
    assert waits(bureau.first) == []


def ended(unit, day: date) -> None:
    Profile.objects.create(project=unit.project, ends_on=day, described_on=business_date())
