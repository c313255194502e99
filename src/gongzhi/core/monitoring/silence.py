"""Silence: an indicator that nobody read for too long."""

from collections.abc import Iterator
from datetime import date, timedelta

from gongzhi.core.monitoring.case import Case, Sign, Spot, Watch
from gongzhi.core.monitoring.rules import Rule
from gongzhi.core.terms import Said


def find(case: Case, rule: Rule) -> Iterator[Sign]:
    """More days than allowed since the last reading, or since the project's year began.

    Where a plan by month expects nothing new by now, nobody need have read anything.
    """
    if not case.curves.month or case.today.year != case.plan.year:
        return
    days = int(rule["days"])
    begun = max(case.plan.starts_on or date.min, date(case.plan.year, 1, 1))
    for each in case.curves.indicators:
        promised = each.promised
        if promised.by_month and not promised.by_month[max(case.curves.ended - 1, 0)]:
            continue
        last = each.read_on or begun
        silent = (case.today - last).days
        if silent <= days or (each.reached and (each.reached[-1] or 0) >= 1 and promised.gathers):
            continue
        text = "“{name}”已有 {days} 天没有读数"
        if each.read_on is None:
            text = "“{name}”开始 {days} 天，还没有读数"
        yield Sign(
            where=Spot(indicator=promised.key),
            said=Said(text, {"name": promised.name, "days": silent}),
            since=last + timedelta(days=days),
            arithmetic=f"{case.today} − {last} = {silent} > {days}",
        )


SIGNAL = Watch(
    code="silence",
    name=Said("久无读数"),
    meaning=Said("指标距最近一次读数的天数超过界线；已经完成的除外"),
    find=find,
    numbers=("days",),
)
