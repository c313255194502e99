"""Groups of points in the plane: k-means from seeded starts, and how well a grouping holds.

Points are looked at in the order of their places, never of their names, so that whoever has the
same points has the same groups. Many points: the starts are tried on every so-manieth of them.
K-means settles in many ways that are about as tight; of them that one is taken whose groups stand
apart best (silhouette), the measure by which the number of groups is chosen too.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from gongzhi.core.balance.opinions.matrix import Numbers, Places

SAMPLE, ROUNDS = 2000, 100
COMPARED = 500  # so many points are looked at where two ways to settle are compared
MOVING = 10_000  # where fewer than one of so many points moves, nothing moves
SAME = 9  # decimals to which the middles of one way to settle are equal
BLOCK = 512


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Grouping:
    """Which group each point is in, the groups' middles, and how far points lie from them."""

    group: Places
    middles: Numbers
    spread: float

    @property
    def count(self) -> int:
        """How many groups."""
        return len(self.middles)

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many points each group has."""
        return tuple(int(each) for each in np.bincount(self.group, minlength=len(self.middles)))


def in_place_order(points: Numbers) -> Places:
    """The points from left to right; of two as far left, the lower first."""
    return np.lexsort((points[:, 1], points[:, 0]))


def groupings(
    points: Numbers,
    counts: Iterable[int],
    *,
    seed: int,
    least: float = 1,
    weights: Numbers | None = None,
    starts: int,
) -> dict[int, Grouping]:
    """For each number of groups, none below the least, the grouping that stands apart best.

    A way to settle whose smallest groups join others is one of those with fewer groups.
    """
    order = in_place_order(points)
    placed = points[order]
    weighed = np.ones(len(points)) if weights is None else weights[order]
    step = max(1, -(-len(placed) // SAMPLE))
    few, few_weights = placed[::step], weighed[::step]
    share = least * few_weights.sum() / max(weighed.sum(), 1.0)
    tried = _settlings(few, few_weights, counts, seed=seed, starts=starts)
    found: dict[int, Grouping] = {}
    for each in _apart(tried, few, few_weights, least=share):
        whole = settled(placed, each.middles, weights=weighed) if step > 1 else each
        large = large_enough(whole, placed, weighed, least=least)
        if large is not None:
            back = np.empty(len(points), dtype=np.int64)
            back[order] = large.group
            found.setdefault(large.count, replace(large, group=back))
    return found


def _apart(
    tried: Iterable[Grouping], points: Numbers, weights: Numbers, *, least: float
) -> list[Grouping]:
    """Of the ways in which points settle, large enough, the best of each number of groups."""
    best: dict[int, tuple[float, Grouping]] = {}
    for each in tried:
        large = large_enough(each, points, weights, least=least)
        if large is not None:
            value = silhouette(points, large.group, weights=weights, most=COMPARED)
            if large.count not in best or value > best[large.count][0]:
                best[large.count] = value, large
    return [best[count][1] for count in sorted(best)]


def _settlings(
    points: Numbers, weights: Numbers, counts: Iterable[int], *, seed: int, starts: int
) -> Iterator[Grouping]:
    """The ways in which points settle from seeded starts, each once."""
    places = len(np.unique(points[weights > 0], axis=0))
    chance = np.random.default_rng(seed)
    known: set[bytes] = set()
    for count in (each for each in counts if each <= places):
        for number in range(starts):
            start = _start(points, weights, count=count, chance=chance, far=number % 2 == 0)
            found = settled(points, start, weights=weights)
            middles = found.middles[in_place_order(found.middles)].round(SAME)
            if middles.tobytes() not in known:
                known.add(middles.tobytes())
                yield found


def large_enough(
    grouping: Grouping, points: Numbers, weights: Numbers, *, least: float
) -> Grouping | None:
    """The grouping without groups that are too small: their points join the nearest others."""
    while True:
        sizes = np.bincount(grouping.group, weights=weights, minlength=grouping.count)
        kept = sizes >= least
        if kept.all():
            return grouping
        if kept.sum() < 2:
            return None
        grouping = settled(points, grouping.middles[kept], weights=weights)


def settled(points: Numbers, middles: Numbers, *, weights: Numbers) -> Grouping:
    """Lloyd's steps from these middles until no point changes its group; of many, next to none."""
    group = np.full(len(points), -1)
    for _ in range(ROUNDS):
        nearest = nearest_to(points, middles)
        changed = int((nearest != group).sum())
        group = nearest
        if not changed or changed * MOVING < len(points):
            break
        weight = np.bincount(group, weights=weights, minlength=len(middles))
        sums = [
            np.bincount(group, weights=weights * axis, minlength=len(middles)) for axis in points.T
        ]
        full = weight > 0
        middles = middles.copy()
        middles[full] = (np.stack(sums, axis=1)[full]) / weight[full, None]
    away = ((points - middles[group]) ** 2).sum(axis=1)
    return Grouping(group=group, middles=middles, spread=float((weights * away).sum()))


