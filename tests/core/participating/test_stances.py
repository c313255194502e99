"""Tallies of stances: the last one of each counts, and what an order is made of."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.participating.stances import Stance, Tally, why_no_statement
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


@given(st.builds(Tally, **{each: st.integers(0, 50) for each in ("agree", "disagree", "passed")}))
def test_how_much_it_is_agreed_and_divides_are_shares(tally):
    assert 0 <= tally.agreed <= 1
    assert 0 <= tally.divided <= 1
    assert (tally.divided == 1) == (tally.agree == tally.disagree > 0 == tally.passed)


def test_a_tally_is_shown_once_there_are_enough():
    few = Tally(agree=RULES.shown_from - 1)
    assert not few.is_shown(RULES)
    assert few.plus(Stance.PASS).is_shown(RULES)
    assert few.agreed == Fraction(1)


def test_a_statement_is_short_and_says_something():
    assert why_no_statement("", rules=RULES) is not None
    assert why_no_statement("字" * 140, rules=RULES) is None
    assert why_no_statement("字" * 141, rules=RULES).values == {"most": 140, "count": 141}
