"""Projects to be watched: goals, budgets, payments and readings as rows, without their forms."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import count
from uuid import uuid4

import city_hall
from city_hall import Unit
from gongzhi.core.goals import Beneficiaries, DraftGoal
from gongzhi.cycle.goal_record import GoalPlan, goal_as_record
from gongzhi.cycle.models import (
    BudgetLine,
    GoalIndicator,
    GoalVersion,
    Payment,
    Profile,
    Project,
    Reading,
)
from gongzhi.parties.models import Region

YEAR = 2026
BUDGET = Decimal(1_200_000)
MONTHS = 12
PLAN = GoalPlan(
    goal=DraftGoal(
        text="改造管网 100 公里。",
        budget=BUDGET,
        beneficiaries=(Beneficiaries(who="居民", count=Decimal(6000)),),
    ),
    money_by_month=(BUDGET / MONTHS,) * MONTHS,
)
numbers = count(1)


def ahead(*, within: Region, **more: str) -> Unit:
    """A unit that promised, and then spent 80 % of its money for 40 % of its goals."""
    unit = city_hall.unit("1", within=within)
    promise(unit)
    run_ahead(unit, **more)
    return unit


def run_ahead(unit: Unit, **more: str) -> None:
    """Eight months of payments and readings, in which the money is twice as far as the goals."""
    fund(unit)
    for month in range(1, 9):
        pay(unit, date(YEAR, month, 15), BUDGET / 10, **more)
    read_months(unit, "km", [5, 10, 15, 20, 25, 30, 35, 40])


def disclose(unit: Unit) -> None:
    """Let everybody know of the unit's project."""
    unit.project.stage = "disclosed"
    unit.project.save()


def promise(
    unit: Unit, *, pack: str = "mof-2020-10", project: Project | None = None
) -> GoalVersion:
    """Approved goals: 100 km so far, satisfaction of 90; money evenly by month."""
    version = GoalVersion.objects.create(
        project=project or unit.project,
        fiscal_year=YEAR,
        number=1,
        stage="approved",
        record=goal_as_record(PLAN),
        pack=pack,
        drafted_by=unit.officer_office.person,
        drafted_on=date(2025, 11, 1),
        approved_on=date(2026, 1, 20),
        document_number="某财绩〔2026〕1号",
    )
    lines = (("km", "改造管网", "≥100公里", 100, "so_far"), ("sat", "满意度", "≥90%", 90, "kept"))
    for position, (key, name, text, value, course) in enumerate(lines, start=1):
        GoalIndicator.objects.create(
            version=version,
            position=position,
            key=key,
            name=name,
            target=text,
            value=value,
            course=course,
            weight=50,
        )
    Profile.objects.create(
        project=version.project,
        category="工程",
        starts_on=date(2026, 1, 1),
        described_on=YEAR_OPENS,
    )
    return version


YEAR_OPENS = date(2026, 1, 1)


def fund(
    unit: Unit, amount: Decimal = BUDGET, *, project: Project | None = None, year: int = YEAR
) -> BudgetLine:
    number = next(numbers)
    return BudgetLine.objects.create(
        **_fact(unit, number, project),
        number=f"B{number}",
        fiscal_year=year,
        initial=amount,
    )


def pay(
    unit: Unit, on: date, amount: Decimal | int, *, project: Project | None = None, **more: str
) -> Payment:
    number = next(numbers)
    return Payment.objects.create(
        **{**_fact(unit, number, project), "payee": f"公司{number}", **more},
        number=f"Z{number}",
        paid_on=on,
        amount=amount,
    )


def read(
    unit: Unit,
    key: str,
    on: date,
    value: int | None,
    *,
    by: Unit | None = None,
    project: Project | None = None,
    **more: object,
) -> Reading:
    return Reading.objects.create(
        project=project or unit.project,
        indicator=key,
        starts_on=on.replace(day=1),
        ends_on=on,
        value=value,
        source="social" if by else "unit",
        organisation=(by or unit).organisation,
        read_on=on,
        **more,
    )


def read_months(unit: Unit, key: str, values: Sequence[int]) -> None:
    for month, value in enumerate(values, start=1):
        read(unit, key, date(YEAR, month, 28), value)


def _fact(unit: Unit, number: int, project: Project | None) -> dict[str, object]:
    return {
        "delivery_id": uuid4(),
        "row": number,
        "identity": f"i{number}",
        "fingerprint": f"f{number}",
        "project": project or unit.project,
        "unit": unit.organisation,
    }
