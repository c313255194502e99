"""Two curves: money and goals by month, aggregated, and said in one sentence."""

from datetime import date
from decimal import Decimal

import pytest

from gongzhi.core.monitoring import curves, day_of, said_against_plan, said_of, together, watch
from gongzhi.core.monitoring.figures import months_ended
from gongzhi.rules.packs.monitoring import load_monitoring
from gongzhi.words import say
from spec.projects_in_tables import day_in, facts_in, plan_in

RULES = load_monitoring("mof-2020-10")
DEGREES = RULES.words.shares
ROAD = "里程 ≥120"


def drawn(today: str, **row: str):
    return curves(plan_in(row), facts_in(row), today=day_in(today), degrees=DEGREES)


def points(shares) -> list[str | None]:
    return [None if share is None else f"{share * 100:.1f}" for share in shares]


def test_money_is_what_was_paid_by_each_month_of_the_adjusted_budget():
    found = drawn("4-10", 预算="1000", 支付="1-05 100；3-31 200；4-11 500；2025-12-30 50")
    assert points(found.money) == ["10.0", "10.0", "30.0", "30.0"]
    assert (found.paid, found.month, found.ended) == (300, 4, 3)


def test_a_plan_above_a_budget_that_shrank_is_capped_by_it():
    found = drawn("4-10", 预算="600", 资金计划="6:600 12:1200", 支付="1-05 100")
    assert points(found.money_planned)[5:] == ["100.0"] * 7


@pytest.mark.parametrize(
    ("target", "readings", "progress"),
    [
        ("里程 ≥120 累计", "里程 1-31 12；里程 3-31 60", ["10.0", "10.0", "50.0", "50.0"]),
        ("里程 ≥120 累加", "里程 1-31 12；里程 3-31 60", ["10.0", "10.0", "60.0", "60.0"]),
        ("里程 ≥120 峰值", "里程 1-31 60；里程 3-31 12", ["50.0", "50.0", "50.0", "50.0"]),
        ("里程 ≥120 累计", "里程 3-31 180", [None, None, "100.0", "100.0"]),
        # A level counts as much of the year as it was kept, for the months that are over.
        ("合格率 ≥95 保持", "合格率 1-31 96", ["8.3", "16.7", "25.0", "25.0"]),
        ("合格率 ≥95 保持", "合格率 1-31 76", ["6.7", "13.3", "20.0", "20.0"]),
        ("事故 ≤2", "事故 2-28 4", [None, "8.3", "12.5", "12.5"]),
        ("事故 ≤0", "事故 2-28 0；事故 3-31 1", [None, "16.7", "0.0", "0.0"]),
        ("方案 —", "方案 3-31 部分达成", [None, None, "70.0", "70.0"]),
        ("方案 —", "方案 3-31 未达成；方案 4-02 达成", [None, None, "0.0", "100.0"]),
        ("里程 ≥0", "里程 3-31 0", [None, None, "100.0", "100.0"]),
    ],
)
def test_an_indicator_progresses_by_its_course(target, readings, progress):
    assert points(drawn("4-10", 指标=target, 读数=readings).goals) == progress


def test_goals_are_the_mean_by_weight_and_all_weigh_the_same_where_one_has_none():
    read = "里程 3-31 60；方案 3-31 达成"
    weighed = drawn("3-31", 指标="里程 ≥120 权重80；方案 — 权重20", 读数=read)
    equal = drawn("3-31", 指标="里程 ≥120 权重80；方案 —", 读数=read)
    assert points(weighed.goals)[-1] == "60.0"
    assert points(equal.goals)[-1] == "75.0"


