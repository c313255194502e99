"""Money ahead of the goals: paid, but not yet done."""

from collections.abc import Iterator

from gongzhi.core.monitoring.case import Case, Sign, Watch
from gongzhi.core.monitoring.figures import in_percent, percent
from gongzhi.core.monitoring.rules import Rule
from gongzhi.core.terms import Ratio, Said


def find(case: Case, rule: Rule) -> Iterator[Sign]:
    """Money − goals above the limit at the last month that was read."""
    month = case.curves.read_month
    gap = _gap(case, month)
    if gap is None or gap <= rule["points"]:
        return
    money, goals = case.curves.money[month - 1], case.curves.goals[month - 1]
    assert money is not None, "a gap has two sides"
    assert goals is not None, "and both are known"
    said = Said(
        "到 {month} 月底钱花了 {money}%，目标完成 {goals}%，资金比目标快 {points} 个百分点，待核实",
        {
            "month": month,
            "money": percent(money),
            "goals": percent(goals),
            "points": percent(gap),
        },
    )
    yield Sign(
        said=said,
        since=case.since(month, lambda earlier: (_gap(case, earlier) or 0) > rule["points"]),
        arithmetic=f"{in_percent(money)} − {in_percent(goals)} = {in_percent(gap)}"
        f" > {in_percent(rule['points'])}",
    )


def _gap(case: Case, month: int) -> Ratio | None:
    gap = case.curves.gap_at(month)
    return None if gap is None else -gap


SIGNAL = Watch(
    code="money_ahead",
    name=Said("资金快于目标"),
    meaning=Said("支出进度减目标进度超过界线"),
    find=find,
    numbers=("points",),
)
