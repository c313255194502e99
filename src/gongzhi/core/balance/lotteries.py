"""Bargaining over mixes: lotteries of options, and sets of utilities that straight rows bound.

Phases, halves, turns: where plans can be mixed, utilities mix with them. Nash's product is made
largest by pairwise steps between options (Frank & Wolfe), until no option could raise it further.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from gongzhi.core.solving import Program, Solver

Numbers: TypeAlias = NDArray[np.float64]
STEPS_MAX, HALVINGS = 20_000, 60
CLOSED = 1e-12  # the share by which another option could still raise the product
SMALL = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Mix:
    """The share of each option, and the utilities that this gives."""

    shares: tuple[float, ...]
    utilities: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """A convex set of utilities: every row's factors times utilities are at most its bound."""

    factors: tuple[tuple[float, ...], ...]
    most: tuple[float, ...]


def nash_mix(
    options: Sequence[Sequence[float]],
    threat: Sequence[float],
    *,
    weights: Sequence[float] | None = None,
) -> Mix | None:
    """The lottery with the largest Π (expected gain)^weight; None where none is acceptable.

    A side that no acceptable lottery lets gain is left out of the product.
    """
    rows = np.array(options, dtype=np.float64)
    gains = rows - np.array(threat, dtype=np.float64)
    best = _ideal(gains)
    if best is None:
        return None
    powers = np.array(weights if weights is not None else [1.0] * len(threat), dtype=np.float64)
    counts = best > SMALL
    start = _kalai_smorodinsky(gains, best)
    if not counts.any():
        return _mixed(start, rows)
    if (gains >= 0).all(axis=1).all():
        return _mixed(_largest(gains[:, counts] / best[counts], powers[counts], start), rows)
    found = _by_corners(gains, best, powers * counts, start)
    return _mixed(found, rows)


def kalai_smorodinsky_mix(
    options: Sequence[Sequence[float]], threat: Sequence[float]
) -> Mix | None:
    """The lottery with the largest smallest share of one's best; then the largest sum of shares."""
    rows = np.array(options, dtype=np.float64)
    gains = rows - np.array(threat, dtype=np.float64)
    best = _ideal(gains)
    return None if best is None else _mixed(_kalai_smorodinsky(gains, best), rows)


def egalitarian_mix(options: Sequence[Sequence[float]], threat: Sequence[float]) -> Mix | None:
    """The lottery with the largest smallest gain; then the largest sum of gains."""
    rows = np.array(options, dtype=np.float64)
    gains = rows - np.array(threat, dtype=np.float64)
    if _ideal(gains) is None:
        return None
    return _mixed(_kalai_smorodinsky(gains, np.full(gains.shape[1], _scale(gains))), rows)


def kalai_smorodinsky_in(rows: Rows, threat: Sequence[float]) -> tuple[float, ...] | None:
    """Of a bounded set the point d + t (a − d) with the largest t; None where d lies outside."""
    point = np.array(threat, dtype=np.float64)
    best = [_farthest(rows, threat, at) for at in range(len(point))]
    if any(each is None for each in best):
        return None
    return _along(rows, point, np.array(best, dtype=np.float64) - point)


def egalitarian_in(rows: Rows, threat: Sequence[float]) -> tuple[float, ...] | None:
    """Of a bounded set the point d + t (1, …, 1) with the largest t; None where d lies outside."""
    point = np.array(threat, dtype=np.float64)
    return _along(rows, point, np.ones(len(point)))


def nash_in(
    rows: Rows, threat: Sequence[float], *, weights: Sequence[float] | None = None
) -> tuple[float, ...] | None:
    """Nash's point of a bounded set, as a mix of corners that are found one by one."""
    point = np.array(threat, dtype=np.float64)
    powers = np.array(weights if weights is not None else [1.0] * len(point), dtype=np.float64)
    corners = [_corner(rows, threat, np.eye(len(point))[at]) for at in range(len(point))]
    if any(each is None for each in corners):
        return None
    known = [np.array(each) for each in corners]
    while True:
        gains = np.array(known) - point
        best = gains.max(axis=0)
        counts = best > SMALL
        if not counts.any():
            return tuple(float(each) for each in point)
        start = np.full(len(known), 1 / len(known))
        shares = _largest(gains[:, counts] / best[counts], powers[counts], start)
        reached = shares @ gains
        slope = np.where(counts, powers / np.where(counts, reached, 1), 0)
        found = _corner(rows, threat, slope)
        assert found is not None, "the set is no emptier than before"
        gap = float(slope @ (np.array(found) - point)) - float(powers[counts].sum())
        if gap <= 1e-9 or any(np.allclose(found, each, atol=SMALL) for each in known):
            return tuple(float(each) for each in reached + point)
        known.append(np.array(found))


def _scale(gains: Numbers) -> float:
    return float(np.abs(gains).max()) or 1.0


def _mixed(shares: Numbers, rows: Numbers) -> Mix:
    return Mix(
        shares=tuple(float(each) for each in shares),
        utilities=tuple(float(each) for each in shares @ rows),
    )


