"""The steps of an allocation: what floors lack, then the weighted value, then the change.

Each step keeps what the one before settled: a column with a price stands at its bound, a row with
a price stays where it is. What is left free has one value for that step, whatever is chosen.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf

import highspy
import numpy as np
from numpy.typing import NDArray

from gongzhi.core.balance.allocation.asked import Asked
from gongzhi.core.balance.allocation.program import SCALE, Program, RowOf
from gongzhi.core.balance.allocation.ranges import Numbers, Ranges, fen_of
from gongzhi.core.solving import highs

PRICED, NEAR = 1e-7, 1e-6
ROUNDS_MAX = 12
GAP = 1e-4
FEW = 500
FEASIBLE = 2  # as HiGHS tells of a solution
# A yuan that a floor lacks costs more than any yuan is worth.
MUCH = 10.0


class Contradicting(Exception):
    """The limits that never give way exclude each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Solved:
    """What the steps found: fen by project, not rounded; prices of the rows; how far proven.

    gap: by what share the value may lie below the best one, where whole decisions were involved.
    """

    amounts: Numbers
    going: NDArray[np.bool_]
    prices: tuple[tuple[RowOf, float], ...]
    elastic: bool
    gap: float = 0.0
    rounds: int = 1
    unordered: tuple[int, ...] = ()


def solve(asked: Asked, ranges: Ranges, *, seconds: float) -> Solved:
    """All steps; raises Contradicting where no allocation keeps the limits."""
    for elastic in (False, True):
        steps = _Steps(Program(asked, ranges, elastic=elastic), seconds=seconds)
        found = steps.all()
        if found is not None:
            return found
    raise Contradicting


