"""A range from what firms quote: never a firm's figure, and no difference that tells of one."""

from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.participating.market import (
    MarketRange,
    MarketRules,
    NoRange,
    Quoted,
    market_range,
    may_be_disclosed,
    surely_none,
)

RULES = MarketRules(
    firms_least=5,
    new_firms_least=3,
    averaged_least=3,
    outlier_factor=Fraction(3),
    step_share=Fraction(1, 20),
    hidden_least=3,
)
PRICES = st.decimals(min_value="0.0001", max_value="1000000", places=4)
NEAR = st.decimals(min_value="10", max_value="25", places=2)  # none is an outlier among these


def quoted(*prices: str | Decimal, tied: str = "") -> list[Quoted]:
    return [
        Quoted(firm=f"firm {n}", price=Decimal(price), tied=(tied,) if tied else ())
        for n, price in enumerate(prices)
    ]


def test_four_firms_are_too_few():
    assert market_range(quoted("2", "2", "3", "3"), former=(), rules=RULES) is NoRange.TOO_FEW


def test_five_firms_make_a_range_of_averages_rounded_outwards():
    found = market_range(quoted("2.31", "2.44", "2.52", "2.58", "2.9"), former=(), rules=RULES)

    assert isinstance(found, MarketRange)
    assert (found.low, found.high, found.step) == (Decimal("2.4"), Decimal("2.8"), Decimal("0.2"))
    assert found.owners == 5


def test_firms_of_one_owner_are_one_firm():
    own = quoted("2.3", "2.4", "2.5", tied="某某集团")
    others = [Quoted(firm=f"other {n}", price=Decimal("2.5")) for n in range(3)]
    parent = Quoted(firm="parent", names=("某某 集团",), price=Decimal("2.6"))

    assert market_range([*own, *others], former=(), rules=RULES) is NoRange.TOO_FEW
    assert market_range([*own, *others, parent], former=(), rules=RULES) is NoRange.TOO_FEW


def test_whoever_bids_itself_is_left_out():
    bidder = Quoted(firm="bidder", price=Decimal("2.5"), bids=True)
    assert market_range([*quoted("2", "2", "3", "3"), bidder], former=(), rules=RULES) is (
        NoRange.TOO_FEW
    )


def test_what_lies_far_off_is_left_out_and_counts_for_nobody():
    found = market_range(quoted("2", "2", "3", "3", "900"), former=(), rules=RULES)
    assert found is NoRange.TOO_FEW


@given(st.lists(PRICES, max_size=12))
def test_no_end_is_ever_a_firms_figure(prices: list[Decimal]):
    found = market_range(quoted(*prices), former=(), rules=RULES)
    if isinstance(found, MarketRange):
        assert found.low not in prices
        assert found.high not in prices
        assert 0 <= found.low < found.high
        assert found.owners >= RULES.firms_least


@given(NEAR, st.integers(min_value=5, max_value=9))
def test_firms_that_all_ask_the_same_are_not_given_away(price: Decimal, firms: int):
    found = market_range(quoted(*[price] * firms), former=(), rules=RULES)

    assert isinstance(found, MarketRange)
    assert found.low < price < found.high
    assert found.step >= price * Decimal("0.05")


@given(st.lists(NEAR, min_size=5, max_size=9), st.randoms())
def test_the_order_in_which_they_quote_tells_nothing(prices: list[Decimal], chance):
    rows = quoted(*prices)
    mixed = list(rows)
    chance.shuffle(mixed)
    assert market_range(mixed, former=(), rules=RULES) == market_range(rows, former=(), rules=RULES)


@given(st.lists(NEAR, min_size=5, max_size=9), NEAR)
def test_a_single_firm_moves_an_end_by_less_than_it_moves_itself(
    prices: list[Decimal], other: Decimal
):
    """Whatever one firm asks, an end moves by a share of that and a few steps: never by all."""
    before = market_range(quoted(*prices), former=(), rules=RULES)
    after = market_range(quoted(other, *prices[1:]), former=(), rules=RULES)
    assert isinstance(before, MarketRange)
    assert isinstance(after, MarketRange)
    most = abs(other - prices[0]) / RULES.averaged_least + 6 * max(before.step, after.step)
    assert abs(after.low - before.low) <= most
    assert abs(after.high - before.high) <= most


EVENTS = st.lists(
    st.tuples(st.sampled_from(["comes", "goes", "told"]), st.integers(min_value=0, max_value=15)),
    max_size=60,
)


@given(EVENTS)
def test_two_ranges_always_differ_by_several_firms(events: list[tuple[str, int]]):
    standing: dict[str, Quoted] = {}
    told: list[frozenset[str]] = []
    for what, number in events:
        firm = f"firm {number}"
        match what:
            case "comes":
                standing[firm] = Quoted(firm=firm, price=Decimal(20 + number % 7))
            case "goes":
                standing.pop(firm, None)
            case "told":
                found = market_range(standing.values(), former=told, rules=RULES)
                if isinstance(found, MarketRange):
                    told.append(found.firms)
    for one, other in combinations(told, 2):
        assert len(one ^ other) >= RULES.new_firms_least


def test_after_one_firm_has_gone_no_other_range_is_told():
    rows = quoted("20", "21", "22", "23", "24", "25")
    first = market_range(rows, former=(), rules=RULES)
    assert isinstance(first, MarketRange)

    assert market_range(rows[1:], former=[first.firms], rules=RULES) is NoRange.NO_NEW
    assert surely_none([r.firm for r in rows[1:]], former=[first.firms], rules=RULES) is (
        NoRange.NO_NEW
    )


@given(st.lists(NEAR, max_size=9), st.integers(min_value=0, max_value=9))
def test_what_is_surely_none_is_none(prices: list[Decimal], known: int):
    rows = quoted(*prices)
    former = [frozenset(each.firm for each in rows[:known])] if known else []
    why = surely_none([each.firm for each in rows], former=former, rules=RULES)
    if why is not None:
        assert isinstance(market_range(rows, former=former, rules=RULES), NoRange)


def test_so_many_may_disclose_that_the_rest_stay_hidden():
    firms = {"a", "b", "c", "d", "e"}

    assert may_be_disclosed("a", ranges=[firms], disclosed=set(), least=3)
    assert may_be_disclosed("b", ranges=[firms], disclosed={"a"}, least=3)
    assert not may_be_disclosed("c", ranges=[firms], disclosed={"a", "b"}, least=3)
    assert may_be_disclosed("x", ranges=[firms], disclosed={"a", "b"}, least=3)