def test_what_nobody_read_is_left_out_unless_its_plan_expected_it_by_now():
    read = "里程 3-31 60"
    unplanned = drawn("3-31", 指标="里程 ≥120；方案 —", 读数=read)
    expected = drawn("3-31", 指标="里程 ≥120；方案 — 计划3:0.5,12:1", 读数=read)
    later = drawn("3-31", 指标="里程 ≥120；满意度 ≥90 保持 计划12:1", 读数=read)
    assert [points(each.goals)[-1] for each in (unplanned, expected, later)] == [
        "50.0", "25.0", "50.0",
    ]  # fmt: skip
    assert [each.covered for each in (unplanned, expected, later)] == [
        Decimal("0.5"), 1, Decimal("0.5"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("targets", "readings", "today", "due"),
    [
        ("里程 ≥120 计划6:0.5,12:1", "", "1-20", None),
        ("里程 ≥120 计划6:0.5,12:1", "里程 6-30 60", "6-30", "50.0"),
        # What gathers is due by the month of its reading, not by what came since.
        ("里程 ≥120 计划6:0.5,12:1", "里程 6-30 60", "9-30", "50.0"),
        ("合格率 ≥95 保持", "合格率 6-30 96", "9-30", "75.0"),
        # What should have been read and wasn't is due all the same.
        ("里程 ≥120 计划6:0.5,8:0.8,12:1", "", "8-31", "80.0"),
        ("里程 ≥120；方案 —", "里程 6-30 60", "9-30", "50.0"),
        (
            "里程 ≥120 权重75；合格率 ≥95 保持 权重25",
            "里程 6-30 60；合格率 8-31 96",
            "9-30",
            "56.2",
        ),
    ],
)
def test_what_should_be_reached_is_asked_of_what_was_read(targets, readings, today, due):
    found = drawn(today, 指标=targets, 读数=readings).goals_due
    assert points([found]) == [due]


def test_of_sources_that_disagree_the_less_favourable_counts_until_one_is_settled():
    both = "里程 3-10 60 交通局；里程 3-30 48 监理"
    assert points(drawn("3-31", 指标=ROAD, 读数=both).goals)[-1] == "40.0"
    settled = drawn("3-31", 指标=ROAD, 读数=both + "；里程 3-31 54 核查 核定")
    assert points(settled.goals)[-1] == "45.0"
    accidents = drawn("3-31", 指标="事故 ≤2", 读数="事故 3-10 2 甲；事故 3-30 4 乙")
    assert accidents.indicators[0].value == 4
    assert accidents.indicators[0].disputes == ((3, 2, 4),)


def test_months_before_and_after_the_year():
    row = {"预算": "1000", "支付": "3-10 100", "指标": ROAD, "读数": "里程 3-31 60"}
    before, after = drawn("2025-06-30", **row), drawn("2027-06-30", **row)
    assert (before.money, before.gap, before.money_now) == ((), None, None)
    assert (len(after.money), after.ended, after.gap) == (12, 12, Decimal("0.4"))


def test_what_nobody_planned_by_month_is_even_over_the_projects_own_time():
    row = {"项目期": "4-01；9-30", "指标": ROAD, "读数": "里程 6-30 60"}
    found = drawn("6-30", **row).indicators[0]
    assert points(found.planned)[2:] == [
        "0.0", "16.7", "33.3", "50.0", "66.7", "83.3", "100.0", "100.0", "100.0", "100.0",
    ]  # fmt: skip
    assert found.pace(6) == 1
    shown = watch(plan_in(row), facts_in(row), day=day_of(RULES, today=day_in("6-30")))
    assert {signal.code for signal in shown.signals} == set()
    assert shown.goals_forecast.expected == 1
    longer = drawn("6-30", **{**row, "项目期": "2025-04-01；2027-09-30"})
    assert longer.indicators[0].pace(6) == 1


def test_figures_of_any_size_are_shown():
    tiny = {"指标": "里程 ≥0.000000000001", "读数": "里程 6-30 " + "9" * 18, "预算": "0.01"}
    row = {**tiny, "支付": "5-10 " + "9" * 16}
    for today in ("6-30", "9-30"):
        shown = watch(plan_in(row), facts_in(row), day=day_of(RULES, today=day_in(today)))
        assert {"target_low", "overspend"} <= {signal.code for signal in shown.signals}
        assert all(say(signal.said, "en") and signal.arithmetic for signal in shown.signals)


def test_the_gap_is_goals_minus_money():
    found = drawn("6-30", 预算="1000", 支付="5-10 620", 指标=ROAD, 读数="里程 6-30 57.6")
    assert found.gap == Decimal("-0.14")
    assert found.gap_at(4) is None


SENTENCES = [
    ("620", "57.6", "钱花了 62%，目标完成 48%，目标比资金慢 14 个百分点"),
    ("400", "60", "钱花了 40%，目标完成 50%，目标比资金快 10 个百分点"),
    ("500", "60.3", "钱花了 50%，目标完成 50.3%，两者同步"),
]


@pytest.mark.parametrize(("paid", "done", "said"), SENTENCES)
def test_one_sentence_above_the_chart(paid, done, said):
    row = {"预算": "1000", "支付": f"5-10 {paid}", "指标": ROAD, "读数": f"里程 6-30 {done}"}
    assert say(said_of(drawn("6-30", **row)), "zh") == said


def test_what_isnt_known_is_said_too_in_both_languages():
    rows = [
        ("6-30", {"预算": "1000", "支付": "5-10 620"}, "钱花了 62%，目标还没有读数"),
        ("6-30", {"指标": ROAD, "读数": "里程 6-30 60"}, "没有预算数，目标完成 50%"),
        ("6-30", {}, "没有预算数，目标也还没有读数"),
        ("2025-06-30", {}, "2026 年还没有开始"),
    ]
    for today, row, said in rows:
        assert say(said_of(drawn(today, **row)), "zh") == said
        assert "{" not in say(said_of(drawn(today, **row)), "en")


@pytest.mark.parametrize(
    ("paid", "said"),
    [
        ("300", "到 6 月底计划支出 50%，比计划慢 20 个百分点"),
        ("505", "到 6 月底计划支出 50%，与计划一致"),
        ("700", "到 6 月底计划支出 50%，比计划快 20 个百分点"),
    ],
)
def test_money_against_its_plan_is_a_sentence_of_its_own(paid, said):
    found = drawn("7-10", 预算="1000", 资金计划="均匀", 支付=f"5-10 {paid}")
    assert say(said_against_plan(found), "zh") == said
    assert said_against_plan(drawn("7-10", 预算="1000", 支付="5-10 300")) is None
    assert said_against_plan(drawn("1-10", 预算="1000", 资金计划="均匀")) is None


def test_together_money_adds_up_and_goals_are_weighed_by_money():
    bridge = drawn("6-30", 预算="900", 支付="5-10 450", 指标=ROAD, 读数="里程 6-30 120")
    school = drawn("6-30", 预算="100", 支付="5-10 100", 指标=ROAD, 读数="里程 6-30 60")
    unread = drawn("6-30", 预算="1000", 支付="5-10 450", 指标=ROAD)
    free = drawn("6-30", 支付="5-10 7", 指标=ROAD, 读数="里程 6-30 12")
    found = together([bridge, school, unread, free])
    assert points(found.curves.money)[-1] == "50.0"
    assert points(found.curves.goals)[-1] == "95.0"
    assert (found.projects, found.goals_of, found.covered) == (4, 2, Decimal("0.5"))
    assert (found.curves.paid, found.curves.budget) == (1007, 2000)


def test_together_plans_of_those_that_have_one():
    planned = drawn("6-30", 预算="900", 资金计划="均匀")
    unplanned = drawn("6-30", 预算="100")
    assert points(together([planned, unplanned]).curves.money_planned)[5] == "50.0"
    assert set(together([unplanned]).curves.money_planned) == {None}


def test_of_no_project_there_are_no_curves():
    assert together([]) is None
    found = together([drawn("6-30", 指标=ROAD)])
    assert (found.curves.budget, set(found.curves.money)) == (None, {None})


def test_a_month_is_over_at_the_end_of_its_last_day():
    ended = [months_ended(date(2028, 2, day), year=2028) for day in (28, 29)]
    assert ended == [1, 2]
    assert [months_ended(date(2028, 12, day), year=2028) for day in (30, 31)] == [11, 12]
