"""Laws that the rules have, on elections of any shape (R10)."""

from dataclasses import replace
from fractions import Fraction
from math import isclose

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.balance.voting.elections import ballots_on, elections
from core.balance.voting.recount import ballots_in
from gongzhi.core.balance.voting import (
    Ballot,
    BallotKind,
    Candidate,
    Completion,
    Rule,
    Stop,
    TieBreak,
    count,
    election_of,
    method_for,
)
from gongzhi.core.balance.voting.beside import (
    beside,
    by_every_rule,
    reach_of,
    where_shares_went,
)

METHODS = st.builds(
    dict,
    rule=st.sampled_from(Rule),
    completion=st.sampled_from(Completion),
    stop=st.sampled_from(Stop),
    threshold=st.integers(0, 3),
    tie_break=st.sampled_from(TieBreak),
)
APPROVALS = st.just(BallotKind.APPROVAL)
laws = settings(max_examples=40, deadline=None)


def ballots_of(election):
    """The ballots one by one, as they could have been cast."""
    scale = election.ballots.scale
    for ballot, times in ballots_in(election):
        order = sorted(ballot, key=lambda at: -ballot[at])
        yield Ballot(
            choices=tuple(election.candidates[at].id for at in order),
            points=tuple(ballot[at] / scale for at in order),
            count=times,
        )


def again(election, ballots, **changed):
    kinds = {"budget": election.budget, "kind": election.kind, **changed}
    candidates = kinds.pop("candidates", election.candidates)
    made = election_of(candidates, ballots, **kinds)
    return replace(made, voters=max(made.voters, election.voters))


@given(elections(), METHODS)
@laws
def test_the_budget_is_never_exceeded_and_everything_has_a_reason(election, how):
    outcome = count(election, method_for(election.kind, **how))
    assert outcome.cost <= election.budget
    costs = {each.id: each.cost for each in election.candidates}
    assert outcome.cost == sum(costs[each] for each in outcome.selected)
    assert len(set(outcome.selected)) == len(outcome.selected)
    assert set(outcome.why) == set(costs)
    funded = {each for each, why in outcome.why.items() if why.reason.funded}
    assert funded == set(outcome.selected)
    rounds = [outcome.why[each].at_round for each in outcome.selected]
    assert rounds == list(range(1, len(rounds) + 1))


@given(elections(), METHODS)
@laws
def test_ballots_alike_count_the_same_cast_at_once_or_one_by_one_in_any_order(election, how):
    ballots = [replace(each, count=1) for each in ballots_of(election) for _ in range(each.count)]
    one_by_one = again(election, reversed(ballots))
    method = method_for(election.kind, **how)
    if election.kind is BallotKind.ORDINAL:
        return  # ranks on truncated ballots can't be told from points alone
    assert count(one_by_one, method).selected == count(election, method).selected


@given(elections(), METHODS)
@laws
def test_other_names_in_the_same_order_change_nothing(election, how):
    names = {each.id: f"项目{each.id}" for each in election.candidates}
    candidates = [replace(each, id=names[each.id]) for each in election.candidates]
    renamed = replace(election, candidates=tuple(candidates))
    method = method_for(election.kind, **how)
    expected = tuple(names[each] for each in count(election, method).selected)
    assert count(renamed, method).selected == expected


@given(elections(), METHODS, st.integers(2, 5))
@laws
def test_another_unit_of_money_changes_nothing_but_growing_steps(election, how, times):
    how = {**how, "completion": Completion.UTILITARIAN}
    candidates = tuple(replace(each, cost=each.cost * times) for each in election.candidates)
    scaled = replace(election, candidates=candidates, budget=election.budget * times)
    method = method_for(election.kind, **how)
    assert count(scaled, method).selected == count(election, method).selected


@given(elections(), METHODS, st.integers(2, 4))
@laws
def test_as_many_voters_of_each_kind_more_change_nothing_but_growing_steps(election, how, times):
    how = {**how, "completion": Completion.UTILITARIAN, "threshold": 0}
    ballots = replace(election.ballots, counts=election.ballots.counts * times)
    multiplied = replace(election, ballots=ballots, voters=election.voters * times)
    method = method_for(election.kind, **how)
    assert count(multiplied, method).selected == count(election, method).selected


