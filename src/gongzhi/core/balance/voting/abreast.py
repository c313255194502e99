"""Runs of Equal Shares from many first shares abreast, in float64 with a bound of the error.

Prices and budgets follow the money of voters without a jump, so it needn't be known exactly who is
poor. Where the error leaves two projects open, or whether one can be paid, the order from that
share isn't told: whoever asks then makes a run of it (`equal_shares`), which is exact.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from gongzhi.core.balance.voting.election import Whole
from gongzhi.core.balance.voting.equal_shares import Beginning
from gongzhi.core.balance.voting.support import HALF_ULP, Chosen, Real, Support

APART = 2.0**-30  # of a share: who has so much more than a price is rich whatever the error
ROUGH = 2.0**-44  # of a price: what error is worth summing up voter by voter
TINY = 1e-300
TURNS_MAX = 60
ROUNDS_BETWEEN = 6  # after so many rounds who has nothing left is left out
NOT_NOW = -1.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Poor:
    """Whom a project's price took for poor: what they have bounds it from below, soon again."""

    ballots: Whole
    weights: Real
    each: Real
    voters: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Guess:
    """Where a search starts; whatever it says, the same is found."""

    order: Sequence[int] = ()
    poor: dict[tuple[int, int], Poor] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True, eq=False)
class _Alive:
    """The supporters of a project who have something left in any run."""

    ballots: Whole
    weights: Real
    worth: Real | None
    each: Real
    voters: float
    total: float

    def only(self, kept: Chosen) -> "_Alive":
        weights, each = self.weights[kept], self.each[kept]
        return _Alive(
            ballots=self.ballots[kept],
            weights=weights,
            worth=None if self.worth is None else self.worth[kept],
            each=each,
            voters=float(weights.sum()),
            total=float(each.sum()),
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Found:
    """A project's price in the runs `at`, how wrong it may be, whether all pay it in full."""

    place: int
    at: Whole
    low: Real
    price: Real
    doubt: Real
    by_all: Chosen


class Abreast:
    """The order of purchases from each of these first shares; None where floats don't tell."""

    def __init__(
        self, support: Support, shares: Sequence[Fraction], *, beginning: Beginning, guess: Guess
    ) -> None:
        own = np.array([float(each) for each in shares])
        first = [each.place for each in beginning.purchases]
        self.orders: list[list[int] | None] = [list(first) for _ in shares]
        self._support, self._guess = support, guess
        self._columns, self._share = np.arange(len(own)), float(own.max())
        self._money: Real = np.maximum(own - beginning.spent[:, None], 0.0)
        error = 4 * (len(first) + 2) * HALF_ULP * self._share
        self._error, self._doubts = np.full(len(own), error), np.full(self._money.shape, error)
        self._apart = APART * self._share
        self._open: Chosen = np.ones(len(own), dtype=np.bool_)
        self._alive = [self._supporters(place) for place in range(len(support.costs))]
        self._waiting = self._first_bounds(first)
        self._has = np.ones(len(self._money), dtype=np.bool_)
        self._line = np.array(guess.order[len(first) :], dtype=np.int64)
        self._last: dict[int, Poor] = {}
        self._round = len(first)
        while self._open.any():
            self._buy_next()
            self._round += 1
            if not self._round % ROUNDS_BETWEEN:
                self._leave_out()

    def _supporters(self, place: int) -> _Alive:
        weights, worth = self._support.weights[place], self._support.worth(place)
        return _Alive(
            ballots=self._support.supporters[place],
            weights=weights,
            worth=worth,
            each=weights if worth is None else weights * worth,
            voters=self._support.voters[place],
            total=float(self._support.totals[place]),
        )

    def _first_bounds(self, bought: Sequence[int]) -> Real:
        """What each project's price for its worth can't be below, run by run."""
        support = self._support
        costs, totals = np.array(support.costs, dtype=np.float64), np.array(support.totals)
        self._divisors = np.array(support.divisors, dtype=np.float64)
        wanted = (costs > 0) & (totals > 0)
        wanted[bought] = False
        bounds = np.full(len(costs), np.inf)
        bounds[wanted] = costs[wanted] / totals[wanted] / self._divisors[wanted]
        return np.repeat(bounds[:, None] * (1 - 8 * HALF_ULP), len(self._columns), axis=1)

    def _leave_out(self) -> None:
        """Who has nothing left in any run is poor at every price."""
        self._has = has = self._money.max(axis=1) > 0
        for place in np.flatnonzero(np.isfinite(self._waiting).any(axis=1)).tolist():
            alive = self._alive[place]
            kept = has[alive.ballots]
            if not kept.all():
                self._alive[place] = alive.only(kept)

    # ── a round ──

    def _buy_next(self) -> None:
        self._best = np.where(self._open, np.inf, NOT_NOW)
        self._found: list[_Found] = []
        if len(self._line):
            waits = np.isfinite(self._waiting[self._line]) & self._open
            first = waits.argmax(axis=0)
            self._evaluate_all(self._line[first], waits[first, self._columns])
        while True:
            due: Chosen = self._waiting <= self._best
            none = np.isinf(self._best)
            if none.any():
                cheapest = self._waiting.argmin(axis=0)
                there = none & np.isfinite(self._waiting[cheapest, self._columns])
                due[:, none] = False
                due[cheapest[there], self._columns[there]] = True
            places = np.flatnonzero(due.any(axis=1)).tolist()
            if not places:
                break
            for place in places:
                self._evaluate(place, due[place])
        self._decide()

    def _evaluate_all(self, places: Whole, due: Chosen) -> None:
        for place in sorted(set(places[due].tolist())):
            self._evaluate(place, due & (places == place))

    def _evaluate(self, place: int, due: Chosen) -> None:
        """Raise the bound of a project's price until it is known, or higher than another one."""
        at = (due & (self._waiting[place] <= self._best)).nonzero()[0]
        poor = self._guess.poor.get((self._round, place)) or self._last.get(place)
        if poor is not None and len(at):
            at = self._raise(place, at, self._bound(place, poor, at))
        if len(at):
            at, money = self._able(place, at)
            if len(at):
                self._search(place, at, money)

    def _bound(self, place: int, poor: Poor, at: Whole) -> Real:
        """The bound that follows from taking these for poor, and who is left out."""
        rich = self._alive[place].total - float(poor.each @ self._has[poor.ballots])
        if rich < 1:
            return np.zeros(len(at))
        had = poor.weights @ self._of(self._money, poor.ballots, at)
        wrong = poor.voters * self._error[at] + (len(poor.ballots) + 8) * HALF_ULP * had
        low: Real = (self._support.costs[place] - had - wrong) / (rich * self._divisors[place])
        return low * (1 - 8 * HALF_ULP)

    def _of(self, table: Real, ballots: Whole, at: Whole) -> Real:
        rows: Real = table.take(ballots, 0)
        return rows if len(at) == rows.shape[1] else rows.take(at, 1)

    def _raise(self, place: int, at: Whole, low: Real) -> Whole:
        """Raise bounds; the runs in which the project may still be the next one."""
        low = np.maximum(low, self._waiting[place, at])
        self._waiting[place, at] = low
        found: Whole = at[low <= self._best[at]]
        return found

    def _able(self, place: int, at: Whole) -> tuple[Whole, Real]:
        """The runs in which supporters can pay the project, and what they have there."""
        alive, cost = self._alive[place], self._support.costs[place]
        money = self._of(self._money, alive.ballots, at)
        over = alive.weights @ money - cost
        rounding = (2 * len(money) + 8) * HALF_ULP * cost
        doubt = alive.voters * self._error[at] + rounding
        if (over > doubt).all():
            return at, money
        doubt = alive.weights @ self._of(self._doubts, alive.ballots, at) * (1 + 1e-9) + rounding
        self._give_up(at[np.abs(over) <= doubt])
        able = over > doubt
        self._waiting[place, at[~able]] = np.inf
        return at[able], money[:, able]

    def _search(self, place: int, at: Whole, money: Real) -> None:
        """The price of a project that can be paid: Newton's way up from its bound.

        `near` are those who may be poor. For any price tried, whatever gap it leaves between cost
        and payments bounds the true price from below; where there is none, from above, too.
        """
        alive, cost = self._alive[place], self._support.costs[place]
        divisor, worth = self._divisors[place], alive.worth
        rounding = (len(money) + 16) * HALF_ULP * cost
        slack = self._apart * alive.total + alive.voters * self._error[at] + rounding
        enough = self._best[at] * divisor
        price, near = self._waiting[place, at] * divisor, np.empty_like(money)
        for _ in range(TURNS_MAX):
            due = price if worth is None else price * worth[:, None]
            np.less(money, due + self._apart, out=near)
            rich = np.maximum(alive.total - alive.each @ near, 0.5)
            gap = cost - alive.weights @ np.minimum(money, due)
            step = gap / rich
            low, known = price + step - slack / rich, np.abs(gap) <= 4 * rounding
            ready = known | (low > enough)
            if ready.all():
                break
            price = np.where(ready, price, price + step)
        else:
            self._give_up(at[~ready])
            known &= ready
        self._remember(place, near)
        self._raise(place, at, low / divisor * (1 - 8 * HALF_ULP))
        if known.any():
            doubt = self._doubt(place, at, near, rounding + np.abs(gap)) / rich
            self._know(place, at[known], price[known], doubt[known], rich[known])

    def _remember(self, place: int, near: Real) -> None:
        alive, middle = self._alive[place], near.shape[1] // 2
        chosen = near[:, middle] > 0
        weights = alive.weights[chosen]
        poor = Poor(
            ballots=alive.ballots[chosen],
            weights=weights,
            each=alive.each[chosen],
            voters=float(weights.sum()),
        )
        self._guess.poor[self._round, place] = self._last[place] = poor

    def _doubt(self, place: int, at: Whole, near: Real, rounding: Real) -> Real:
        """How wrong what the poor pay can be: at most, or summed up where that is too much."""
        alive = self._alive[place]
        most: Real = (alive.weights @ near) * self._error[at] + rounding
        if (most <= ROUGH * self._support.costs[place]).all():
            return most
        doubts = self._of(self._doubts, alive.ballots, at)
        summed: Real = np.einsum("i,ij,ij->j", alive.weights, near, doubts) * (1 + 1e-9)
        return summed + rounding

    def _know(self, place: int, at: Whole, price: Real, doubt: Real, rich: Real) -> None:
        """A price is known, as far as floats can tell it."""
        divisor, worth = self._divisors[place], self._alive[place].worth
        most = 1.0 if worth is None or not len(worth) else float(worth.max())
        fine = (rich >= 1) & (doubt * most + self._error[at] <= self._apart)
        self._give_up(at[~fine])
        at, price, doubt = at[fine], price[fine], doubt[fine]
        high = (price + doubt) / divisor * (1 + 8 * HALF_ULP)
        self._best[at] = np.minimum(self._best[at], high)
        self._waiting[place, at] = np.inf
        self._found.append(
            _Found(
                place=place,
                at=at,
                low=(price - doubt) / divisor * (1 - 8 * HALF_ULP),
                price=price,
                doubt=doubt * most,
                by_all=rich[fine] == self._support.totals[place],
            )
        )

    def _give_up(self, at: Whole) -> None:
        for column in at.tolist():
            self.orders[column] = None
        self._open[at] = False
        self._best[at] = NOT_NOW

    # ── the end of a round ──

    def _decide(self) -> None:
        """The one that is cheapest whatever the error is bought; the others wait on."""
        wins = [each.low <= self._best[each.at] for each in self._found]
        count = np.zeros(len(self._columns), dtype=np.int64)
        for each, won in zip(self._found, wins, strict=True):
            count[each.at] += won
        for column in (self._open & (count > 1)).nonzero()[0].tolist():
            self._untie(column, wins)
        self._open &= count > 0
        for each, won in zip(self._found, wins, strict=True):
            won &= self._open[each.at]
            self._waiting[each.place, each.at] = np.where(won, np.inf, each.low)
            if won.any():
                self._pay(each, won)

    def _untie(self, column: int, wins: Sequence[Chosen]) -> None:
        """Of those that all their supporters pay in full prices are known exactly."""
        tied = [
            (each, won, int(k))
            for each, won in zip(self._found, wins, strict=True)
            for k in (each.at == column).nonzero()[0]
            if won[k]
        ]
        if not all(each.by_all[k] for each, _, k in tied):
            self._give_up(np.array([column]))
            return
        support = self._support
        places = [each.place for each, _, _ in tied]
        best = min(places, key=lambda at: (support.least_key(at), support.ranks[at]))
        for each, won, k in tied:
            won[k] = each.place == best

    def _pay(self, found: _Found, won: Chosen) -> None:
        alive, at, price = self._alive[found.place], found.at[won], found.price[won]
        money = self._of(self._money, alive.ballots, at)
        doubts = self._of(self._doubts, alive.ballots, at)
        money -= price if alive.worth is None else price * alive.worth[:, None]
        doubts += found.doubt[won] + 8 * HALF_ULP * self._share
        dry = money < -self._apart
        np.maximum(money, TINY, out=money)
        money[dry] = doubts[dry] = 0.0
        where = alive.ballots if len(at) == len(self._columns) else (alive.ballots[:, None], at)
        self._money[where], self._doubts[where] = money, doubts
        self._error[at] = np.maximum(self._error[at], doubts.max(axis=0, initial=0.0))
        for column in at.tolist():
            order = self.orders[column]
            assert order is not None, "open runs have an order"
            order.append(found.place)