def nearest_to(points: Numbers, middles: Numbers) -> Places:
    """The middle that each point is nearest to."""
    x, y = points.T
    found = np.zeros(len(points), dtype=np.int64)
    least = np.full(len(points), np.inf)
    for number, (across, up) in enumerate(middles):
        away = (x - across) ** 2 + (y - up) ** 2
        nearer = away < least
        found[nearer], least[nearer] = number, away[nearer]
    return found


def silhouette(
    points: Numbers, group: Places, *, weights: Numbers | None = None, most: int = SAMPLE
) -> float:
    """How much nearer points are to their own group than to the next: from −1 to 1."""
    order = in_place_order(points)
    step = max(1, -(-len(points) // most))
    few, own = points[order][::step], group[order][::step]
    weighed = np.ones(len(few)) if weights is None else weights[order][::step]
    names, at = np.unique(own, return_inverse=True)
    if len(names) < 2 or not weighed.any():
        return 0.0
    sizes = np.bincount(at, weights=weighed).astype(np.float64)
    member = np.eye(len(names))[at] * weighed[:, None]
    total = 0.0
    for start in range(0, len(few), BLOCK):
        rows = slice(start, start + BLOCK)
        across, up = (few[rows, None, axis] - few[None, :, axis] for axis in (0, 1))
        away = np.sqrt(across * across + up * up) @ member
        total += float(_silhouettes(away, at[rows], sizes) @ weighed[rows])
    return total / float(weighed.sum())


def agreement(one: Places, other: Places) -> float:
    """The adjusted Rand index of two groupings of the same points: 1 same, about 0 by chance."""
    table = np.zeros((int(one.max()) + 1, int(other.max()) + 1))
    np.add.at(table, (one, other), 1)

    def pairs(counts: Numbers) -> float:
        return float((counts * (counts - 1) / 2).sum())

    together = pairs(table)
    first, second = pairs(table.sum(axis=1)), pairs(table.sum(axis=0))
    by_chance = first * second / max(pairs(np.array([float(len(one))])), 1.0)
    most = (first + second) / 2
    return 1.0 if most == by_chance else (together - by_chance) / (most - by_chance)


def _start(
    points: Numbers, weights: Numbers, *, count: int, chance: np.random.Generator, far: bool
) -> Numbers:
    """Middles by chance: each next one anywhere, or likelier the further from those before."""
    middles = [points[_drawn(weights, chance)]]
    away = ((points - middles[0]) ** 2).sum(axis=1)
    for _ in range(count - 1):
        apart = away if far else away > 0
        middles.append(points[_drawn(weights * apart, chance)])
        away = np.minimum(away, ((points - middles[-1]) ** 2).sum(axis=1))
    return np.array(middles)


def _drawn(weights: Numbers, chance: np.random.Generator) -> int:
    reached = np.cumsum(weights)
    if reached[-1] <= 0:
        return 0
    return int(np.searchsorted(reached, chance.random() * reached[-1], side="right"))


def _silhouettes(away: Numbers, at: Places, sizes: Numbers) -> Numbers:
    row = np.arange(len(at))
    own = away[row, at] / np.maximum(sizes[at] - 1, 1)
    means = away / np.maximum(sizes, np.finfo(float).tiny)
    means[row, at] = np.inf
    other = means.min(axis=1)
    widest = np.maximum(np.maximum(own, other), np.finfo(float).tiny)
    found: Numbers = np.where(sizes[at] > 1, (other - own) / widest, 0.0)
    return found
