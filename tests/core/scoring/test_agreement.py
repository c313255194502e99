"""Agreement of judges: the published example, ties, degenerate cases, laws."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.scoring.agreement import chi_square_above, concordance, intraclass
from gongzhi.words import say

# Shrout & Fleiss 1979, table 2: six targets, four judges.
JUDGES = ([9, 6, 8, 7, 10, 6], [2, 1, 4, 1, 5, 2], [5, 3, 6, 2, 6, 4], [8, 2, 8, 6, 9, 7])
SHROUT_FLEISS = [[Decimal(value) for value in judge] for judge in JUDGES]
POINTS = st.integers(0, 20).map(lambda value: Decimal(value) / 2)


def ratings():
    sizes = st.tuples(st.integers(2, 5), st.integers(2, 7))
    return sizes.flatmap(
        lambda size: st.lists(
            st.lists(POINTS, min_size=size[1], max_size=size[1]),
            min_size=size[0],
            max_size=size[0],
        )
    )


def test_the_example_of_shrout_and_fleiss_comes_out():
    found = intraclass(SHROUT_FLEISS)
    assert round(float(found.single), 2) == 0.29
    assert round(float(found.mean), 2) == 0.62


def test_kendalls_w_allows_for_ties():
    # Siegel 1956, table 9.6: ten things, three judges, ties in each ranking; W is 0.828.
    judges = (
        [1, 4.5, 2, 4.5, 3, 7.5, 6, 9, 7.5, 10],
        [2.5, 1, 2.5, 4.5, 4.5, 8, 9, 6.5, 10, 6.5],
        [2, 1, 4.5, 4.5, 4.5, 4.5, 8, 8, 8, 10],
    )
    found = concordance([[Decimal(str(rank)) for rank in judge] for judge in judges])
    assert round(float(found.w), 3) == 0.828
    assert float(found.chi_square) == pytest.approx(3 * 9 * float(found.w))


@pytest.mark.parametrize(
    ("value", "degrees", "above"),
    [(3.841459, 1, 0.05), (5.991465, 2, 0.05), (16.918978, 9, 0.05), (23.209251, 10, 0.01)],
)
def test_chi_square_is_that_of_the_tables(value, degrees, above):
    assert chi_square_above(value, degrees=degrees) == pytest.approx(above, abs=1e-7)
    assert chi_square_above(0, degrees=degrees) == 1


@given(ratings())
def test_agreement_doesnt_depend_on_the_order_of_judges_or_things(given_ratings):
    turned = [list(reversed(judge)) for judge in reversed(given_ratings)]
    assert concordance(turned) == concordance(given_ratings)
    assert intraclass(turned) == intraclass(given_ratings)


@given(ratings())
def test_w_lies_between_nothing_and_one_and_p_is_a_chance(given_ratings):
    found = concordance(given_ratings)
    if found.w is not None:
        assert 0 <= found.w <= 1
        assert 0 <= found.p <= 1


@given(st.lists(POINTS, min_size=2, max_size=7, unique=True), st.integers(2, 5))
def test_judges_who_say_the_same_agree_wholly(judge, count):
    assert concordance([judge] * count).w == 1
    found = intraclass([judge] * count)
    assert (found.single, found.mean) == (1, 1)


@given(ratings())
def test_the_mean_of_judges_is_no_less_reliable_where_one_is_reliable_at_all(given_ratings):
    found = intraclass(given_ratings)
    if found.single is not None and found.single > 0:
        assert found.mean >= found.single


@pytest.mark.parametrize(
    "few", [[], [[Decimal(1), Decimal(2)]], [[Decimal(1)], [Decimal(2)]], [[], []]]
)
def test_too_few_are_told_and_not_computed(few):
    assert concordance(few).w is None
    assert intraclass(few).single is None
    assert say(intraclass(few).said, "en")


def test_judges_who_give_everything_the_same_are_told():
    alike = [[Decimal(5)] * 4] * 3
    assert concordance(alike).w is None
    assert intraclass(alike).single is None


def test_w_is_exact():
    two = [[Decimal(1), Decimal(2), Decimal(3)], [Decimal(1), Decimal(3), Decimal(2)]]
    assert concordance(two).w == Fraction(3, 4)
