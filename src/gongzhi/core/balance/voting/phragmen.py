"""Phragmén's sequential rule: every voter earns evenly; who can pay a project together buys it.

It ends with the first project whose turn it would be and that doesn't fit any more. Moments
are compared in float64 with a bound of their relative error; what is closer, by fractions.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from heapq import heapify, heappop, heappush
from itertools import accumulate

import numpy as np

from gongzhi.core.balance.voting.election import Whole
from gongzhi.core.balance.voting.support import HALF_ULP, Real, Support


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A project that is bought, and how much each voter has earned by then; None: nobody pays."""

    place: int
    earned: Fraction | None


@dataclass(slots=True)
class _Course:
    support: Support
    moments: list[Fraction] = field(default_factory=lambda: [Fraction(0)])
    latest: Whole = field(init=False)
    near: Real = field(init=False)

    def __post_init__(self) -> None:
        size = self.support.election.ballots.size
        self.latest = np.zeros(size, dtype=np.int64)
        self.near = np.zeros(size)

    def moment(self, place: int) -> float:
        """When its supporters can pay it."""
        those = self.support.supporters[place]
        weights = self.support.weights[place]
        spent = float(weights @ self.near[those])
        return (spent + self.support.costs[place]) / float(weights.sum())

    def exact(self, place: int) -> Fraction:
        """The same without rounding."""
        those = self.support.supporters[place]
        weights = self.support.weights[place]
        counts = np.bincount(self.latest[those], weights=weights, minlength=len(self.moments))
        spent = sum(
            (int(counts[at]) * self.moments[at] for at in np.flatnonzero(counts).tolist()),
            Fraction(0),
        )
        return (spent + self.support.costs[place]) / int(weights.sum())

    def doubt(self, place: int) -> float:
        """The relative error of a moment: earlier ones rounded, a sum of positive terms."""
        return (len(self.support.supporters[place]) + 8) * HALF_ULP

    def pay(self, place: int, moment: Fraction) -> None:
        """All supporters have spent what they earned."""
        those = self.support.supporters[place]
        self.moments.append(moment)
        self.latest[those] = len(self.moments) - 1
        self.near[those] = float(moment)


def turns(support: Support, *, budget: int, allowed: list[int]) -> list[Turn]:
    """Who comes when, until one doesn't fit; projects that nobody chose come last."""
    course, left, found = _Course(support), budget, list[Turn]()
    possible = [at for at in allowed if support.costs[at] <= budget]
    heap = [(0.0, at) for at in possible if len(support.supporters[at])]
    heapify(heap)
    while heap:
        moment, tied = _next(course, heap)
        if any(support.costs[at] > left for at in tied):
            return found
        place = min(tied, key=lambda at: support.ranks[at])
        for at in tied:
            if at != place:
                heappush(heap, (float(moment) * (1 - 4 * HALF_ULP), at))
        course.pay(place, moment)
        left -= support.costs[place]
        found.append(Turn(place=place, earned=moment))
    unwanted = [at for at in possible if not len(support.supporters[at])]
    unwanted.sort(key=lambda at: support.ranks[at])
    dearest = list(accumulate((support.costs[at] for at in reversed(unwanted)), max))
    for at, dear in zip(unwanted, reversed(dearest), strict=True):
        if dear > left:
            return found
        left -= support.costs[at]
        found.append(Turn(place=at, earned=None))
    return found


def _next(course: _Course, heap: list[tuple[float, int]]) -> tuple[Fraction, list[int]]:
    """The least moment and all projects that share it, taken from the heap."""
    best, fresh = float("inf"), dict[int, float]()
    close: list[int] = []
    while heap and heap[0][0] <= best:
        _, place = heappop(heap)
        if place in fresh:
            close.append(place)
            best = min(best, fresh[place] * (1 + 2 * course.doubt(place)))
            continue
        fresh[place] = course.moment(place)
        heappush(heap, (fresh[place] * (1 - 2 * course.doubt(place)), place))
    if len(close) == 1:
        return course.exact(close[0]), close
    exact = {at: course.exact(at) for at in close}
    least = min(exact.values())
    for at in close:
        if exact[at] != least:
            heappush(heap, (fresh[at] * (1 - 2 * course.doubt(at)), at))
    return least, [at for at in close if exact[at] == least]
