"""Data envelopment (DEA): with how little the best would do, or how much more they would get.

A unit is held against the best mixture of all: min θ with Σλx ≤ θx₀, Σλy ≥ y₀ (inputs), or max φ
with Σλx ≤ x₀, Σλy ≥ φy₀ (outputs); Σλ is free (CCR), 1 (BCC), at most or at least 1. A second run
keeps θ and makes the sum of what is still left over, in the figures' own units, as large as it can
be. HiGHS goes on from the last unit's basis; only who may stand on the frontier enters its columns:
the rest is priced by the duals.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from math import inf, isfinite

import highspy
import numpy as np
from numpy.typing import NDArray

from gongzhi.core.solving import highs
from gongzhi.core.terms import Said, SaidValues, several

UNITS_MAX, MEASURES_MAX = 5_000, 40
# Weights and leftovers below this are nothing; a price counts beyond this.
NEAR, PRICE = 1e-7, 1e-9
WHOLE = 1.0
HUNDRED = 100
TENTH = Decimal("0.1")

Numbers = NDArray[np.float64]


class Returns(StrEnum):
    """What the size of a unit does: nothing, anything, or only one of the two."""

    CONSTANT = "crs"
    VARIABLE = "vrs"
    DECREASING = "drs"
    INCREASING = "irs"


class Orientation(StrEnum):
    """What is to be changed: less put in, or more got out."""

    INPUT = "input"
    OUTPUT = "output"


SUMS = {
    Returns.CONSTANT: (-inf, inf),
    Returns.VARIABLE: (WHOLE, WHOLE),
    Returns.DECREASING: (-inf, WHOLE),
    Returns.INCREASING: (WHOLE, inf),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A unit with what it uses and what it gives, in the order of the measures' names."""

    name: str
    inputs: tuple[float, ...]
    outputs: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """What the figures are called, and what is asked of them."""

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    returns: Returns = Returns.CONSTANT
    orientation: Orientation = Orientation.INPUT


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """A unit to learn from, and its weight in the mixture."""

    name: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Efficiency:
    """How a unit stands: score from 0 to 1, factor (θ, or φ ≥ 1), and what the best would do.

    slacks are what is left over beside the factor; targets are what the mixture of peers uses and
    gives.
    """

    name: str
    score: float
    factor: float
    input_slacks: tuple[float, ...]
    output_slacks: tuple[float, ...]
    input_targets: tuple[float, ...]
    output_targets: tuple[float, ...]
    peers: tuple[Peer, ...]
    on_frontier: bool
    said: Said


def efficiencies(units: Sequence[Compared], *, measures: Measures) -> tuple[Efficiency, ...] | Said:
    """How each unit stands, in the order given; or why they can't be compared."""
    refused = why_not_compared(units, measures=measures)
    if refused is not None:
        return refused
    envelope = _Envelope(units, measures=measures)
    return tuple(envelope.of(at) for at in range(len(units)))


def why_not_compared(units: Sequence[Compared], *, measures: Measures) -> Said | None:
    """Why nothing can be compared, in words; None where it can."""
    if not measures.inputs or not measures.outputs:
        return Said("投入和产出各要至少一项")
    if len(measures.inputs) + len(measures.outputs) > MEASURES_MAX:
        return Said("投入和产出最多 {most} 项", {"most": MEASURES_MAX})
    if not units:
        return Said("没有数据")
    if len(units) > UNITS_MAX:
        return Said("超过 {most} 行", {"most": UNITS_MAX})
    names = set()
    for unit in units:
        if unit.name in names:
            return Said("“{name}”出现两次", {"name": unit.name})
        names.add(unit.name)
        refused = _fault(unit, measures=measures)
        if refused is not None:
            return refused
    return None


