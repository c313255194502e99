"""Next year's money: how long an allocation takes, beside HiGHS alone on the same program.

    ./run bench allocating [projects…]

A city of projects, departments, fields, with floors and ceilings of each, and rigid spending. The
solver's part is one run of HiGHS on the same columns and rows with the costs of the second step;
ours is all: three steps, the order within departments, whole fen, a reason for each project.
With `stop` most projects may stop below 60 % of this year's money.
"""

import random
import statistics
import sys
from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

import highspy
from measuring import fingerprint, seconds, table

from gongzhi.core.balance.allocation import (
    Allocation,
    AllocationRules,
    Asked,
    Band,
    Limit,
    LimitOf,
    Request,
    allocate,
)
from gongzhi.core.balance.allocation.program import Program
from gongzhi.core.balance.allocation.ranges import ranges_of

SIZES = (100, 1_000, 10_000)
TIMES = 3
FEN = Decimal("0.01")
GRADES = (("优", "1", "1.15"), ("良", "0.95", "1.05"), ("中", "0.7", "0.9"), ("差", "0", "0.5"))


def main() -> None:
    sizes = [int(given) for given in sys.argv[1:] if given.isdigit()] or SIZES
    print(fingerprint(), "\n")
    heads = ["projects", "stop", "rows", "columns", "ours s", "HiGHS s", "ratio", "together"]
    rows = [measured(size, stop=stop) for stop in (False, True) for size in sizes]
    print(table(heads, rows))


def measured(size: int, *, stop: bool) -> list[str]:
    city = asked(size, random.Random(size), stop=stop)
    program = Program(city, ranges_of(city), elastic=False)
    alone = statistics.median(seconds(lambda: bare(program)) for _ in range(TIMES))
    found = allocate(city)
    assert isinstance(found, Allocation)
    ours = statistics.median(seconds(lambda: allocate(city)) for _ in range(TIMES))
    return [
        f"{size:,}", "yes" if stop else "no", f"{len(program.rows.of):,}", f"{program.columns:,}",
        f"{ours:.2f}", f"{alone:.2f}", f"{ours / alone:.1f}", str(found.together == city.total),
    ]  # fmt: skip


def bare(program: Program) -> None:
    solver = highspy._Highs()
    for option, value in (
        ("output_flag", False), ("threads", 1), ("mip_rel_gap", 1e-4), ("time_limit", 60.0),
    ):  # fmt: skip
        solver.setOptionValue(option, value)
    solver.passModel(program.model(program.worth()))
    solver.run()


def asked(size: int, chance: random.Random, *, stop: bool) -> Asked:
    departments = max(5, size // 100)
    requests = [request(at, chance, departments, stop=stop) for at in range(size)]
    rules = AllocationRules(
        bands={
            grade: Band(grade=grade, floor=Decimal(floor), ceiling=Decimal(ceiling))
            for grade, floor, ceiling in GRADES
        },
        unjudged=Band(grade="", floor=Decimal(0), ceiling=Decimal(1)),
    )
    city = Asked(requests=tuple(requests), total=Decimal(0), rules=rules)
    ranges = ranges_of(city)
    share = 0.4 if stop else 0.5
    total = int((1 - share) * ranges.low.sum() + share * ranges.high.sum())
    low, high, base = defaultdict(int), defaultdict(int), defaultdict(int)
    for at, each in enumerate(requests):
        for key in ((LimitOf.DEPARTMENT, each.department), (LimitOf.FIELD, each.field)):
            low[key] += int(ranges.low[at])
            high[key] += int(ranges.high[at])
            base[key] += int(ranges.base[at])
    limits = tuple(
        Limit(
            of=of,
            name=name,
            least=int(min(base[of, name] * 0.6, 0.9 * low[of, name] + 0.1 * high[of, name])) * FEN,
            most=int(max(base[of, name] * 1.06, low[of, name] * 1.001)) * FEN
            if of is LimitOf.DEPARTMENT
            else None,
        )
        for of, name in low
    )
    return replace(city, total=total * FEN, limits=limits)


def request(at: int, chance: random.Random, departments: int, *, stop: bool) -> Request:
    base = Decimal(f"{chance.lognormvariate(4, 1.3):.2f}") * 10_000
    score = Decimal(f"{min(max(chance.gauss(80, 12), 20), 100):.1f}")
    grade = next(
        g for g, least in (("优", 90), ("良", 80), ("中", 60), ("差", 0)) if score >= least
    )
    rigid = chance.random() < 0.15
    return Request(
        id=f"P{at:05}",
        name=f"项目{at}",
        department=f"部门{chance.randrange(departments)}",
        field=f"领域{chance.randrange(12)}",
        base=base,
        asked=(base * Decimal(f"{chance.uniform(0.9, 1.6):.4f}")).quantize(FEN),
        score=score,
        grade=grade,
        rigid=rigid,
        may_stop=stop and not rigid,
        minimum=(base * Decimal("0.6")).quantize(FEN) if stop else Decimal(0),
    )


if __name__ == "__main__":
    main()
