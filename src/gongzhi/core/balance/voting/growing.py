"""Equal Shares with growing shares: one unit of currency more for each voter, again and again.

Where nothing can change for many steps (`watching`), they are passed over; where something changes
with almost every step, many are made `abreast`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import inf

from gongzhi.core.balance.voting.abreast import Abreast, Guess
from gongzhi.core.balance.voting.equal_shares import Beginning, Run
from gongzhi.core.balance.voting.method import Stop
from gongzhi.core.balance.voting.support import Support

STEPS_AT_ONCE_MAX = 1 << 40
NEARLY = 1 - 1e-12  # one rounding of the quotient
# Runs abreast: from as many as pay off to as many as fit a processor's nearest memory.
ABREAST_MIN, ABREAST_MAX, CELLS_MAX = 4, 64, 1 << 18


class TooManySteps(Exception):
    """Shares have to grow oftener than whoever asked will wait for."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Grown:
    """The run that counts, the steps that led to it, how many of them had to be looked at.

    Of those so many were runs of their own.
    """

    run: Run
    steps: int
    looked_at: int
    runs: int = 1


def grown(
    support: Support, *, budget: int, voters: int, unit: int, stop: Stop, runs_max: int | None
) -> Grown:
    """The last run within the budget, or the first one after which nothing more would fit."""
    growing = _Growing(support=support, budget=budget, voters=voters, unit=unit, stop=stop)
    step = looked_at = last = 0
    while True:
        if looked_at == runs_max:
            raise TooManySteps
        looked_at += 1
        order, same = growing.order(step)
        spent = sum(support.costs[at] for at in order)
        if spent > budget:
            assert step, "the first shares are the budget"
            return growing.grown(last, looked_at=looked_at)
        if growing.is_enough(order, left=budget - spent):
            return growing.grown(step, looked_at=looked_at)
        last = step + same
        step = last + 1


@dataclass(slots=True, kw_only=True)
class _Growing:
    """What is bought after each step: by a run of its own, or by several abreast."""

    support: Support
    budget: int
    voters: int
    unit: int
    stop: Stop
    wanted: list[int] = field(init=False)
    cheapest: list[int] = field(init=False)
    at_once: int = ABREAST_MIN
    changing: bool = False
    latest: Run | None = None
    made_at: int = -1
    runs: int = 0
    beginning: Beginning | None = None
    guess: Guess = field(default_factory=Guess)
    known: Mapping[int, list[int] | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        support = self.support
        self.wanted = [at for at, cost in enumerate(support.costs) if cost and support.totals[at]]
        self.cheapest = sorted(
            self.wanted, key=lambda at: (support.least_key(at), support.ranks[at])
        )

    def order(self, step: int) -> tuple[list[int], int]:
        """What is bought, in order, and for how many further steps surely the same."""
        if step not in self.known and self.changing:
            self._abreast(step)
        order = self.known.get(step)
        if order is not None:
            return order, 0
        run = self._made(step, watched=step not in self.known)
        same = self._same_for(run)
        self.changing = same < self.at_once
        return [each.place for each in run.purchases], same

    def grown(self, step: int, *, looked_at: int) -> Grown:
        """The end, with the run that counts."""
        run = self.latest if self.made_at == step else None
        run = run or Run(self.support, share=self._share(step))
        return Grown(run=run, steps=step, looked_at=looked_at, runs=self.runs)

    def is_enough(self, bought: Collection[int], *, left: int) -> bool:
        """Whether nothing is left to buy, or that would fit, where that is asked for."""
        bought = set(bought)
        rest = [self.support.costs[at] for at in self.wanted if at not in bought]
        if not rest:
            return True
        return self.stop is Stop.EXHAUSTIVE and all(cost > left for cost in rest)

    def _share(self, step: int) -> Fraction:
        return Fraction(self.budget, self.voters) + step * self.unit

    def _made(self, step: int, *, watched: bool) -> Run:
        run = Run(
            self.support,
            share=self._share(step),
            watched=watched,
            beginning=self.beginning,
            like=self.latest,
        )
        self.beginning = run.beginning(self.cheapest, after=self.beginning)
        self.latest, self.made_at, self.runs = run, step, self.runs + 1
        return run

    def _abreast(self, step: int) -> None:
        """Find the orders of the next steps, if there is room for more than a few abreast.

        Where they are all the same, the next one is watched again.
        """
        most = min(ABREAST_MAX, CELLS_MAX // max(1, self.support.election.ballots.size))
        if most < ABREAST_MIN:
            return
        assert self.latest is not None, "the first step is a run"
        assert self.beginning is not None, "every run has a beginning"
        steps = range(step, step + min(most, self.at_once))
        shares = [self._share(each) for each in steps]
        line = self.guess.order or [each.place for each in self.latest.purchases]
        guess = Guess(order=line, poor=self.guess.poor)
        found = Abreast(self.support, shares, beginning=self.beginning, guess=guess).orders
        self.known = dict(zip(steps, found, strict=True))
        told = [each for each in found if each is not None]
        self.guess = Guess(order=told[-1] if told else line, poor=guess.poor)
        self.at_once = min(most, 2 * self.at_once)
        self.changing = any(each != told[0] for each in told)

    def _same_for(self, run: Run) -> int:
        """For how many further steps nothing changes."""
        if run.watch is None:
            return 0
        until = run.watch.until if run.prices.tight else 0.0
        if until == inf:
            return 0  # everything is bought: that is the end in any case
        steps = min(until / self.unit * NEARLY, float(STEPS_AT_ONCE_MAX))
        return max(0, int(steps) - (int(steps) == steps))
