"""What monitoring keeps of a project, as pages show it: sentences, months, signals, levels."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from gongzhi.core.charter import Member
from gongzhi.core.monitoring import SIGNALS, Curves, Forecast, Signal, said_against_plan, said_of
from gongzhi.core.monitoring.figures import in_percent
from gongzhi.core.monitoring.forecast import Method
from gongzhi.core.monitoring.plan import MONTHS
from gongzhi.core.terms import Ratio, Said
from gongzhi.cycle.models import Watched
from gongzhi.cycle.watched_record import (
    curves_of,
    forecast_from_record,
    signal_from_record,
)
from gongzhi.parties.business_date import business_date
from gongzhi.parties.models import Deed
from gongzhi.web.figures import figure_address
from gongzhi.web.frame import money_unit, reader_language
from gongzhi.web.shown import Cell, Column, Table
from gongzhi.words import say

WATCHING = "watch_projects"
LEVELS: Mapping[str, tuple[str, Said]] = {
    "red": ("fault", Said("红色")),
    "yellow": ("watch", Said("黄色")),
    "blue": ("unknown", Said("蓝色")),
    "": ("kept", Said("没有提示")),
}
NAMES: Mapping[str, Said] = {each.code: each.name for each in SIGNALS}
METHODS: Mapping[Method, Said] = {
    Method.SEASONAL: Said("按往年 {courses} 个相近项目的走势"),
    Method.PLANNED: Said("按计划和目前的快慢"),
    Method.EVEN: Said("按目前的快慢"),
}
# The number of the project that a signal measures.
MEASURED: Mapping[str, str] = {
    "below_mark": "money",
    "money_late": "money-planned",
    "money_early": "money-planned",
    "money_ahead": "gap",
    "goals_ahead": "gap",
    "goal_late": "reached",
    "standstill": "value",
    "silence": "value",
    "goals_short": "goals-forecast",
    "money_short": "money-forecast",
    "target_low": "target",
    "already_reached": "reached",
    "reading_falls": "value",
    "sources_disagree": "value",
    "overspend": "paid",
    "paid_before_received": "paid",
    "carry_over_unspent": "budget",
    "year_end_rush": "paid",
    "contract_unpaid": "paid",
    "contract_overpaid": "paid",
    "payment_uncontracted": "paid",
    "payment_outside": "paid",
    "payment_twice": "paid",
    "payment_split": "paid",
    "payee_concentrated": "paid",
}
FORESEEN = Said("到年底预计 {expected}%，区间 {low}%–{high}%（{method}）")
HOLDS = Said("到年底预计 {expected}%，{level}% 的可能落在 {low}%–{high}%（{method}）")


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A colour as a state: its shape, its word."""

    state: str
    name: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSignal:
    """A signal with its name, the address of its rule, and what it is about."""

    signal: Signal
    level: Level
    name: Said
    rule: str
    indicator: str = ""
    answer: str = ""


def watching_deed(member: Member, *, year: int, on: date) -> Deed | None:
    """The deed that computed the numbers of a day last."""
    deeds = Deed.objects.visible_to(member).filter(
        verb=WATCHING, business_date=on, public__year=year
    )
    return deeds.order_by("id").last()


def level_of(code: str) -> Level:
    """How a colour is shown."""
    state, name = LEVELS[code]
    return Level(state=state, name=name)


def spoken(*sentences: Said | None) -> list[str]:
    """The sentences that there are, in the reader's language."""
    return [say(each, reader_language()) for each in sentences if each is not None]


def sentences_of(curves: Curves) -> list[str]:
    """What stands above the two curves."""
    return spoken(said_of(curves), said_against_plan(curves))


def foreseen(forecast: Forecast | None) -> Said | None:
    """A forecast in a sentence, with the method behind it."""
    if forecast is None:
        return None
    method = METHODS[forecast.method]
    values = {**forecast.in_words(), "method": Said(method.text, {"courses": forecast.courses})}
    if forecast.level is None:
        return Said(FORESEEN.text, values)
    return Said(HOLDS.text, {**values, "level": round(forecast.level * 100)})


def quality_said(kept: Mapping[str, float] | None) -> Said | None:
    """How good the forecasts of money were that could have been made a year ago."""
    if not kept:
        return None
    return Said(
        "去年同期的预测：{count} 个项目中 {coverage}% 的年底落在区间内，平均相差 {error} 个百分点",
        {
            "count": int(kept["count"]),
            "coverage": round(kept["coverage"] * 100),
            "error": Decimal(round(kept["error"] * 1000)) / 10,
        },
    )