def _lotteries(gains: Numbers) -> Program:
    """All lotteries whose expected gains are no less than nothing."""
    program = Program()
    for _ in gains:
        program.variable()
    program.row(1.0, 1.0, dict.fromkeys(range(len(gains)), 1.0))
    for column in gains.T:  # each by its own scale: fen and points stand side by side
        program.row(0.0, inf, _factors(column / _scale(column)))
    return program


def _factors(column: Numbers) -> dict[int, float]:
    return dict(enumerate(column.tolist()))


def _ideal(gains: Numbers) -> Numbers | None:
    """The largest expected gain of each side over the acceptable lotteries."""
    solver = Solver(_lotteries(gains))
    best = []
    for column in gains.T:
        scale = _scale(column)
        solver.price((-column / scale).tolist())
        solved = solver.minimised()
        if solved is None:
            return None
        best.append(max(0.0, -solved[0] * scale))
    return np.array(best)


def _kalai_smorodinsky(gains: Numbers, best: Numbers) -> Numbers:
    program = _lotteries(gains)
    smallest = program.variable(cost=-1.0)
    can = [at for at in range(gains.shape[1]) if best[at] > SMALL]
    for at in can:
        program.row(0.0, inf, {**_factors(gains[:, at] / best[at]), smallest: -1.0})
    if not can:
        program.upper[smallest] = 1.0
    solver = Solver(program)
    solved = solver.minimised()
    assert solved is not None, "some lottery is acceptable"
    solver.narrow(smallest, lower=solved[1][smallest] - 1e-9, upper=inf if can else 1.0)
    sums = (gains[:, can] / best[can]).sum(axis=1)
    solver.price([*(-sums).tolist(), 0.0])
    solved = solver.minimised()
    assert solved is not None, "what was found before still is there"
    shares = np.clip(np.array(solved[1][:smallest]), 0, None)
    result: Numbers = shares / shares.sum()
    return result


def _largest(gains: Numbers, powers: Numbers, start: Numbers) -> Numbers:
    """The shares with the largest Σ powers · log(shares · gains), all gains at least nothing."""
    shares = start + 1e-6
    shares /= shares.sum()
    whole = float(powers.sum())
    for _ in range(STEPS_MAX):
        reached = shares @ gains
        slopes = gains @ (powers / reached)
        to = int(slopes.argmax())
        held = np.where(shares > 0, slopes, inf)
        away = int(held.argmin())
        if slopes[to] - whole <= CLOSED * whole or to == away:
            break
        step = _step(reached, gains[to] - gains[away], powers, float(shares[away]))
        moved = float(shares[away]) - step
        shares[away] = moved if moved > 1e-16 else 0.0
        shares[to] += step
    result: Numbers = shares / shares.sum()
    return result


def _step(reached: Numbers, way: Numbers, powers: Numbers, most: float) -> float:
    """How far to go: until the slope along the way is nothing, by halves."""
    at_end = reached + most * way
    if (at_end > 0).all() and float((powers * way / at_end).sum()) >= 0:
        return most
    low, high = 0.0, most
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        there = reached + middle * way
        if (there > 0).all() and float((powers * way / there).sum()) > 0:
            low = middle
        else:
            high = middle
    return low


def _by_corners(gains: Numbers, best: Numbers, powers: Numbers, start: Numbers) -> Numbers:
    """Where single options are unacceptable but mixes aren't: by the corners of those."""
    counts = best > SMALL
    corners = [start]
    while True:
        mixes = np.array(corners)
        reached = mixes @ gains[:, counts] / best[counts]
        shares = _largest(
            np.clip(reached, 0, None), powers[counts], np.full(len(mixes), 1 / len(mixes))
        )
        mix = shares @ mixes
        slope = powers[counts] / (mix @ gains[:, counts])
        program = _lotteries(gains)
        program.cost = [-float(each) for each in gains[:, counts] @ slope]
        solved = Solver(program).minimised()
        assert solved is not None, "some lottery is acceptable"
        found = np.clip(np.array(solved[1]), 0, None)
        gap = -solved[0] - float(powers[counts].sum())
        if gap <= 1e-9 or any(np.allclose(found, each, atol=SMALL) for each in corners):
            result: Numbers = mix
            return result
        corners.append(found / found.sum())


def _bounded(rows: Rows, threat: Sequence[float]) -> Program:
    program = Program()
    for least in threat:
        program.variable(float(least), inf)
    for factors, most in zip(rows.factors, rows.most, strict=True):
        program.row(-inf, float(most), dict(enumerate(map(float, factors))))
    return program


def _corner(rows: Rows, threat: Sequence[float], slope: Numbers) -> list[float] | None:
    program = _bounded(rows, threat)
    program.cost = [-float(each) for each in slope]
    solved = Solver(program).minimised()
    return None if solved is None else list(solved[1])


def _farthest(rows: Rows, threat: Sequence[float], at: int) -> float | None:
    found = _corner(rows, threat, np.eye(len(threat))[at])
    return None if found is None else found[at]


def _along(rows: Rows, point: Numbers, way: Numbers) -> tuple[float, ...] | None:
    factors, most = np.array(rows.factors), np.array(rows.most)
    room, steep = most - factors @ point, factors @ way
    if room.min() < 0:
        return None
    ratios = [float(r / s) for r, s in zip(room, steep, strict=True) if s > SMALL]
    if not ratios:
        return None
    return tuple(float(each) for each in point + min(ratios) * way)