class _Steps:
    """HiGHS under way: costs and bounds change, it goes on from there."""

    def __init__(self, program: Program, *, seconds: float) -> None:
        self._program = program
        self._lower = np.concatenate(program.lower)
        self._upper = np.concatenate(program.upper)
        self._held = self._lower.copy(), self._upper.copy()
        self._solver = highs(("mip_rel_gap", GAP))
        self._seconds = seconds
        self._whole = bool(program.ranges.stoppable.any())
        self._gap = 0.0
        self._nearby: highspy.HighsBasis | None = None
        self._solver.passModel(program.model(self._first_costs()))

    def _first_costs(self) -> Numbers:
        program = self._program
        if not program.elastic:
            return program.worth()
        return self._together()

    def _together(self) -> Numbers:
        """The costs of the first two steps at once: what floors lack costs more than any value."""
        program = self._program
        dear = MUCH * max(1.0, float(program.ranges.weight.max()))
        both: Numbers = program.worth() + dear * program.lacks()
        return both

    def all(self) -> Solved | None:
        """Every step; None where floors would have to give way, or nothing is possible."""
        if self._whole and not self._decided():
            return None
        settled = self._settled()
        if settled is None:
            return None
        rounds, unordered = settled
        solution = self._solver.getSolution()
        prices = tuple(zip(self._program.rows.of, map(float, solution.row_dual), strict=False))
        self._least_change()
        found = self._found()
        return Solved(
            amounts=self._program.amounts(found),
            going=found[self._program.going] > 1 / 2,
            prices=prices,
            elastic=self._program.elastic,
            gap=self._gap,
            rounds=rounds,
            unordered=unordered,
        )

    def _run(self) -> bool:
        """Whether there is an optimum; a second start where the first one lost its way."""
        self._solver.run()
        status = self._solver.getModelStatus()
        if status == highspy.HighsModelStatus.kTimeLimit:
            return bool(self._solver.getInfo().primal_solution_status == FEASIBLE)
        known = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible)
        if status not in known:
            self._solver.clearSolver()
            self._solver.run()
            status = self._solver.getModelStatus()
        return bool(status == highspy.HighsModelStatus.kOptimal)

    # ── whole decisions ──

    def _decided(self) -> bool:
        """Who goes on; from here on nothing but amounts is open.

        First with parts of decisions: that bounds the value. What comes out whole is kept, the
        rest decided; only where that is too far from the bound everything is decided together.
        """
        going = self._program.going
        before = self._lower[going].copy()
        self._kinds(())
        if not self._run():
            return False
        bound, parts = self._objective(), self._found()[going]
        whole = np.minimum(parts, 1 - parts) < NEAR
        near = self._decide(going[~whole], np.where(whole, np.round(parts), before), bound=bound)
        if near is None or (near > GAP and len(going) <= FEW):
            near = self._decide(going[self._program.ranges.stoppable], before, bound=bound)
        if near is None:
            near = self._decide((), np.round(parts), bound=bound)
        if near is None:
            return False
        self._gap = near
        self._lower[going] = self._upper[going] = np.round(self._found()[going])
        self._kinds(())
        self._bounds()
        self._whole = False
        return True

    def _decide(self, open_: Iterable[int], least: Numbers, *, bound: float) -> float | None:
        """Decide what is open, the rest as given; how far below the bound, None where too far.

        With nothing open, or everything, whatever is found is good enough.
        """
        program, left = self._program, np.array(list(open_), dtype=np.int64)
        self._lower[program.going] = self._upper[program.going] = least
        self._upper[left] = 1.0
        self._kinds(left)
        self._bounds()
        self._solver.setOptionValue("time_limit", self._solver.getRunTime() + self._seconds)
        found = self._run()
        self._solver.setOptionValue("time_limit", inf)
        if not found:
            return None
        gap = max((self._objective() - bound) / max(abs(bound), 1.0), 0.0)
        everything = len(left) == int(program.ranges.stoppable.sum())
        if everything:
            return min(gap, max(float(self._solver.getInfo().mip_gap), 0.0))
        good = gap <= GAP or not len(left) or program.elastic
        return gap if good else None

    def _objective(self) -> float:
        return float(self._solver.getInfo().objective_function_value)

    def _found(self) -> Numbers:
        return np.array(self._solver.getSolution().col_value)

    def _kinds(self, whole: Iterable[int]) -> None:
        """Which columns are whole numbers; all others aren't."""
        count = self._program.columns
        kinds = np.zeros(count, dtype=np.uint8)
        kinds[list(whole)] = 1
        self._solver.changeColsIntegrality(count, np.arange(count, dtype=np.int32), kinds)

    # ── the first two steps, and the order ──

    def _settled(self) -> tuple[int, tuple[int, ...]] | None:
        """What floors lack and the value, round by round until the order is kept."""
        tried: set[int] = set()
        held: set[int] = set()
        for number in range(1, ROUNDS_MAX + 1):
            if not self._valued():
                if number == 1:
                    return None
                held |= self._give_back(tried - held)
                continue
            late = set(self._out_of_order()) - tried
            if not late or number == ROUNDS_MAX:
                break
            tried |= late
            for at in late:
                self._give_all(at)
            self._bounds()
        return number, tuple(sorted(self._out_of_order()))

    def _valued(self) -> bool:
        """The least that floors lack, then the most value at that.

        Both at once lead there far quicker than what floors lack alone, which says nothing of most
        columns; each round goes on from where the one before had both.
        """
        if self._program.elastic:
            self._free()
            self._price(self._together())
            if self._nearby is not None:
                self._solver.setBasis(self._nearby)
            if not self._run():
                return False
            self._nearby = self._solver.getBasis()
            self._price(self._program.lacks())
            if not self._run():
                return False
            self._keep()
        self._price(self._program.worth())
        return self._run()

    def _out_of_order(self) -> Iterable[int]:
        """Who grows less than somebody worse though it might have grown more."""
        program = self._program
        growth = self._growth()
        highest: dict[int, float] = {}
        for at, rest in program.later.items():
            level = program.level_of[at]
            if level not in highest:
                highest[level] = float(growth[rest].max())
            if growth[at] < min(highest[level], program.caps[at]) - NEAR and self._is_on(at):
                yield at

    def _growth(self) -> Numbers:
        found = self._found()
        base = np.where(self._program.ranges.base > 0, self._program.ranges.base, 1)
        grown: Numbers = self._program.amounts(found) / base
        return grown

    def _is_on(self, at: int) -> bool:
        return bool(self._upper[self._program.going[at]] > 0)

    def _give_all(self, at: int) -> None:
        for part in range(self._program.parts):
            self._lower[at + part * self._program.count] = self._program.width[at]

    def _give_back(self, places: set[int]) -> set[int]:
        """All of it can't be given: those that are worse are held down instead."""
        program = self._program
        for at in places:
            for part in range(program.parts):
                self._lower[at + part * program.count] = 0.0
        self._bounds()
        return set(places)

    # ── the third step ──

    def _least_change(self) -> None:
        """Of all that are worth the same, the least taken from requests, and that evenly."""
        self._keep()
        program = self._program
        cost = np.zeros(program.columns)
        cost[: program.count * program.parts] = -1.0
        self._price(cost)
        if not self._run():
            return
        self._keep()
        self._even_out()

    def _even_out(self) -> None:
        """The largest share that is taken from a request as small as it can be."""
        program = self._program
        lower, upper = self._held
        free = upper[: program.count * program.parts] - lower[: program.count * program.parts]
        loose = np.flatnonzero(free.reshape(program.parts, program.count).max(axis=0) > NEAR)
        if not len(loose):
            return
        count = program.columns
        nothing = np.array([], dtype=np.int32), np.array([])
        self._price(np.zeros(count))
        self._solver.addCol(1.0, 0.0, inf, 0, *nothing)
        wanted = np.array([fen_of(program.asked.requests[at].asked) / SCALE for at in loose])
        columns, values = program.of(loose, np.ones(len(loose)))
        columns, values = [*columns, np.full(len(loose), count)], [*values, wanted]
        starts = np.arange(len(loose), dtype=np.int32) * len(columns)
        places = np.stack(columns, axis=1).ravel().astype(np.int32)
        factors = np.stack(values, axis=1).ravel()
        most = np.full(len(loose), inf)
        self._solver.addRows(len(loose), wanted, most, len(places), starts, places, factors)
        self._run()

    # ── bounds and costs ──

    def _price(self, cost: Numbers) -> None:
        places = np.arange(len(cost), dtype=np.int32)
        self._solver.changeColsCost(len(cost), places, cost)

    def _bounds(self) -> None:
        self._held = self._lower.copy(), self._upper.copy()
        places = np.arange(len(self._lower), dtype=np.int32)
        self._solver.changeColsBounds(len(places), places, *self._held)

    def _free(self) -> None:
        """Bounds as they were before any step settled something."""
        self._bounds()
        rows = self._program.rows
        places = np.arange(len(rows.of), dtype=np.int32)
        bounds = np.array(rows.least), np.array(rows.most)
        self._solver.changeRowsBounds(len(places), places, *bounds)

    def _keep(self) -> None:
        """What has a price stays where it is."""
        solution = self._solver.getSolution()
        count, rows = self._program.columns, len(self._program.rows.of)
        value, price = (np.array(each)[:count] for each in (solution.col_value, solution.col_dual))
        lower, upper = (each.copy() for each in self._held)
        fixed = np.abs(price) > PRICED
        lower[fixed] = upper[fixed] = np.clip(value[fixed], lower[fixed], upper[fixed])
        self._held = lower, upper
        places = np.arange(count, dtype=np.int32)
        self._solver.changeColsBounds(count, places, lower, upper)
        reached, cost = (np.array(each)[:rows] for each in (solution.row_value, solution.row_dual))
        for row in np.flatnonzero(np.abs(cost) > PRICED):
            self._solver.changeRowBounds(int(row), float(reached[row]), float(reached[row]))
