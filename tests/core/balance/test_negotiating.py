"""The old town, step by step; what is missing or contradicts is said, and never stops the rest."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from core.balance.old_town import BUILDER, DISTRICT, HOME, OLD_TOWN, SHOP, TENANT, WAN, wan
from gongzhi.core.balance.negotiating import (
    Case,
    Changeable,
    Criterion,
    Judgement,
    Measure,
    Objecting,
    Round,
    SharedCost,
    Side,
    Standing,
    State,
    changed,
    compared,
    differences,
    faults,
    negotiate,
    steps,
)
from gongzhi.core.balance.negotiating.beside import KEPT_BACK
from gongzhi.core.balance.negotiating.telling_proposals import evenly_gained
from gongzhi.words import say

REBUILD, REPAIR, TOGETHER = range(3)
BAD = Decimal("NaN")
YUAN = 100


def with_sides(*sides: Side) -> Case:
    return replace(OLD_TOWN, sides=sides)


def told(case: Case, number: int, *, limits_shown: bool = True) -> str:
    step = steps(negotiate(case), limits_shown=limits_shown)[number]
    return "\n".join(say(each, "zh") for each in step.sentences)


def test_nobody_of_the_five_leaves_worse_off_and_each_fen_has_a_payer():
    found = negotiate(OLD_TOWN).largest
    assert found.option == TOGETHER
    paid = [each // YUAN // WAN for each in found.settled.payments]
    assert paid == [30, 60, 18, -108, 0]
    assert [(t.payer, t.payee, t.amount // YUAN // WAN) for t in found.transfers] == [
        (3, 0, 30),
        (3, 1, 60),
        (3, 2, 18),
    ]
    assert [gain // YUAN // WAN for gain in found.gains] == [180, 0, 6, 492, 450]


def test_gains_can_be_made_even_among_institutions_only():
    proposal = negotiate(OLD_TOWN).largest
    even = evenly_gained(negotiate(OLD_TOWN).table, proposal)
    assert [gain // YUAN // WAN for gain in even.gains] == [180, 314, 6, 314, 314]
    assert even.settled.payments[0] == proposal.settled.payments[0]
    assert even.settled.payments[2] == proposal.settled.payments[2]


def test_without_compensation_the_proof_names_who_excludes_whom():
    short = negotiate(OLD_TOWN).shortlist
    assert short.without == ()
    assert short.with_payments == (REBUILD, TOGETHER)
    assert short.why_none_without.sides == (2, 4)
    concession = short.why_none_without.concession
    assert (concession.option, concession.gives) == (REPAIR, ((4, 20 * WAN * YUAN),))
    case = changed(OLD_TOWN, "builder", Changeable.LIMIT, Decimal(30 * WAN))
    assert negotiate(case).shortlist.without == (REPAIR,)


def test_where_nothing_will_do_the_smallest_concession_is_told():
    greedy = replace(BUILDER, limit=Decimal(3000 * WAN))
    case = with_sides(HOME, SHOP, TENANT, DISTRICT, greedy)
    found = negotiate(case)
    assert found.proposals == ()
    why = found.shortlist.why_none_with
    assert why.sides == (1, 4)
    assert why.concession.missing == 2008 * WAN * YUAN
    assert sum(found.shortlist.scarcity.claims) - found.shortlist.scarcity.estate == (
        why.concession.missing
    )
    assert "各机构或外部补助合起来再出 20,080,000 元" in told(case, 3)
    assert "没有可以建议的方案" in told(case, 4)


def test_a_resident_is_paid_no_less_than_appraised_and_equals_alike():
    low = replace(HOME, offered=wan(rebuild=1000), alike="户", size=Decimal(100))
    neighbour = replace(
        HOME, code="next", name="邻居", alike="户", size=Decimal(50), offered=wan(rebuild=700),
        floors=wan(rebuild=600),
    )  # fmt: skip
    law = negotiate(with_sides(low, neighbour, DISTRICT)).table.law
    assert law.due(1, REBUILD) == 700 * WAN * YUAN
    assert law.due(0, REBUILD) == 1400 * WAN * YUAN
    assert "低于评估或法定的 12,600,000 元" in told(with_sides(low, neighbour, DISTRICT), 0)


def test_what_a_resident_lacks_is_never_computed():
    wants = replace(TENANT, limit=Decimal(100 * WAN))
    found = negotiate(with_sides(HOME, SHOP, wants, DISTRICT, BUILDER)).shortlist.why_none_with
    assert found.sides == (2,)
    assert (found.concession.gives, found.concession.blocked) == ((), (2,))
    said = told(with_sides(HOME, SHOP, wants, DISTRICT, BUILDER), 3)
    assert "要先给“租户”更好的条件" in said
    assert "“租户”少要" not in said


def test_gains_of_residents_over_their_limits_can_be_kept_back():
    assert "“房主”比底线多得" in told(OLD_TOWN, 4)
    kept = told(OLD_TOWN, 4, limits_shown=False)
    assert "“房主”不低于底线（底线不公开）" in kept
    assert "“房主”比底线多得" not in kept
    assert "“区政府”比底线多得" in kept


def test_a_limit_that_is_kept_to_oneself_is_told_by_what_is_acceptable():
    silent = replace(TENANT, limit=None, accepts=frozenset({"repair"}))
    found = negotiate(with_sides(HOME, SHOP, silent, DISTRICT, BUILDER))
    assert [option for option, _ in found.shortlist.settlements] == [REPAIR]
    assert found.largest.gains[2] is None


def test_points_can_not_be_made_up_for_by_money():
    neighbours = Side(
        code="n", name="周边居民会", measure=Measure.POINTS, limit=Decimal(50),
        worth={"rebuild": Decimal(20), "repair": Decimal(80), "together": Decimal(60)},
    )  # fmt: skip
    found = negotiate(replace(OLD_TOWN, sides=(*OLD_TOWN.sides, neighbours)))
    assert REBUILD not in dict(found.shortlist.settlements)
    assert found.largest.settled.payments[5] == 0
    assert found.largest.gains[5] == 10


def test_a_subsidy_is_used_as_little_as_possible():
    poor = [replace(each, pays_most=Decimal(10 * WAN)) for each in (DISTRICT, BUILDER)]
    case = replace(with_sides(HOME, SHOP, TENANT, *poor), subsidy=Decimal(500 * WAN))
    found = negotiate(case).largest
    assert found.option == TOGETHER
    assert found.settled.subsidy == (108 - 20) * WAN * YUAN
    assert "外部补助付给" in told(case, 4)


# ── criteria ──

CRITERIA = (Criterion(code="cost", name="花费"), Criterion(code="homes", name="居住"))


def by_scores(**more) -> Side:
    return Side(
        code="board",
        name="评议会",
        measure=Measure.POINTS,
        scores={
            "rebuild": {"cost": Decimal(20), "homes": Decimal(90)},
            "repair": {"cost": Decimal(90), "homes": Decimal(30)},
            "together": {"cost": Decimal(60), "homes": Decimal(60)},
        },
        **more,
    )


def test_scores_are_weighed_and_each_weight_has_its_reach():
    side = by_scores(points={"cost": Decimal(3), "homes": Decimal(1)})
    case = replace(OLD_TOWN, sides=(*OLD_TOWN.sides, side), criteria=CRITERIA)
    found = negotiate(case)
    assert found.table.stated.worth[5] == (Fraction(75, 2), 75, 60)
    cost = found.firmness[5].reaches[0]
    assert cost.first == (Fraction(1, 2), 1)
    assert "权重是 75%：在 50% 至 100% 之间首选不变" in told(case, 2)


def test_judgements_that_contradict_name_the_one_to_think_over():
    criteria = (*CRITERIA, Criterion(code="look", name="风貌"))
    scores = {code: {**row, "look": Decimal(50)} for code, row in by_scores().scores.items()}
    side = replace(
        by_scores(),
        scores=scores,
        judgements=(
            Judgement(first="cost", second="homes", times=Fraction(5)),
            Judgement(first="homes", second="look", times=Fraction(5)),
            Judgement(first="cost", second="look", times=Fraction(1, 3)),
        ),
    )
    case = replace(OLD_TOWN, sides=(*OLD_TOWN.sides, side), criteria=criteria)
    assert "两两比较前后不一" in told(case, 0)
    missing = replace(side, judgements=side.judgements[:2])
    case = replace(case, sides=(*OLD_TOWN.sides, missing))
    assert "没有比较“花费”与“风貌”" in told(case, 0)


def test_those_who_weigh_are_taken_together():
    weights = by_scores(points={"cost": Decimal(1), "homes": Decimal(1)})
    other = replace(weights, code="other", points={"cost": Decimal(4), "homes": Decimal(1)})
    case = replace(OLD_TOWN, sides=(*OLD_TOWN.sides, weights, other), criteria=CRITERIA)
    found = negotiate(case).together
    assert (found.sides, found.by_judgements) == ((5, 6), False)
    assert found.weights == pytest.approx((2 / 3, 1 / 3))
    assert found.ranks == (3, 1, 2)
    nothing = replace(other, points={"cost": Decimal(0), "homes": Decimal(1)})
    case = replace(case, sides=(*OLD_TOWN.sides, weights, nothing))
    assert negotiate(case).together.weights == pytest.approx((1 / 4, 3 / 4))
    pair = (Judgement(first="cost", second="homes", times=Fraction(4)),)
    judges = [replace(weights, judgements=pair), replace(other, judgements=())]
    assert not negotiate(replace(case, sides=tuple(judges))).together.by_judgements
    judges[1] = replace(other, judgements=(replace(pair[0], times=Fraction(1)),))
    found = negotiate(replace(case, sides=tuple(judges))).together
    assert found.by_judgements
    assert found.weights == pytest.approx((2 / 3, 1 / 3))
    assert "AIJ" in told(replace(case, sides=tuple(judges)), 1)


# ── mixes and costs in common ──


def test_plans_that_can_be_divided_may_be_mixed():
    wants = (
        {"rebuild": 10, "repair": 0, "together": 4},
        {"rebuild": 0, "repair": 10, "together": 4},
    )
    sides = [
        Side(
            code=f"s{at}",
            name=f"方{at}",
            measure=Measure.POINTS,
            limit=Decimal(0),
            worth={code: Decimal(value) for code, value in row.items()},
        )
        for at, row in enumerate(wants)
    ]
    found = negotiate(with_sides(*sides))
    assert found.fairest.option == TOGETHER
    assert dict(found.mix.parts) == pytest.approx({REBUILD: 0.5, REPAIR: 0.5})
    assert (found.mix.smallest, found.mix.alone) == (pytest.approx(0.5), Fraction(2, 5))
    assert "若方案可以分期、分块搭配" in told(with_sides(*sides), 4)


def test_a_cost_in_common_is_borne_by_those_who_need_it():
    needs = {"shop": Decimal(8), "district": Decimal(11), "builder": Decimal(13)}
    case = replace(OLD_TOWN, costs=(SharedCost(name="主管", needs=needs),))
    (found,) = negotiate(case).costs
    assert (found.total, sum(share for _, share in found.shares)) == (1300, 1300)
    assert dict(found.shares) == {"shop": 267, "district": 417, "builder": 616}
    assert "共同费用“主管”13 元" in told(case, 4)
    for needs in ({"home": Decimal(1)}, {"moon": Decimal(1)}, {"shop": BAD}, {"shop": Decimal(-1)}):
        assert faults(replace(case, costs=(SharedCost(name="主管", needs=needs),)))


# ── talks and objections ──


def supported(**all_of: int) -> Round:
    row = {code: Decimal(value) for code, value in all_of.items()}
    return Round(support={side.code: row for side in OLD_TOWN.sides})


def test_talks_go_on_until_support_is_near_enough():
    assert negotiate(OLD_TOWN).talks.standing is State.GOING_ON
    one = Round(support={"shop": {"together": Decimal(70)}}, dissents={"shop": "要保留铺面"})
    going = replace(OLD_TOWN, rounds=(one,))
    assert negotiate(going).talks.rounds[1].level > negotiate(going).talks.rounds[0].level
    assert "第 1 轮“铺主”保留意见：要保留铺面" in told(going, 5)
    done = replace(OLD_TOWN, rounds=(one, supported(rebuild=20, repair=40, together=90)))
    assert negotiate(done).talks.rounds[-1].level == 1
    assert negotiate(done).talks.standing is State.REACHED
    assert negotiate(replace(going, rounds_most=1)).talks.standing is State.ENDED


def test_closeness_is_the_mean_distance_of_pairs():
    two = with_sides(DISTRICT, BUILDER)
    rows = {
        "district": {"rebuild": Decimal(100), "repair": Decimal(0), "together": Decimal(50)},
        "builder": {"rebuild": Decimal(70), "repair": Decimal(0), "together": Decimal(80)},
    }
    found = negotiate(replace(two, rounds=(Round(support=rows),))).talks.rounds[1]
    assert found.level == 1 - Fraction(60, 300)


def test_whoever_led_does_not_look_at_objections():
    same = Objecting(until=date(2026, 12, 31), mediator="王调解", reviewer="王调解")
    assert "不能是主持协商的“王调解”" in told(replace(OLD_TOWN, objecting=same), 6)
    other = replace(same, reviewer="李复核")
    assert "异议由“李复核”复核" in told(replace(OLD_TOWN, objecting=other), 6)
    assert "在 2026-12-31 以前" in told(replace(OLD_TOWN, objecting=other), 6)


# ── what if ──


def test_one_number_changed_tells_who_loses():
    before = negotiate(OLD_TOWN)
    after = negotiate(changed(OLD_TOWN, "builder", Changeable.LIMIT, Decimal(30 * WAN)))
    said = [say(each, "zh") for each in differences(before, after)]
    assert "不付补偿的名单多了“修缮保留”" in said
    assert any("从“征收重建”变成“修缮保留”" in each for each in said)
    assert [say(each, "zh") for each in differences(before, before)] == ["结果不变"]
    case = changed(OLD_TOWN, "shop", Changeable.WORTH, Decimal(0), option="together")
    said = [say(each, "zh") for each in differences(before, negotiate(case))]
    assert "“合计最大，并给补偿”里“区政府”多得 600,000 元" in said
    assert "“合计最大，并给补偿”不再：“区政府”付给“铺主” 600,000 元" in said


# ── what is wrong ──


@pytest.mark.parametrize(
    ("side", "says"),
    [
        (replace(HOME, worth={"rebuild": BAD}), "不是可用的数"),
        (replace(HOME, worth={"nowhere": Decimal(1)}), "提到没有的方案“nowhere”"),
        (replace(HOME, worth={"rebuild": Decimal("0.001")}), "精确到分"),
        (replace(HOME, worth={"rebuild": Decimal(10) ** 14}), "不是可用的数"),
        (replace(HOME, worth={}), "没有写任何方案的价值"),
        (replace(HOME, limit=Decimal("Infinity")), "不是可用的数"),
        (replace(HOME, floors={"rebuild": Decimal(-1)}), "不能小于零"),
        (replace(HOME, size=Decimal(0)), "要大于零"),
        (replace(HOME, pays_most=Decimal(1)), "是居民"),
        (replace(HOME, gets_most=Decimal(1)), "两者矛盾"),
        (replace(HOME, accepts=frozenset({"moon"})), "“moon”"),
        (replace(HOME, code="shop"), "写了两次"),
        (by_scores(), "提到没有的指标“cost”"),
    ],
)
def test_a_fault_names_the_side_and_the_spot(side, says):
    case = with_sides(side, SHOP, DISTRICT)
    assert says in " ".join(say(each, "zh") for each in faults(case))


def test_too_few_and_too_many_are_refused():
    assert faults(with_sides(HOME))
    assert faults(replace(OLD_TOWN, options=()))
    many = tuple(replace(HOME, code=f"h{n}") for n in range(101))
    assert faults(with_sides(*many))
    assert faults(replace(OLD_TOWN, close_enough=Decimal(2)))
    assert faults(replace(OLD_TOWN, subsidy=Decimal(-1)))
    assert faults(OLD_TOWN) == ()


def test_an_option_that_somebody_did_not_value_is_left_out_and_said():
    some = replace(SHOP, worth=wan(rebuild=-300, together=-60))
    case = with_sides(HOME, some, TENANT, DISTRICT, BUILDER)
    assert [each.code for each in negotiate(case).table.stated.options] == ["rebuild", "together"]
    assert "“修缮保留”没有比较：铺主没有写它的价值" in told(case, 0)
    none = with_sides(replace(HOME, worth=wan(repair=1)), replace(SHOP, worth=wan(rebuild=1)))
    found = negotiate(none)
    assert (found.picture, found.talks, found.proposals) == (None, None, ())
    assert all(isinstance(each.sentences, tuple) for each in steps(found))


def test_residents_alone_can_agree_without_money():
    residents = [replace(each, standing=Standing.RESIDENT) for each in (HOME, TENANT)]
    found = negotiate(with_sides(*residents))
    assert found.shortlist.without == (REPAIR,)
    assert found.fairest.option == REPAIR


def test_every_number_of_a_case_may_be_supposed():
    criteria = (Criterion(code="n", name="噪声"), Criterion(code="t", name="过渡期"))
    case = replace(OLD_TOWN, criteria=criteria)
    side, option = case.sides[0].code, case.options[0].code
    for what in Changeable:
        other = changed(case, side, what, Decimal(7), option=option, criterion="n")
        assert other != case
    assert changed(case, side, Changeable.SUBSIDY, Decimal(7)).subsidy == 7
    scored = changed(case, side, Changeable.SCORE, Decimal(7), option=option, criterion="n")
    assert scored.sides[0].scores[option]["n"] == 7


def test_what_stands_and_what_is_supposed_are_compared_line_by_line():
    before = negotiate(OLD_TOWN)
    same = compared(before, before)
    assert same
    assert not any(each.differs for each in same)
    after = negotiate(changed(OLD_TOWN, "builder", Changeable.LIMIT, Decimal(30 * WAN)))
    differing = [each for each in compared(before, after) if each.differs]
    assert any(each.about.text.endswith("谁付给谁") for each in differing)
    residents = [side.name for side in OLD_TOWN.sides if side.is_resident]
    shown = compared(before, after, limits_shown=False)
    kept = [each for each in shown if each.about.values.get("side") in residents]
    assert all(each.before == each.after == (KEPT_BACK,) for each in kept)


def test_a_side_that_only_scores_counts_in_points_even_where_it_says_money():
    criteria = (Criterion(code="n", name="噪声"),)
    scores = {option.code: {"n": Decimal(60)} for option in OLD_TOWN.options}
    scored = Side(code="critic", name="街坊", scores=scores)
    case = replace(OLD_TOWN, criteria=criteria, sides=(*OLD_TOWN.sides, scored))
    assert negotiate(case).case.side("critic").measure is Measure.POINTS
