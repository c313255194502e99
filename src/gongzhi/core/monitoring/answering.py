"""FIGURES: every number that monitoring shows of a project, made again with its parts.

Each is worked out of the same case that its curves were drawn from, so that what is shown and what
is answered can only be the same number.
"""

from collections.abc import Iterator, Mapping

from gongzhi.core.figure import Figure, FigureName, Part, Unit, Way
from gongzhi.core.monitoring.answering_indicators import INDICATOR_FIGURES, Answering
from gongzhi.core.monitoring.case import Case
from gongzhi.core.monitoring.curves import Shares, weighted_indicators
from gongzhi.core.monitoring.facts import Payment
from gongzhi.core.monitoring.figures import NOTHING, WHOLE, end_of
from gongzhi.core.monitoring.forecast import Forecast, in_points
from gongzhi.core.terms import Ratio, Said

BUDGET, PAID = Said("预算"), Said("累计支付")
MONEY, MONEY_PLANNED = Said("资金执行率"), Said("资金计划进度")
GOALS, GOALS_PLANNED = Said("目标完成程度"), Said("目标计划进度")
PLAN, GAP = Said("用款计划累计"), Said("目标减资金")


def answered(case: Case, name: FigureName) -> Figure | None:
    """The figure of that name as of the case's day; None where a project has none such."""
    make = FIGURES.get(name.what)
    return make(case, name) if make else None


def _share(shares: Shares, month: int) -> Ratio | None:
    return shares[month - 1]


def _budget(case: Case, name: FigureName) -> Figure:
    return Figure(
        name=name,
        title=BUDGET,
        value=case.facts.budget,
        unit=Unit.MONEY,
        way=Way.GIVEN,
        formula=Said("预算各行相加；有预算调整和调剂的，年初数加调整数"),
    )


def _paid(case: Case, name: FigureName) -> Figure | None:
    month = case.month_meant(name.month)
    if month is None:
        return None
    last = end_of(case.plan.year, month)
    payments = tuple(each for each in case.of_year if each.paid_on <= last)
    formula = Said("当年各笔支付相加，退回的是负数")
    return _added(name, title=PAID, formula=formula, payments=payments)


def _paid_in(case: Case, name: FigureName) -> Figure | None:
    """What was paid within a month, not up to its end."""
    month = case.month_meant(name.month)
    if month is None:
        return None
    payments = tuple(each for each in case.of_year if each.paid_on.month == month)
    title = Said("{month} 月支付", {"month": month})
    formula = Said("当月各笔支付相加，退回的是负数")
    return _added(name, title=title, formula=formula, payments=payments)


def _added(
    name: FigureName, *, title: Said, formula: Said, payments: tuple[Payment, ...]
) -> Figure:
    return Figure(
        name=name,
        title=title,
        value=sum((each.amount for each in payments), start=NOTHING),
        unit=Unit.MONEY,
        way=Way.SUM,
        formula=formula,
        parts=tuple(
            Part(name=each.key, value=each.amount, unit=Unit.MONEY, key=each.key)
            for each in payments
        ),
    )


def _money(case: Case, name: FigureName) -> Figure | None:
    month, paid = case.month_meant(name.month), _paid(case, FigureName("paid", name.month))
    if month is None or paid is None:
        return None
    return Figure(
        name=name,
        title=MONEY,
        value=_share(case.curves.money, month),
        unit=Unit.SHARE,
        way=Way.QUOTIENT,
        formula=Said("累计支付 ÷ 预算"),
        parts=(paid.as_part, _budget(case, FigureName("budget")).as_part),
    )


def _plan(case: Case, name: FigureName) -> Figure | None:
    month = case.month_planned(name.month)
    if not case.plan.money or month is None:
        return None
    return Figure(
        name=name,
        title=PLAN,
        value=case.plan.money[month - 1],
        unit=Unit.MONEY,
        way=Way.SUM,
        formula=Said("绩效目标里各月的用款计划相加"),
        parts=tuple(_planned_months(case, month)),
    )


def _planned_months(case: Case, month: int) -> Iterator[Part]:
    before = NOTHING
    for number, amount in enumerate(case.plan.money[:month], start=1):
        said = Said("{month} 月", {"month": number})
        yield Part(name=said, value=amount - before, unit=Unit.MONEY)
        before = amount


