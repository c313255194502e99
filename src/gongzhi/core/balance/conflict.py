"""How far apart sides are: their orders, how alike these are, who could live with what.

And how firm an order is: how far each weight may move before it changes.
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import comb
from typing import TypeAlias

from gongzhi.core.scoring.agreement import Concordance, concordance, doubled_ranks

Values: TypeAlias = Sequence[Fraction]
COMPARED_MAX = 300_000  # pairs of sides times options
Ranks: TypeAlias = Sequence[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two sides by their places, and how alike they order: 1 the same, 0 the reverse."""

    one: int
    other: int
    alike: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Ranks of each side (1 is best, equals share their mean), Kendall's W, pairs, shares.

    acceptable: for each option the share of sides whose value is no less than their limit. pairs is
    empty where sides and options are too many to compare every pair.
    """

    ranks: tuple[tuple[Fraction, ...], ...]
    concordance: Concordance
    pairs: tuple[Pair, ...]
    acceptable: tuple[Fraction, ...]

    @property
    def nearest(self) -> Pair | None:
        """The two sides that order most alike."""
        return max(self.pairs, key=lambda pair: pair.alike, default=None)

    @property
    def farthest(self) -> Pair | None:
        """The two sides that order least alike."""
        return min(self.pairs, key=lambda pair: pair.alike, default=None)


def picture(values: Sequence[Values], *, accepts: Sequence[Sequence[bool]]) -> Picture:
    """The picture of sides that value the same options; side by side."""
    ordered = [ranks(each) for each in values]
    doubled = [[int(2 * rank) for rank in each] for each in ordered]  # whole numbers are faster
    return Picture(
        ranks=tuple(ordered),
        concordance=concordance(doubled),
        pairs=_pairs(doubled),
        acceptable=tuple(
            Fraction(sum(column), len(accepts)) for column in zip(*accepts, strict=True)
        ),
    )


def _pairs(ordered: Sequence[Ranks]) -> tuple[Pair, ...]:
    """Every pair of sides; none where that would take too long."""
    sides = range(len(ordered))
    if comb(len(sides), 2) * len(ordered[0]) > COMPARED_MAX:
        return ()
    return tuple(
        Pair(one=one, other=other, alike=alike(ordered[one], ordered[other]))
        for one in sides
        for other in sides[one + 1 :]
    )


def ranks(values: Values) -> tuple[Fraction, ...]:
    """Ranks from 1, the best first; equal ones share the mean of theirs."""
    return tuple(Fraction(rank, 2) for rank in doubled_ranks([-value for value in values]))


def alike(one: Ranks, other: Ranks) -> Fraction:
    """The share of pairs of options that two sides order alike; a tie of one side is a half.

    (1 + Kendall's τa) / 2, counted in n log n.
    """
    count = len(one)
    pairs = comb(count, 2)
    if not pairs:
        return Fraction(1)
    order = sorted(range(count), key=lambda at: (one[at], other[at]))
    reverse = _inversions([other[at] for at in order])
    tied_one, tied_other = _tied(one), _tied(other)
    tied_both = _tied(list(zip(one, other, strict=True)))
    same = pairs - tied_one - tied_other + tied_both - reverse
    return Fraction(2 * same + tied_one + tied_other, 2 * pairs)


def _tied(values: Sequence[Hashable]) -> int:
    return sum(comb(times, 2) for times in Counter(values).values())


def _inversions(values: list[int]) -> int:
    """How many pairs stand in the wrong order, strictly; by merging."""
    if len(values) < 2:
        return 0
    middle = len(values) // 2
    left, right = values[:middle], values[middle:]
    count = _inversions(left) + _inversions(right)
    at = to = 0
    for place in range(len(values)):
        if to == len(right) or (at < len(left) and left[at] <= right[to]):
            values[place] = left[at]
            at += 1
        else:
            values[place] = right[to]
            to += 1
            count += len(left) - at
    return count


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """From where to where a weight may move, the others in proportion, and what stays as it is.

    order: the whole order; first: who is first. Both hold the weight itself.
    """

    criterion: int
    weight: Fraction
    order: tuple[Fraction, Fraction]
    first: tuple[Fraction, Fraction]


def reaches(scores: Sequence[Values], weights: Values) -> tuple[Reach, ...]:
    """How far each weight may move; scores option by option, weights with the sum 1."""
    values = [weighed(row, weights) for row in scores]
    order = sorted(range(len(scores)), key=lambda at: (-values[at], at))
    return tuple(_reach(at, scores, values, weights, order) for at in range(len(weights)))


def weighed(row: Values, weights: Values) -> Fraction:
    """The scores of an option as one value."""
    return sum((w * score for w, score in zip(weights, row, strict=True)), Fraction(0))


def _reach(
    at: int, scores: Sequence[Values], values: Values, weights: Values, order: Sequence[int]
) -> Reach:
    rest = _rest(at, scores, values, weights)
    lines = [(row[at] - other, other) for row, other in zip(scores, rest, strict=True)]
    steps = list(pairwise(order))
    against = [(order[0], other) for other in order[1:]]
    return Reach(
        criterion=at,
        weight=weights[at],
        order=_between(lines, steps, weights[at]),
        first=_between(lines, against, weights[at]),
    )


def _rest(at: int, scores: Sequence[Values], values: Values, weights: Values) -> list[Fraction]:
    """What the other criteria say of each option together, without this one."""
    others = 1 - weights[at]
    if others:
        return [
            (value - weights[at] * row[at]) / others
            for row, value in zip(scores, values, strict=True)
        ]
    count = max(len(weights) - 1, 1)
    return [(sum(row, Fraction(0)) - row[at]) / count for row in scores]


def _between(
    lines: Sequence[tuple[Fraction, Fraction]],
    pairs: Sequence[tuple[int, int]],
    weight: Fraction,
) -> tuple[Fraction, Fraction]:
    """Where in 0 to 1 every pair keeps its order; (slope, value at 0) of each option's value."""
    least, most = Fraction(0), Fraction(1)
    for upper, lower in pairs:
        slope = lines[upper][0] - lines[lower][0]
        start = lines[upper][1] - lines[lower][1]
        if not slope:
            continue
        crossing = -start / slope
        if slope > 0:
            least = max(least, min(crossing, weight))
        else:
            most = min(most, max(crossing, weight))
    return least, most