@given(elections(kinds=APPROVALS), st.data())
@laws
def test_a_project_chosen_by_one_more_voter_stays_greedily_funded(election, data):
    """Greedy is monotone in support: one more voter for a winner never throws it out."""
    method = method_for(election.kind, rule=Rule.GREEDY_NO_SKIP)
    outcome = count(election, method)
    if not outcome.selected:
        return
    winner = data.draw(st.sampled_from(outcome.selected))
    more = again(election, [*ballots_of(election), Ballot(choices=(winner,))])
    assert winner in count(more, method).selected


@given(elections(kinds=APPROVALS))
@laws
def test_a_larger_project_set_never_costs_welfare(election):
    """With one unit of budget more, the greatest welfare is never less."""
    method = method_for(election.kind, rule=Rule.MAX_WELFARE)
    more = replace(election, budget=election.budget + 1)
    worth = {each.id: each.cost for each in election.candidates}
    votes = dict(zip(worth, election.votes().tolist(), strict=True))

    def total(found):
        return sum(votes[each] * worth[each] for each in found.selected)

    assert total(count(more, method)) >= total(count(election, method))


@given(
    st.integers(2, 12),
    st.integers(1, 12),
    st.integers(1, 3),
    st.lists(st.integers(1, 9)),
    st.data(),
)
@laws
def test_a_group_that_agrees_gets_its_share(group, rest, width, others, data):
    """ℓ·n/b: a group entitled to the money of its projects sees them all funded by Equal Shares."""
    voters = group + rest
    mine = [Candidate(id=f"g{at}", cost=Fraction(12)) for at in range(width)]
    theirs = [Candidate(id=f"o{at}", cost=Fraction(cost)) for at, cost in enumerate(others[:5])]
    budget = -(-Fraction(12 * width * voters) // group)
    names = [each.id for each in theirs]
    ballots = [Ballot(choices=tuple(each.id for each in mine), count=group)]
    if names:
        ballots += [data.draw(ballots_on(names, BallotKind.APPROVAL)) for _ in range(2)]
    everything = [*mine, *theirs]
    kind, money = BallotKind.APPROVAL, Fraction(budget)
    election = election_of(everything, ballots, budget=money, kind=kind)
    cast = election.voters
    election = replace(election, voters=max(cast, voters))
    if election.voters > voters:
        election = replace(election, budget=money * election.voters / voters)
    for completion in Completion:
        method = method_for(election.kind, completion=completion)
        assert {each.id for each in mine} <= set(count(election, method).selected)


@given(elections())
@laws
def test_gains_losses_and_reach_add_up(election):
    outcomes = by_every_rule(election)
    for outcome in outcomes:
        reach = reach_of(election, outcome.selected)
        assert reach.reached + reach.unreached == election.voters
        both = beside(election, outcome, outcomes[0])
        assert both.gain + both.lose + both.same == election.voters
        back = beside(election, outcomes[0], outcome)
        assert (both.gain, both.lose) == (back.lose, back.gain)


@given(elections())
@laws
def test_every_shown_share_goes_somewhere(election):
    method = method_for(election.kind, completion=Completion.ADD1)
    outcome = count(election, method)
    for group in where_shares_went(election, outcome, least=1):
        spent = sum(money for _, money in group.paid) + group.left
        assert isclose(spent, float(outcome.share), rel_tol=1e-12)
        assert {each for each, _ in group.paid} <= set(group.choices)


def test_groups_too_small_to_hide_in_are_not_shown():
    candidates = [Candidate(id="a", cost=Fraction(4))]
    ballots = [Ballot(choices=("a",), count=4)]
    election = election_of(candidates, ballots, budget=Fraction(9), kind=BallotKind.APPROVAL)
    outcome = count(election, method_for(election.kind, completion=Completion.NONE))
    assert where_shares_went(election, outcome) == ()
    (group,) = where_shares_went(election, outcome, least=4)
    assert group.paid == (("a", pytest.approx(1.0)),)
