"""R21: many first shares abreast: an order is told only if it is that of exact arithmetic."""

import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.balance.voting.elections import elections
from gongzhi.core.balance.voting import Ballot, BallotKind, Candidate, Utility, election_of
from gongzhi.core.balance.voting.abreast import Abreast, Guess
from gongzhi.core.balance.voting.equal_shares import Run
from gongzhi.core.balance.voting.method import TieBreak, usual_utility
from gongzhi.core.balance.voting.support import support_of

AT_ONCE = 16


def support_in(election, utility=None):
    utility = utility or usual_utility(election.kind)
    return support_of(election, utility=utility, tie_break=TieBreak.ID)


def told_abreast(support, first, *, unit, chunks):
    """Orders from so many shares, each chunk beginning where the one before ended."""
    run = Run(support, share=first)
    wanted = [at for at, cost in enumerate(support.costs) if cost and support.totals[at]]
    cheapest = sorted(wanted, key=lambda at: (support.least_key(at), support.ranks[at]))
    beginning = run.beginning(cheapest, after=None)
    guess = Guess(order=[each.place for each in run.purchases])
    for chunk in range(chunks):
        steps = range(chunk * AT_ONCE, (chunk + 1) * AT_ONCE)
        shares = [first + step * unit for step in steps]
        found = Abreast(support, shares, beginning=beginning, guess=guess).orders
        guess = Guess(order=found[-1] or guess.order, poor=guess.poor)
        yield from zip(shares, found, strict=True)


def exact(support, share):
    return [each.place for each in Run(support, share=share).purchases]


def city(seed, kind, *, voters=300, projects=24):
    """Voters who like some of a part of the city, projects of unequal cost and fame."""
    chance = random.Random(seed)  # noqa: S311 - a made-up city
    names = [f"p{at:02}" for at in range(projects)]
    candidates = [Candidate(id=name, cost=Fraction(chance.randint(50, 2000))) for name in names]
    fame = [1 / (1 + at % 8) for at in range(projects)]
    ballots = []
    for _ in range(voters):
        liked = list(dict.fromkeys(chance.choices(names, fame, k=6)))
        points = tuple(Fraction(chance.randint(1, 5)) for _ in liked)
        has = kind is BallotKind.CUMULATIVE
        ballots.append(Ballot(choices=tuple(liked), points=points if has else ()))
    budget = Fraction(sum(each.cost for each in candidates), 3)
    return election_of(candidates, ballots, budget=budget, kind=kind)


@pytest.mark.parametrize("kind", [BallotKind.APPROVAL, BallotKind.CUMULATIVE, BallotKind.ORDINAL])
@pytest.mark.parametrize("seed", range(4))
def test_r21_orders_told_abreast_are_those_of_runs(seed, kind):
    election = city(seed, kind)
    support = support_in(election)
    first = election.budget / election.voters
    told = list(told_abreast(support, first, unit=Fraction(1), chunks=4))
    known = [(share, order) for share, order in told if order is not None]
    assert len(known) > 9 / 10 * len(told), "without ties floats are enough"
    assert len({tuple(order) for _, order in known}) > 1, "something changes"
    for share, order in known:
        assert order == exact(support, share)


def test_r21_who_had_nothing_left_in_earlier_runs_may_have_something_in_later_ones():
    """A guess from runs in which many were left out bounds prices in others, too."""
    election = city(5, BallotKind.APPROVAL, voters=600, projects=60)
    support = support_in(election)
    first = election.budget / election.voters
    for share, order in told_abreast(support, first, unit=Fraction(1), chunks=4):
        assert order is None or order == exact(support, share)


@given(elections(), st.sampled_from([Fraction(1), Fraction(1, 7)]), st.booleans())
@settings(max_examples=80, deadline=None)
def test_r21_among_equals_an_order_is_exact_or_not_told(election, unit, one_each):
    if not election.ballots.size:
        return
    support = support_in(election, Utility.CARDINALITY if one_each else None)
    first = election.budget / election.voters
    for share, order in told_abreast(support, first, unit=unit, chunks=2):
        assert order is None or order == exact(support, share)
