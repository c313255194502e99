"""Tallies of stances: the last one of each counts, and what an order is made of."""

from fractions import Fraction
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.participating.stances import Order, Stance, Tally, in_order, why_no_statement
from gongzhi.rules.participation.topics import load_topics

RULES = load_topics()[0]
STANCES = st.sampled_from(Stance)
TAKEN = st.lists(st.tuples(st.integers(0, 5), STANCES))


@given(TAKEN)
def test_the_tally_counts_the_last_stance_of_each(taken):
    tally, last = Tally(), {}
    for person, stance in taken:
        tally = tally.plus(stance, instead_of=last.get(person))
        last[person] = stance
    given_last = list(last.values())
    assert (tally.agree, tally.disagree, tally.passed) == (
        given_last.count(Stance.AGREE),
        given_last.count(Stance.DISAGREE),
        given_last.count(Stance.PASS),
    )
    assert tally.seen == len(last)


TALLIES = st.builds(Tally, **{each: st.integers(0, 50) for each in ("agree", "disagree", "passed")})


@given(TALLIES)
def test_how_much_it_is_agreed_and_divides_are_shares(tally):
    assert 0 <= tally.agreed <= 1
    assert 0 <= tally.divided <= 1
    assert (tally.divided == 1) == (tally.agree == tally.disagree > 0 == tally.passed)


def test_a_tally_is_shown_once_there_are_enough():
    few = Tally(agree=RULES.shown_from - 1)
    assert not few.is_shown(RULES)
    assert few.plus(Stance.PASS).is_shown(RULES)
    assert few.agreed == Fraction(1)


@given(st.dictionaries(st.uuids(), TALLIES, max_size=12), st.sampled_from(Order))
def test_every_order_has_each_statement_once_and_what_is_not_shown_last(tallies, order):
    rows = in_order(tallies, order, rules=RULES)
    assert sorted(rows) == sorted(tallies)
    if order in (Order.AGREED, Order.DIVIDED):
        told = [tallies[row].is_shown(RULES) for row in rows]
        assert told == sorted(told, reverse=True)
        shares = [getattr(tallies[row], order) for row in rows if tallies[row].is_shown(RULES)]
        assert shares == sorted(shares, reverse=True)


def test_what_is_new_or_seen_by_few_comes_first_where_that_is_asked():
    old, new = UUID(int=1), UUID(int=2)
    tallies = {old: Tally(agree=3), new: Tally(agree=5)}
    assert in_order(tallies, Order.NEWEST, rules=RULES) == (new, old)
    assert in_order(tallies, Order.UNSEEN, rules=RULES) == (old, new)


def test_a_statement_is_short_and_says_something():
    assert why_no_statement("", rules=RULES) is not None
    assert why_no_statement("字" * 140, rules=RULES) is None
    assert why_no_statement("字" * 141, rules=RULES).values == {"most": 140, "count": 141}
