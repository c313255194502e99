"""Monitoring: curves, forecasts and all signals of many projects, as values in memory.

A project has 10 indicators, 68 payments (17 million a year in a province of 250,000 projects), two
contracts and 44 readings. Columns: what it takes to lay rows out as values, as rows come from a
database, and what it takes to watch them. The day, its rules and the seasons are read once.

./run bench monitoring          300, 3,000 and 30,000 projects on one core, 250,000 on all
"""

import multiprocessing
import os
import random
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from measuring import fingerprint, table

from gongzhi.core.monitoring import (
    Contract,
    Course,
    Day,
    Facts,
    Payment,
    Plan,
    Promised,
    Reading,
    cumulated,
    day_of,
    seasons_of,
    watch,
)
from gongzhi.core.monitoring.together import together
from gongzhi.rules.packs.monitoring import load_monitoring

YEAR = 2026
TODAY = date(2026, 9, 12)
FIRST = date(2026, 1, 1)
CLASSES = ("工程", "货物", "服务", "补助")
INDICATORS, PAYMENTS, CHUNK = 10, 68, 500
Row = tuple[str, str, Decimal, list[tuple], list[tuple], list[tuple]]


def rows(count: int, *, seed: int) -> list[Row]:
    """Projects as plain rows: not measured."""
    chance = random.Random(seed)
    return [row(f"P{seed}-{number}", chance) for number in range(count)]


def row(key: str, chance: random.Random) -> Row:
    budget = Decimal(chance.randrange(10_000, 9_000_000))
    pace = chance.uniform(0.75, 1.15)
    days = sorted(chance.randrange(254) for _ in range(PAYMENTS))
    share = budget * Decimal(pace * 0.7) / PAYMENTS
    paid = [
        (
            FIRST + timedelta(days=day),
            (share * Decimal(chance.uniform(0.2, 1.8))).quantize(Decimal("0.01")),
            f"收款人{chance.randrange(9)}",
            chance.choice(("", "合同一", "合同二")),
            chance.choice(("302", "310", "303")),
            f"{key}-{number}",
        )
        for number, day in enumerate(days)
    ]
    contracts = [
        ("合同一", budget / 2, FIRST + timedelta(days=chance.randrange(60)), "收款人1"),
        ("合同二", budget / 4, FIRST + timedelta(days=chance.randrange(200)), "收款人2"),
    ]
    readings = [
        (
            f"{key}-{indicator}",
            date(YEAR, month, 28),
            Decimal(round(100 * pace * month / 12 * chance.uniform(0.9, 1.1))),
        )
        for indicator in range(INDICATORS)
        for month in (range(1, 9) if indicator < 2 else (2, 4, 6, 8) if indicator < 5 else (3, 6))
    ]
    return key, chance.choice(CLASSES), budget, paid, contracts, readings


def laid_out(row: Row) -> tuple[Plan, Facts]:
    """A row as the values that monitoring takes."""
    key, category, budget, paid, contracts, readings = row
    plan = Plan(
        project=key,
        year=YEAR,
        category=category,
        money=cumulated((budget / 12,) * 12),
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        indicators=tuple(
            Promised(
                key=f"{key}-{number}",
                name="完成里程",
                target=Decimal(100),
                weight=Decimal(9),
                course=Course.KEPT if number > 7 else Course.SO_FAR,
            )
            for number in range(INDICATORS)
        ),
    )
    facts = Facts(
        initial=budget,
        adjusted=budget,
        received=budget,
        payments=tuple(map(Payment._make, paid)),
        contracts=tuple(map(Contract._make, contracts)),
        readings=tuple(Reading(*reading) for reading in readings),
    )
    return plan, facts


def the_day() -> Day:
    """A day under Sichuan's pack, with a history of 2,000 courses in four classes."""
    rules = load_monitoring("sichuan-2025")
    chance = random.Random(1)
    courses = [
        (chance.choice(CLASSES), [end * (month / 12) ** power for month in range(1, 13)])
        for end, power in ((chance.uniform(0.5, 1), chance.uniform(0.7, 2)) for _ in range(2000))
    ]
    forecasting = rules.forecasting
    seasons = seasons_of(
        courses,
        level=float(forecasting.level),
        neighbours=forecasting.neighbours,
        least=forecasting.least,
    )
    return day_of(rules, today=TODAY, money_seasons=seasons, goals_seasons=seasons)


def measured(count: int, *, seed: int) -> tuple[float, float, int]:
    """Seconds to lay out and to watch, one by one as streamed, and how many signals showed."""
    day, layout, watching, signals = the_day(), 0.0, 0.0, 0
    for number, size in enumerate(chunks(count)):
        for given in rows(size, seed=seed + number):
            started = time.perf_counter()
            plan, facts = laid_out(given)
            between = time.perf_counter()
            shown = watch(plan, facts, day=day)
            watching += time.perf_counter() - between
            layout += between - started
            signals += len(shown.signals)
    return layout, watching, signals


def chunks(count: int) -> Iterator[int]:
    while count:
        yield min(count, CHUNK)
        count -= min(count, CHUNK)


def line(count: int, cores: int, layout: float, watching: float, signals: int) -> list[str]:
    each = (layout + watching) / count * cores * 1e6
    return [
        f"{count:,}", str(cores), f"{layout:.2f}", f"{watching:.2f}",
        f"{layout + watching:.2f}", f"{each:.0f}", f"{signals / count:.1f}",
    ]  # fmt: skip


def on_all_cores(count: int) -> list[str]:
    """Each core its part; the slowest counts."""
    cores = os.cpu_count() or 1
    with multiprocessing.Pool(cores) as pool:
        parts = pool.starmap_async(_part, [(count // cores, core) for core in range(cores)]).get()
    layout, watching, _ = max(parts, key=lambda part: part[0] + part[1])
    return line(count, cores, layout, watching, sum(part[2] for part in parts))


def _part(count: int, core: int) -> tuple[float, float, int]:
    return measured(count, seed=1_000_000 * core)


def city(count: int) -> float:
    """Seconds to put the curves of so many projects together."""
    day = the_day()
    shown = [watch(*laid_out(each), day=day).curves for each in rows(count, seed=7)]
    started = time.perf_counter()
    together(shown)
    return time.perf_counter() - started


def main() -> None:
    largest = int(sys.argv[1]) if len(sys.argv) > 1 else 250_000
    print(fingerprint())
    heads = ["projects", "cores", "lay out s", "watch s", "both s", "µs each", "signals each"]
    lines = [line(count, 1, *measured(count, seed=count)) for count in (300, 3_000, 30_000)]
    print(table(heads, [*lines, on_all_cores(largest)]))
    print(f"\n3,000 curves put together: {city(3_000):.3f} s")


if __name__ == "__main__":
    main()
