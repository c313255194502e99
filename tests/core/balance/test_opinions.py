"""Groups of opinion: laws that hold for any conversation, and figures that can be done by hand."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from core.balance.conversations import by_chance, camps, of_cells
from gongzhi.core.balance.opinions import plane as plane_module
from gongzhi.core.balance.opinions.choosing import inside
from gongzhi.core.balance.opinions.clustering import agreement, groupings, silhouette
from gongzhi.core.balance.opinions.counting import above_half, above_others, priority, share
from gongzhi.core.balance.opinions.finding import (
    ALIKE,
    BY_CHANCE,
    TOO_FEW,
    TOO_SMALL,
    OpinionGroups,
    find_groups,
)
from gongzhi.core.balance.opinions.matrix import Cast, StanceMatrix, last_stances
from gongzhi.core.balance.opinions.plane import Centred, plane_of, positions
from gongzhi.rules.balance.groups import load_group_rules

RULES = load_group_rules()[0]
QUICK = replace(RULES, resamples=2)
CASTS = some.lists(
    some.builds(
        Cast,
        participant=some.sampled_from([str(each) for each in range(12)]),
        statement=some.sampled_from([str(each) for each in range(9)]),
        value=some.sampled_from([-1, 0, 1]),
        moment=some.integers(0, 3),
    ),
    max_size=80,
)


def found(matrix: StanceMatrix, **rules) -> OpinionGroups:
    return find_groups(matrix, rules=replace(QUICK, **rules))


def parts(result: OpinionGroups) -> set[frozenset[str]]:
    """Who is together, whatever the groups' numbers."""
    names = np.array(result.matrix.participants)[result.inside]
    return {frozenset(names[result.group == each.number]) for each in result.groups}


# the matrix


@given(CASTS)
def test_the_last_stance_counts(cast):
    last: dict[tuple[str, str], tuple[int, int]] = {}
    for each in cast:
        key = (each.participant, each.statement)
        if key not in last or each.moment >= last[key][0]:
            last[key] = (each.moment, each.value)
    matrix = last_stances(cast)
    names = [matrix.participants[row] for row in matrix.rows]
    asked = [matrix.statements[column] for column in matrix.columns]
    assert {
        (who, what): value
        for who, what, value in zip(names, asked, matrix.values.tolist(), strict=True)
    } == {key: value for key, (_, value) in last.items()}
    assert len(matrix.cells) == len(last), "nothing twice"


