"""Equal Shares with growing shares: one unit of currency more for each voter, again and again.

Where nothing can change for many steps (`watching`), they are passed over.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import inf

from gongzhi.core.balance.voting.equal_shares import Beginning, Run
from gongzhi.core.balance.voting.method import Stop
from gongzhi.core.balance.voting.support import Support

STEPS_AT_ONCE_MAX = 1 << 40
UNWATCHED_MAX = 8  # steps without looking ahead, where looking ahead didn't help
NEARLY = 1 - 1e-12  # one rounding of the quotient


class TooManySteps(Exception):
    """Shares have to grow oftener than whoever asked will wait for."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Grown:
    """The run that counts, the steps that led to it, and how many of them had to be looked at."""

    run: Run
    steps: int
    looked_at: int


def grown(
    support: Support, *, budget: int, voters: int, unit: int, stop: Stop, runs_max: int | None
) -> Grown:
    """The last run within the budget, or the first one after which nothing more would fit."""
    first = Fraction(budget, voters)
    wanted = [at for at, cost in enumerate(support.costs) if cost > 0 and support.totals[at] > 0]
    order = sorted(wanted, key=lambda at: (support.least_key(at), support.ranks[at]))
    beginning: Beginning | None = None
    step = looked_at = unwatched = wait = 0
    last: int | None = None
    run: Run | None = None
    while True:
        if looked_at == runs_max:
            raise TooManySteps
        watched = unwatched >= wait
        share = first + step * unit
        run = Run(support, share=share, watched=watched, beginning=beginning, like=run)
        beginning = run.beginning(order, after=beginning)
        looked_at += 1
        bought = {each.place for each in run.purchases}
        spent = sum(support.costs[at] for at in bought)
        if spent > budget:
            assert last is not None, "the first shares are the budget"
            return Grown(
                run=Run(support, share=first + last * unit), steps=last, looked_at=looked_at
            )
        left = [support.costs[at] for at in wanted if at not in bought]
        exhausted = stop is Stop.EXHAUSTIVE and all(cost > budget - spent for cost in left)
        if not left or exhausted:
            return Grown(run=run, steps=step, looked_at=looked_at)
        same = _same_for(run, unit) if watched else 0
        unwatched = 0 if watched else unwatched + 1
        if watched:
            wait = 0 if same else min(UNWATCHED_MAX, 2 * wait + 1)
        last = step + same
        step = last + 1


def _same_for(run: Run, unit: int) -> int:
    """For how many further steps nothing changes."""
    assert run.watch is not None, "growing runs are watched"
    until = run.watch.until if run.prices.tight else 0.0
    assert until != inf, "whatever is wanted can be paid some day"
    steps = min(until / unit * NEARLY, float(STEPS_AT_ONCE_MAX))
    return max(0, int(steps) - (int(steps) == steps))
