"""Targets and plans by month that files tell: followed until goals are approved here."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

import city_hall
from apps.cycle.monitored import promise
from gongzhi.connectors.importing import Changed
from gongzhi.connectors.opening import open_source
from gongzhi.connectors.trying import Wanted, mappings_for
from gongzhi.cycle.actions.deliveries import File, NotAccepted, deliver_facts, straight_from
from gongzhi.cycle.actions.watching import watch_projects
from gongzhi.cycle.fact_auditing import fact_faults
from gongzhi.cycle.followed import followed
from gongzhi.cycle.long_codes import indicator_key
from gongzhi.cycle.models import Profile, Reading, TargetLine, Watched
from gongzhi.cycle.recomputing import come_since
from gongzhi.parties.models import Deed

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 30)
TARGETS = """项目代码,指标代码,年度,指标名称,指标值,累计方式,权重
P1,km,2026,改造管网,120.50,adds_up,60
P1,sat,2026,满意度,≥90%,,40
"""
PLANS = "项目代码,年度,月份,计划数,指标代码\n" + "".join(
    f"P1,2026,{month},100,\nP1,2026,{month},10,km\n" for month in range(1, 13)
)


@pytest.fixture
def unit():
    return city_hall.unit("1", within=city_hall.region())


def deliver(unit, text: str, *, kind: str, changed: Changed = Changed.CONFLICT):
    listing = open_source("目标.csv", text.encode())
    mappings, _ = mappings_for(listing, Wanted(kind=kind))
    assert mappings, "the header is understood"
    file = File(listing=listing, mappings=mappings, changed=changed)
    delivery = straight_from(file, by=unit.officer, organisation=unit.organisation)
    return deliver_facts(by=unit.officer, delivery=delivery, file=file)


def plan_of(unit):
    (seen,) = followed([unit.project.pk], year=2026, today=TODAY)
    return seen


def test_a_project_without_goals_is_followed_by_what_files_tell(unit):
    deliver(unit, TARGETS, kind="target")
    deliver(unit, PLANS, kind="plan")

    seen = plan_of(unit)

    assert seen.is_told
    assert seen.plan.money[-1] == 1200
    first, second = seen.plan.indicators
    assert (first.key, first.target, first.course) == ("km", Decimal("120.50"), "adds_up")
    assert first.by_month[-1] == 120 / Decimal("120.50")
    assert (second.name, second.target, second.course) == ("满意度", 90, "kept")
    assert [each.weight for each in seen.plan.indicators] == [60, 40]


def test_goals_approved_here_go_first(unit):
    deliver(unit, TARGETS, kind="target")
    promise(unit)

    seen = plan_of(unit)

    assert not seen.is_told
    assert [each.target for each in seen.plan.indicators] == [100, 90]


def test_what_is_kept_says_that_files_told_it(unit):
    deliver(unit, TARGETS, kind="target")
    watch_projects(year=2026)

    assert Watched.objects.get().curves["is_told"]


def test_targets_and_plans_that_came_since_are_among_what_came(unit):
    watch_projects(year=2026)
    deed = Deed.objects.get(verb="watch_projects")

    deliver(unit, TARGETS, kind="target")
    deliver(unit, PLANS, kind="plan")

    came = come_since(unit.project.pk, year=2026, deed=deed)
    assert {each.kind.text: each.count for each in came} == {"绩效目标": 2, "月度计划": 24}


def test_a_target_is_corrected_by_a_new_row(unit):
    deliver(unit, TARGETS, kind="target")
    changed = TARGETS.replace("120.50", "90")
    with pytest.raises(NotAccepted):
        deliver(unit, changed, kind="target")

    deliver(unit, changed, kind="target", changed=Changed.CORRECTION)

    assert TargetLine.objects.count() == 3
    assert {each.key: each.target for each in plan_of(unit).plan.indicators}["km"] == 90


def test_s65_targets_and_plans_answer_their_seals_to_the_last_digit(unit):
    deliver(unit, TARGETS.replace("120.50", "1.2E+2"), kind="target")
    deliver(unit, PLANS.replace("100,", "0.30,"), kind="plan")

    assert list(fact_faults()) == []

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE cycle_targetline DISABLE TRIGGER USER")
        cursor.execute("UPDATE cycle_targetline SET value = value - 1 WHERE indicator = 'km'")
    (fault,) = fact_faults()
    assert fault.values["row"] == 2


@pytest.mark.parametrize("table", ["cycle_targetline", "cycle_planline"])
def test_they_are_never_rewritten(unit, table):
    deliver(unit, TARGETS, kind="target")
    deliver(unit, PLANS, kind="plan")
    for change in (f"UPDATE {table} SET fiscal_year = 2025", f"DELETE FROM {table}"):  # noqa: S608
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


def test_an_unknown_way_of_adding_up_is_said(unit):
    with pytest.raises(NotAccepted) as refused:
        deliver(unit, TARGETS.replace("adds_up", "大概"), kind="target")
    assert refused.value.result.problems[0].what.values == {"course": "大概"}


def test_a_reading_and_its_target_find_each_other_by_a_long_name(unit):
    name = "城乡居民基本医疗保险参保人数占应参保人数的比例其中含新生儿和外来务工人员的全口径统计"
    deliver(unit, TARGETS.replace("km", name), kind="target")
    readings = f"项目代码,指标代码,时期起,时期止,完成值\nP1,{name},2026-01,2026-03,60\n"
    deliver(unit, readings, kind="reading")

    assert Reading.objects.get().indicator == indicator_key(name) != name
    assert plan_of(unit).plan.indicators[0].key == indicator_key(name)


PROJECTS = "项目代码,项目名称,单位代码,项目类别,开始日期,结束日期\nP1,某项目1,1,{},{},{}\n"


def test_what_a_file_says_of_a_project_is_known_again_and_corrected(unit):
    said = PROJECTS.format("工程", "2026-01-01", "2026-12-31")
    deliver(unit, said, kind="project")
    with pytest.raises(NotAccepted) as again:
        deliver(unit, said, kind="project")
    assert again.value.result.known == 1

    other = PROJECTS.format("服务", "", "2027-12-31")
    with pytest.raises(NotAccepted):
        deliver(unit, other, kind="project")
    deliver(unit, other, kind="project", changed=Changed.CORRECTION)

    newest = Profile.objects.latest("id")
    assert (newest.category, newest.starts_on) == ("服务", date(2026, 1, 1))
    assert Profile.objects.count() == 2


def test_a_project_that_ends_before_it_starts_is_said(unit):
    with pytest.raises(NotAccepted) as refused:
        deliver(unit, PROJECTS.format("", "2026-12-31", "2026-01-01"), kind="project")
    assert refused.value.result.problems[0].what.text == "结束日期早于开始日期"
