"""The Method of Equal Shares (Peters, Pierczyński, Skowron 2021): every voter gets the same share.

A project that its supporters can pay is bought by them, the one with the least price per worth
first; who has less than the price pays all that is left. Budgets are float64 with a proven bound of
their error (`Run.error`); whatever is closer than it is settled by `prices`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush
from math import inf

import numpy as np

from gongzhi.core.balance.voting.election import Whole
from gongzhi.core.balance.voting.prices import ONE, Price, Prices
from gongzhi.core.balance.voting.support import HALF_ULP, Chosen, Real, Support
from gongzhi.core.balance.voting.watching import Line, Watch

CHUNK = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Purchase:
    """A round: what was bought at which price; which supporters were poor or had nothing at all."""

    place: int
    price: Price
    poor: Chosen
    had_nothing: Chosen


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Settled:
    place: int
    price: Price
    poor: Chosen


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Beginning:
    """Purchases that are the same whatever the share, if it isn't less, and what each voter spent.

    They are the projects with the least price of all, in that order, while no supporter is poor.
    """

    purchases: tuple[Purchase, ...]
    spent: Real


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Hint:
    """Whom a project's line took for poor, so that the next one starts near where it ends."""

    weights: Real
    voters: float
    poor: Whole
    rich: float


class Run:
    """One run from a first share of each voter; afterwards `purchases` and what is left.

    A run `like` this one says what will probably be bought next and who is poor then. That is only
    where the search starts: whatever it says, the same is bought.
    """

    def __init__(
        self,
        support: Support,
        *,
        share: Fraction,
        watched: bool = False,
        beginning: Beginning | None = None,
        like: "Run | None" = None,
    ) -> None:
        size = support.election.ballots.size
        self.support = support
        self.share, self._share = share, float(share)
        self.prices = Prices(share)
        self.money: Real = np.full(size, self._share)
        self.empty: Chosen = np.zeros(size, dtype=np.bool_)
        self.purchases: list[Purchase] = []
        self._round_of = np.full(len(support.costs), -1, dtype=np.int64)
        self._low = [0.0] * len(support.costs)
        self._fresh = [-1] * len(support.costs)
        self._heap = [
            (self._first_bound(place), place)
            for place, cost in enumerate(support.costs)
            if cost > 0 and support.totals[place] > 0
        ]
        self.watch = Watch(support) if watched else None
        self._like = [] if like is None else [each.place for each in like.purchases]
        self._hints: Mapping[tuple[int, int], Hint] = {} if like is None else like.hints
        self.hints: dict[tuple[int, int], Hint] = {}
        self._last: list[Hint | None] = [None] * len(support.costs)
        if beginning is not None:
            self._begin(beginning)
        heapify(self._heap)
        while self._buy_next():
            pass

    @property
    def error(self) -> float:
        """How wrong any budget in float64 can be.

        The first share is rounded once. A purchase adds at most three roundings, each of a number
        not greater than the share: of the price, of its product with the worth, of the difference.
        """
        return 4 * (len(self.purchases) + 2) * HALF_ULP * self._share

    def _begin(self, beginning: Beginning) -> None:
        self.money = np.maximum(self._share - beginning.spent, 0.0)
        self.purchases.extend(beginning.purchases)
        for at, bought in enumerate(beginning.purchases):
            self.prices.pay(bought.price)
            self._round_of[bought.place] = at
            if self.watch is not None:
                self.prices.pay_slope(0)
                self.watch.bought_by_all(bought.place)
        self._heap = [each for each in self._heap if self._round_of[each[1]] < 0]

    def beginning(self, order: Sequence[int], *, after: Beginning | None) -> Beginning:
        """As many first purchases as are in this order and left no supporter poor."""
        known = len(after.purchases) if after else 0
        spent = np.zeros_like(self.money) if after is None else after.spent
        count = known
        for bought, place in zip(self.purchases[known:], order[known:], strict=False):
            if bought.place != place or bought.poor.any():
                break
            worth = self.support.worth(place)
            due = bought.price.near if worth is None else bought.price.near * worth
            if count == known:
                spent = spent.copy()
            spent[self.support.supporters[place]] += due
            count += 1
        return Beginning(purchases=tuple(self.purchases[:count]), spent=spent)

    def money_of(self, place: int) -> float:
        """What the supporters of a project have left together."""
        return float(self.support.weights[place] @ self.money[self.support.supporters[place]])

    def _first_bound(self, place: int) -> float:
        support = self.support
        price = support.costs[place] / support.totals[place] * (1 - 4 * HALF_ULP)
        self._low[place] = price
        return price / support.divisors[place] * (1 - 4 * HALF_ULP)

    def _buy_next(self) -> bool:
        now, best, heap = len(self.purchases), inf, self._heap
        settled: list[_Settled] = []
        expected = self._like[now] if now < len(self._like) else -1
        if expected >= 0 and self._round_of[expected] < 0 and self._taken(expected):
            best = self._settled(expected, settled)
        while heap and heap[0][0] <= best:
            _, place = heappop(heap)
            if self._fresh[place] == now:
                best = min(best, self._settled(place, settled))
            elif self._evaluate(place, enough=best):
                self._fresh[place] = now
                bound = self._low[place] / self.support.divisors[place] * (1 - 4 * HALF_ULP)
                heappush(heap, (bound, place))
        if not settled:
            return False
        winner = self._least(settled)
        for each in settled:
            if each is not winner:
                low = self._low[each.place] / self.support.divisors[each.place]
                heappush(heap, (low * (1 - 4 * HALF_ULP), each.place))
        self._pay(winner)
        return True

    def _settled(self, place: int, settled: list[_Settled]) -> float:
        """Settle a project's price; returns what another one's has to be below to matter."""
        found = self._settle(place)
        settled.append(found)
        return found.price.near / self.support.divisors[place] * (1 + 8 * HALF_ULP)

    def _taken(self, place: int) -> bool:
        """Take a project out of its turn, if it still waits and can be paid."""
        kept = [each for each in self._heap if each[1] != place]
        if len(kept) == len(self._heap):
            return False
        heapify(kept)
        self._heap[:] = kept
        return self._evaluate(place, enough=inf)

    def _least(self, settled: list[_Settled]) -> _Settled:
        best, divisors, ranks = settled[0], self.support.divisors, self.support.ranks
        for each in settled[1:]:
            pair = (divisors[each.place], divisors[best.place])
            order = self.prices.order(each.price, best.price, divisors=pair)
            if order < 0 or (order == 0 and ranks[each.place] < ranks[best.place]):
                best = each
        return best

    def _evaluate(self, place: int, *, enough: float) -> bool:
        """Raise the bound below the project's price; False where its supporters can't pay it.

        Above `enough` it needn't be any higher.
        """
        money = self.money[self.support.supporters[place]]
        if not self._affordable(place, money):
            return False
        line = self._line(place, money, enough=enough * self.support.divisors[place])
        self._low[place] = max(self._low[place], line.value)
        if self.watch is not None:
            self.watch.evaluated(place, line)
        return True

    def _line(self, place: int, money: Real, *, enough: float) -> Line:
        """A bound below the price: whoever is taken for poor, the true price is no less than that.

        Starting from below, the voters with less than the bound are the next ones taken for poor.
        """
        support = self.support
        cost, total = support.costs[place], support.totals[place]
        weights, worth = support.weights[place], support.worth(place)
        line = Line(value=cost / total * (1 - 4 * HALF_ULP), poor=None, rich=float(total))
        hint = self._hints.get((len(self.purchases), place)) or self._last[place]
        if hint is not None:
            begun = self._line_by(hint, cost, money)
            if begun.value > line.value:
                line = begun
                if line.value > enough * (1 + 16 * HALF_ULP):
                    self.hints[len(self.purchases), place] = hint
                    return line
        ratio = money if worth is None else money / worth
        while True:
            poor = (ratio < max(self._low[place], line.value)).nonzero()[0]
            those = weights[poor]
            voters = float(those.sum())
            heavy = voters if worth is None else float(those @ worth[poor])
            rich = total - heavy
            if not len(those) or rich <= 0:
                return line
            hint = Hint(weights=those, voters=voters, poor=poor, rich=rich)
            found = self._line_by(hint, cost, money)
            if line.poor is not None and found.value <= line.value * (1 + 8 * HALF_ULP):
                return line
            line = found
            self._last[place] = self.hints[len(self.purchases), place] = hint
            if line.value > enough * (1 + 16 * HALF_ULP):
                return line

    def _line_by(self, hint: Hint, cost: int, money: Real) -> Line:
        """The bound that follows from taking these for poor."""
        had = float(hint.weights @ money[hint.poor])
        wrong = hint.voters * self.error + (len(hint.weights) + 4) * HALF_ULP * had
        value = (cost - had - wrong) / hint.rich * (1 - 4 * HALF_ULP)
        return Line(value=value, poor=hint.poor, rich=hint.rich)

    def _affordable(self, place: int, money: Real) -> bool:
        support = self.support
        cost, weights = support.costs[place], support.weights[place]
        had = float(weights @ money)
        doubt = support.voters[place] * self.error + (len(money) + 4) * HALF_ULP * had
        if had > cost + doubt:
            return True
        able = False
        if had >= cost - doubt:
            rich = support.supporters[place]
            rich = rich[~self.empty[rich]]
            counts = support.election.ballots.counts
            able = self.prices.have_at_least(
                cost, voters=int(counts[rich].sum()), factors=self._factors(rich)
            )
        if not able and self.watch is not None:
            self.watch.unaffordable(place, lacking=cost - had - doubt)
        return able

    def _settle(self, place: int) -> _Settled:
        """The project's exact price: add whoever has less than the price so far, until none has."""
        support = self.support
        supporters, worth = support.supporters[place], support.worth(place)
        money, empty = self.money[supporters], self.empty[supporters]
        least = self._low[place] if worth is None else self._low[place] * worth
        poor = empty | (money + 2 * self.error < least)
        while True:
            price = self._price(place, poor, empty)
            due = price.near if worth is None else price.near * worth
            gap = money - due
            doubt = 2 * self.error + 8 * HALF_ULP * due
            fewer = ~poor & (gap < -doubt)
            near = (~poor & ~fewer & (gap <= doubt)).nonzero()[0]
            if len(near):
                fewer[near] = self._have_less(supporters[near], price, worth, near)
            if not fewer.any():
                return _Settled(place=place, price=price, poor=poor)
            poor |= fewer

    def _price(self, place: int, poor: Chosen, empty: Chosen) -> Price:
        support = self.support
        weights, worth = support.weights[place], support.worth(place)
        heavy = weights[poor] if worth is None else weights[poor] * worth[poor]
        able = poor & ~empty
        paying = support.supporters[place][able]
        return self.prices.price(
            cost=support.costs[place],
            poor=int(weights[able].sum()),
            factors=self._factors(paying),
            rich=support.totals[place] - int(heavy.sum()),
        )

    def _factors(self, ballots: Whole) -> tuple[tuple[int, int], ...]:
        """How often voters of these ballots together paid the price of each earlier round."""
        if not self.purchases or not len(ballots):
            return ()
        table, counts = self.support.table, self.support.election.ballots.counts[ballots]
        if table is None:
            owners, rounds, worths = self._paid_by(ballots)
            weights = counts[owners] * worths
            sums = np.bincount(rounds, weights=weights, minlength=len(self.purchases))
        else:
            by_place = counts.astype(table.dtype) @ table[ballots]
            sums = by_place[[each.place for each in self.purchases]]
        return tuple((at, int(sums[at])) for at in np.flatnonzero(sums).tolist())

    def _paid_by(self, ballots: Whole) -> tuple[Whole, Whole, Whole]:
        """What each of these ballots paid in full: who, in which round, how much worth.

        A ballot that isn't empty has paid in full for whatever was bought and stands on it.
        """
        merged, worths = self.support.election.ballots, self.support.entry_worths
        starts = merged.starts[ballots]
        lengths = merged.starts[ballots + 1] - starts
        firsts = np.cumsum(lengths) - lengths
        entries = np.repeat(starts - firsts, lengths) + np.arange(int(lengths.sum()))
        owners = np.repeat(np.arange(len(ballots)), lengths)
        rounds = self._round_of[merged.places[entries]]
        bought = rounds >= 0
        owners, rounds = owners[bought], rounds[bought]
        each = np.ones_like(rounds) if worths is None else worths[entries[bought]]
        return owners, rounds, each

    def _have_less(self, ballots: Whole, price: Price, worth: Real | None, near: Whole) -> Chosen:
        """Whether each of these ballots has less than its price; alike ones are asked once."""
        found = np.zeros(len(ballots), dtype=np.bool_)
        known: dict[bytes, bool] = {}
        for first in range(0, len(ballots), CHUNK):
            part = ballots[first : first + CHUNK]
            own = np.ones(len(part)) if worth is None else worth[near[first : first + CHUNK]]
            owners, rounds, worths = self._paid_by(part)
            table = np.zeros((len(part), len(self.purchases) + 1), dtype=np.int32)
            table[owners, rounds], table[:, -1] = worths, own
            rows = np.ascontiguousarray(table).view(f"V{table.shape[1] * 4}").ravel()
            _, firsts, inverse = np.unique(rows, return_index=True, return_inverse=True)
            answers = np.zeros(len(firsts), dtype=np.bool_)
            for at, row in enumerate(firsts.tolist()):
                key = rows[row].tobytes()
                if key not in known:
                    *paid, due = table[row].tolist()
                    factors = [(k, factor) for k, factor in enumerate(paid) if factor]
                    known[key] = self.prices.has_less(factors, price, worth=due)
                answers[at] = known[key]
            found[first : first + len(part)] = answers[inverse.ravel()]
        return found

    def _pay(self, settled: _Settled) -> None:
        support, place = self.support, settled.place
        supporters, worth = support.supporters[place], support.worth(place)
        poor, price = settled.poor, settled.price
        had_nothing = self.empty[supporters]
        purchase = Purchase(place=place, price=price, poor=poor, had_nothing=had_nothing)
        rich, dry = supporters[~poor], supporters[poor]
        if self.watch is not None:
            self._watch_payment(self.watch, settled)
        due = price.near if worth is None else price.near * worth[~poor]
        self.money[rich] = np.maximum(self.money[rich] - due, 0.0)
        self.money[dry] = 0.0
        self.empty[dry] = True
        self._round_of[place] = len(self.purchases)
        self.prices.pay(price)
        self.purchases.append(purchase)

    def _watch_payment(self, watch: Watch, settled: _Settled) -> None:
        place, price, poor = settled.place, settled.price, settled.poor
        supporters, worth = self.support.supporters[place], self.support.worth(place)
        paying = poor & ~self.empty[supporters]
        due = price.near if worth is None else price.near * worth[paying]
        gaps = due * (1 - 8 * HALF_ULP) - self.money[supporters[paying]] - 2 * self.error
        slope = self.prices.slope(price)
        self.prices.pay_slope(slope)
        watch.paid(
            place,
            price=price.near,
            slope=slope / ONE,
            poor=poor,
            paying=paying,
            gaps=np.maximum(gaps, 0.0),
        )
