"""A figure among those of similar projects."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.comparing import ENOUGH, Compared, compare
from gongzhi.core.terms import Said

costs = st.decimals("0.01", "99999999", places=2)
many = st.lists(costs, min_size=ENOUGH, max_size=40)


def of(*figures: int) -> list[Decimal]:
    return [Decimal(each) for each in figures]


def test_median_quartiles_and_place():
    found = compare(Decimal(12), of(10, 8, 9, 14, 11, 20, 9))
    assert (found.median, found.low, found.high) == (10, 9, 14)
    assert (found.least, found.most) == (8, 20)
    assert (found.place, found.count) == (6, 7)
    assert found.from_median == Decimal("0.2")
    assert found.is_usual
    assert found.said.values["share"] == "20"


def test_under_five_others_nothing_is_said():
    assert isinstance(compare(Decimal(1), of(1, 2, 3, 4)), Said)
    assert isinstance(compare(Decimal(1), of(1, 2, 3, 4, 5)), Compared)


@given(costs, many, st.randoms())
def test_the_order_of_the_others_changes_nothing(mine, others, chance):
    mixed = list(others)
    chance.shuffle(mixed)
    assert compare(mine, mixed) == compare(mine, others)


@given(costs, many)
def test_the_five_figures_lie_in_order_and_among_the_others(mine, others):
    found = compare(mine, others)
    assert min(others) == found.least <= found.low <= found.median
    assert found.median <= found.high <= found.most == max(others)
    assert 1 <= found.place <= found.count + 1


@given(costs, many, st.integers(2, 1000))
def test_in_another_unit_of_money_it_stands_where_it_stood(mine, others, factor):
    found = compare(mine, others)
    scaled = compare(mine * factor, [each * factor for each in others])
    assert (scaled.place, scaled.is_usual) == (found.place, found.is_usual)
    assert scaled.median == found.median * factor


@given(costs, many, costs)
def test_what_costs_more_never_stands_lower(mine, others, more):
    assert compare(mine + more, others).place >= compare(mine, others).place


@given(many)
def test_at_the_median_it_is_as_usual_as_can_be(others):
    median = compare(Decimal(1), others).median
    found = compare(median, others)
    assert found.is_usual
    assert found.from_median == 0
