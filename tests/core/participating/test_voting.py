"""Ballots before they are counted: what one may say, whose keys open the box, receipts."""

from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from gongzhi.core.participating.voting import (
    BallotKind,
    BallotRules,
    Choice,
    Listed,
    choice_from_record,
    choice_of,
    keys_needed,
    receipt_digest,
    receipt_of,
    rejoined,
    split,
)

LISTED = [Listed(number=n, cost=Decimal(cost)) for n, cost in ((1, 50), (2, 30), (3, 30))]


def rules(kind=BallotKind.APPROVAL, *, most=3, points=0, budget=None):
    return BallotRules(kind=kind, most=most, points=points, budget=budget)


def test_approved_projects_stand_in_the_order_of_their_numbers():
    assert choice_of({3: "on", 1: "on"}, rules(), LISTED) == Choice(projects=(1, 3))


@pytest.mark.parametrize(
    ("ballot", "by"),
    [
        (({}, rules()), {None}),
        (({9: "on"}, rules()), {9}),
        (({1: "on", 2: "on"}, rules(most=1)), {None}),
        (({1: "on", 2: "on", 3: "on"}, rules(budget=Decimal(100))), {None}),
        (({1: "6", 2: "5"}, rules(BallotKind.POINTS, points=10)), {None}),
        (({1: "-1", 2: "x"}, rules(BallotKind.POINTS, points=10)), {1, 2}),
        (({1: "0"}, rules(BallotKind.POINTS, points=10)), {None}),
        (({1: "1", 2: "1"}, rules(BallotKind.RANKING)), {2}),
        (({1: "0", 2: "4"}, rules(BallotKind.RANKING)), {1, 2}),
    ],
)
def test_a_ballot_that_does_not_fit_says_where(ballot, by):
    filled, allowed = ballot
    assert set(choice_of(filled, allowed, LISTED)) == by


def test_points_are_given_beside_the_projects_and_nought_is_none():
    choice = choice_of({1: "７", 2: "0", 3: "3"}, rules(BallotKind.POINTS, points=10), LISTED)
    assert choice == Choice(projects=(1, 3), points=(7, 3))


def test_ranks_give_an_order_even_with_gaps():
    choice = choice_of({1: "3", 2: "1"}, rules(BallotKind.RANKING), LISTED)
    assert choice == Choice(projects=(2, 1))
    assert choice_from_record(choice.record()) == choice


@given(key=some.binary(min_size=4, max_size=4), data=some.data())
def test_as_many_keepers_as_are_needed_open_the_box_whoever_they_are(key, data):
    keepers = data.draw(some.integers(2, 5))
    needed = keys_needed(keepers)
    length = len(key) * (needed - 1)
    chance = data.draw(some.binary(min_size=length, max_size=length))
    shares = split(key, chance=chance, keepers=keepers, needed=needed)
    for chosen in combinations(shares, needed):
        assert rejoined({place: shares[place] for place in chosen}) == key


def test_one_keeper_alone_knows_nothing_each_key_is_as_possible_as_any_other():
    """With two needed, every share of a keeper fits every key, by one chance each."""
    for key in (0, 7, 255):
        shares = {
            split(bytes([key]), chance=bytes([chance]), keepers=2, needed=2)[1]
            for chance in range(256)
        }
        assert len(shares) == 256


def test_s59_a_receipt_says_who_not_what_and_is_read_as_it_is_typed():
    receipt = receipt_of(vote="v", voter="a")
    assert receipt == receipt_of(vote="v", voter="a"), "voting anew changes nothing of it"
    assert receipt != receipt_of(vote="v", voter="b")
    assert receipt_digest(receipt) == receipt_digest(f" {receipt.lower().replace('-', ' ')} ")
