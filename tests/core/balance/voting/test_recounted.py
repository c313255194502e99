"""R21: outcome and order are those of exact arithmetic, whatever is counted and by which rule."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.balance.voting import recount
from core.balance.voting.elections import elections
from gongzhi.core.balance.voting import (
    BallotKind,
    Completion,
    Rule,
    Stop,
    Utility,
    count,
    method_for,
)  # fmt: skip


def utilities_of(election):
    pointed = {BallotKind.CUMULATIVE: Utility.POINTS, BallotKind.ORDINAL: Utility.BORDA}
    return [Utility.COST, Utility.CARDINALITY, *filter(None, [pointed.get(election.kind)])]


def ids(election, places):
    return tuple(election.candidates[at].id for at in places)


@given(elections(), st.data())
@settings(max_examples=150, deadline=None)
def test_r21_equal_shares_and_its_prices_are_those_of_fractions(election, data):
    utility = data.draw(st.sampled_from(utilities_of(election)))
    found = count(election, method_for(election.kind, utility=utility, completion=Completion.NONE))
    bought = recount.equal_shares(election, utility=utility)
    assert found.selected == ids(election, [at for at, _ in bought])
    for each, (at, price) in zip(found.rounds, bought, strict=True):
        per_voter = price * (election.candidates[at].cost if utility is Utility.COST else 1)
        if utility in (Utility.POINTS, Utility.BORDA):
            per_voter *= election.ballots.scale
        assert each.shares.price == pytest.approx(float(per_voter), rel=1e-14)
        assert not each.shares.exact or each.shares.exact == str(per_voter)


@given(elections(), st.data(), st.sampled_from(Stop))
@settings(max_examples=100, deadline=None)
def test_r21_growing_shares_skip_nothing(election, data, stop):
    utility = data.draw(st.sampled_from(utilities_of(election)))
    method = method_for(election.kind, utility=utility, completion=Completion.ADD1, stop=stop)
    found = count(election, method)
    bought = [at for at, _ in recount.growing(election, utility=utility, stop=stop)]
    assert found.selected == ids(election, bought)
    filled = count(election, method_for(election.kind, utility=utility, stop=stop))
    if not election.ballots.size:
        assert filled.selected == (), "nobody chose anything"
        return
    assert filled.selected == ids(election, recount.filled(election, bought, utility=utility))


@given(elections(budget_max=30), st.integers(5, 40), st.data())
@settings(max_examples=25, deadline=None)
def test_r21_steps_in_small_units_of_money_are_passed_over_only_where_nothing_changes(
    election, times, data
):
    costs = (replace(each, cost=each.cost * times) for each in election.candidates)
    election = replace(election, candidates=tuple(costs), budget=election.budget * times)
    utility = data.draw(st.sampled_from(utilities_of(election)))
    found = count(election, method_for(election.kind, utility=utility, completion=Completion.ADD1))
    bought = [at for at, _ in recount.growing(election, utility=utility, stop="overspend")]
    assert found.selected == ids(election, bought)
    assert found.looked_at <= found.steps + 2


@given(elections())
@settings(max_examples=100, deadline=None)
def test_r21_phragmen_is_that_of_fractions(election):
    found = count(election, method_for(election.kind, rule=Rule.PHRAGMEN))
    if election.ballots.size:
        assert found.selected == ids(election, recount.phragmen(election))


@given(elections(), st.data())
@settings(max_examples=60, deadline=None)
def test_r21_no_set_is_worth_more_than_the_greatest_welfare(election, data):
    utility = data.draw(st.sampled_from(utilities_of(election)))
    worth = recount.worth_to_all(election, utility=utility)
    costs = [each.cost for each in election.candidates]
    places = range(len(costs))
    best = max(
        sum(worth[at] for at in chosen)
        for size in range(len(costs) + 1)
        for chosen in combinations(places, size)
        if sum(costs[at] for at in chosen) <= election.budget
    )
    found = count(election, method_for(election.kind, rule=Rule.MAX_WELFARE, utility=utility))
    assert sum(worth[at] for at in places if election.candidates[at].id in found.selected) == best
    assert found.cost <= election.budget
