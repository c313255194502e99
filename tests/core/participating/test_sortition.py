"""Panels by lot: quotas always met, chances as equal as they allow, anybody can draw again."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.participating.panels_by_hand import every_panel, greedy_chances, leximin_by_hand
from gongzhi.core.participating.sortition.asking import (
    Group,
    Quota,
    Sought,
    Volunteer,
    features_of,
    groups_of,
)
from gongzhi.core.participating.sortition.drawing import draw, holds, successor, ticket_of
from gongzhi.core.participating.sortition.feasible import contradiction
from gongzhi.core.participating.sortition.leximin import Patience, fairest
from gongzhi.core.participating.sortition.lottery import TICKETS, fairest_lottery, faults_of
from gongzhi.words import say

DISTRICTS, AGES = "东西南", "青老"
VALUES = [("区", each) for each in DISTRICTS] + [("龄", each) for each in AGES]
NEAR = 1e-5


def quota(feature, value, least, most):
    return Quota(feature=feature, value=value, least=least, most=most)


def people(*features, named=("区", "龄")):
    return tuple(
        Volunteer(code=f"P{at:02}", features=dict(zip(named, each, strict=True)))
        for at, each in enumerate(features, start=1)
    )


def chances(pool, sought, lottery=None):
    drawn = lottery or fairest_lottery(pool, sought=sought)
    by_group = dict(zip([g.features for g in drawn.groups], drawn.chances(), strict=True))
    return {each.code: by_group[groups_of([each], sought=sought)[0].features] for each in pool}


@st.composite
def pools(draw_one):
    """How many are sought, and who volunteered: at least as many."""
    size = draw_one(st.integers(1, 4))
    features = st.tuples(st.sampled_from(DISTRICTS), st.sampled_from(AGES))
    return size, people(*draw_one(st.lists(features, min_size=size, max_size=8)))


@st.composite
def askings(draw_one):
    size, pool = draw_one(pools())
    quotas = []
    for feature, value in VALUES:
        least, most = sorted(draw_one(st.tuples(*[st.integers(0, size)] * 2)))
        quotas.append(quota(feature, value, least, most))
    return pool, Sought(size=size, quotas=tuple(quotas))


@st.composite
def possible(draw_one):
    """Quotas laid around a panel that there is: each that can be met lies around one."""
    size, pool = draw_one(pools())
    panel = draw_one(st.permutations(pool))[:size]
    quotas = []
    for feature, value in VALUES:
        there = sum(each.features[feature] == value for each in panel)
        least, most = draw_one(st.integers(0, there)), draw_one(st.integers(there, size))
        quotas.append(quota(feature, value, least, most))
    return pool, Sought(size=size, quotas=tuple(quotas))


def test_without_quotas_everybody_has_the_same_chance():
    pool = people(*["东青"] * 3, *["西老"] * 4)
    assert set(chances(pool, Sought(size=3)).values()) == {Fraction(3, 7)}


def test_strata_that_dont_overlap_have_the_chances_that_one_computes_by_hand():
    pool = people(*["东青"] * 5, *["西青"] * 2)
    sought = Sought(size=3, quotas=(quota("区", "东", 2, 2), quota("区", "西", 1, 1)))
    found = chances(pool, sought)
    assert found["P01"] == Fraction(2, 5)
    assert found["P07"] == Fraction(1, 2)


def test_who_fits_on_no_panel_has_no_chance_and_the_others_share_alike():
    pool = people("东青", *["东老"] * 3, *["西青"] * 3)
    sought = Sought(
        size=2,
        quotas=(
            quota("区", "东", 1, 1), quota("区", "西", 1, 1),
            quota("龄", "青", 1, 1), quota("龄", "老", 1, 1),
        ),
    )  # fmt: skip
    found = chances(pool, sought)
    assert found["P01"] == 0  # with one from 西 (who are all 青) two would be 青
    assert found["P02"] == Fraction(1, 3)


@settings(max_examples=50)
@given(possible())
def test_chances_are_those_found_by_listing_every_panel(asking):
    pool, sought = asking
    expected = leximin_by_hand(pool, sought)
    found = chances(pool, sought)
    for code, chance in expected.items():
        assert float(found[code]) == pytest.approx(chance, abs=NEAR)


@given(askings())
def test_quotas_contradict_just_where_no_panel_is_possible(asking):
    pool, sought = asking
    found = contradiction(groups_of(pool, sought=sought), sought=sought)
    assert (found is None) == bool(every_panel(pool, sought))


@given(askings())
def test_what_contradicts_is_no_more_than_needed_and_giving_way_helps(asking):
    pool, sought = asking
    found = contradiction(groups_of(pool, sought=sought), sought=sought)
    assume(found is not None)
    assert found.quotas
    for one in found.quotas:
        rest = tuple(each for each in found.quotas if each != one)
        assert every_panel(pool, replace(sought, quotas=rest))
    became = dict(found.relaxed)
    relaxed = replace(sought, quotas=tuple(became.get(each, each) for each in sought.quotas))
    assert every_panel(pool, relaxed)


def test_a_contradiction_names_the_quotas_and_the_way_out():
    pool = people(*["东青"] * 4, "西青")
    sought = Sought(size=4, quotas=(quota("区", "西", 2, 2), quota("龄", "青", 0, 4)))
    found = contradiction(groups_of(pool, sought=sought), sought=sought)
    assert say(found.said(size=4), "zh") == ("这些名额不能同时满足：区“西”要 2–2 人，报名的有 1 人")
    assert [say(each, "zh") for each in found.ways_out()] == ["区“西”从 2–2 人改为 1–2 人"]


def test_too_few_volunteers_are_said_as_that():
    pool = people("东青")
    found = contradiction(groups_of(pool, sought=Sought(size=3)), sought=Sought(size=3))
    assert say(found.said(size=3), "zh") == "报名的只有 1 人，要抽 3 人"
    assert found.ways_out() == ()


@given(possible())
def test_chances_add_up_to_the_places_exactly(asking):
    pool, sought = asking
    lottery = fairest_lottery(pool, sought=sought)
    assert sum(chances(pool, sought, lottery).values()) == sought.size
    assert lottery.total == TICKETS
    assert faults_of(lottery, sought=sought) == ()


@given(possible())
def test_nobodys_least_chance_is_below_that_of_greedy(asking):
    pool, sought = asking
    greedy = greedy_chances(pool, sought)
    assume(greedy is not None)
    assert float(min(chances(pool, sought).values())) >= float(min(greedy.values())) - NEAR


@given(possible(), st.randoms(use_true_random=False))
def test_other_codes_and_another_order_change_nothing(asking, random):
    pool, sought = asking
    renamed = [replace(each, code=f"X{each.code}") for each in pool]
    random.shuffle(renamed)
    assert fairest_lottery(renamed, sought=sought) == fairest_lottery(pool, sought=sought)


@given(possible())
def test_other_names_of_values_leave_the_chances(asking):
    pool, sought = asking
    swapped = str.maketrans("东西南青老", "老青西南东")

    def again(volunteer):
        stated = {key: each.translate(swapped) for key, each in volunteer.features.items()}
        return replace(volunteer, features=stated)

    other = replace(
        sought, quotas=tuple(replace(q, value=q.value.translate(swapped)) for q in sought.quotas)
    )
    before, after = chances(pool, sought), chances([again(each) for each in pool], other)
    for code, chance in before.items():
        assert float(after[code]) == pytest.approx(float(chance), abs=NEAR)


@given(possible(), st.text(min_size=1, max_size=20))
def test_every_panel_that_is_drawn_meets_the_quotas(asking, seed):
    pool, sought = asking
    lottery = fairest_lottery(pool, sought=sought)
    drawn = draw(pool, lottery, sought=sought, seed=seed, thing="panel:1")
    assert holds([each for each in pool if each.code in drawn.panel], sought=sought)
    assert sorted((*drawn.panel, *drawn.reserve)) == sorted(each.code for each in pool)
    assert draw(pool[::-1], lottery, sought=sought, seed=seed, thing="panel:1") == drawn


def test_people_are_drawn_as_often_as_their_chances_say():
    pool = people("东青", *["东老"] * 2, *["西青"] * 3, *["西老"] * 2)
    sought = Sought(
        size=3,
        quotas=(quota("区", "东", 1, 2), quota("区", "西", 1, 2), quota("龄", "青", 1, 2)),
    )
    lottery = fairest_lottery(pool, sought=sought)
    counted = Counter(
        code
        for number in range(4000)
        for code in draw(pool, lottery, sought=sought, seed=str(number), thing="代表").panel
    )
    for code, chance in chances(pool, sought, lottery).items():
        assert counted[code] / 4000 == pytest.approx(float(chance), abs=0.035)


def test_tickets_are_uniform_and_known_from_sha256sum():
    # printf 'seed\nthing\n0\n' | sha256sum: 79914ec6…8426e, modulo ten
    assert ticket_of(10, seed="seed", thing="thing") == 2
    counted = Counter(ticket_of(5, seed=str(n), thing="t") for n in range(2500))
    # Chi-square of four degrees of freedom; above 18.5 one time in a thousand.
    assert sum((counted[at] - 500) ** 2 / 500 for at in range(5)) < 18.5


def test_the_first_of_the_reserve_with_the_same_features_enters():
    pool = people("东青", "东老", "西青", "东老", "东青")
    sought = Sought(size=2, quotas=(quota("区", "东", 1, 1), quota("区", "西", 1, 1)))
    panel, reserve = (pool[0], pool[2]), (pool[3], pool[4], pool[1])
    entering = successor(pool[0], panel=panel, reserve=reserve, sought=sought)
    assert entering == pool[3]  # age isn't asked for: 东老 counts as 东


def test_where_nobody_has_the_same_features_who_keeps_the_quotas_enters_or_nobody():
    pool = people("东青", "西青", "南青", "东老")
    sought = Sought(size=2, quotas=(quota("龄", "青", 1, 2), quota("区", "东", 0, 1)))
    panel = (pool[0], pool[1])
    assert successor(pool[1], panel=panel, reserve=pool[3:], sought=sought) is None
    assert successor(pool[0], panel=panel, reserve=pool[2:], sought=sought) == pool[2]


@given(possible(), st.text(min_size=1, max_size=5))
def test_the_reserve_never_breaks_a_quota(asking, seed):
    pool, sought = asking
    drawn = draw(pool, fairest_lottery(pool, sought=sought), sought=sought, seed=seed, thing="t")
    by_code = {each.code: each for each in pool}
    panel = [by_code[code] for code in drawn.panel]
    reserve = [by_code[code] for code in drawn.reserve]
    for leaving in panel:
        entering = successor(leaving, panel=panel, reserve=reserve, sought=sought)
        if entering is not None:
            assert holds([*(p for p in panel if p != leaving), entering], sought=sought)


@settings(max_examples=40)
@given(possible())
def test_counting_by_groups_is_exact_each_for_themselves_has_the_same_chances(asking):
    pool, sought = asking
    alone = [Group(features=features_of(each, sought=sought), count=1) for each in pool]
    person_by_person = fairest(alone, sought=sought)
    found = chances(pool, sought)
    for each, chance in zip(pool, person_by_person.chances, strict=True):
        assert float(found[each.code]) == pytest.approx(chance, abs=NEAR)


def patience_of(looks):
    """Patience for so many looks at the clock."""
    left = iter([1000.0] * looks)
    return Patience(left=lambda: next(left, 0.0), tell=lambda *_: None)


@given(possible(), st.integers(0, 4))
def test_when_time_runs_out_every_panel_still_meets_the_quotas_and_it_is_said(asking, looks):
    pool, sought = asking
    lottery = fairest_lottery(pool, sought=sought, patience=patience_of(looks))
    assert faults_of(lottery, sought=sought) == ()
    assert sum(chances(pool, sought, lottery).values()) == sought.size
    if lottery.finished:
        assert min(chances(pool, sought, lottery).values()) == pytest.approx(
            float(min(chances(pool, sought).values())), abs=NEAR
        )


def test_without_time_one_panel_is_known_and_with_time_all_that_is_needed():
    pool = people(*["东青"] * 5, *["西青"] * 2, *["西老"] * 2)
    sought = Sought(size=3, quotas=(quota("区", "东", 2, 2), quota("龄", "老", 0, 1)))
    none = fairest_lottery(pool, sought=sought, patience=patience_of(0))
    assert not none.finished
    assert len(none.drawables) == 1
    told = []
    enough = Patience(left=lambda: 1000.0, tell=lambda done, whole: told.append((done, whole)))
    whole = fairest_lottery(pool, sought=sought, patience=enough)
    assert whole.finished
    assert told[-1] == (3, 3)
    assert chances(pool, sought, whole) == chances(pool, sought)


def test_shares_become_tickets_without_losing_any():
    pool = people(*["东青"] * 3, *["西青"] * 4, *["南青"] * 4)
    sought = Sought(size=4, quotas=(quota("区", "东", 1, 2), quota("区", "西", 1, 2)))
    lottery = fairest_lottery(pool, sought=sought)
    assert sum(each.tickets for each in lottery.drawables) == TICKETS
    orders = [each.composition for each in lottery.drawables]
    assert all(one < other for one, other in pairwise(orders))
