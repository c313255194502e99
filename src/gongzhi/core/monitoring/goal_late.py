"""An indicator behind its plan: red far behind, yellow behind."""

from collections.abc import Iterator
from datetime import date

from gongzhi.core.monitoring.case import Case, Sign, Spot, Watch
from gongzhi.core.monitoring.figures import in_percent, percent, shown
from gongzhi.core.monitoring.progress import Progress
from gongzhi.core.monitoring.rules import Level, Rule
from gongzhi.core.terms import Ratio, Said


def find(case: Case, rule: Rule) -> Iterator[Sign]:
    """Figure ÷ what was planned by the end of the month in which it was read; a level ÷ its target.

    A figure of the present month is held against the last one's plan: nobody is late yet. Nor does
    an old figure make anybody later; that nobody read since is another signal.
    """
    first, limit = rule["from_month"], rule["yellow_below"]
    for each in case.curves.indicators:
        month = 0 if each.read_on is None else min(each.read_on.month, case.curves.ended)
        pace = each.pace(month, read_by=case.curves.month)
        if pace is None or month < first or pace >= limit:
            continue
        is_red = pace < rule["red_below"]
        yield Sign(
            where=Spot(indicator=each.promised.key),
            said=Said(
                "“{name}”的进度是 {month} 月底计划的 {pace}%，待核实",
                {"name": each.promised.name, "month": month, "pace": percent(pace)},
            ),
            since=_since(case, each, month, limit=limit),
            arithmetic=f"{figures(each, month)} = {in_percent(pace)}"
            f" < {in_percent(rule['red_below'] if is_red else limit)}",
            level=Level.RED if is_red else Level.YELLOW,
        )


def figures(each: Progress, month: int) -> str:
    """The division behind a pace: 42 ÷ (120 × 50%), or 91 ÷ 95 for a level."""
    promised, value = each.promised, each.value
    assert value is not None, "a pace has a figure"
    if promised.target is None:
        figure, target = in_percent(value), "100%"
    else:
        figure, target = shown(value), shown(promised.target)
    if promised.less_is_better:
        return f"{target} ÷ {figure}"
    if not promised.gathers:
        return f"{figure} ÷ {target}"
    return f"{figure} ÷ ({target} × {in_percent(each.planned[month - 1])})"


def _since(case: Case, each: Progress, month: int, *, limit: Ratio) -> date:
    planned, gathers = each.planned, each.promised.gathers

    def is_behind(month: int) -> bool:
        share = each.reached[month - 1]
        return share is not None and share < (planned[month - 1] * limit if gathers else limit)

    return case.since(month, is_behind)


SIGNAL = Watch(
    code="goal_late",
    name=Said("指标慢于计划"),
    meaning=Said("完成值除以读数当月月底应完成的值，低于界线"),
    find=find,
    numbers=("from_month", "red_below", "yellow_below"),
)
