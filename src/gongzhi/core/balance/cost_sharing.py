"""Who bears how much of a cost in common: Shapley value, airport game, nucleolus.

A game says what each coalition would cost, or be worth, by itself. Shapley's value is the mean over
all orders of what each adds; the nucleolus makes the unhappiest coalition as happy as can be, then
the next (Schmeidler 1969).
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import combinations
from math import factorial, inf
from typing import TypeAlias

import numpy as np

from gongzhi.core.solving import Program, Solver

Coalition: TypeAlias = frozenset[int]
Game: TypeAlias = Callable[[Coalition], Fraction | int]
SHAPLEY_MAX, NUCLEOLUS_MAX = 14, 8
TIGHT, LOOSE = 1e-10, 1e-7


def shapley(count: int, game: Game) -> tuple[Fraction, ...]:
    """What each of `count` bears, exactly; up to SHAPLEY_MAX of them."""
    assert 0 < count <= SHAPLEY_MAX, "all coalitions are looked at"
    worth = _worths(count, game)
    orders = [
        Fraction(factorial(size) * factorial(count - size - 1), factorial(count))
        for size in range(count)
    ]
    shares = []
    for who in range(count):
        bit = 1 << who
        adds = [Fraction(0)] * count
        for others in range(1 << count):
            if not others & bit:
                adds[others.bit_count()] += worth[others | bit] - worth[others]
        shares.append(sum((a * b for a, b in zip(adds, orders, strict=True)), Fraction(0)))
    return tuple(shares)


def airport(costs: Sequence[Fraction | int]) -> tuple[Fraction, ...]:
    """Shapley's value where a coalition costs what its dearest member alone does, however many.

    Each stretch is borne in equal parts by all who need it (Littlechild & Owen 1973).
    """
    assert all(cost >= 0 for cost in costs), "a cost isn't negative"
    shares = [Fraction(0)] * len(costs)
    order = sorted(range(len(costs)), key=lambda at: costs[at])
    borne, before = Fraction(0), Fraction(0)
    for place, at in enumerate(order):
        borne += (Fraction(costs[at]) - before) / (len(costs) - place)
        before = Fraction(costs[at])
        shares[at] = borne
    return tuple(shares)


def nucleolus(count: int, game: Game) -> tuple[float, ...]:
    """The nucleolus of a game of worth; up to NUCLEOLUS_MAX players."""
    assert 0 < count <= NUCLEOLUS_MAX, "all coalitions are looked at, again and again"
    return _Happiest(count, game).shares()


class _Happiest:
    """The least surplus of a coalition made as large as can be, then the next, until all is set."""

    def __init__(self, count: int, game: Game) -> None:
        self.count = count
        self.proper = [
            frozenset(each) for size in range(1, count) for each in combinations(range(count), size)
        ]
        self.whole = float(game(frozenset(range(count))))
        self.worth = {each: float(game(each)) for each in self.proper}
        self.scale = max([abs(self.whole), *map(abs, self.worth.values())]) or 1.0
        self.least: dict[Coalition, float] = {}  # surplus of the coalitions that are set

    def shares(self) -> tuple[float, ...]:
        """The shares of all."""
        if self.count == 1:
            return (self.whole,)
        while True:
            surplus, found = self._solved()
            self._set(surplus, found)
            if self._rank() == self.count:
                _, found = self._solved()
                return tuple(each * self.scale for each in found)

    def _program(self) -> tuple[Program, int]:
        program = Program()
        for _ in range(self.count):
            program.variable(-inf, inf)
        surplus = program.variable(-inf, inf, cost=-1.0)
        whole = self.whole / self.scale
        program.row(whole, whole, dict.fromkeys(range(self.count), 1.0))
        for each in self.proper:
            worth = self.worth[each] / self.scale
            if each in self.least:
                exact = worth + self.least[each]
                program.row(exact - TIGHT, exact + TIGHT, dict.fromkeys(each, 1.0))
            else:
                program.row(worth, inf, {**dict.fromkeys(each, 1.0), surplus: -1.0})
        return program, surplus

    def _solved(self) -> tuple[float, Sequence[float]]:
        program, surplus = self._program()
        if len(self.least) == len(self.proper):
            program.upper[surplus] = 0.0
        solved = Solver(program).minimised()
        assert solved is not None, "shares that were possible still are"
        _, found = solved
        return found[surplus], found[: self.count]

    def _set(self, surplus: float, found: Sequence[float]) -> None:
        """Set every coalition that can't have more than the least surplus."""
        program, at = self._program()
        program.lower[at] = surplus - TIGHT
        solver = Solver(program)
        for each in self.proper:
            worth = self.worth[each] / self.scale
            has = sum(found[who] for who in each) - worth
            if each in self.least or has > surplus + LOOSE:
                continue
            solver.price([*(-1.0 if who in each else 0.0 for who in range(self.count)), 0.0])
            solved = solver.minimised()
            assert solved is not None, "shares that were possible still are"
            if -solved[0] - worth <= surplus + LOOSE:
                self.least[each] = surplus

    def _rank(self) -> int:
        rows = [[1.0] * self.count]
        rows += [[float(who in each) for who in range(self.count)] for each in self.least]
        return int(np.linalg.matrix_rank(np.array(rows)))


def _worths(count: int, game: Game) -> list[Fraction]:
    members = [
        frozenset(at for at in range(count) if coalition >> at & 1)
        for coalition in range(1 << count)
    ]
    return [Fraction(game(each)) for each in members]