@given(CASTS, some.randoms(use_true_random=False))
@settings(max_examples=30)
def test_the_order_of_lines_and_repeated_lines_change_nothing(cast, chance):
    moved = [replace(each, moment=at) for at, each in enumerate(cast)]
    shuffled = moved + moved[: len(moved) // 2]
    chance.shuffle(shuffled)
    one, other = last_stances(moved), last_stances(shuffled)
    assert (one.cells == other.cells).all()
    assert (one.starts == other.starts).all()
    first, second = found(one), found(other)
    assert (first.group == second.group).all()
    assert first.said == second.said


@given(CASTS)
@settings(max_examples=60)
def test_whatever_was_cast_there_is_a_meaningful_result(cast):
    result = found(last_stances(cast))
    assert bool(result.groups) == (result.why_none is None)
    assert np.isfinite(result.positions).all()
    assert np.isfinite(result.priorities).all()
    assert all(0 <= each.value <= 1 for each in (*result.united, *result.rejected))
    assert sum(each.size for each in result.groups) in (0, len(result.inside))


# the plane


@pytest.mark.parametrize("most", [400, 0])
def test_the_axes_are_those_of_the_whole_table(monkeypatch, most):
    """An independent way: fill gaps with the means and take the whole table apart (SVD)."""
    monkeypatch.setattr(plane_module, "WHOLE_MOST", most)
    matrix = camps(30, 20, 10, statements=40, faith=0.8)
    table = matrix.dense()
    means = np.nanmean(table, axis=0)
    whole = np.where(np.isnan(table), means, table) - means
    left, values, axes = np.linalg.svd(whole, full_matrices=False)
    centred = Centred(matrix)
    plane = plane_of(centred)
    assert np.allclose(plane.variances, values[:2] ** 2)
    assert np.allclose(np.abs(plane.axes), np.abs(axes[:2]), atol=1e-4)
    assert np.isclose(plane.variance, (values**2).sum())
    placed = positions(centred, plane, statements=40, out=0)
    scale = np.sqrt(40 / matrix.answered)[:, None]
    assert np.allclose(np.abs(placed), np.abs(left[:, :2] * values[:2] * scale), atol=1e-3)


def test_a_statement_that_was_moderated_out_moves_nobody():
    matrix = camps(20, 20, statements=12)
    out = replace(matrix, out=frozenset({3, 5}))
    plane = plane_of(Centred(out))
    assert np.allclose(plane.axes[:, [3, 5]], 0, atol=1e-12)
    kept = [each for each in range(12) if each not in (3, 5)]
    table = matrix.dense()[:, kept]
    alone = plane_of(Centred(of_cells(np.nan_to_num(table), np.isfinite(table))))
    assert np.allclose(plane.variances, alone.variances)
    result = found(out)
    assert {3, 5}.isdisjoint(each.column for each in (*result.united, *result.divided))


def test_weights_are_people_drawn_more_than_once():
    matrix = camps(10, 8)
    weights = np.array([0, 2, 1] * 6, dtype=float)
    drawn = np.repeat(np.arange(18), weights.astype(int))
    table = matrix.dense()[drawn]
    repeated = of_cells(np.nan_to_num(table), np.isfinite(table))
    one, other = plane_of(Centred(matrix, weights=weights)), plane_of(Centred(repeated))
    assert np.allclose(one.variances, other.variances)
    assert np.allclose(one.means, other.means)


# who is in the conversation


def test_who_answered_seven_statements_is_in_the_conversation():
    asked = np.zeros((40, 20), dtype=bool)
    for row in range(40):
        asked[row, : row % 10 + 1] = True
    rows = inside(of_cells(np.ones((40, 20), dtype=int), asked), rules=RULES)
    assert rows.tolist() == [row for row in range(40) if row % 10 >= 6]


def test_where_few_answered_enough_the_busiest_fifteen_are_taken():
    asked = np.zeros((30, 20), dtype=bool)
    for row in range(30):
        asked[row, : 9 if row < 3 else 1 + (row % 5)] = True
    rows = inside(of_cells(np.ones((30, 20), dtype=int), asked), rules=RULES)
    assert len(rows) == 15
    assert {0, 1, 2} <= set(rows.tolist())


# groups


@pytest.mark.parametrize("sizes", [(30, 20), (40, 25, 15), (600, 300)])
def test_camps_are_found(sizes):
    result = found(camps(*sizes))
    truth = np.repeat(np.arange(len(sizes)), sizes)[result.inside]
    assert agreement(truth, result.group) > 0.9
    assert [each.size for each in result.groups] == sorted(
        (each.size for each in result.groups), reverse=True
    )
    assert result.stability >= 0.0


def test_groups_that_hold_are_called_stable():
    result = find_groups(camps(40, 30), rules=RULES)
    assert result.stability > 0.9
    assert not any("不稳定" in each.text for each in result.said)


@given(some.integers(0, 1000))
@settings(max_examples=10)
def test_other_names_and_another_order_give_the_same_groups(seed):
    matrix = camps(25, 18, 12, seed=7)
    chance = np.random.default_rng(seed)
    people, statements = chance.permutation(55), chance.permutation(20)
    table = matrix.dense()[people][:, statements]
    moved = of_cells(np.nan_to_num(table), np.isfinite(table))
    named = replace(
        moved,
        participants=tuple(matrix.participants[each] for each in people),
        statements=tuple(matrix.statements[each] for each in statements),
    )
    one, other = found(matrix), found(named)
    assert parts(one) == parts(other)
    values = {one.matrix.statements[each.column]: round(each.value, 9) for each in one.united}
    assert values == {
        other.matrix.statements[each.column]: round(each.value, 9) for each in other.united
    }


def test_the_same_stances_give_the_same_answer_to_the_last_figure():
    one, other = found(camps(30, 20)), found(camps(30, 20))
    assert (one.positions == other.positions).all()
    assert one.united == other.united
    assert one.groups == other.groups


def test_a_few_who_stand_far_away_are_no_group():
    values = camps(40, 30, asked=1.0).dense().astype(int)
    values[:2] = np.where(np.arange(20) % 2, 1, -1)
    result = found(of_cells(values))
    assert min(each.size for each in result.groups) >= RULES.members_least


@pytest.mark.parametrize(
    ("matrix", "why"),
    [
        (last_stances([]), TOO_FEW),
        (last_stances([Cast(participant="1", statement="1", value=1)]), TOO_FEW),
        (of_cells(np.zeros((30, 9), dtype=int)), ALIKE),
        (of_cells(np.tile([1, -1, 0], (30, 3))), ALIKE),
        (by_chance(60), BY_CHANCE),
        (
            of_cells(np.vstack([np.ones((40, 9), dtype=int), -np.ones((2, 9), dtype=int)])),
            TOO_SMALL,
        ),
    ],
)
def test_where_there_are_no_groups_it_says_so(matrix, why):
    result = found(matrix)
    assert result.groups == ()
    assert result.why_none == why
    assert why in result.said


def test_answers_by_chance_have_groups_no_oftener_than_they_may():
    seen = [bool(found(by_chance(40, seed=seed)).groups) for seed in range(20)]
    assert sum(seen) <= 4


def test_one_group_more_must_hold_clearly_better():
    matrix = camps(40, 25, 15)
    many = found(matrix, gain=0.0)
    few = found(matrix, gain=1.0)
    assert len(few.groups) == 2 <= len(many.groups)
    assert [each.taken for each in few.tried].count(True) == 1


# what is said of them


def test_shares_and_tests_by_hand():
    one = np.array([9.0])
    assert share(one, one)[0] == pytest.approx(10 / 11)
    assert share(np.zeros(1), np.zeros(1))[0] == 0.5
    assert above_half(one, one)[0] == pytest.approx(2 * 10**0.5 * 0.5)
    z = above_others(one, one, np.array([2.0]), np.array([14.0]))[0]
    both = (9 + 2 + 2) / (9 + 14 + 2)
    assert z == pytest.approx((1 - 3 / 15) / (both * (1 - both) * (1 / 10 + 1 / 15)) ** 0.5)
    assert above_others(one, one, one, one)[0] == 0, "all agree: nothing tells them apart"


def test_consensus_is_the_product_over_the_groups():
    result = found(camps(30, 20))
    for each in result.united:
        agree, seen = result.counts.agree[:, each.column], result.counts.seen[:, each.column]
        assert each.value == pytest.approx(np.prod((agree + 1) / (seen + 2)))
    assert [each.value for each in result.united] == sorted(
        (each.value for each in result.united), reverse=True
    )


def test_what_a_minority_holds_strongly_is_listed():
    values = camps(60, 10, asked=1.0, faith=1.0).dense().astype(int)
    values[:60, 4], values[60:, 4] = -1, 1
    result = found(of_cells(values))
    large, small = result.groups
    assert 4 in {each.column for each in small.minority}
    assert large.minority == ()


def test_what_all_agree_on_stands_for_no_group():
    values = camps(30, 30, asked=1.0).dense().astype(int)
    values[:, 0] = 1
    result = found(of_cells(values))
    assert result.united[0].column == 0
    for each in result.groups:
        assert 0 not in {leaning.column for leaning in each.representative if leaning.significant}


def test_a_new_statement_comes_before_one_that_all_have_seen():
    agree, seen = np.array([0.0, 60.0]), np.array([0.0, 100.0])
    first, last = priority(agree=agree, passed=np.zeros(2), seen=seen, extremity=np.zeros(2))
    assert first == pytest.approx((0.5 * 0.5 * 9) ** 2)
    assert first > last


# clustering


def test_the_silhouette_is_that_of_the_book():
    points = np.array([[0.0, 0.0], [0.0, 1.0], [4.0, 0.0], [4.0, 1.0], [9.0, 9.0]])
    group = np.array([0, 0, 1, 1, 2])

    def width(at: int) -> float:
        away = np.sqrt(((points - points[at]) ** 2).sum(axis=1))
        own = [away[j] for j in range(5) if group[j] == group[at] and j != at]
        if not own:
            return 0.0
        others = [away[group == g].mean() for g in range(3) if g != group[at]]
        return (min(others) - np.mean(own)) / max(min(others), np.mean(own))

    assert silhouette(points, group) == pytest.approx(np.mean([width(at) for at in range(5)]))


@given(some.lists(some.integers(0, 2), min_size=2, max_size=12))
def test_agreement_counts_pairs(group):
    one = np.array(group)
    other = np.array([(each + 1) % 3 for each in group])
    assert agreement(one, other) == pytest.approx(1.0), "numbers of groups don't matter"
    mixed = np.array([at % 2 for at in range(len(group))])
    pairs = list(combinations(range(len(group)), 2))
    a = sum(one[i] == one[j] and mixed[i] == mixed[j] for i, j in pairs)
    b = sum(one[i] == one[j] for i, j in pairs)
    c = sum(mixed[i] == mixed[j] for i, j in pairs)
    chance = b * c / len(pairs)
    expected = 1.0 if (b + c) / 2 == chance else (a - chance) / ((b + c) / 2 - chance)
    assert agreement(one, mixed) == pytest.approx(expected)


def test_there_are_no_more_groups_than_places():
    points = np.array([[0.0, 0.0]] * 5 + [[1.0, 1.0]] * 5)
    assert groupings(points, (3,), seed=0, starts=24) == {}
    two = groupings(points, (2,), seed=0, starts=24)[2]
    assert two.sizes == (5, 5)
    assert two.spread == 0


def ring(people: int, *, away: int) -> np.ndarray:
    """A wide cloud, and a few far from it who stand close together."""
    chance = np.random.default_rng(3)
    cloud = chance.normal(size=(people, 2)) * (3.0, 1.0)
    return np.vstack([cloud, chance.normal(size=(away, 2)) * 0.3 + (0.0, 9.0)])


def test_of_two_ways_to_settle_the_one_that_stands_apart_is_taken():
    points = ring(300, away=12)
    taken = groupings(points, (2,), seed=0, least=5, starts=24)[2]
    halves = points[:, 0] > 0
    spreads = [
        ((each - each.mean(axis=0)) ** 2).sum() for each in (points[halves], points[~halves])
    ]
    assert sorted(taken.sizes) == [12, 300]
    assert taken.spread > sum(spreads), "halving the cloud is tighter"
    assert silhouette(points, taken.group) > silhouette(points, halves.astype(int))


def test_few_who_are_no_group_join_the_nearest():
    points = ring(300, away=3)
    for seed in range(3):
        for count, each in groupings(points, (2, 3), seed=seed, least=5, starts=24).items():
            assert each.count == count
            assert min(each.sizes) >= 5


@given(some.integers(0, 200))
@settings(max_examples=20)
def test_weights_are_points_that_stand_there_more_than_once(seed):
    chance = np.random.default_rng(seed)
    points, group = chance.normal(size=(20, 2)), chance.integers(0, 3, size=20)
    weights = chance.integers(1, 4, size=20)
    repeated = np.repeat(np.arange(20), weights)
    assert silhouette(points, group, weights=weights.astype(float)) == pytest.approx(
        silhouette(points[repeated], group[repeated])
    )
