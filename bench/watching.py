"""Monitoring from the database and back: all projects of a city seen anew, and what was seen kept.

    ./run bench watching [projects…]

A project has ten indicators, 68 payments, two contracts and 44 readings, as in
`bench/monitoring.py`. Laid out: the questions to the database and the values made of their rows.
Kept: the whole deed, with curves, forecasts, signals, and the rows written. Page: the overview of
all of them, by the bureau's budget officer, everything but the network.
"""

import random
import sys
import time
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from uuid import uuid4

from django.db import connection
from django.utils.module_loading import import_string
from installation import installation
from measuring import fingerprint, seconds, table
from people import budget_officer, founded, signed_in

from gongzhi.core.goals import DraftGoal

SIZES = (300, 3_000)
YEAR, MONTHS, INDICATORS, PAYMENTS = 2026, 9, 10, 68
FIRST = date(YEAR, 1, 1)


def main() -> None:
    sizes = [int(given) for given in sys.argv[1:]] or SIZES
    print(fingerprint(), "\n")
    lines = []
    for size in sizes:
        with installation():
            lines.append(measured(size))
            connection.close()
    heads = ["projects", "payments", "laid out s", "kept s", "kept again s", "page s", "signals"]
    print(table(heads, lines))


def measured(size: int) -> list[str]:
    models = import_string("gongzhi.cycle.models")
    bureau = founded()
    fill(size, bureau=bureau, models=models)
    projects = import_string("gongzhi.cycle.followed.projects_of")(YEAR)
    started = time.perf_counter()
    followed = import_string("gongzhi.cycle.followed.followed")
    for first in range(0, size, 500):
        part = projects[first : first + 500]
        assert len(list(followed(part, year=YEAR, today=date(YEAR, MONTHS, 12)))) == len(part)
    laid_out = time.perf_counter() - started
    watch = import_string("gongzhi.cycle.actions.watching.watch_projects")
    kept = [seconds(lambda: watch(year=YEAR)) for _ in range(2)]
    signals = sum(len(row) for row in models.Watched.objects.values_list("signals", flat=True))
    return [
        f"{size:,}", f"{size * PAYMENTS:,}", f"{laid_out:.2f}", f"{kept[0]:.2f}", f"{kept[1]:.2f}",
        f"{page(bureau):.3f}", f"{signals / size:.1f}",
    ]  # fmt: skip


def page(bureau: object) -> float:
    """The middle of five requests for the overview."""
    client = signed_in(budget_officer(bureau, since=FIRST))
    address = "/monitoring/"

    def asked() -> None:
        answer = client.get(address, secure=True, HTTP_HOST="localhost")
        assert answer.status_code == 200, answer.status_code

    return sorted(seconds(asked) for _ in range(5))[2]


def fill(size: int, *, bureau: object, models: object) -> None:
    """Rows of so many projects: not measured."""
    chance = random.Random(size)
    projects = [
        models.Project(code=f"P{number}", name=f"某项目{number}", unit=bureau)
        for number in range(size)
    ]
    models.Project.objects.bulk_create(projects)
    person = import_string("gongzhi.parties.models.Person").objects.first()
    versions = [goals(project, person=person, models=models) for project in projects]
    models.GoalVersion.objects.bulk_create(versions)
    models.GoalIndicator.objects.bulk_create(
        line for version in versions for line in lines_of(version, models=models)
    )
    models.Reading.objects.bulk_create(
        (r for project in projects for r in readings(project, chance, models=models)),
        batch_size=5_000,
    )
    models.Payment.objects.bulk_create(
        (each for project in projects for each in payments(project, chance, models=models)),
        batch_size=5_000,
    )
    models.Contract.objects.bulk_create(
        each for project in projects for each in contracts(project, models=models)
    )
    models.BudgetLine.objects.bulk_create(budget(each, models=models) for each in projects)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def goals(project: object, *, person: object, models: object) -> object:
    return models.GoalVersion(
        project=project, fiscal_year=YEAR, number=1, stage="approved", pack="sichuan-2025",
        record=plan_record(), drafted_by=person, drafted_on=FIRST,
        approved_on=FIRST, document_number="〔2026〕1号",
    )  # fmt: skip


@cache
def plan_record() -> dict[str, object]:
    """A goal of few words, its money even over the year."""
    room = "gongzhi.cycle.goal_record"
    plan = import_string(f"{room}.GoalPlan")(
        goal=DraftGoal(text="修通道路"), money_by_month=(Decimal(100_000),) * 12
    )
    return import_string(f"{room}.goal_as_record")(plan)


def lines_of(version: object, *, models: object) -> list[object]:
    return [
        models.GoalIndicator(
            version=version, position=number, key=f"i{number}", name="完成里程", target="≥100公里",
            value=100, weight=9, course="kept" if number > 8 else "so_far",
        )
        for number in range(1, INDICATORS + 1)
    ]  # fmt: skip


def readings(project: object, chance: random.Random, *, models: object) -> list[object]:
    pace = chance.uniform(0.75, 1.15)
    return [
        models.Reading(
            project=project, indicator=f"i{number}", starts_on=date(YEAR, month, 1),
            ends_on=date(YEAR, month, 28), value=Decimal(round(100 * pace * month / 12)),
            source="unit", organisation=project.unit, read_on=date(YEAR, month, 28),
        )
        for number in range(1, INDICATORS + 1)
        for month in (range(1, 9) if number < 3 else (2, 4, 6, 8) if number < 6 else (3, 6))
    ]  # fmt: skip


def payments(project: object, chance: random.Random, *, models: object) -> object:
    for number in range(PAYMENTS):
        key = f"{project.code}-{number}"
        yield models.Payment(
            delivery_id=uuid4(), row=1, identity=key, fingerprint=key, project=project,
            unit=project.unit, number=key, paid_on=FIRST + timedelta(days=chance.randrange(254)),
            amount=chance.randrange(1_000, 22_000), payee=f"收款人{chance.randrange(9)}",
            contract=chance.choice(("", "合同一", "合同二")),
            economic=chance.choice(("302", "310", "303")),
        )  # fmt: skip


def contracts(project: object, *, models: object) -> object:
    for name, amount in (("合同一", 600_000), ("合同二", 300_000)):
        key = f"{project.code}-{name}"
        yield models.Contract(
            delivery_id=uuid4(), row=1, identity=key, fingerprint=key, project=project,
            unit=project.unit, number=name, supplier="收款人1", amount=amount, signed_on=FIRST,
        )  # fmt: skip


def budget(project: object, *, models: object) -> object:
    return models.BudgetLine(
        delivery_id=uuid4(), row=1, identity=project.code, fingerprint=project.code,
        project=project, unit=project.unit, number=project.code, fiscal_year=YEAR,
        initial=1_200_000,
    )  # fmt: skip


if __name__ == "__main__":
    main()