def _fault(unit: Compared, *, measures: Measures) -> Said | None:
    assert len(unit.inputs) == len(measures.inputs), "a figure for each input"
    assert len(unit.outputs) == len(measures.outputs), "a figure for each output"
    named = zip((*measures.inputs, *measures.outputs), (*unit.inputs, *unit.outputs), strict=True)
    for measure, value in named:
        told: SaidValues = {"name": unit.name, "measure": measure}
        if not isfinite(value):
            return Said("“{name}”的“{measure}”不是有限的数", told)
        if value < 0:
            return Said("“{name}”的“{measure}”小于零", told)
    if not any(unit.inputs):
        return Said("“{name}”的各项投入都是零，没有可比的", {"name": unit.name})
    if not any(unit.outputs):
        return Said("“{name}”的各项产出都是零，没有可比的", {"name": unit.name})
    return None


class _Envelope:
    """The program under way: rows for each measure and the sum, columns for whom it mixes.

    Columns: 0 the factor, then the leftover of each measure, then the unit itself, then those who
    may stand on the frontier.
    """

    def __init__(self, units: Sequence[Compared], *, measures: Measures) -> None:
        self._units, self._measures = units, measures
        figures = np.array([(*unit.inputs, *unit.outputs) for unit in units], dtype=np.float64)
        self._scale = np.where(figures.max(axis=0) > 0, figures.max(axis=0), WHOLE)
        self._figures = figures / self._scale
        self._ins = len(measures.inputs)
        self._count = figures.shape[1]
        self._signs = np.where(np.arange(self._count) < self._ins, WHOLE, -WHOLE)
        self._is_input = measures.orientation is Orientation.INPUT
        self._moved = np.arange(self._count) < self._ins
        if not self._is_input:
            self._moved = ~self._moved
        self._rows = np.hstack([self._figures, np.ones((len(units), 1))])
        self._self = 1 + self._count
        self._known: dict[int, int] = {}
        self._solver = self._begun()

    def _begun(self) -> highspy._Highs:
        solver = highs(
            ("presolve", "off"),
            ("primal_feasibility_tolerance", 1e-9),
            ("dual_feasibility_tolerance", 1e-9),
        )
        for _ in range(self._count):
            solver.addRow(0.0, 0.0, 0, np.array([], dtype=np.int32), np.array([]))
        least, most = SUMS[self._measures.returns]
        solver.addRow(least, most, 0, np.array([], dtype=np.int32), np.array([]))
        rows = np.arange(self._count, dtype=np.int32)
        solver.addCol(0.0, 0.0, inf, self._count, rows, np.ones(self._count))
        for at, sign in enumerate(self._signs):
            solver.addCol(0.0, 0.0, inf, 1, rows[at : at + 1], np.array([sign]))
        self._add(solver, self._rows[0])
        return solver

    def _add(self, solver: highspy._Highs, figures: Numbers) -> None:
        places = np.arange(self._count + 1, dtype=np.int32)
        solver.addCol(0.0, 0.0, inf, self._count + 1, places, figures)

    def of(self, unit: int) -> Efficiency:
        """One unit: the factor first, then what is left over beside it."""
        self._turn_to(unit)
        factor = self._solved(unit, self._first_costs())
        self._solver.changeColBounds(0, factor, factor)
        self._solved(unit, self._second_costs())
        found = np.array(self._solver.getSolution().col_value)
        if unit not in self._known and found[self._self] > NEAR:
            self._know(unit)
        return self._told(unit, factor=factor, found=found)

    def _turn_to(self, unit: int) -> None:
        figures = self._figures[unit]
        solver = self._solver
        solver.changeColBounds(0, 0.0, inf)
        for row in range(self._count):
            moved = bool(self._moved[row])
            held = 0.0 if moved else float(figures[row])
            solver.changeCoeff(row, 0, -float(figures[row]) if moved else 0.0)
            solver.changeRowBounds(row, held, held)
            solver.changeCoeff(row, self._self, float(figures[row]))
        solver.changeColBounds(self._self, 0.0, 0.0 if unit in self._known else inf)

    def _first_costs(self) -> Numbers:
        costs = np.zeros(self._self + 1)
        costs[0] = WHOLE if self._is_input else -WHOLE
        return costs

    def _second_costs(self) -> Numbers:
        costs = np.zeros(self._self + 1)
        costs[1 : self._self] = -self._scale / self._scale.max()
        return costs

    def _solved(self, unit: int, costs: Numbers) -> float:
        """Solve, taking in whoever the prices say would better the mixture; the factor's value."""
        places = np.arange(len(costs), dtype=np.int32)
        self._solver.changeColsCost(len(costs), places, costs)
        while True:
            self._solver.run()
            status = self._solver.getModelStatus()
            if status != highspy.HighsModelStatus.kOptimal:
                self._solver.clearSolver()
                self._solver.run()
                status = self._solver.getModelStatus()
            assert status == highspy.HighsModelStatus.kOptimal, f"HiGHS ended with {status}"
            solution = self._solver.getSolution()
            gains = self._rows @ np.array(solution.row_dual)
            gains[list(self._known)] = 0.0
            gains[unit] = 0.0
            best = int(gains.argmax())
            if gains[best] <= PRICE:
                return float(solution.col_value[0])
            self._know(best)

    def _know(self, unit: int) -> None:
        self._known[unit] = self._self + 1 + len(self._known)
        self._add(self._solver, self._rows[unit])

    def _told(self, unit: int, *, factor: float, found: Numbers) -> Efficiency:
        weights = {other: float(found[at]) for other, at in self._known.items() if at < len(found)}
        weights[unit] = weights.get(unit, 0.0) + float(found[self._self])
        mix = {other: weight for other, weight in sorted(weights.items()) if weight > NEAR}
        slacks = np.where(found[1 : self._self] > NEAR, found[1 : self._self], 0.0)
        moved = np.where(self._moved, factor, WHOLE) * self._figures[unit]
        targets = (moved - self._signs * slacks) * self._scale
        own, left = self._units[unit], slacks * self._scale
        score = min(factor if self._is_input else WHOLE / factor, WHOLE)
        score = WHOLE if score > WHOLE - NEAR else score
        peers = sorted(mix.items(), key=lambda each: (-each[1], each[0]))
        others = tuple(Peer(name=self._units[at].name, weight=weight) for at, weight in peers)
        on_frontier = score == WHOLE and not slacks.any()
        return Efficiency(
            name=own.name,
            score=score,
            factor=factor,
            input_slacks=tuple(map(float, left[: self._ins])),
            output_slacks=tuple(map(float, left[self._ins :])),
            input_targets=tuple(map(float, targets[: self._ins])),
            output_targets=tuple(map(float, targets[self._ins :])),
            peers=others,
            on_frontier=on_frontier,
            said=self._said(factor, score=score, peers=others, on_frontier=on_frontier),
        )

    def _said(
        self, factor: float, *, score: float, peers: Sequence[Peer], on_frontier: bool
    ) -> Said:
        if on_frontier:
            return Said("在前沿上：没有哪些单位合起来用得更少或者产出更多")
        names = several(peer.name for peer in peers[:3])
        if score == WHOLE:
            values: SaidValues = {"peers": names}
            return Said("总体在前沿上，但个别项目还有余量；可以学习：{peers}", values)
        if self._is_input:
            values = {"percent": _percent(factor), "peers": names}
            return Said("照最好的做法，用现在投入的 {percent}% 就够；可以学习：{peers}", values)
        values = {"percent": _percent(factor - WHOLE), "peers": names}
        return Said("照最好的做法，产出可以多 {percent}%；可以学习：{peers}", values)


def scale_efficiencies(
    constant: Sequence[Efficiency], variable: Sequence[Efficiency]
) -> Iterator[float]:
    """How much of each unit's score is owed to its size: constant over variable returns."""
    for one, other in zip(constant, variable, strict=True):
        yield min(one.score / other.score, WHOLE)


def _percent(share: float) -> str:
    return str(Decimal(repr(share * HUNDRED)).quantize(TENTH, rounding=ROUND_HALF_UP))