def signals_of(row: Watched, *, with_money: bool) -> tuple[ShownSignal, ...]:
    """The signals of a project; those about payments only for who may read payments."""
    indicators = {kept["key"]: kept["name"] for kept in row.curves["indicators"]}
    shown = shown_signals(row.signals, with_money=with_money, indicators=indicators)
    return answering(shown, project=row.project_id, year=row.fiscal_year, on=row.on)


def answering(
    signals: Sequence[ShownSignal], *, project: object, year: int, on: date
) -> tuple[ShownSignal, ...]:
    """Signals whose sums lead to the number that they measured, as of a day."""
    return tuple(
        replace(
            each,
            answer=figure_address(
                "project-figure",
                project,
                MEASURED[each.signal.code],
                year=year,
                indicator=each.signal.where.indicator or "",
                on=on,
            ),
        )
        if each.signal.code in MEASURED
        else each
        for each in signals
    )


def shown_signals(
    kept: Sequence[Mapping[str, Any]],
    *,
    with_money: bool,
    indicators: Mapping[str, str] | None = None,
) -> tuple[ShownSignal, ...]:
    """Signals as they were kept, with their names and rules; indicators are called by theirs."""
    read = (signal_from_record(each) for each in kept)
    return tuple(
        ShownSignal(
            signal=signal,
            level=level_of(signal.level),
            name=NAMES[signal.code],
            rule=rule_address(signal.clause),
            indicator=(indicators or {}).get(signal.where.indicator or "", ""),
        )
        for signal in read
        if with_money or not names_money(signal)
    )


def names_money(signal: Signal) -> bool:
    """Whether a signal names a payment, a payee or a contract."""
    where = signal.where
    return bool(where.payment or where.payee or where.contract)


def rule_address(clause: str) -> str:
    """Where the rule of a signal is explained: pack/code@day."""
    pack, _, rest = clause.partition("/")
    return f"{reverse('monitoring-rules')}?pack={pack}#{rest.partition('@')[0]}"


def forecasts_of(row: Watched) -> tuple[Forecast | None, Forecast | None]:
    """Both forecasts, of money and of goals; once the year is over nothing is left to foresee."""
    if row.curves["ended"] == MONTHS:
        return None, None
    kept = row.forecasts
    return forecast_from_record(kept["money"]), forecast_from_record(kept["goals"])


def months_of(row: Watched) -> Table:
    """A project's two curves as a table; every number leads to its answer."""
    paid = [Decimal(amount) for amount in row.curves["paid"]]

    def answers(what: str, month: int) -> str:
        return figure_address(
            "project-figure", row.project_id, what, year=row.fiscal_year, month=month, on=row.on
        )

    return month_table(curves_of(row), paid=paid, answers=answers)


def month_table(
    curves: Curves,
    *,
    answers: Callable[[str, int], str] | None = None,
    paid: Sequence[Decimal] = (),
) -> Table:
    """Two curves as a table, with the amounts paid by each month where they are known.

    `answers` tells the address of a month's figure, by its name; without it numbers lead nowhere.
    """
    heads = [_("月"), _("资金"), _("资金计划"), _("目标"), _("目标计划")]
    if paid:
        heads.insert(1, _("累计支付（%(unit)s）") % {"unit": money_unit()})
    return Table(
        caption=_("各月累计"),
        columns=tuple(Column(name=name, numeric=place > 0) for place, name in enumerate(heads)),
        rows=tuple(_month(curves, month, paid=paid, answers=answers) for month in range(1, 13)),
    )


def _month(
    curves: Curves,
    month: int,
    *,
    paid: Sequence[Decimal],
    answers: Callable[[str, int], str] | None,
) -> tuple[Cell, ...]:
    shares = {
        "money": _at(curves.money, month),
        "money-planned": _at(curves.money_planned, month),
        "goals": _at(curves.goals, month),
        "goals-planned": _at(curves.goals_planned, month),
    }
    amount = {"paid": f"{paid[month - 1]:,.2f}" if month <= len(paid) else ""} if paid else {}
    return (
        Cell(text=str(month)),
        *(
            Cell(text=text, numeric=True, address=answers(what, month) if answers and text else "")
            for what, text in {**amount, **shares}.items()
        ),
    )


def _at(shares: Sequence[Decimal | None], month: int) -> str:
    share = shares[month - 1] if month <= len(shares) else None
    return "" if share is None else in_percent(share)


def days_of_sheets(year: int) -> tuple[date, date]:
    """The days as of which a sheet of a year can be had: none to come."""
    return date(year, 1, 1), min(date(year, 12, 31), business_date())


def percent_or_dash(share: Ratio | None) -> str:
    """A share as a list shows it; a dash where there is none."""
    return "—" if share is None else in_percent(share)
