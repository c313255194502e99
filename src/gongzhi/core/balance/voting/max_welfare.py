"""The most worth that the budget can buy: a knapsack.

HiGHS finds a good set fast, but with rounded numbers; that no set is better is proven in whole
numbers, by keeping of all sets of the first projects those that no other one beats.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gongzhi.core.solving import Program, Solver

Numbers = NDArray[Any]  # whole numbers, of 64 bits or of any length
WHOLE_MAX = 1 << 61
SLACK = 1e-9


def best_set(
    costs: Sequence[int], worths: Sequence[int], *, budget: int, ranks: Sequence[int]
) -> list[int]:
    """Projects whose worth together is greatest within the budget, the most worth first."""
    able = [at for at, worth in enumerate(worths) if worth > 0 and costs[at] <= budget]
    paid = [at for at in able if costs[at] > 0]
    chosen = _solved([costs[at] for at in paid], [worths[at] for at in paid], budget=budget)
    taken = [at for at in able if costs[at] == 0] + [paid[at] for at in chosen]
    return sorted(taken, key=lambda at: (-worths[at], ranks[at]))


def _solved(costs: list[int], worths: list[int], *, budget: int) -> list[int]:
    if sum(costs) <= budget:
        return list(range(len(costs)))
    guess = _guessed(costs, worths, budget=budget)
    least = sum(worths[at] for at in guess)
    better = _better_than(least, costs, worths, budget=budget)
    return guess if better is None else better


def _guessed(costs: list[int], worths: list[int], *, budget: int) -> list[int]:
    """What HiGHS finds; what its rounding lets through too much is left out."""
    program, most = Program(whole=True), max(worths)
    for worth in worths:
        program.variable(0.0, 1.0, cost=-worth / most)
    program.row(0.0, 1.0, {at: cost / budget for at, cost in enumerate(costs)})
    found = Solver(program).minimised()
    assert found is not None, "nothing at all always fits"
    chosen = [at for at, value in enumerate(found[1]) if value > 0.5]
    chosen.sort(key=lambda at: -worths[at])
    kept: list[int] = []
    for at in chosen:
        if costs[at] <= budget:
            kept.append(at)
            budget -= costs[at]
    return kept


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Sets:
    """Sets that nothing beats: cheapest first, so that worth grows with cost."""

    costs: Numbers
    worths: Numbers
    before: Numbers
    taken: NDArray[np.bool_]


def _better_than(
    least: int, costs: list[int], worths: list[int], *, budget: int
) -> list[int] | None:
    """The best set if it is worth more than `least`; None if there is none."""
    order = sorted(range(len(costs)), key=lambda at: (-worths[at] / costs[at], at))
    kind = np.int64 if max(sum(worths), sum(costs), budget) < WHOLE_MAX else object
    zero = np.zeros(1, dtype=kind)
    course = [_Sets(costs=zero, worths=zero, before=zero, taken=np.zeros(1, dtype=np.bool_))]
    spends = np.array([float(costs[at]) for at in order])
    gains = np.array([float(worths[at]) for at in order])
    for step, at in enumerate(order):
        grown = _with(course[-1], costs[at], worths[at], budget=budget)
        limits = _limits(grown, spends[step + 1 :], gains[step + 1 :], budget=budget)
        hopeful = limits * (1 + SLACK) > float(least)
        if not hopeful.any():
            return None
        course.append(
            _Sets(
                costs=grown.costs[hopeful],
                worths=grown.worths[hopeful],
                before=grown.before[hopeful],
                taken=grown.taken[hopeful],
            )
        )
    best = len(course[-1].worths) - 1
    if int(course[-1].worths[best]) <= least:
        return None
    return _traced(course, order, best)


def _with(sets: _Sets, cost: int, worth: int, *, budget: int) -> _Sets:
    """All sets with and without one project more, without those that another one beats."""
    fits = np.flatnonzero(sets.costs + cost <= budget)
    here = np.arange(len(sets.costs))
    costs = np.concatenate((sets.costs, sets.costs[fits] + cost))
    worths = np.concatenate((sets.worths, sets.worths[fits] + worth))
    before = np.concatenate((here, fits))
    taken = np.concatenate((np.zeros(len(here), np.bool_), np.ones(len(fits), np.bool_)))
    order = np.lexsort((-worths, costs))
    worths = worths[order]
    highest = np.maximum.accumulate(worths)
    kept = np.concatenate(([True], worths[1:] > highest[:-1]))
    order = order[kept]
    return _Sets(costs=costs[order], worths=worths[kept], before=before[order], taken=taken[order])


def _limits(
    sets: _Sets, costs: NDArray[np.float64], worths: NDArray[np.float64], *, budget: int
) -> NDArray[np.float64]:
    """The most that a set can still reach, if projects could be bought in parts."""
    room = (budget - sets.costs).astype(np.float64)
    sums, gains = np.cumsum(costs), np.concatenate(([0.0], np.cumsum(worths)))
    whole = np.searchsorted(sums, room, side="right")
    spent = np.concatenate(([0.0], sums))[whole]
    rate = np.concatenate((worths / costs, [0.0]))[whole] if len(costs) else 0.0
    return sets.worths.astype(np.float64) + gains[whole] + (room - spent) * rate


def _traced(course: list[_Sets], order: list[int], best: int) -> list[int]:
    chosen: list[int] = []
    for sets, at in zip(reversed(course[1:]), reversed(order), strict=True):
        if sets.taken[best]:
            chosen.append(at)
        best = int(sets.before[best])
    return chosen
