"""How far shares can grow before anything in a run of Equal Shares can change."""

from dataclasses import dataclass
from math import inf

import numpy as np

from gongzhi.core.balance.voting.election import Whole
from gongzhi.core.balance.voting.support import HALF_ULP, Chosen, Real, Support

NEAR = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Line:
    """A price's bound from below, as it follows from taking these voters for poor."""

    value: float
    poor: Whole | None
    rich: float


class Watch:
    """How far the share can grow before anything in a run can change.

    While nobody who ran dry could have paid in full, every purchase's price and every budget is a
    straight line in the share. Another project's price is never below the line that follows from
    any set of its poor. Where lines could meet first, the run has to be done again.
    """

    def __init__(self, support: Support) -> None:
        self._support = support
        self._slopes: Real = np.ones(support.election.ballots.size)
        self._steep, self._rounds = 1.0, 0
        self.until = inf
        divisors = np.array([max(1, each) for each in support.divisors], dtype=np.float64)
        costs, totals = np.array(support.costs, dtype=np.float64), np.array(support.totals)
        self._divisors = divisors
        self._bounds = np.where((costs > 0) & (totals > 0), 0.0, inf)
        wanted = np.isfinite(self._bounds)
        self._bounds[wanted] = costs[wanted] / totals[wanted] / divisors[wanted]
        self._bounds *= 1 - 8 * HALF_ULP
        self._bound_slopes = np.zeros(len(costs))

    @property
    def _doubt(self) -> float:
        """How wrong the slope of any budget can be, by the same argument as for budgets."""
        return 8 * (self._rounds + 2) * HALF_ULP * self._steep

    def bought_by_all(self, place: int) -> None:
        """A purchase at a price that doesn't change with the share."""
        self._bounds[place] = inf
        self._rounds += 1

    def evaluated(self, place: int, line: Line) -> None:
        """A project's price from below, as a line."""
        slope = 0.0
        if line.poor is not None:
            those = self._support.weights[place][line.poor]
            had = float(those @ self._slopes[self._support.supporters[place][line.poor]])
            wrong = float(those.sum()) * self._doubt + (len(those) + 4) * HALF_ULP * had
            slope = -(had + wrong) / line.rich * (1 + 4 * HALF_ULP)
        self._bounds[place] = line.value / self._divisors[place] * (1 - 4 * HALF_ULP)
        self._bound_slopes[place] = slope / self._divisors[place] * (1 + 4 * HALF_ULP)

    def unaffordable(self, place: int, *, lacking: float) -> None:
        """A project that its supporters can't pay, and what they lack at least."""
        self._bounds[place] = inf
        weights = self._support.weights[place]
        slopes = self._slopes[self._support.supporters[place]]
        gain = float(weights @ slopes) * (1 + (len(slopes) + 4) * HALF_ULP)
        gain += self._support.voters[place] * self._doubt
        if gain > 0:
            self.until = min(self.until, max(0.0, lacking) / gain)

    def paid(
        self, place: int, *, price: float, slope: float, poor: Chosen, paying: Chosen, gaps: Real
    ) -> None:
        """A purchase: who was poor, which of them paid something, and what at least they lacked."""
        self._bounds[place] = inf
        divisor = self._divisors[place]
        key = price / divisor
        self._overtaken(key * (1 + 8 * HALF_ULP), slope / divisor)
        if self._unproven(place, key, least=not poor.any()):
            self.until = 0.0
        supporters, worth = self._support.supporters[place], self._support.worth(place)
        if paying.any():
            each = 1.0 if worth is None else worth[paying]
            closing = self._slopes[supporters[paying]] - slope * each
            closing += self._doubt + 8 * HALF_ULP * abs(slope) * each
            reached = (gaps / closing)[closing > 0]
            self.until = min(self.until, float(reached.min(initial=inf)))
        rich = supporters[~poor]
        self._slopes[rich] -= slope if worth is None else slope * worth[~poor]
        self._slopes[supporters[poor]] = 0.0
        most = 1.0 if worth is None else float(worth.max())
        self._steep += abs(slope) * most
        self._rounds += 1

    def _unproven(self, place: int, key: float, *, least: bool) -> bool:
        """Whether the line of a project that isn't bought starts below the price of this one.

        Equal ones can only stay equal where both are at their least price.
        """
        near = (self._bounds < key * (1 + NEAR)).nonzero()[0]
        own = self._support.least_key(place)
        return any(
            not least
            or bool(self._bounds[at] < key * (1 - NEAR))
            or self._bound_slopes[at] < 0
            or self._support.least_key(at) < own
            for at in near.tolist()
        )

    def _overtaken(self, key: float, slope: float) -> None:
        closing = slope - self._bound_slopes + 8 * HALF_ULP * abs(slope)
        nearing = np.isfinite(self._bounds) & (closing > 0)
        if nearing.any():
            gaps = np.maximum(self._bounds[nearing] - key, 0.0)
            self.until = min(self.until, float((gaps / closing[nearing]).min()))
