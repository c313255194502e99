"""Evenness: published answers, the laws of the indices, what can't be measured."""

import json
from math import nan

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gongzhi.core.balance.equity import Equity, Share, dominates, equity_of, gini, lorenz, theil
from gongzhi.core.terms import Said
from gongzhi.words import LANGUAGES, say
from real_input import real_input

AMOUNTS = st.integers(0, 10_000).map(float)
HEADS = st.integers(1, 500).map(float)


def shares_of(amounts, *, heads=None, groups=None, ranks=None):
    count = len(amounts)
    return [
        Share(
            name=f"第{at}处",
            amount=amounts[at],
            heads=(heads or [1.0] * count)[at],
            group=(groups or [""] * count)[at],
            rank=ranks[at] if ranks else None,
        )
        for at in range(count)
    ]


@pytest.fixture(scope="module")
def oracles():
    cases = json.loads((real_input("balance") / "oracles.json").read_text(encoding="utf-8"))
    return {case["id"]: case for case in cases}


@st.composite
def places(draw, *, least=1):
    pairs = draw(st.lists(st.tuples(AMOUNTS, HEADS), min_size=least, max_size=12))
    assume(any(amount for amount, _ in pairs))
    groups = draw(st.lists(st.sampled_from("甲乙丙"), min_size=len(pairs), max_size=len(pairs)))
    return shares_of([a for a, _ in pairs], heads=[h for _, h in pairs], groups=groups)


def test_gini_and_theil_of_ten_incomes(oracles):
    case = oracles["gini.ineq_example"]
    found = equity_of(shares_of(case["input"]["x"]))
    assert found.gini == pytest.approx(case["expected"], abs=case["tolerance"])
    expected = oracles["theil.ineq_example"]
    assert found.theil.total == pytest.approx(expected["expected"], abs=expected["tolerance"])


def test_theil_of_mexican_states_between_regions_and_within(oracles):
    given_ = oracles["theil.mexico"]["input"]
    found = [
        theil(shares_of(given_["values"][year], groups=given_["groups"]))
        for year in sorted(given_["values"])
    ]
    for part, name in (("total", ""), ("between", ".between"), ("within", ".within")):
        expected = oracles[f"theil.mexico{name}"]["expected"]
        assert [getattr(each, part) for each in found] == pytest.approx(expected, abs=1e-7)


def test_a_quarter_that_has_all_by_hand():
    found = equity_of(shares_of([0.0, 8.0], heads=[3.0, 1.0]))
    assert found.gini == pytest.approx(0.75)
    assert found.dissimilarity == pytest.approx(0.75)
    assert found.most_to_least is None


def test_the_order_of_another_figure_leans_down_where_the_poor_have_more():
    amounts, ranks = [6.0, 3.0, 1.0], [1.0, 2.0, 3.0]
    assert equity_of(shares_of(amounts, ranks=ranks)).concentration < 0
    assert equity_of(shares_of(amounts[::-1], ranks=ranks)).concentration > 0
    assert equity_of(shares_of(amounts, ranks=[1.0, 1.0, 1.0])).concentration == 0


@given(places(), st.sampled_from([0.001, 7.0, 1e6]))
def test_more_money_for_all_by_the_same_share_changes_nothing(shares, times):
    grown = [
        Share(name=e.name, amount=e.amount * times, heads=e.heads, group=e.group) for e in shares
    ]
    one, other = equity_of(shares), equity_of(grown)
    assert other.gini == pytest.approx(one.gini, abs=1e-9)
    assert other.theil.total == pytest.approx(one.theil.total, abs=1e-9)
    assert other.theil.between == pytest.approx(one.theil.between, abs=1e-9)
    assert other.dissimilarity == pytest.approx(one.dissimilarity, abs=1e-9)


@given(places())
def test_a_place_split_in_two_alike_changes_nothing(shares):
    first, *rest = shares
    halves = [
        Share(name=f"{first.name}{at}", amount=first.amount / 2, heads=first.heads / 2)
        for at in range(2)
    ]
    one, other = equity_of(shares), equity_of([*halves, *rest])
    assert other.gini == pytest.approx(one.gini, abs=1e-9)
    assert other.theil.total == pytest.approx(one.theil.total, abs=1e-9)


@given(places(), st.randoms(use_true_random=False))
def test_names_and_the_order_of_the_file_change_nothing(shares, chance):
    mixed = list(shares)
    chance.shuffle(mixed)
    assert equity_of(mixed).gini == pytest.approx(equity_of(shares).gini, abs=1e-9)


@given(places(least=2), st.integers(0, 11), st.integers(0, 11), st.floats(0, 1))
def test_moving_from_more_to_less_lifts_the_curve_and_lowers_gini(shares, one, other, part):
    rich, poor = shares[one % len(shares)], shares[other % len(shares)]
    gap = rich.amount / rich.heads - poor.amount / poor.heads
    assume(gap > 1e-6)
    moved = part * gap / (1 / rich.heads + 1 / poor.heads)
    change = {rich.name: -moved, poor.name: moved}
    after = [
        Share(name=e.name, amount=e.amount + change.get(e.name, 0.0), heads=e.heads) for e in shares
    ]
    assert dominates(lorenz(after), lorenz(shares))
    assert gini(after) <= gini(shares) + 1e-9


@given(places(), places())
def test_whose_curve_lies_above_has_no_larger_gini(one, other):
    if dominates(lorenz(one), lorenz(other)):
        assert gini(one) <= gini(other) + 1e-9


@given(places())
def test_between_and_within_make_the_whole(shares):
    found = theil(shares)
    assert found.between + found.within == pytest.approx(found.total, abs=1e-9)
    assert sum(group.part for group in found.groups) == pytest.approx(
        found.total if found.groups else 0.0, abs=1e-9
    )


@given(places())
def test_every_sentence_has_words_in_both_languages(shares):
    found = equity_of(shares)
    assert isinstance(found, Equity)
    for language in LANGUAGES:
        assert all(say(each, language) for each in found.said)


@pytest.mark.parametrize(
    ("shares", "named"),
    [
        ([], "没有数据"),
        (shares_of([1.0, nan]), "第1处"),
        (shares_of([1.0, -1.0]), "第1处"),
        (shares_of([1.0, 1.0], heads=[1.0, 0.0]), "第1处"),
        (shares_of([0.0, 0.0]), "都是零"),
        ([*shares_of([1.0]), *shares_of([2.0])], "第0处"),
        (shares_of([1.0], ranks=[nan]), "第0处"),
    ],
)
def test_what_cannot_be_measured_is_told(shares, named):
    refused = equity_of(shares)
    assert isinstance(refused, Said)
    assert named in say(refused, "zh")


def test_a_single_place_is_a_result():
    found = equity_of(shares_of([5.0]))
    assert found.gini == 0
    assert "只有一处" in say(found.said[0], "zh")
