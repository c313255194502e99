"""A unit with goals that were approved, a budget, payments and readings, for its papers."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import city_hall
from apps.cycle import monitored
from city_hall import Unit
from gongzhi.core.goals import DraftGoal, DraftIndicator
from gongzhi.cycle.actions import goals
from gongzhi.cycle.actions.watching import watch_projects
from gongzhi.cycle.goal_record import GoalPlan
from gongzhi.cycle.models import GoalVersion, Project
from gongzhi.parties.actions.setting_up import move_business_date
from verified import verified

APPROVED_ON, TODAY = date(2026, 1, 20), date(2026, 9, 1)
NUMBER = "某财绩〔2026〕1号"


def plan(year: int, *, target: str = "≥100") -> GoalPlan:
    """Goals of a year: kilometres and how content people are."""
    heads = {"level1": "产出指标", "level2": "数量指标"}
    content = {"level1": "满意度指标", "level2": "服务对象满意度指标"}
    lines = (
        DraftIndicator(key="km", name="改造管网", target=target, measure="公里", **heads),
        DraftIndicator(key="sat", name="居民满意度", target="≥90%", source="问卷", **content),
    )
    return GoalPlan(
        goal=DraftGoal(
            project="某项目1",
            year=year,
            functional="2120399",
            text="改造管网100公里",
            budget=monitored.BUDGET,
            starts_on=date(2026, 1, 1),
            ends_on=date(2027, 12, 31),
            indicators=tuple(replace(line, weight=Decimal(45)) for line in lines),
        )
    )


def drafted(
    unit: Unit, year: int, *, project: Project | None = None, target: str = "≥100"
) -> GoalVersion:
    return goals.draft_goals(
        by=unit.officer,
        project=project or unit.project,
        fiscal_year=year,
        plan=plan(year, target=target),
        pack=city_hall.PACK,
    )


def papered() -> Unit:
    """The unit, its goals of 2026 approved in January, eight months of payments and readings.

    The installation is a demo, so that its date can be moved; it is the first of September.
    """
    region = city_hall.region()
    move_business_date(to=APPROVED_ON)
    unit = city_hall.unit("1", within=region)
    bureau = verified(city_hall.budget_office(within=region))
    version = goals.submit_goals(by=unit.reviewer, version=drafted(unit, monitored.YEAR))
    goals.approve_goals(by=bureau, version=version, document_number=NUMBER)
    monitored.run_ahead(unit, payee="某公司")
    move_business_date(to=TODAY)
    watch_projects(year=monitored.YEAR)
    return unit
