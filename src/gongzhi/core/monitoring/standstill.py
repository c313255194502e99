"""Goals that stand still while money is being paid."""

from collections.abc import Iterator

from gongzhi.core.monitoring.case import Case, Sign, Spot, Watch
from gongzhi.core.monitoring.figures import WHOLE, end_of, in_percent, percent
from gongzhi.core.monitoring.progress import Progress
from gongzhi.core.monitoring.rules import Rule
from gongzhi.core.terms import Said


def find(case: Case, rule: Rule) -> Iterator[Sign]:
    """An indicator read anew with the same figure for so many months, money moving meanwhile."""
    months, month = int(rule["months"]), case.curves.read_month
    before = month - months
    if before < 1:
        return
    then, now = case.curves.money[before - 1], case.curves.money[month - 1]
    if then is None or now is None or now - then <= rule["points"]:
        return
    for each in case.curves.indicators:
        if not _stands_still(each, month, since=before):
            continue
        yield Sign(
            where=Spot(indicator=each.promised.key),
            said=Said(
                "“{name}”{months} 个月没有进展，同期又支出了预算的 {points}%，待核实",
                {"name": each.promised.name, "months": months, "points": percent(now - then)},
            ),
            since=end_of(case.plan.year, before),
            arithmetic=f"{in_percent(now)} − {in_percent(then)} = {in_percent(now - then)}"
            f" > {in_percent(rule['points'])}",
        )


def _stands_still(each: Progress, month: int, *, since: int) -> bool:
    """Same figure as then though read since, not done, and planned to move meanwhile."""
    promised, value, share = each.promised, each.values[month - 1], each.reached[month - 1]
    if not promised.gathers or value is None or share is None or share >= WHOLE:
        return False
    is_read = each.read_on is not None and each.read_on.month > since
    moves = each.planned[month - 1] > each.planned[since - 1]
    return is_read and moves and each.values[since - 1] == value


SIGNAL = Watch(
    code="standstill",
    name=Said("指标停滞"),
    meaning=Said("指标连续几个月没有进展，而同期支出超过界线"),
    find=find,
    numbers=("months", "points"),
)
