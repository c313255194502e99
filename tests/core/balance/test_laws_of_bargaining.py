"""Laws of bargaining and weighting: nobody loses, nothing is left, scales don't matter."""

from fractions import Fraction
from itertools import combinations
from math import log

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gongzhi.core.balance.bargaining import (
    acceptable_to_all,
    egalitarian,
    kalai_smorodinsky,
    largest_total,
    nash,
    undominated,
)
from gongzhi.core.balance.conflict import alike, picture, ranks, reaches, weighed
from gongzhi.core.balance.lotteries import (
    Rows,
    egalitarian_in,
    egalitarian_mix,
    kalai_smorodinsky_in,
    kalai_smorodinsky_mix,
    nash_in,
    nash_mix,
)
from gongzhi.core.balance.weighting import (
    by_entropy,
    by_pairs,
    by_points,
    judgements_together,
    priorities_together,
)
from gongzhi.core.terms import Said

RULES = [nash, kalai_smorodinsky, egalitarian, largest_total]
MIXES = [nash_mix, kalai_smorodinsky_mix, egalitarian_mix]
FREE_OF_SCALE = [nash, kalai_smorodinsky]
HALF = Fraction(1, 2)


@st.composite
def bargains(draw):
    sides = draw(st.integers(1, 4))
    row = st.lists(st.integers(0, 20), min_size=sides, max_size=sides)
    return draw(st.lists(row, min_size=1, max_size=7)), draw(row.map(lambda r: [v // 3 for v in r]))


@pytest.mark.parametrize("rule", RULES)
@given(bargain=bargains())
def test_nobody_leaves_worse_off_and_nothing_better_is_left(rule, bargain):
    options, threat = bargain
    found = rule(options, threat)
    places = acceptable_to_all(options, threat)
    if found is None:
        assert places == ()
        return
    assert found.option in places
    assert min(found.gains) >= 0
    acceptable = [options[at] for at in places]
    assert options[found.option] in [acceptable[at] for at in undominated(acceptable)]


@pytest.mark.parametrize("rule", FREE_OF_SCALE)
@given(
    bargain=bargains(),
    factors=st.lists(st.integers(1, 9), min_size=4, max_size=4),
    by=st.integers(-5, 5),
)
def test_the_measure_of_a_side_does_not_matter(rule, bargain, factors, by):
    options, threat = bargain

    def scaled(row):
        return [factor * value + by for factor, value in zip(factors, row, strict=False)]

    one, other = rule(options, threat), rule([scaled(row) for row in options], scaled(threat))
    assert (one and one.option) == (other and other.option)


@pytest.mark.parametrize("rule", RULES)
@given(bargain=bargains(), chance=st.randoms(use_true_random=False))
def test_the_order_of_sides_does_not_matter(rule, bargain, chance):
    options, threat = bargain
    order = list(range(len(threat)))
    chance.shuffle(order)
    turned = rule([[row[at] for at in order] for row in options], [threat[at] for at in order])
    found = rule(options, threat)
    assert (found and found.option) == (turned and turned.option)


@pytest.mark.parametrize("rule", RULES)
@given(bargain=bargains())
def test_an_option_that_is_not_chosen_may_go_where_the_best_stays(rule, bargain):
    options, threat = bargain
    found = rule(options, threat)
    assume(found is not None)
    kept = [row for row in options if row == options[found.option]] or options
    assert rule(kept, threat).gains == found.gains


@given(bargains())
def test_what_dominates_nothing_better_remains(bargain):
    options, _ = bargain
    kept = undominated(options)
    for at, row in enumerate(options):
        better = [
            other
            for other in options
            if other != row and all(u >= v for u, v in zip(other, row, strict=True))
        ]
        assert (at in kept) == (not better)


@pytest.mark.parametrize("rule", MIXES)
@given(bargain=bargains())
def test_a_lottery_leaves_nobody_worse_off(rule, bargain):
    options, threat = bargain
    found = rule(options, threat)
    if found is None:
        assert acceptable_to_all(options, threat) == ()
        return
    assert sum(found.shares) == pytest.approx(1)
    assert min(found.shares) >= 0
    assert all(u >= d - 1e-6 for u, d in zip(found.utilities, threat, strict=True))


@given(bargains())
def test_no_option_raises_the_product_of_a_lottery(bargain):
    options, threat = bargain
    found = nash_mix(options, threat)
    assume(found is not None)
    gains = [u - d for u, d in zip(found.utilities, threat, strict=True)]
    assume(min(gains) > 1e-6)
    reached = sum(map(log, gains))
    for at in acceptable_to_all(options, threat):
        here = [u - d for u, d in zip(options[at], threat, strict=True)]
        if min(here) > 0:
            assert sum(map(log, here)) <= reached + 1e-6
        assert sum(g / h for g, h in zip(here, gains, strict=True)) <= len(gains) + 1e-4


def test_two_who_want_the_opposite_toss_a_coin():
    for rule in MIXES:
        found = rule([(1, 0), (0, 1), (0.4, 0.4)], (0, 0))
        assert found.utilities == pytest.approx((0.5, 0.5), abs=1e-6)


def test_fen_and_points_can_be_mixed_side_by_side():
    large = 10**12
    for rule in (nash_mix, kalai_smorodinsky_mix):
        found = rule([(large, 0), (0, 1), (-large, 9)], (0, 0))
        assert found.shares == pytest.approx(
            rule([(1, 0), (0, 1), (-1, 9)], (0, 0)).shares, abs=1e-6
        )
        assert found.utilities[0] >= -1


def test_a_bounded_set_is_solved_as_by_hand():
    pie = Rows(factors=((1, 2), (1, 0), (0, 1)), most=(2, 2, 1))
    assert nash_in(pie, (0, 0)) == pytest.approx((1, 0.5), abs=1e-6)
    assert nash_in(pie, (0, 0), weights=(3, 1)) == pytest.approx((1.5, 0.25), abs=1e-5)
    assert kalai_smorodinsky_in(pie, (0, 0)) == pytest.approx((1, 0.5))
    assert egalitarian_in(pie, (0, 0)) == pytest.approx((2 / 3, 2 / 3))
    for rule in (nash_in, kalai_smorodinsky_in, egalitarian_in):
        assert rule(pie, (3, 3)) is None


def test_weights_say_who_counts_more():
    options = [(9, 1), (5, 4), (1, 9)]
    assert nash(options, (0, 0)).option == 1
    assert nash(options, (0, 0), weights=(5, 1)).option == 0
    assert nash(options, (0, 0), weights=(Fraction(1, 7), Fraction(70, 3))).option == 2


def test_where_not_all_can_gain_the_smallest_share_decides():
    assert nash([(9, 0, 1), (0, 4, 5), (3, 3, 0)], (0, 0, 0)).option == 1


# ── weights ──


@given(st.lists(st.integers(0, 100), min_size=1, max_size=9))
def test_points_become_shares_of_one(points):
    found = by_points(points)
    assert isinstance(found, Said) if not any(points) else sum(found) == 1


@given(st.lists(st.floats(0.2, 5), min_size=1, max_size=8))
def test_judgements_that_agree_give_back_the_weights(weights):
    found = by_pairs([[one / other for other in weights] for one in weights])
    assert found.ratio == pytest.approx(0, abs=1e-6)
    assert found.weights == pytest.approx([each / sum(weights) for each in weights], rel=1e-6)


def test_a_contradiction_is_named_and_what_would_help():
    matrix = [[1, 2, 1 / 9, 6], [1 / 2, 1, 2, 3], [9, 1 / 2, 1, 2], [1 / 6, 1 / 3, 1 / 2, 1]]
    found = by_pairs(matrix)
    assert not found.is_consistent
    assert (found.advice.first, found.advice.second) == (0, 2)
    assert found.advice.ratio <= 0.10


@pytest.mark.parametrize(
    "matrix",
    [
        [], [[1, 2]], [[1, 0], [0, 1]], [[1, float("nan")], [1, 1]], [[1, 3], [3, 1]],
        [[1, -2], [-0.5, 1]], [[2]], [[1, 1e300], [1e-300, 1]], [[1] * 11] * 11,
    ],
)  # fmt: skip
def test_judgements_that_make_no_sense_are_told(matrix):
    assert isinstance(by_pairs(matrix), Said)


def test_a_group_judges_as_its_geometric_mean():
    one, other = [[1, 4], [1 / 4, 1]], [[1, 1], [1, 1]]
    assert judgements_together([one, other])[0][1] == pytest.approx(2)
    both = priorities_together([by_pairs(one).weights, by_pairs(other).weights])
    assert both == pytest.approx((2 / 3, 1 / 3))
    assert judgements_together([one, other], shares=[1, 0])[0][1] == pytest.approx(4)


@pytest.mark.parametrize(
    "figures",
    [
        [],
        [[1]],
        [[1, 2], [1]],
        [[1, -1], [1, 1]],
        [[0, 1], [0, 2]],
        [[1, 1], [1, 1]],
        [[float("nan")], [1]],
    ],
)
def test_entropy_of_what_can_not_be_told(figures):
    assert isinstance(by_entropy(figures), Said)


# ── the picture ──

VALUES = st.lists(st.integers(0, 5).map(Fraction), min_size=1, max_size=7)


@given(VALUES)
def test_ranks_add_up_and_an_order_is_like_itself(values):
    assert sum(ranks(values)) == Fraction(len(values) * (len(values) + 1), 2)
    assert alike(values, values) == 1


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=2, max_size=8))
def test_likeness_counts_pairs(pairs):
    def sign(value):
        return (value > 0) - (value < 0)

    counted = [
        1 - HALF * abs(sign(a[0] - b[0]) - sign(a[1] - b[1])) for a, b in combinations(pairs, 2)
    ]
    one, other = zip(*pairs, strict=True)
    assert alike(one, other) == sum(counted) / len(counted)


def test_the_picture_names_who_stands_nearest():
    found = picture(
        [[Fraction(v) for v in row] for row in ([3, 2, 1], [3, 1, 2], [1, 2, 3])],
        accepts=[[True, True, False], [True, False, False], [True, True, True]],
    )
    assert (found.nearest.one, found.nearest.other) == (0, 1)
    assert (found.farthest.one, found.farthest.other) == (0, 2)
    assert found.acceptable == (1, Fraction(2, 3), Fraction(1, 3))


@given(
    st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=2, max_size=5),
    st.lists(st.integers(1, 5), min_size=3, max_size=3),
    st.integers(0, 2),
    st.fractions(0, 1),
)
def test_within_its_reach_a_weight_changes_nothing(scores, points, at, share):
    weights = by_points(points)
    reach = reaches([[Fraction(v) for v in row] for row in scores], weights)[at]
    assert reach.order[0] <= reach.weight <= reach.order[1]
    low, high = reach.first
    assert (low <= reach.order[0], reach.order[1] <= high) == (True, True)
    moved = low + (high - low) * share
    others = 1 - weights[at]
    changed = [
        moved if place == at else weight * (1 - moved) / others
        for place, weight in enumerate(weights)
    ]
    before = [weighed(row, weights) for row in scores]
    after = [weighed(row, changed) for row in scores]
    first = before.index(max(before))
    assert after[first] == max(after)
