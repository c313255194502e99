"""What losers lacked: with so much more they win, with one unit less they don't (R10)."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.balance.voting.elections import elections
from core.balance.voting.test_laws_of_votes import METHODS, laws
from gongzhi.core.balance.voting import (
    Ballot,
    BallotKind,
    Candidate,
    Completion,
    Rule,
    TieBreak,
    Utility,
    count,
    election_of,
    method_for,
)
from gongzhi.core.balance.voting.explaining import lacking_said
from gongzhi.core.balance.voting.margins import margins, with_less_cost, with_votes


def found(election, method):
    outcome = count(election, method)
    told = margins(election, outcome, work_max=None)
    assert told is not None
    return outcome, told


def wins(election, method, name) -> bool:
    return count(election, method).why[name].reason.funded


@given(elections(), METHODS)
@laws
def test_r10_with_so_many_more_votes_it_wins_and_with_one_less_it_does_not(election, how):
    method = method_for(election.kind, **how)
    outcome, told = found(election, method)
    assert set(told) == {each for each, why in outcome.why.items() if not why.reason.funded}
    for at, each in enumerate(election.candidates):
        more = told[each.id].more_votes if each.id in told else None
        if more is not None:
            assert wins(with_votes(election, at, more), method, each.id)
            assert not (more > 1 and wins(with_votes(election, at, more - 1), method, each.id))
        elif each.id in told and told[each.id].votes_surely:
            plenty = 40 * election.voters
            assert not wins(with_votes(election, at, plenty), method, each.id)


@given(elections(), METHODS)
@laws
def test_r10_with_so_much_less_cost_it_wins_and_with_one_unit_less_it_does_not(election, how):
    method = method_for(election.kind, **how)
    _, told = found(election, method)
    unit = Fraction(1, election.scale)
    for at, each in enumerate(election.candidates):
        less = told[each.id].less_cost if each.id in told else None
        if less is not None:
            assert 0 < less < each.cost
            assert wins(with_less_cost(election, at, less), method, each.id)
            assert less == unit or not wins(
                with_less_cost(election, at, less - unit), method, each.id
            )


def test_of_equals_the_cheaper_first_less_cost_moves_a_project_ahead():
    """a costs 2 and comes after b, which costs 1: at 1 it is as cheap, and named first."""
    costs = {"a": Fraction(2), "b": Fraction(1), "c": Fraction(1, 100)}
    election = election_of(
        [Candidate(id=name, cost=cost) for name, cost in costs.items()],
        [Ballot(choices=tuple(costs))],
        budget=Fraction(2),
        kind=BallotKind.APPROVAL,
    )
    method = method_for(election.kind, rule=Rule.GREEDY, tie_break=TieBreak.CHEAPER)
    assert found(election, method)[1]["a"].less_cost == 1


@given(elections(), METHODS, st.data())
@laws
def test_where_an_edge_is_said_to_be_the_only_one_more_is_never_worse(election, how, data):
    method = method_for(election.kind, **how)
    _, told = found(election, method)
    for at, each in enumerate(election.candidates):
        margin = told.get(each.id)
        if margin is None:
            continue
        if margin.votes_surely and margin.more_votes is not None:
            more = margin.more_votes + data.draw(st.integers(0, 30))
            assert wins(with_votes(election, at, more), method, each.id)
        if margin.cost_surely and margin.less_cost is not None:
            room = int((each.cost - margin.less_cost) * election.scale) - 1
            less = margin.less_cost + Fraction(data.draw(st.integers(0, room)), election.scale)
            assert wins(with_less_cost(election, at, less), method, each.id)


def three(**how):
    """Ten voters, 100 of money: a bridge for 60 with six votes, a pond for 50 with four."""
    candidates = [
        Candidate(id="bridge", cost=Fraction(60)),
        Candidate(id="pond", cost=Fraction(50)),
    ]
    ballots = [Ballot(choices=("bridge",), count=6), Ballot(choices=("pond",), count=4)]
    kind = BallotKind.APPROVAL
    election = election_of(candidates, ballots, budget=Fraction(100), kind=kind)
    return election, method_for(kind, **how)


@pytest.mark.parametrize(
    ("how", "more", "less"),
    [
        ({"rule": Rule.GREEDY}, 3, 10),  # seven votes come before six
        ({"rule": Rule.GREEDY_NO_SKIP}, 3, 10),
        # each has 100/10, four of them 40; with two more each has 100/12, six of them 50
        ({"rule": Rule.EQUAL_SHARES, "completion": Completion.NONE}, 2, 10),
        ({"rule": Rule.MAX_WELFARE, "utility": Utility.CARDINALITY}, 3, 10),
    ],
)
def test_what_a_pond_lacked_by_each_rule(how, more, less):
    election, method = three(**how)
    _, told = found(election, method)
    assert (told["pond"].more_votes, told["pond"].less_cost) == (more, less)
    said = [each.text for each in lacking_said(told["pond"])]
    assert said[0].startswith("再有 {votes} 人只选它")


def test_what_costs_more_than_there_is_no_number_of_votes_can_fund():
    election = election_of(
        [Candidate(id="tower", cost=Fraction(500))],
        [Ballot(choices=("tower",), count=3)],
        budget=Fraction(100),
        kind=BallotKind.APPROVAL,
    )
    for rule in Rule:
        _, told = found(election, method_for(election.kind, rule=rule))
        assert told["tower"].more_votes is None


def test_a_vote_that_is_too_large_is_left_to_whoever_asks_for_it():
    election, method = three()
    outcome = count(election, method)
    assert margins(election, outcome, work_max=1) is None
    greedy = count(election, method_for(election.kind, rule=Rule.GREEDY))
    assert margins(election, greedy, work_max=1) is not None, "read off the order"
