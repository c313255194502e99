"""From fractions of a fen to whole steps that add up exactly and keep every limit that can be kept.

Everybody's amount is first cut to the step; what is left over of the total goes step by step to
whose rest is the largest: first where a floor lacks it, never over a ceiling.
"""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from gongzhi.core.balance.allocation.asked import Asked, Limit
from gongzhi.core.balance.allocation.ranges import Ranges, fen_of
from gongzhi.core.balance.allocation.steps import Solved
from gongzhi.core.terms import Money

NOISE = 0.25  # of a fen: what HiGHS's tolerances may amount to
MISSED = 1e-6  # of the total: the most by which they miss it where it is used up


class _Counted:
    """Whole amounts under way, with the sums of every limit."""

    def __init__(self, asked: Asked, ranges: Ranges, solved: Solved) -> None:
        self.step = ranges.step
        low = np.where(solved.going, 0 if solved.elastic else ranges.low, 0)
        self.low = [int(each) for each in np.where(ranges.rigid, ranges.low, low)]
        self.high = [int(each) for each in np.where(solved.going, ranges.high, 0)]
        self.wanted = [float(each) for each in solved.amounts]
        cut = np.floor((solved.amounts + NOISE) / self.step).astype(np.int64) * self.step
        kept = np.clip(cut, self.low, self.high)
        self.amounts = [int(each) for each in kept]
        self.limits = [(each, asked.members[each.of, each.name]) for each in asked.limits]
        self.of: dict[int, list[int]] = {}
        for number, (_, inside) in enumerate(self.limits):
            for at in inside:
                self.of.setdefault(at, []).append(number)
        self.sums = [sum(self.amounts[at] for at in inside) for _, inside in self.limits]
        self.least = [_fen(limit.least) for limit, _ in self.limits]
        self.most = [_fen(limit.most) for limit, _ in self.limits]
        self.together = sum(self.amounts)

    def may_have_more(self, at: int) -> bool:
        """Whether another step is within its ceiling and every limit's."""
        if self.amounts[at] + self.step > self.high[at]:
            return False
        for number in self.of.get(at, ()):
            most = self.most[number]
            if most is not None and self.sums[number] + self.step > most:
                return False
        return True

    def may_have_less(self, at: int) -> bool:
        """Whether a step less is within its floor and every limit's."""
        if self.amounts[at] - self.step < self.low[at]:
            return False
        for number in self.of.get(at, ()):
            least, held = self.least[number], self.sums[number]
            if least is not None and held >= least > held - self.step:
                return False
        return True

    def change(self, at: int, *, by: int) -> None:
        """Give or take."""
        self.amounts[at] += by
        self.together += by
        for number in self.of.get(at, ()):
            self.sums[number] += by

    def by_rest(self, places: Iterable[int]) -> list[int]:
        """Those whose rest is the largest first."""
        return sorted(places, key=lambda at: (self.amounts[at] - self.wanted[at], at))


def rounded(asked: Asked, ranges: Ranges, solved: Solved) -> list[int]:
    """The amounts in fen."""
    counted = _Counted(asked, ranges, solved)
    aim = _aim(asked, ranges, solved)
    for number, lacking in _lacking(counted, solved):
        inside = counted.limits[number][1]
        _give(counted, counted.by_rest(inside), lacking=lacking, aim=aim)
    everybody = range(len(counted.amounts))
    _give(counted, counted.by_rest(everybody), lacking=aim - counted.together, aim=aim)
    _take(counted, reversed(counted.by_rest(everybody)), most=fen_of(asked.total))
    return counted.amounts


def _aim(asked: Asked, ranges: Ranges, solved: Solved) -> int:
    """What all amounts make together: the total where it is used up, else the nearest step."""
    total = fen_of(asked.total)
    together = float(solved.amounts.sum())
    if together >= total - min(NOISE * ranges.count, MISSED * total):
        return total
    return min(round(together), total)


def _lacking(counted: _Counted, solved: Solved) -> Iterator[tuple[int, int]]:
    """The limits whose floor the cut amounts miss though the solution reaches it."""
    for number, (_, inside) in enumerate(counted.limits):
        least = counted.least[number]
        reached = float(solved.amounts[inside].sum())
        if least is not None and reached >= least - NOISE * len(inside):
            yield number, least - counted.sums[number]


def _give(counted: _Counted, places: Sequence[int], *, lacking: int, aim: int) -> None:
    """A step to each in turn, round by round, until nothing lacks or nobody may have more."""
    gave = True
    while gave and lacking > 0:
        gave = False
        for at in places:
            if lacking <= 0 or counted.together + counted.step > aim:
                return
            if counted.may_have_more(at):
                counted.change(at, by=counted.step)
                lacking -= counted.step
                gave = True


def _take(counted: _Counted, places: Iterable[int], *, most: int) -> None:
    """What goes over the total is taken back."""
    for at in places:
        if counted.together <= most:
            return
        if counted.may_have_less(at):
            counted.change(at, by=-counted.step)


def _fen(amount: Money | None) -> int | None:
    return None if amount is None else fen_of(amount)


def sums_of(limits: Sequence[Limit], asked: Asked, amounts: Sequence[int]) -> list[int]:
    """The money of each limit, in fen."""
    return [sum(amounts[at] for at in asked.members[each.of, each.name]) for each in limits]
