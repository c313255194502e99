"""Linear and whole-number programs (HiGHS solves them), always in the same way: one thread."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import inf

import highspy
import numpy as np

# How exactly whole numbers are told from others, and an optimum from what is near it.
EXACT = 1e-9


class OutOfTime(Exception):
    """The time that a solver was given is over before it was sure."""


@dataclass(slots=True, kw_only=True)
class Program:
    """Variables from lower to upper, each with its cost, under rows: from ≤ Σ factors ≤ to."""

    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    cost: list[float] = field(default_factory=list)
    rows: list[tuple[float, float, dict[int, float]]] = field(default_factory=list)
    whole: bool = False

    def variable(self, lower: float = 0.0, upper: float = inf, *, cost: float = 0.0) -> int:
        """Add a variable; its place."""
        self.lower.append(lower)
        self.upper.append(upper)
        self.cost.append(cost)
        return len(self.cost) - 1

    def row(self, least: float, most: float, factors: dict[int, float]) -> None:
        """Add a row."""
        self.rows.append((least, most, factors))


def highs(*options: tuple[str, bool | float | str]) -> highspy._Highs:
    """HiGHS as it solves everything here: silent, one thread, one seed, and these options."""
    solver = highspy._Highs()  # the one without callbacks, which prints no banner
    for option, value in (("output_flag", False), ("threads", 1), ("random_seed", 0), *options):
        solver.setOptionValue(option, value)
    return solver


class Solver:
    """A program under way: its costs may change and rows be added, and it goes on from there."""

    def __init__(self, program: Program) -> None:
        self._solver = highs(("mip_rel_gap", 0.0), ("mip_abs_gap", EXACT))
        self._count = len(program.cost)
        self.left: Callable[[], float] | None = None
        self._solver.passModel(_model(program))

    def minimised(self) -> tuple[float, Sequence[float]] | None:
        """The least cost and the variables that have it; None where there is none.

        Where `left` tells how many seconds are left, OutOfTime is raised once there are none.
        """
        self._limit()
        self._solver.run()
        status = self._solver.getModelStatus()
        if status == highspy.HighsModelStatus.kTimeLimit:
            raise OutOfTime
        if status == highspy.HighsModelStatus.kOptimal:
            found = self._solver.getSolution().col_value
            return self._solver.getInfo().objective_function_value, list(found)
        impossible = (
            highspy.HighsModelStatus.kInfeasible,
            highspy.HighsModelStatus.kUnbounded,
            highspy.HighsModelStatus.kUnboundedOrInfeasible,
        )
        assert status in impossible, f"HiGHS ended with {status}"
        return None

    def _limit(self) -> None:
        if self.left is None:
            return
        seconds = self.left()
        if seconds <= 0:
            raise OutOfTime
        # HiGHS counts from its first run.
        self._solver.setOptionValue("time_limit", self._solver.getRunTime() + seconds)

    def price(self, cost: Sequence[float]) -> None:
        """Give the variables other costs."""
        places = np.arange(self._count, dtype=np.int32)
        self._solver.changeColsCost(self._count, places, np.array(cost, dtype=np.float64))

    def narrow(self, place: int, *, lower: float, upper: float) -> None:
        """Give a variable other bounds."""
        self._solver.changeColBounds(place, lower, upper)

    def add(self, least: float, most: float, factors: dict[int, float]) -> None:
        """Add a row."""
        places = np.array(list(factors), dtype=np.int32)
        values = np.array(list(factors.values()), dtype=np.float64)
        self._solver.addRow(least, most, len(factors), places, values)


def _model(program: Program) -> highspy.HighsLp:
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(program.cost), len(program.rows)
    model.col_cost_ = np.array(program.cost, dtype=np.float64)
    model.col_lower_ = np.array(program.lower, dtype=np.float64)
    model.col_upper_ = np.array(program.upper, dtype=np.float64)
    model.row_lower_ = np.array([row[0] for row in program.rows], dtype=np.float64)
    model.row_upper_ = np.array([row[1] for row in program.rows], dtype=np.float64)
    matrix = model.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    lengths = [0, *(len(factors) for _, _, factors in program.rows)]
    matrix.start_ = np.cumsum(lengths).astype(np.int32)
    matrix.index_ = np.array([at for *_, row in program.rows for at in row], dtype=np.int32)
    matrix.value_ = np.array(
        [value for *_, row in program.rows for value in row.values()], dtype=np.float64
    )
    if program.whole:
        model.integrality_ = [highspy.HighsVarType.kInteger] * len(program.cost)
    return model
