"""Goals: one drafts, another hands in, others examine; approved, locked, adjusted with reason."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from time import process_time

import pytest
from django.db import DatabaseError, transaction

import city_hall
from gongzhi.core.charter import VISITOR
from gongzhi.core.goals import DraftGoal, DraftIndicator
from gongzhi.core.monitoring.plan import MONTHS
from gongzhi.core.sealed import canonical, digest
from gongzhi.cycle.actions import goals
from gongzhi.cycle.followed import followed
from gongzhi.cycle.goal_record import GoalPlan, goal_from_record
from gongzhi.cycle.models import GoalIndicator, GoalVersion, Project
from gongzhi.parties.actions.offices import declare_conflict
from gongzhi.parties.deeds import AlreadyDone, Refused
from gongzhi.parties.models import Deed, SealedValue
from gongzhi.parties.unsuitable import Unsuitable
from verified import verified

pytestmark = pytest.mark.django_db
YEAR = 2027
NUMBER = "某财绩〔2027〕1号"


def plan(*, target: str = "≥100", lines: int = 2) -> GoalPlan:
    return GoalPlan(
        goal=DraftGoal(
            project="管网改造",
            year=YEAR,
            functional="2120303",
            text="年底前改造管网100公里",
            budget=Decimal(1_200_000),
            indicators=tuple(
                DraftIndicator(
                    name=f"改造管网{number}",
                    level1="产出指标",
                    level2="数量指标",
                    target=target,
                    measure="公里",
                    weight=Decimal(50),
                )
                for number in range(lines)
            ),
        ),
        money_by_month=(Decimal(100_000),) * MONTHS,
    )


@pytest.fixture
def department(region, unit):
    above = city_hall.unit("8", within=region)
    unit.organisation.parent = above.organisation
    unit.organisation.save()
    return above


@pytest.fixture
def bureau(region):
    return verified(city_hall.budget_office(within=region))


def draft(unit, project: Project | None = None, **more) -> GoalVersion:
    return goals.draft_goals(
        by=unit.officer,
        project=project or unit.project,
        fiscal_year=YEAR,
        plan=plan(**more),
        pack=city_hall.PACK,
    )


def approved(unit, bureau) -> GoalVersion:
    version = goals.submit_goals(by=unit.reviewer, version=draft(unit))
    return goals.approve_goals(by=bureau, version=version, document_number=NUMBER)


def many(unit, count: int) -> list[tuple[Project, GoalPlan]]:
    projects = Project.objects.bulk_create(
        Project(code=f"X{number}", name=f"项目{number}", unit=unit.organisation)
        for number in range(count)
    )
    return [(project, plan(lines=10)) for project in projects]


def test_goals_go_from_the_unit_over_its_department_to_the_bureau(unit, department, bureau):
    version = draft(unit)
    assert version.stage == "draft"
    assert not GoalVersion.objects.visible_to(department.officer).exists()
    goals.submit_goals(by=unit.reviewer, version=version)
    assert version.stage == "submitted"
    with pytest.raises(Refused):
        goals.approve_goals(by=bureau, version=version, document_number=NUMBER)
    goals.forward_goals(by=department.officer, version=version)
    goals.ask_about_goals(by=bureau, version=version)
    assert GoalVersion.objects.visible_to(VISITOR).get() == version
    goals.approve_goals(by=bureau, version=version, document_number=NUMBER)
    unit.project.refresh_from_db()
    assert (version.stage, version.number, version.document_number) == ("approved", 1, NUMBER)
    assert unit.project.stage == "disclosed"
    assert [step.verb for step in version.steps.all()] == [
        "draft_goals", "submit_goals", "forward_goals", "ask_about_goals", "approve_goals",
    ]  # fmt: skip


def test_a_unit_without_a_department_hands_in_to_the_bureau(unit):
    assert goals.submit_goals(by=unit.reviewer, version=draft(unit)).stage == "forwarded"


def test_whoever_drafted_goals_does_not_hand_them_in(unit):
    version = draft(unit)
    both = replace(unit.reviewer, person=unit.officer.person)
    with pytest.raises(Refused) as refused:
        goals.submit_goals(by=both, version=version)
    assert "3.3" in refused.value.clauses


def test_whoever_has_a_conflict_of_interest_does_not_decide(unit, bureau):
    version = goals.submit_goals(by=unit.reviewer, version=draft(unit))
    declare_conflict(
        by=bureau, about=version.project.thing(), reason="亲属在这个单位", since_on=date(2020, 1, 1)
    )
    with pytest.raises(Refused) as refused:
        goals.approve_goals(by=bureau, version=version, document_number=NUMBER)
    assert "3.6" in refused.value.clauses


def test_goals_are_returned_with_a_reason_and_drafted_anew(unit, bureau):
    version = goals.submit_goals(by=unit.reviewer, version=draft(unit))
    with pytest.raises(Unsuitable):
        goals.return_goals(by=bureau, version=version, reason=" ")
    goals.return_goals(by=bureau, version=version, reason="没有满意度指标")
    assert version.stage == "returned"
    assert version.steps.last().reason == "没有满意度指标"
    assert draft(unit).stage == "draft"
    deed = Deed.objects.get(verb="return_goals")
    assert "满意度" not in str(deed.public)
    assert SealedValue.objects.filter(deed=deed.pk, field="reason").exists()


def test_a_new_draft_withdraws_the_earlier_one(unit):
    first, second = draft(unit), draft(unit)
    first.refresh_from_db()
    assert (first.stage, second.stage) == ("withdrawn", "draft")


def test_goals_under_review_are_not_drafted_over(unit):
    goals.submit_goals(by=unit.reviewer, version=draft(unit))
    with pytest.raises(Unsuitable):
        draft(unit)


def test_approved_goals_are_locked(unit, bureau):
    version = approved(unit, bureau)
    with pytest.raises(Unsuitable):
        draft(unit)
    with pytest.raises(Refused):
        goals.withdraw_goals(by=unit.officer, version=version)
    with pytest.raises(DatabaseError), transaction.atomic():
        GoalVersion.objects.filter(pk=version.pk).update(record={})


def test_an_adjustment_replaces_goals_once_it_is_approved(unit, bureau):
    version = approved(unit, bureau)
    lower = plan(target="≥80")
    with pytest.raises(Unsuitable):
        goals.adjust_goals(by=unit.officer, version=version, plan=lower, reason="")
    changed = goals.adjust_goals(
        by=unit.officer, version=version, plan=lower, reason="一条路段暂缓施工"
    )
    assert list(GoalVersion.objects.in_force()) == [version]
    goals.submit_goals(by=unit.reviewer, version=changed)
    goals.approve_goals(by=bureau, version=changed, document_number="某财绩〔2027〕9号")
    assert list(GoalVersion.objects.in_force()) == [changed]
    assert (changed.number, changed.replaces) == (2, version)
    assert changed.steps.first().reason == "一条路段暂缓施工"
    with pytest.raises(Unsuitable):
        goals.adjust_goals(by=unit.officer, version=version, plan=lower, reason="再改")


def test_the_log_has_the_digest_of_what_was_approved(unit, bureau):
    version = approved(unit, bureau)
    deed = Deed.objects.get(verb="approve_goals")
    assert deed.public["goals"] == digest(canonical(version.record))
    assert deed.public["document_number"] == NUMBER
    assert deed.clauses == ["4.9", "4.10"]


def test_an_approval_names_its_document(unit, bureau):
    version = goals.submit_goals(by=unit.reviewer, version=draft(unit))
    with pytest.raises(Unsuitable):
        goals.approve_goals(by=bureau, version=version, document_number=" ")


def test_approved_goals_are_what_monitoring_follows(unit, bureau):
    version = approved(unit, bureau)
    (seen,) = followed([unit.project.pk], year=YEAR, today=date(2027, 6, 1))
    assert seen.plan.money[-1] == 1_200_000
    assert [each.target for each in seen.plan.indicators] == [100, 100]
    assert goal_from_record(version.record).goal.indicators[0].key == "i1"


def test_the_same_form_sent_twice_is_one_draft(unit):
    asked = {"by": unit.officer, "project": unit.project, "fiscal_year": YEAR, "plan": plan()}
    goals.draft_goals(**asked, pack=city_hall.PACK, key="k")
    with pytest.raises(AlreadyDone):
        goals.draft_goals(**asked, pack=city_hall.PACK, key="k")


def test_what_cannot_be_kept_is_told_by_field(unit):
    with pytest.raises(Unsuitable) as unsuitable:
        draft(unit, lines=0)
    assert set(unsuitable.value.faults) == {"indicators"}
    with pytest.raises(Unsuitable) as unsuitable:
        draft(unit, target="≥1" + "0" * 400)
    assert set(unsuitable.value.faults) == {"target-0", "target-1"}


# ── a whole budget ──


def test_a_budget_is_drafted_handed_in_and_approved_in_three_deeds(unit, bureau):
    versions = goals.draft_budget(
        by=unit.officer,
        unit=unit.organisation,
        fiscal_year=YEAR,
        plans=many(unit, 3),
        pack=city_hall.PACK,
    )
    goals.submit_budget(by=unit.reviewer, unit=unit.organisation, versions=versions)
    done = goals.approve_budget(
        by=bureau, unit=unit.organisation, versions=versions, document_number=NUMBER
    )
    assert {version.stage for version in done} == {"approved"}
    assert Project.objects.filter(stage="disclosed").count() == 3
    deeds = Deed.objects.filter(verb__endswith="_budget").order_by("id")
    assert [deed.verb for deed in deeds] == ["draft_budget", "submit_budget", "approve_budget"]
    assert deeds.last().public["goals"] == [digest(canonical(each.record)) for each in done]


def test_a_budget_is_refused_whole_where_one_of_its_goals_may_not_be_decided_on(unit, bureau):
    versions = [draft(unit)]
    with pytest.raises(Refused):
        goals.approve_budget(
            by=bureau, unit=unit.organisation, versions=versions, document_number=NUMBER
        )
    both = replace(unit.reviewer, person=unit.officer.person)
    with pytest.raises(Refused) as refused:
        goals.submit_budget(by=both, unit=unit.organisation, versions=versions)
    assert "3.3" in refused.value.clauses
    assert GoalVersion.objects.get().stage == "draft"


def test_a_budget_takes_no_goals_of_another_unit(unit, region):
    other = city_hall.unit("2", within=region)
    with pytest.raises(Unsuitable):
        goals.submit_budget(by=unit.reviewer, unit=unit.organisation, versions=[draft(other)])
    with pytest.raises(Refused):
        goals.draft_budget(
            by=unit.officer,
            unit=unit.organisation,
            fiscal_year=YEAR,
            plans=[(other.project, plan())],
            pack=city_hall.PACK,
        )


def test_three_hundred_projects_are_approved_in_seconds(unit, bureau):
    plans = many(unit, 300)
    start = process_time()
    versions = goals.draft_budget(
        by=unit.officer, unit=unit.organisation, fiscal_year=YEAR, plans=plans, pack=city_hall.PACK
    )
    goals.submit_budget(by=unit.reviewer, unit=unit.organisation, versions=versions)
    goals.approve_budget(
        by=bureau, unit=unit.organisation, versions=versions, document_number=NUMBER
    )
    assert process_time() - start < 10, "3 s of ours, without the database"
    assert GoalIndicator.objects.count() == 3000
