"""A monitoring sheet begins with what is known; the rest is asked of the unit."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from gongzhi.core.goals import DraftGoal, DraftIndicator
from gongzhi.core.monitoring import Facts, Payment, Plan, Promised, Reading, day_of, watch
from gongzhi.core.official import Filler, Likelihood, MoneyLine, monitored, monitoring_of_form
from gongzhi.rules.packs.folders import USUAL
from gongzhi.rules.packs.monitoring import load_monitoring

GOAL = DraftGoal(
    project="农村公路建设",
    year=2026,
    indicators=(
        DraftIndicator(key="a", level1="产出指标", name="新建里程", target="≥120", measure="公里"),
    ),
)
PLAN = Plan(
    project="P1",
    year=2026,
    indicators=(Promised(key="a", name="新建里程", target=Decimal(120)),),
)
FACTS = Facts(
    initial=Decimal(4_000_000),
    payments=(Payment(date(2026, 3, 1), Decimal(1_000_000)),),
    readings=(Reading("a", date(2026, 8, 31), Decimal("76.50")),),
)


def test_money_and_readings_so_far_are_filled_in():
    watched = watch(PLAN, FACTS, day=day_of(load_monitoring(USUAL), today=date(2026, 9, 30)))
    sheet = monitored(GOAL, facts=FACTS, watched=watched, by=Filler(unit="公路管理中心"))
    assert sheet.month == 9
    assert sheet.money.total.paid == Decimal(1_000_000)
    assert sheet.money.total.rate == Decimal("0.25")
    assert sheet.money.total.forecast is not None
    (line,) = sheet.indicators
    assert (line.target, line.done, line.forecast) == ("≥120公里", "76.5公里", "")


def test_a_rate_without_a_budget_is_none():
    assert MoneyLine(paid=Decimal(5)).rate is None
    assert MoneyLine(paid=Decimal(5), initial=Decimal(0)).rate is None
    assert MoneyLine(paid=Decimal(5), initial=Decimal(9), adjusted=Decimal(10)).rate == Decimal(
        "0.5"
    )


def test_what_a_form_says_of_likelihood_is_understood_or_kept_as_a_note():
    watched = watch(PLAN, FACTS, day=day_of(load_monitoring(USUAL), today=date(2026, 9, 30)))
    form = monitored(GOAL, facts=FACTS, watched=watched, by=Filler()).as_form()
    for said, likelihood, note in (
        (None, None, ""),
        ("有可能", Likelihood.POSSIBLE, ""),
        ("看天气", None, "看天气"),
    ):
        line = replace(form.indicators[0], possibility=said)
        (read,) = monitoring_of_form(replace(form, indicators=(line,))).indicators
        assert (read.likelihood, read.note) == (likelihood, note)
