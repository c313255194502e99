"""Negotiations: payments and fair mixes beside HiGHS called bare, and how a whole case grows.

    ./run bench negotiating [options…]

Bare is what somebody would write who calls HiGHS from NumPy arrays: the same programs, no checks,
no trace. Payments: the least transfers of every option, one linear program each, beside our rule to
the fen. Mixes: each side's best and the largest smallest share (Kalai–Smorodinsky).
"""

import random
import sys
from decimal import Decimal
from math import inf

import highspy
import numpy as np
from measuring import fingerprint, seconds, table

from gongzhi.core.balance.compensation import Stake, settled
from gongzhi.core.balance.lotteries import kalai_smorodinsky_mix
from gongzhi.core.balance.negotiating import Case, Option, Side, Standing, negotiate, steps

SIZES = (10, 100, 1_000, 10_000)
SIDES, SUBSIDY, RUNS = 5, 10_000, 3


def main() -> None:
    sizes = [int(given) for given in sys.argv[1:]] or SIZES
    print(fingerprint(), "\n")
    heads = [
        "options", "payments s", "bare s", "ratio", "mix s", "bare s", "ratio",
        "whole case s", "told s",
    ]  # fmt: skip
    print(table(heads, [measured(size) for size in sizes]))


def measured(size: int) -> list[str]:
    chance = random.Random(size)
    stakes = [
        [
            Stake(worth=chance.randrange(-50_000, 80_000), limit=chance.randrange(0, 20_000))
            for _ in range(SIDES)
        ]
        for _ in range(size)
    ]
    paid = median(lambda: [settled(each, subsidy=SUBSIDY) for each in stakes])
    paid_bare = median(lambda: [bare_payments(each) for each in stakes])
    gains = [[float(chance.randrange(0, 100_000)) for _ in range(SIDES)] for _ in range(size)]
    threat = [0.0] * SIDES
    mixed = median(lambda: kalai_smorodinsky_mix(gains, threat))
    mixed_bare = median(lambda: bare_mix(np.array(gains)))
    ours = kalai_smorodinsky_mix(gains, threat)
    assert ours is not None
    best = np.array(gains).max(axis=0)
    assert abs(min(np.array(ours.utilities) / best) - bare_mix(np.array(gains))) < 1e-6
    case = made(size, chance)
    whole = median(lambda: negotiate(case))
    negotiated = negotiate(case)
    told = median(lambda: steps(negotiated))
    return [
        f"{size:,}", f"{paid:.4f}", f"{paid_bare:.4f}", f"{paid / paid_bare:.2f}",
        f"{mixed:.4f}", f"{mixed_bare:.4f}", f"{mixed / mixed_bare:.2f}",
        f"{whole:.3f}", f"{told:.3f}",
    ]  # fmt: skip


def median(work: object) -> float:
    return sorted(seconds(work) for _ in range(RUNS))[RUNS // 2]


def solved(
    cost: np.ndarray, lower: np.ndarray, upper: np.ndarray, rows: np.ndarray,
    least: np.ndarray, most: np.ndarray,
) -> float | None:  # fmt: skip
    """One linear program from dense rows."""
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(cost), len(rows)
    model.col_cost_, model.col_lower_, model.col_upper_ = cost, lower, upper
    model.row_lower_, model.row_upper_ = least, most
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.arange(len(rows) + 1, dtype=np.int32) * len(cost)
    model.a_matrix_.index_ = np.tile(np.arange(len(cost), dtype=np.int32), len(rows))
    model.a_matrix_.value_ = rows.ravel()
    solver = highspy._Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.passModel(model)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    return solver.getInfo().objective_function_value


def bare_payments(stakes: list[Stake]) -> float | None:
    """The least transfers at an option: payments and what of them is received."""
    count = len(stakes)
    lows = np.array([each.low for each in stakes], dtype=np.float64)
    rows = np.hstack([-np.eye(count), np.eye(count)])
    rows = np.vstack([rows, np.hstack([np.ones(count), np.zeros(count)])])
    return solved(
        np.hstack([np.zeros(count), np.ones(count)]),
        np.hstack([lows, np.zeros(count)]),
        np.full(2 * count, inf),
        rows,
        np.zeros(count + 1),
        np.hstack([np.full(count, inf), [SUBSIDY]]),
    )


def bare_mix(gains: np.ndarray) -> float:
    """Each side's best over lotteries, the largest smallest share, and the largest sum with it."""
    options, sides = gains.shape
    scale = gains.max()
    ones = np.ones((1, options))
    rows, least = np.vstack([ones, gains.T / scale]), np.hstack([[1.0], np.zeros(sides)])
    most = np.hstack([[1.0], np.full(sides, inf)])
    zero, free = np.zeros(options), np.full(options, inf)
    best = [solved(-gains[:, at] / scale, zero, free, rows, least, most) for at in range(sides)]
    parts = gains / scale / -np.array(best)
    wide = np.vstack(
        [
            np.hstack([rows, np.zeros((sides + 1, 1))]),
            np.hstack([parts.T, -np.ones((sides, 1))]),
        ]
    )
    bounds = np.hstack([least, np.zeros(sides)]), np.hstack([most, np.full(sides, inf)])
    columns = np.hstack([zero, [0.0]]), np.hstack([free, [inf]])
    smallest = solved(np.hstack([zero, [-1.0]]), *columns, wide, *bounds)
    assert smallest is not None
    columns[0][-1] = -smallest - 1e-9
    solved(np.hstack([-parts.sum(axis=1), [0.0]]), *columns, wide, *bounds)
    return -smallest


def made(size: int, chance: random.Random) -> Case:
    options = tuple(Option(code=f"o{at}", name=f"方案{at}") for at in range(size))

    def worth(least: int, most: int) -> dict[str, Decimal]:
        return {each.code: Decimal(chance.randrange(least, most)) for each in options}

    sides = [
        Side(code=f"s{at}", name=f"机构{at}", worth=worth(-50_000, 90_000), limit=Decimal(0))
        for at in range(SIDES - 1)
    ]
    resident = Side(
        code="r", name="居民", standing=Standing.RESIDENT, worth=worth(-9_000, 30_000),
        limit=Decimal(0), floors=worth(0, 9_000),
    )  # fmt: skip
    return Case(name="试", options=options, sides=(*sides, resident))


if __name__ == "__main__":
    main()
