"""Next year's money: how long an allocation takes, beside HiGHS alone on the same program.

    ./run bench allocating [projects…]

A city of projects, departments, fields, with floors and ceilings of each, and rigid spending. Once
is one run of HiGHS on the same columns and rows with the costs of the second step; steps is what
HiGHS itself takes for all steps and rounds that ours takes; ours is all: the program, three steps,
the order within departments, whole fen, a reason for each project. With `stop` most projects may
stop below 60 % of this year's money; `short` is a total of 60 %, at which floors can't be met.
All are seconds of the processor. End to end is `gongzhi allocate FILE --json` as a program of its
own, from a file of these projects.
"""

import json
import random
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import highspy
from measuring import fingerprint, run, table

from gongzhi.core.balance.allocation import (
    AllocationRules,
    Asked,
    Band,
    Limit,
    LimitOf,
    Request,
    allocate,
    steps,
)
from gongzhi.core.balance.allocation.program import Program
from gongzhi.core.balance.allocation.ranges import ranges_of

SIZES = (100, 1_000, 10_000)
TIMES = 3
FEN = Decimal("0.01")
SHORT = Decimal("0.6")
KINDS = ((False, False), (True, False), (False, True), (True, True))
GRADES = (("优", "1", "1.15"), ("良", "0.95", "1.05"), ("中", "0.7", "0.9"), ("差", "0", "0.5"))


def main() -> None:
    sizes = [int(given) for given in sys.argv[1:] if given.isdigit()] or SIZES
    print(fingerprint(), "\n")
    heads = ["projects", "stop", "short", "rows", "columns", "ours s", "steps s", "once s"]
    heads += ["ours/steps", "end to end s"]
    rows = [
        measured(size, stop=stop, short=short) for stop, short in KINDS for size in sizes
    ]  # fmt: skip
    print(table(heads, rows))


def measured(size: int, *, stop: bool, short: bool) -> list[str]:
    city = asked(size, random.Random(size), stop=stop)
    if short:
        city = replace(city, total=(city.total * SHORT).quantize(FEN))
    program = Program(city, ranges_of(city), elastic=short)
    times = 1 if stop else TIMES
    alone = statistics.median(cpu(lambda: bare(program)) for _ in range(times))
    taken = [both(city) for _ in range(times)]
    ours = statistics.median(all_ for all_, _ in taken)
    inside = statistics.median(steps for _, steps in taken)
    return [
        f"{size:,}", "yes" if stop else "no", "yes" if short else "no",
        f"{len(program.rows.of):,}", f"{program.columns:,}",
        f"{ours:.2f}", f"{inside:.2f}", f"{alone:.2f}", f"{ours / inside:.1f}",
        f"{from_a_file(city):.2f}",
    ]  # fmt: skip


def cpu(work: Callable[[], object]) -> float:
    """The processor's seconds of one call, which don't hang on what runs beside it."""
    began = time.process_time()
    work()
    return time.process_time() - began


def both(city: Asked) -> tuple[float, float]:
    """How long an allocation takes, and how much of it HiGHS runs."""
    inside: list[float] = []
    solved = steps._Steps._run

    def timed(self: steps._Steps) -> bool:
        began = time.process_time()
        try:
            return solved(self)
        finally:
            inside.append(time.process_time() - began)

    steps._Steps._run = timed
    try:
        took = cpu(lambda: allocate(city))
    finally:
        steps._Steps._run = solved
    return took, sum(inside)


def from_a_file(city: Asked) -> float:
    """`gongzhi allocate` on the city as JSON, a program of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "city.json"
        path.write_text(json.dumps(as_file(city), ensure_ascii=False), encoding="utf-8")
        command = [sys.executable, "-m", "gongzhi", "allocate", str(path), "--json"]
        return run(command).cpu_s


def as_file(city: Asked) -> dict[str, object]:
    """The city in the layout of docs/reference/balance.md."""
    return {
        "total": str(city.total),
        "projects": [
            {
                "id": each.id, "name": each.name, "department": each.department,
                "field": each.field, "base": str(each.base), "asked": str(each.asked),
                "score": str(each.score), "grade": each.grade, "rigid": each.rigid,
                "may_stop": each.may_stop, "minimum": str(each.minimum),
            }
            for each in city.requests
        ],
        "limits": [
            {
                "of": str(each.of), "name": each.name, "least": str(each.least),
                **({} if each.most is None else {"most": str(each.most)}),
            }
            for each in city.limits
        ],
    }  # fmt: skip


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
