"""Next year's money by rule: by hand, the laws, what excludes what, what can't be read."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongzhi.core.balance.allocation import (
    Allocation,
    AllocationRules,
    Asked,
    Band,
    Binding,
    Impossible,
    Limit,
    LimitOf,
    Request,
    allocate,
    by_department,
    differences,
)
from gongzhi.words import LANGUAGES, say

FEN = Decimal("0.01")
BANDS = {
    grade: Band(grade=grade, floor=Decimal(floor), ceiling=Decimal(ceiling))
    for grade, floor, ceiling in (
        ("优", "1", "1.15"),
        ("良", "0.95", "1.05"),
        ("中", "0.7", "0.9"),
        ("差", "0", "0.5"),
    )
}
RULES = AllocationRules(bands=BANDS, unjudged=Band(grade="", floor=Decimal(0), ceiling=Decimal(1)))


def grade_of(score):
    return "优" if score >= 90 else "良" if score >= 80 else "中" if score >= 60 else "差"


def request(name, *, base=100, asked=120, score=85, department="教育局", **more):
    return Request(
        id=name,
        name=f"项目{name}",
        department=department,
        base=Decimal(base),
        asked=Decimal(asked),
        score=None if score is None else Decimal(score),
        grade=None if score is None else grade_of(score),
        **more,
    )


def asked(*requests, total, limits=(), rules=RULES, **more):
    return Asked(requests=requests, total=Decimal(total), rules=rules, limits=tuple(limits), **more)


def amounts(found):
    assert isinstance(found, Allocation), found
    return {each.request.id: each.amount for each in found.granted}


def test_enough_money_gives_each_what_its_grade_allows_and_no_more_than_asked():
    found = allocate(
        asked(
            request("甲", score=95, asked=110),
            request("乙", score=85),
            request("丙", score=70),
            request("丁", score=50),
            request("新", base=0, asked=30, score=None),
            total=1000,
        )
    )
    assert amounts(found) == {"甲": 110, "乙": 105, "丙": 90, "丁": 50, "新": 30}
    assert [each.binding for each in found.granted] == [
        Binding.ALL, Binding.CEILING, Binding.CEILING, Binding.CEILING, Binding.ALL,
    ]  # fmt: skip
    assert found.left == 615
    assert "总额多一元，加权值多 0.00" in say(found.steps[1], "zh")


def test_rigid_spending_stays_what_it_is_whatever_its_grade():
    found = allocate(asked(request("刚", score=50, rigid=True), request("乙"), total=195))
    assert amounts(found) == {"刚": 100, "乙": 95}
    assert found.granted[0].binding is Binding.RIGID


def test_what_is_short_goes_first_to_what_weighs_more_and_everything_adds_up():
    found = allocate(
        asked(
            request("强", score=100, asked=115, department="水利局"),
            request("弱", score=90, asked=115),
            total=205,
        )
    )
    assert amounts(found) == {"强": 105, "弱": 100}
    assert found.together == 205
    assert found.price == pytest.approx(0.81)  # the next yuan goes to the weaker one
    assert found.granted[1].binding is Binding.FLOOR
    assert found.granted[1].more is not None


def test_who_stops_holds_nobody_down():
    better = request("好", base=4, asked=3, score=60, may_stop=True)  # its floor is 2.80
    found = allocate(asked(better, request("差", base=3, asked=2, score=40), total=2))
    assert amounts(found) == {"好": 0, "差": Decimal("1.50")}
    assert found.granted[0].binding is Binding.STOPPED


def test_where_a_floor_leaves_no_room_for_the_order_it_is_told():
    worse = request("差", base="0.03", asked="0.02", score=40, minimum=Decimal(1))
    better = request("好", base="0.04", asked="0.01", score=41)
    found = allocate(asked(worse, better, total="0.02"))
    assert amounts(found) == {"差": Decimal("0.02"), "好": 0}
    assert "有 1 个项目没能做到得分高的增幅不低" in say(found.steps[-1], "zh")


def test_floors_give_way_where_money_is_short_and_it_is_told_by_how_much():
    found = allocate(asked(request("甲", score=95), request("乙", score=70), total=150))
    assert found.together == 150
    assert found.lacking == 20
    assert amounts(found) == {"甲": 100, "乙": 50}
    assert "下限共缺 20 元" in say(found.steps[0], "zh")
    assert found.granted[1].binding is Binding.SHORT


def test_sentences_write_money_with_its_thousands_apart():
    limit = Limit(of=LimitOf.DEPARTMENT, name="教育局", least=Decimal("9500000"))
    rows = (
        request("甲", base="6000000.50", asked=7_000_000, score=95),
        request("乙", base=5_000_000, asked=5_000_000),
    )
    found = allocate(asked(*rows, total="9000000.25", limits=(limit,)))
    told = "".join(say(each, "zh") for each in (*found.steps, *(use.said for use in found.uses)))
    assert "9,000,000.25 元" in told
    assert "比下限少 499,999.75 元" in told


def test_who_cannot_be_told_apart_gets_the_same():
    found = allocate(asked(*(request(str(at), score=85) for at in range(3)), total=300))
    got = amounts(found)
    assert max(got.values()) - min(got.values()) <= FEN
    assert found.together == 300


def test_the_better_of_a_department_never_grows_less_unless_it_gets_all():
    """The need of the worse one is high; without the order it would get more."""
    needy = request("差些", score=81, need=Decimal(5))
    better = request("好些", score=88)
    found = amounts(allocate(asked(needy, better, total=200)))
    assert found["好些"] >= found["差些"] - FEN
    free = amounts(allocate(asked(needy, better, total=200, rules=replace(RULES, ordered=False))))
    assert free["差些"] > free["好些"]
    modest = request("好些", score=88, asked=96)
    got = amounts(allocate(asked(needy, modest, total=201)))
    assert got == {"差些": 105, "好些": 96}


def test_a_department_ceiling_and_a_field_floor_bind_and_say_so():
    limits = [
        Limit(of=LimitOf.DEPARTMENT, name="教育局", most=Decimal("97.50")),
        Limit(of=LimitOf.FIELD, name="生态", least=Decimal(104)),
    ]
    found = allocate(
        asked(
            request("甲", score=88),
            request("乙", department="环保局", field="生态", score=81),
            request("丙", department="水利局", score=89),
            total=300,
            limits=limits,
        )
    )
    assert amounts(found) == {"甲": Decimal("97.50"), "乙": 104, "丙": Decimal("98.50")}
    assert [each.binding for each in found.granted][:2] == [Binding.LIMIT, Binding.KEPT]
    assert all(use.price > 0 for use in found.uses)


def test_a_region_has_its_share_by_heads():
    rules = replace(RULES, regional_least=Decimal(1), ordered=False)
    requests = (
        request("东", region="东区", score=100, asked=115),
        request("西", region="西区", score=81),
    )
    heads = {"东区": 1000, "西区": 1000}
    without = allocate(asked(*requests, total=200, rules=replace(rules, regional_least=None)))
    kept = allocate(asked(*requests, total=200, rules=rules, heads=heads))
    assert amounts(without) == {"东": 105, "西": 95}
    assert amounts(kept) == {"东": 100, "西": 100}


def test_less_than_the_minimum_is_nothing():
    stoppable = request("停", score=60, base=100, minimum=Decimal(80), may_stop=True)
    found = allocate(asked(stoppable, request("好", score=99, asked=115), total=150))
    assert amounts(found) == {"停": 0, "好": 115}
    assert found.granted[0].binding is Binding.STOPPED
    more = allocate(asked(stoppable, request("好", score=99, asked=115), total=195))
    assert amounts(more)["停"] == Decimal("83.33")


def test_limits_that_exclude_each_other_are_named_with_what_they_lack():
    found = allocate(
        asked(
            request("刚", rigid=True),
            request("乙"),
            total=90,
            limits=[Limit(of=LimitOf.DEPARTMENT, name="教育局", least=Decimal(0))],
        )
    )
    assert isinstance(found, Impossible)
    assert found.lacking == 10
    told = [say(each, "zh") for each in found.said]
    assert "总额 90 元" in told
    assert "刚性支出合计 100 元" in told


def test_a_firm_floor_over_the_ceiling_of_its_projects_is_named():
    limit = Limit(of=LimitOf.DEPARTMENT, name="教育局", least=Decimal(300), firm=True)
    found = allocate(asked(request("甲"), total=1000, limits=[limit]))
    assert isinstance(found, Impossible)
    assert found.lacking == 195
    assert any("教育局" in say(each, "zh") for each in found.said)


def test_who_gains_and_who_loses_when_a_number_changes():
    one = asked(request("甲", score=95), request("乙", score=85), total=210)
    before, after = allocate(one), allocate(replace(one, total=Decimal(200)))
    changes = differences(before, after)
    assert sum(each.amount for each in changes) == -10
    assert changes[0].amount <= changes[-1].amount
    assert list(by_department(changes)) == [("教育局", 0, -10)]


SCORES = st.integers(40, 100)


@st.composite
def cities(draw):
    count = draw(st.integers(1, 9))
    requests = [
        Request(
            id=f"P{at}",
            name=f"项目{at}",
            department=draw(st.sampled_from(["教育局", "水利局"])),
            field=draw(st.sampled_from(["", "民生"])),
            base=Decimal(draw(st.integers(0, 10**6))) / 100,
            asked=Decimal(draw(st.integers(0, 10**6))) / 100,
            score=Decimal(score),
            grade=grade_of(score),
            rigid=draw(st.booleans()) and draw(st.booleans()),
            may_stop=draw(st.booleans()) and draw(st.booleans()),
            minimum=Decimal(draw(st.integers(0, 5000))),
        )
        for at, score in enumerate(draw(st.lists(SCORES, min_size=count, max_size=count)))
    ]
    limits = [
        Limit(of=LimitOf.DEPARTMENT, name=name, most=Decimal(draw(st.integers(0, 40_000))))
        for name in sorted({each.department for each in requests})
        if draw(st.booleans())
    ]
    total = Decimal(draw(st.integers(0, 5 * 10**6))) / 100
    step = draw(st.sampled_from([FEN, Decimal(1)]))
    return asked(*requests, total=total, limits=limits, step=step)


@settings(max_examples=60, deadline=None)
@given(cities())
def test_laws_of_every_allocation(city):
    found = allocate(city)
    if isinstance(found, Impossible):
        assert found.lacking > 0
        assert found.said
        return
    assert found.together <= city.total
    for use in found.uses:
        assert use.limit.most is None or use.used <= use.limit.most
    for each in found.granted:
        assert each.amount == each.amount.quantize(FEN)
        assert 0 <= each.amount <= each.ceiling
        if each.request.rigid:
            assert each.amount == (each.request.base or each.request.asked)
        elif each.binding is Binding.STOPPED:
            assert each.amount == 0
        elif not found.lacking:
            assert each.floor <= each.amount <= each.request.asked
    _order_is_kept(city, found)


def _order_is_kept(city, found):
    if any("没能做到得分高的增幅不低" in said.text for said in found.steps):
        return  # a floor or a limit leaves no room for it
    chain = [each for each in found.granted if each.request.base and not each.request.rigid]
    for better in chain:
        if better.binding is Binding.STOPPED:
            continue  # it isn't compared
        for worse in chain:
            if better.request.department != worse.request.department:
                continue
            if better.request.score <= worse.request.score or better.amount >= better.ceiling:
                continue
            grown = (better.amount + city.step) / better.request.base
            assert grown >= (worse.amount - city.step) / worse.request.base


@settings(max_examples=25, deadline=None)
@given(cities(), st.randoms(use_true_random=False))
def test_the_order_of_the_file_and_the_run_change_nothing(city, chance):
    first, again = allocate(city), allocate(city)
    assert first == again
    if isinstance(first, Allocation):
        mixed = list(city.requests)
        chance.shuffle(mixed)
        other = allocate(replace(city, requests=tuple(mixed)))
        assert other.value == pytest.approx(first.value, rel=2e-4, abs=1.0)


@settings(max_examples=25, deadline=None)
@given(cities(), st.integers(1, 10**6))
def test_more_money_never_makes_the_whole_worth_less(city, more):
    kept = replace(city, requests=tuple(replace(e, may_stop=False) for e in city.requests))
    before = allocate(kept)
    after = allocate(replace(kept, total=kept.total + Decimal(more) / 100))
    if isinstance(before, Allocation) and not before.lacking:
        assert after.value >= before.value - 1


@settings(max_examples=15, deadline=None)
@given(cities())
def test_every_sentence_has_words_in_both_languages(city):
    found = allocate(city)
    said = list(found.said) if isinstance(found, Impossible) else list(found.steps)
    if isinstance(found, Allocation):
        said += [each.said for each in found.granted] + [use.said for use in found.uses]
        said += [each.more for each in found.granted if each.more]
    for language in LANGUAGES:
        assert all(say(each, language) for each in said)


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        (asked(total=1), "没有项目"),
        (asked(request("甲"), total="NaN"), "总额"),
        (asked(request("甲"), total=-1), "总额"),
        (asked(request("甲"), request("甲"), total=1), "“甲”出现两次"),
        (asked(request("甲", base="-1"), total=1), "基数"),
        (asked(request("甲", asked="NaN"), total=1), "申请数"),
        (asked(request("甲", asked="1.234"), total=1), "申请数"),
        (asked(replace(request("甲"), score=Decimal("NaN")), total=1), "得分"),
        (asked(replace(request("甲"), grade="甲等"), total=1), "甲等"),
        (asked(replace(request("甲"), need=Decimal(-1)), total=1), "需求"),
        (
            asked(request("甲"), total=1, limits=[Limit(of=LimitOf.FIELD, name="乙")]),
            "没有项目",
        ),
        (
            asked(
                request("甲"),
                total=1,
                limits=[
                    Limit(of=LimitOf.DEPARTMENT, name="教育局", least=Decimal(2), most=Decimal(1))
                ],
            ),
            "下限大于上限",
        ),
        (
            asked(
                request("甲", region="东"),
                total=1,
                rules=replace(RULES, regional_least=Decimal(1)),
            ),
            "没有人口数",
        ),
    ],
)
def test_what_cannot_be_allocated_is_told(wrong, named):
    found = allocate(wrong)
    assert isinstance(found, tuple)
    assert any(named in say(each, "zh") for each in found)


def test_nothing_to_give_and_a_single_project_are_results():
    assert amounts(allocate(asked(request("甲"), total=0))) == {"甲": 0}
    assert amounts(allocate(asked(request("甲", base=0, asked=0), total=5))) == {"甲": 0}
