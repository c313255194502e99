"""Efficiency by data envelopment: all units, beside the same programs given to HiGHS one by one.

    ./run bench efficiency [units…]

Three inputs, two outputs, variable returns. The plain peer states the whole program anew for each
unit and solves it once (the factor alone); ours also finds the largest leftovers and the peers.
"""

import random
import statistics
import sys

import highspy
import numpy as np
from measuring import fingerprint, seconds, table

from gongzhi.core.balance.efficiency import Compared, Measures, Returns, efficiencies

SIZES = (50, 500, 5_000)
PLAIN_MAX = 500
TIMES = 3
INS, OUTS = 3, 2
MEASURES = Measures(
    inputs=tuple(f"in{at}" for at in range(INS)),
    outputs=tuple(f"out{at}" for at in range(OUTS)),
    returns=Returns.VARIABLE,
)


def main() -> None:
    sizes = [int(given) for given in sys.argv[1:]] or SIZES
    print(fingerprint(), "\n")
    heads = ["units", "ours s", "plain s", "ratio", "on the frontier", "largest difference"]
    print(table(heads, [measured(size) for size in sizes]))


def measured(size: int) -> list[str]:
    chance = random.Random(size)
    units = [
        Compared(
            name=str(at),
            inputs=tuple(chance.lognormvariate(0, 0.5) for _ in range(INS)),
            outputs=tuple(chance.lognormvariate(0, 0.5) for _ in range(OUTS)),
        )
        for at in range(size)
    ]
    found = efficiencies(units, measures=MEASURES)
    ours = statistics.median(
        seconds(lambda: efficiencies(units, measures=MEASURES)) for _ in range(TIMES)
    )
    best = sum(each.on_frontier for each in found)
    if size > PLAIN_MAX:
        return [f"{size:,}", f"{ours:.2f}", "—", "—", str(best), "—"]
    scores: list[float] = []
    alone = seconds(lambda: scores.extend(plain(units, at) for at in range(size)))
    differs = max(abs(each.score - score) for each, score in zip(found, scores, strict=True))
    return [
        f"{size:,}", f"{ours:.2f}", f"{alone:.2f}", f"{ours / alone:.2f}", str(best),
        f"{differs:.1e}",
    ]  # fmt: skip


def plain(units: list[Compared], at: int) -> float:
    count = len(units)
    figures = np.array([(*each.inputs, *each.outputs) for each in units]).T
    own = figures[:, at]
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = count + 1, INS + OUTS + 1
    model.col_cost_ = np.array([1.0, *np.zeros(count)])
    model.col_lower_, model.col_upper_ = np.zeros(count + 1), np.full(count + 1, np.inf)
    factor = np.array([*-own[:INS], *np.zeros(OUTS + 1)])
    matrix = np.column_stack([factor, np.vstack([figures, np.ones(count)])])
    model.row_lower_ = np.array([*np.full(INS, -np.inf), *own[INS:], 1.0])
    model.row_upper_ = np.array([*np.zeros(INS), *np.full(OUTS, np.inf), 1.0])
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = np.arange(count + 2, dtype=np.int32) * (INS + OUTS + 1)
    model.a_matrix_.index_ = np.tile(np.arange(INS + OUTS + 1, dtype=np.int32), count + 1)
    model.a_matrix_.value_ = matrix.T.ravel()
    solver = highspy._Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.passModel(model)
    solver.run()
    return float(solver.getInfo().objective_function_value)


if __name__ == "__main__":
    main()
