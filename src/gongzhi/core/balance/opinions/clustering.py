"""Groups of points in the plane: k-means from seeded starts, and how well a grouping holds.

Points are looked at in the order of their places, never of their names, so that whoever has the
same points has the same groups. Many points: the starts are tried on every so-manieth of them.
"""

from dataclasses import dataclass

import numpy as np

from gongzhi.core.balance.opinions.matrix import Numbers, Places

SAMPLE, STARTS, ROUNDS = 2000, 10, 100
MOVING = 10_000  # where fewer than one of so many points moves, nothing moves
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


def grouped(
    points: Numbers, count: int, *, seed: int, weights: Numbers | None = None
) -> Grouping | None:
    """The tightest grouping of points found from all starts; None where there are too few."""
    order = in_place_order(points)
    placed = points[order]
    weighed = np.ones(len(points)) if weights is None else weights[order]
    if len(np.unique(placed[weighed > 0], axis=0)) < count:
        return None
    step = max(1, -(-len(placed) // SAMPLE))
    few, few_weights = placed[::step], weighed[::step]
    chance = np.random.default_rng(seed)
    tried = [
        settled(few, _start(few, few_weights, count=count, chance=chance), weights=few_weights)
        for _ in range(STARTS)
    ]
    best = min(tried, key=lambda each: each.spread)
    if step > 1 or weights is not None:
        best = settled(placed, best.middles, weights=weighed)
    back = np.empty(len(points), dtype=np.int64)
    back[order] = best.group
    return Grouping(group=back, middles=best.middles, spread=best.spread)


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


def silhouette(points: Numbers, group: Places) -> float:
    """How much nearer points are to their own group than to the next: from −1 to 1."""
    order = in_place_order(points)
    step = max(1, -(-len(points) // SAMPLE))
    few, own = points[order][::step], group[order][::step]
    names, at = np.unique(own, return_inverse=True)
    if len(names) < 2:
        return 0.0
    sizes = np.bincount(at)
    member = np.eye(len(names))[at]
    total = 0.0
    for start in range(0, len(few), BLOCK):
        rows = slice(start, start + BLOCK)
        across, up = (few[rows, None, axis] - few[None, :, axis] for axis in (0, 1))
        away = np.sqrt(across * across + up * up) @ member
        total += float(_silhouettes(away, at[rows], sizes).sum())
    return total / len(few)


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
    points: Numbers, weights: Numbers, *, count: int, chance: np.random.Generator
) -> Numbers:
    """Middles far from each other: each next one by chance, likelier the further away."""
    middles = [points[_drawn(weights, chance)]]
    away = ((points - middles[0]) ** 2).sum(axis=1)
    for _ in range(count - 1):
        middles.append(points[_drawn(weights * away, chance)])
        away = np.minimum(away, ((points - middles[-1]) ** 2).sum(axis=1))
    return np.array(middles)


def _drawn(weights: Numbers, chance: np.random.Generator) -> int:
    reached = np.cumsum(weights)
    if reached[-1] <= 0:
        return 0
    return int(np.searchsorted(reached, chance.random() * reached[-1], side="right"))


def _silhouettes(away: Numbers, at: Places, sizes: Places) -> Numbers:
    row = np.arange(len(at))
    own = away[row, at] / np.maximum(sizes[at] - 1, 1)
    means = away / sizes
    means[row, at] = np.inf
    other = means.min(axis=1)
    widest = np.maximum(np.maximum(own, other), np.finfo(float).tiny)
    found: Numbers = np.where(sizes[at] > 1, (other - own) / widest, 0.0)
    return found
