"""Who supports what: the ballots seen from the projects, in whole numbers."""

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gongzhi.core.balance.voting.election import Election, Whole
from gongzhi.core.balance.voting.method import TieBreak, Utility

Real = NDArray[np.float64]
Chosen = NDArray[np.bool_]

TABLE_MAX = 1 << 24  # cells of a table of all ballots and projects, where there is one
HALF_ULP = 2.0**-53  # the relative error of rounding once


@dataclass(frozen=True, kw_only=True, eq=False)
class Support:
    """For each project: cost, supporters, how many `voters` they are, what it is worth to each.

    A project's price for a voter is its price per worth times `worth` (one where all are alike);
    projects are compared by that price divided by `divisors`.
    """

    election: Election
    costs: tuple[int, ...]
    divisors: tuple[int, ...]
    supporters: tuple[Whole, ...]
    weights: tuple[Real, ...]
    worths: tuple[Real, ...] | None
    totals: tuple[int, ...]
    voters: tuple[float, ...]
    entry_worths: Whole | None
    ranks: tuple[int, ...]

    @cached_property
    def table(self) -> NDArray[Any] | None:
        """What each project on each ballot is worth; None where that is too large to be held.

        Sums over voters have to stay whole: float32 holds whole numbers up to 2 to the power of 24.
        """
        election, worths = self.election, self.entry_worths
        ballots, projects = election.ballots, len(election.candidates)
        if ballots.size * projects > TABLE_MAX:
            return None
        is_small = worths is None and election.voters < 1 << 24
        found = np.zeros((ballots.size, projects), dtype=np.float32 if is_small else np.float64)
        found[ballots.owners(), ballots.places] = 1 if worths is None else worths
        return found

    def worth(self, place: int) -> Real | None:
        """What the project is worth to each of its supporters; None where it is one to each."""
        return None if self.worths is None else self.worths[place]

    def least_key(self, place: int) -> Fraction:
        """The least price for its worth that a project can have: when all supporters pay it."""
        return Fraction(self.costs[place], self.totals[place] * self.divisors[place])

    def only(self, allowed: Container[int]) -> "Support":
        """The same without supporters of the projects that aren't allowed."""
        none, light = np.zeros(0, dtype=np.int64), np.zeros(0)
        places = range(len(self.costs))
        kept = [at in allowed for at in places]
        return replace(
            self,
            supporters=tuple(self.supporters[at] if kept[at] else none for at in places),
            weights=tuple(self.weights[at] if kept[at] else light for at in places),
            worths=self.worths and tuple(self.worths[at] if kept[at] else light for at in places),
            totals=tuple(self.totals[at] if kept[at] else 0 for at in places),
            voters=tuple(self.voters[at] if kept[at] else 0.0 for at in places),
        )


def support_of(election: Election, *, utility: Utility, tie_break: TieBreak) -> Support:
    """The ballots seen from the projects."""
    ballots = election.ballots
    scale = election.scale
    # so few bits are sorted by their digits
    order = np.argsort(ballots.places.astype(np.uint16), kind="stable")
    ends = np.cumsum(np.bincount(ballots.places, minlength=len(election.candidates)))[:-1]
    owners = ballots.owners()[order]
    entry_worths = ballots.points if utility.has_points else None
    supporters = tuple(np.split(owners, ends)) if election.candidates else ()
    weights = tuple(ballots.counts[each].astype(np.float64) for each in supporters)
    worths = None
    if entry_worths is not None and election.candidates:
        worths = tuple(np.split(entry_worths[order].astype(np.float64), ends))
    costs = tuple(int(each.cost * scale) for each in election.candidates)
    each_total: Iterable[Real] = weights
    if worths is not None:
        each_total = (w * u for w, u in zip(weights, worths, strict=True))
    return Support(
        election=election,
        costs=costs,
        divisors=costs if utility is Utility.COST else (1,) * len(costs),
        supporters=supporters,
        weights=weights,
        worths=worths,
        totals=tuple(int(each.sum()) for each in each_total),
        voters=tuple(float(each.sum()) for each in weights),
        entry_worths=entry_worths,
        ranks=ranks_of(election, tie_break=tie_break),
    )


def ranks_of(election: Election, *, tie_break: TieBreak) -> tuple[int, ...]:
    """Each project's place among equals."""
    candidates = election.candidates
    keys = {
        TieBreak.ID: lambda at: (candidates[at].id,),
        TieBreak.CHEAPER: lambda at: (candidates[at].cost, candidates[at].id),
    }
    order = sorted(range(len(candidates)), key=keys[tie_break])
    ranks = [0] * len(candidates)
    for rank, place in enumerate(order):
        ranks[place] = rank
    return tuple(ranks)
