"""How many groups there are, whether there are any, and how well they hold."""

from dataclasses import dataclass, replace
from math import ceil

import numpy as np

from gongzhi.core.balance.opinions.asking import GroupRules
from gongzhi.core.balance.opinions.clustering import (
    SAMPLE,
    Grouping,
    agreement,
    groupings,
    silhouette,
)
from gongzhi.core.balance.opinions.matrix import KINDS, Numbers, Places, StanceMatrix
from gongzhi.core.balance.opinions.plane import (
    Centred,
    plane_of,
    positions,
    variance_in_plane,
)

STARTS, STARTS_AGAIN = 24, 8  # of k-means, and where participants are drawn anew
PEOPLE_FEW = 400  # with fewer people there are more starts, which cost as much


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A number of groups that was tried: their sizes, the silhouette, and whether it was taken."""

    sizes: tuple[int, ...]
    silhouette: float
    taken: bool = False

    @property
    def count(self) -> int:
        """How many groups."""
        return len(self.sizes)


def inside(matrix: StanceMatrix, *, rules: GroupRules) -> Places:
    """Who is in the conversation: who answered enough, or else those who answered most."""
    answered = matrix.answered
    statements = len(np.unique(matrix.columns))
    enough = answered >= max(1, min(rules.answers_least, statements))
    if enough.sum() < rules.people_least:
        most = np.argsort(-answered, kind="stable")[: rules.people_least]
        enough[most] |= answered[most] > 0
    return np.flatnonzero(enough)


def choose(points: Numbers, *, rules: GroupRules) -> tuple[Grouping | None, tuple[Tried, ...]]:
    """The grouping with the fewest groups that no larger number of groups clearly beats."""
    most = min(rules.groups_most, 2 + len(points) // rules.people_of_a_group)
    least = least_of(len(points), rules=rules)
    starts = max(STARTS, STARTS * PEOPLE_FEW // max(len(points), 1))
    found = groupings(points, range(2, most + 1), seed=rules.seed, least=least, starts=starts)
    if not found:
        return None, ()
    held = {count: silhouette(points, found[count].group) for count in sorted(found)}
    taken = min(held)
    for count, value in held.items():
        if value >= held[taken] + rules.gain:
            taken = count
    tried = tuple(
        Tried(sizes=found[count].sizes, silhouette=value, taken=count == taken)
        for count, value in held.items()
    )
    return found[taken], tried


def has_structure(matrix: StanceMatrix, *, rules: GroupRules) -> bool:
    """Whether stances go together more than where each statement's were dealt out by chance."""
    few = matrix.of(_some(len(matrix.participants), seed=rules.seed))
    found = variance_in_plane(Centred(few))
    chance = np.random.default_rng(rules.seed)
    order = np.argsort(few.columns, kind="stable")
    columns, values = few.columns[order], few.values[order]
    for _ in range(rules.shuffles):
        dealt = np.lexsort((chance.random(len(values)), columns))
        cells = np.empty(len(values), dtype=few.cells.dtype)
        cells[order] = KINDS * columns + (values[dealt] + 1).astype(few.cells.dtype)
        if variance_in_plane(Centred(replace(few, cells=cells))) >= found:
            return False
    return True


def stability(matrix: StanceMatrix, group: Places, *, count: int, rules: GroupRules) -> float:
    """How much of the grouping comes back where participants are drawn anew, on the average."""
    rows = _some(len(matrix.participants), seed=rules.seed)
    few, own = matrix.of(rows), group[rows]
    chance = np.random.default_rng(rules.seed)
    found = []
    for _ in range(rules.resamples):
        drawn = np.bincount(chance.integers(len(rows), size=len(rows)), minlength=len(rows))
        centred = Centred(few, weights=drawn.astype(np.float64))
        points = positions(
            centred, plane_of(centred), statements=len(few.statements), out=len(few.out)
        )
        again = groupings(
            points,
            (count, count + 1),
            seed=rules.seed,
            least=least_of(len(rows), rules=rules),
            starts=STARTS_AGAIN,
            weights=drawn.astype(np.float64),
        ).get(count)
        found.append(agreement(own, again.group) if again else 0.0)
    return float(np.mean(found)) if found else 0.0


def least_of(people: int, *, rules: GroupRules) -> int:
    """How many of so many people a group must have."""
    return max(rules.members_least, ceil(rules.share_least * people))


def _some(people: int, *, seed: int) -> Places:
    """Everybody, or so many drawn that it takes no longer with more."""
    if people <= SAMPLE:
        return np.arange(people)
    return np.sort(np.random.default_rng(seed).choice(people, SAMPLE, replace=False))