def _money_planned(case: Case, name: FigureName) -> Figure | None:
    month = case.month_planned(name.month)
    plan = _plan(case, FigureName("plan", month))
    if plan is None or month is None:
        return None
    return Figure(
        name=name,
        title=MONEY_PLANNED,
        value=_share(case.curves.money_planned, month),
        unit=Unit.SHARE,
        way=Way.QUOTIENT,
        formula=Said("用款计划累计 ÷ 预算，至多 100%"),
        parts=(plan.as_part, _budget(case, FigureName("budget")).as_part),
        at_most=WHOLE,
    )


def _goals(case: Case, name: FigureName) -> Figure | None:
    month = case.month_meant(name.month)
    if month is None:
        return None
    return Figure(
        name=name,
        title=GOALS,
        value=_share(case.curves.goals, month),
        unit=Unit.SHARE,
        way=Way.MEAN,
        formula=Said("各指标计入的完成程度按分值加权；计划已开始而没有读数的按零计"),
        parts=tuple(_goal_parts(case, month)),
    )


def _goal_parts(case: Case, month: int) -> Iterator[Part]:
    """The indicators that were read by then, and those that should have been."""
    for each, weight in weighted_indicators(case.curves.indicators):
        if not each.counts(month):
            continue
        share = each.progress[month - 1]
        yield Part(
            name=each.promised.name,
            value=NOTHING if share is None else share,
            unit=Unit.SHARE,
            weight=weight,
            figure=FigureName("counts", month, each.promised.key),
        )


def _goals_planned(case: Case, name: FigureName) -> Figure | None:
    month = case.month_planned(name.month)
    if month is None:
        return None
    parts = tuple(
        Part(
            name=each.promised.name,
            value=each.planned[month - 1],
            unit=Unit.SHARE,
            weight=weight,
            figure=FigureName("due", month, each.promised.key),
        )
        for each, weight in weighted_indicators(case.curves.indicators)
    )
    return Figure(
        name=name,
        title=GOALS_PLANNED,
        value=_share(case.curves.goals_planned, month),
        unit=Unit.SHARE,
        way=Way.MEAN,
        formula=Said("各指标到月底应完成的程度按分值加权"),
        parts=parts,
    )


def _gap(case: Case, name: FigureName) -> Figure | None:
    money = _money(case, FigureName("money", name.month))
    goals = _goals(case, FigureName("goals", name.month))
    if money is None or goals is None:
        return None
    return Figure(
        name=name,
        title=GAP,
        value=case.curves.gap_at(case.month_meant(name.month) or 0),
        unit=Unit.GAP,
        way=Way.DIFFERENCE,
        formula=Said("目标完成程度 − 资金执行率"),
        parts=(goals.as_part, money.as_part),
    )


# ── forecasts ──


def _money_forecast(case: Case, name: FigureName) -> Figure | None:
    now = _money(case, FigureName("money", case.curves.ended or None))
    return _forecast(name, title=Said("资金预测"), foreseen=case.money_forecast, now=now)


def _goals_forecast(case: Case, name: FigureName) -> Figure | None:
    now = _goals(case, FigureName("goals", case.curves.read_month or None))
    return _forecast(name, title=Said("目标预测"), foreseen=case.goals_forecast, now=now)


def _forecast(
    name: FigureName, *, title: Said, foreseen: Forecast | None, now: Figure | None
) -> Figure | None:
    if foreseen is None or now is None:
        return None
    ends = ((Said("区间下限"), foreseen.low), (Said("区间上限"), foreseen.high))
    parts = (
        now.as_part,
        *(Part(name=said, value=in_points(end), unit=Unit.SHARE) for said, end in ends),
    )
    return Figure(
        name=name,
        title=title,
        value=in_points(foreseen.expected),
        unit=Unit.SHARE,
        way=Way.RULED,
        formula=Said("从上月底的数，按往年相近项目后来的走势；没有往年的，按计划和目前的快慢"),
        parts=parts,
    )


FIGURES: Mapping[str, Answering] = {
    "budget": _budget,
    "paid": _paid,
    "paid-in": _paid_in,
    "money": _money,
    "plan": _plan,
    "money-planned": _money_planned,
    "goals": _goals,
    "goals-planned": _goals_planned,
    "gap": _gap,
    **INDICATOR_FIGURES,
    "money-forecast": _money_forecast,
    "goals-forecast": _goals_forecast,
}
