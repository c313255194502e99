"""Draws and samples: done again by anybody, uniform over the eligible, at least the share."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from math import ceil

from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.evaluating.drawing import in_words, lot_of, lots_of
from gongzhi.core.evaluating.sampling import Checkable, sample, size_of
from gongzhi.core.evaluating.sampling import in_words as size_in_words
from gongzhi.core.terms import Said
from gongzhi.rules.packs.evaluation import load_evaluation
from gongzhi.words import say

RULES = load_evaluation("mof-2020-10")
CODES = st.lists(st.text("甲乙丙丁戊", min_size=1, max_size=3), max_size=12, unique=True)
SEEDS = st.text(min_size=1, max_size=20)


def drawn(lots):
    return [each.code for each in lots if each.drawn]


def test_a_lot_is_what_sha256sum_prints():
    assert (
        lot_of("甲", seed="20270301", thing="食堂")
        == sha256("20270301\n食堂\n甲\n".encode()).hexdigest()
    )


@given(CODES, SEEDS, st.integers(1, 4))
def test_a_draw_is_done_again_from_its_seed_in_any_order(codes, seed, count):
    first = lots_of(codes, seed=seed, thing="食堂", count=count)
    assert lots_of(reversed(codes), seed=seed, thing="食堂", count=count) == first
    assert len(drawn(first)) == min(count, len(codes))
    assert {each.code for each in first} == set(codes)


@given(CODES.filter(bool), SEEDS)
def test_who_isnt_eligible_changes_nothing_for_the_others(codes, seed):
    everybody = lots_of(codes, seed=seed, thing="食堂", count=len(codes))
    without = lots_of(codes[1:], seed=seed, thing="食堂", count=len(codes))
    assert without == tuple(each for each in everybody if each.code != codes[0])


def test_each_of_the_eligible_is_drawn_about_equally_often():
    drawn = Counter(
        each.code
        for number in range(3000)
        for each in lots_of("甲乙丙丁戊己", seed=str(number), thing="食堂", count=1)
        if each.drawn
    )
    # Chi-square of five degrees of freedom; above 20.5 one time in a thousand.
    assert sum((count - 500) ** 2 / 500 for count in drawn.values()) < 20.5


def test_it_is_told_among_how_many_so_many_are_drawn():
    assert say(in_words(1, out=0, count=3), "zh") == "需要 3 个，符合条件的有 1 个，全部选定"
    assert say(in_words(2, out=0, count=1), "zh") == "在符合条件的 2 个中抽取 1 个"
    kept_out = say(in_words(3, out=4, count=2), "zh")
    assert kept_out == "在符合条件的 3 个中抽取 2 个，另有 4 个不能参加"


def things():
    amounts = st.sampled_from([Decimal(1), Decimal(10**6), Decimal(10**7), Decimal(10**9)])
    groups = st.sampled_from(["教育", "卫生"])
    one = st.tuples(groups, amounts, st.booleans())
    return st.lists(one, max_size=40).map(
        lambda found: [
            Checkable(
                code=str(at),
                group=group,
                amount=amount,
                must=Said("请写明理由") if must else None,
            )
            for at, (group, amount, must) in enumerate(found)
        ]
    )


@given(things(), SEEDS)
def test_in_each_class_and_size_at_least_the_share_is_checked(found, seed):
    rules = RULES.sampling
    checked = {each.code for each in sample(found, rules=rules, seed=seed)}
    strata = {}
    for each in found:
        strata.setdefault((each.group, size_of(each.amount, rules=rules)), []).append(each)
    for mine in strata.values():
        assert sum(each.code in checked for each in mine) >= ceil(rules.share * len(mine))
    assert {each.code for each in found if each.must} <= checked


@given(things(), SEEDS)
def test_a_sample_is_drawn_again_in_any_order(found, seed):
    again = sample(list(reversed(found)), rules=RULES.sampling, seed=seed)
    assert again == sample(found, rules=RULES.sampling, seed=seed)


def test_each_sampled_thing_says_why():
    found = [
        Checkable(code="1", group="教育", amount=Decimal(5)),
        Checkable(code="2", group="教育", amount=Decimal(5), must=Said("请写明理由")),
    ]
    first, second = sample(found, rules=RULES.sampling, seed="1")
    assert say(first.said, "zh") == "抽签：教育、1000000 元以下共 2 项，抽 1 项"
    assert (second.said, second.lot) == (Said("请写明理由"), "")
    assert say(size_in_words(2, rules=RULES.sampling), "zh") == "10000000 元及以上"
    assert say(size_in_words(0, rules=replace(RULES.sampling, sizes=())), "zh") == "各种规模"
