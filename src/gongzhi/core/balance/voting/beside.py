"""Outcomes side by side: how many voters each one reaches, who gains and who loses by another rule.

Voters are counted by what stands on their ballots; nobody is named, and groups too small to hide in
aren't shown.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from gongzhi.core.balance.voting.counting import Counting
from gongzhi.core.balance.voting.election import Election, Whole
from gongzhi.core.balance.voting.equal_shares import Run
from gongzhi.core.balance.voting.method import Rule, method_for
from gongzhi.core.balance.voting.outcome import Outcome
from gongzhi.core.balance.voting.rules import count
from gongzhi.core.balance.voting.support import Real

GROUP_MIN = 5
GROUPS_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Whom an outcome reaches: voters of whose projects at least one is funded, and on average."""

    reached: int
    unreached: int
    projects_each: float
    money_each: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """An outcome beside another one: projects that only one of them funds, who gains, who loses.

    Who gains has more money than by the other one in funded projects of their choice.
    """

    outcome: Outcome
    other: Outcome
    only_here: tuple[str, ...]
    only_there: tuple[str, ...]
    gain: int
    lose: int
    same: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupShare:
    """Voters who chose the same, and where the share of each of them went."""

    choices: tuple[str, ...]
    voters: int
    paid: tuple[tuple[str, float], ...]
    left: float


def reach_of(election: Election, selected: Iterable[str]) -> Reach:
    """Whom these projects reach; blank ballots are reached by nothing."""
    counts = election.ballots.counts
    number = _sums(election, selected, [1.0] * len(election.candidates))
    money = _sums(election, selected, _costs(election))
    reached = int(counts[number > 0].sum())
    voters = max(1, election.voters)
    return Reach(
        reached=reached,
        unreached=election.voters - reached,
        projects_each=float(number @ counts) / voters,
        money_each=float(money @ counts) / voters,
    )


def beside(election: Election, outcome: Outcome, other: Outcome) -> Beside:
    """One outcome beside another."""
    here, there = frozenset(outcome.selected), frozenset(other.selected)
    costs = _costs(election)
    # sums of the same whole amounts are the same numbers, in whatever order they are added
    change = _sums(election, here - there, costs) - _sums(election, there - here, costs)
    counts = election.ballots.counts
    gain, lose = int(counts[change > 0].sum()), int(counts[change < 0].sum())
    return Beside(
        outcome=outcome,
        other=other,
        only_here=tuple(each for each in outcome.selected if each not in there),
        only_there=tuple(each for each in other.selected if each not in here),
        gain=gain,
        lose=lose,
        same=election.voters - gain - lose,
    )


def by_every_rule(election: Election, *, threshold: int = 0) -> tuple[Outcome, ...]:
    """The outcome of every rule with its usual settings."""
    kind = election.kind
    return tuple(count(election, method_for(kind, rule=rule, threshold=threshold)) for rule in Rule)


def _costs(election: Election) -> list[float]:
    scale = election.scale
    return [float(each.cost * scale) for each in election.candidates]


def _sums(election: Election, selected: Iterable[str], worths: Sequence[float]) -> Real:
    """For each ballot, what its projects among the selected are worth together."""
    taken = frozenset(selected)
    each = np.array(
        [
            worth if candidate.id in taken else 0.0
            for candidate, worth in zip(election.candidates, worths, strict=True)
        ]
    )
    ballots = election.ballots
    if not len(ballots.places):
        return np.zeros(ballots.size)
    found: Real = np.add.reduceat(each[ballots.places], ballots.starts[:-1])
    return found


def where_shares_went(
    election: Election, outcome: Outcome, *, least: int = GROUP_MIN, most: int = GROUPS_SHOWN
) -> tuple[GroupShare, ...]:
    """The largest groups of voters who chose the same, and what their shares paid for."""
    if outcome.share is None or outcome.method.rule is not Rule.EQUAL_SHARES:
        return ()
    counts = election.ballots.counts
    largest = np.argsort(-counts, kind="stable")[:most]
    shown = largest[counts[largest] >= least]
    scale = election.scale
    counting = Counting(election=election, method=outcome.method)
    run = Run(counting.support(), share=outcome.share * scale)
    paid = _paid(run, shown)
    ids = [each.id for each in election.candidates]
    return tuple(
        GroupShare(
            choices=tuple(ids[at] for at in _choices(election, int(ballot))),
            voters=int(counts[ballot]),
            paid=tuple((ids[at], money / scale) for at, money in paid[int(ballot)]),
            left=float(run.money[ballot]) / scale,
        )
        for ballot in shown.tolist()
    )


def _choices(election: Election, ballot: int) -> list[int]:
    starts = election.ballots.starts
    places: list[int] = election.ballots.places[starts[ballot] : starts[ballot + 1]].tolist()
    return places


def _paid(run: Run, shown: Whole) -> dict[int, list[tuple[int, float]]]:
    """What each of these ballots paid in each round, by going through the rounds once more."""
    found: dict[int, list[tuple[int, float]]] = {int(each): [] for each in shown.tolist()}
    left = dict.fromkeys(found, float(run.share))
    for bought in run.purchases:
        supporters = run.support.supporters[bought.place]
        worth = run.support.worth(bought.place)
        for ballot, money in left.items():
            at = int(np.searchsorted(supporters, ballot))
            if at == len(supporters) or supporters[at] != ballot or money <= 0:
                continue
            due = bought.price.near * (1.0 if worth is None else float(worth[at]))
            paid = money if bought.poor[at] else min(money, due)
            left[ballot] = money - paid
            found[ballot].append((bought.place, paid))
    return found
