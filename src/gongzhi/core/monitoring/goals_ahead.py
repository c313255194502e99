"""Goals ahead of the money: done, but not yet paid, or promised too little."""

from collections.abc import Iterator

from gongzhi.core.monitoring.case import Case, Sign, Watch
from gongzhi.core.monitoring.figures import in_percent, percent
from gongzhi.core.monitoring.rules import Rule
from gongzhi.core.terms import Said


def find(case: Case, rule: Rule) -> Iterator[Sign]:
    """Goals − money above the limit at the last month that was read."""
    month = case.curves.read_month
    gap = case.curves.gap_at(month)
    if gap is None or gap <= rule["points"]:
        return
    money, goals = case.curves.money[month - 1], case.curves.goals[month - 1]
    assert money is not None, "a gap has two sides"
    assert goals is not None, "and both are known"
    said = Said(
        "到 {month} 月底目标完成 {goals}%，钱花了 {money}%，目标比资金快 {points} 个百分点，待核实",
        {
            "month": month,
            "money": percent(money),
            "goals": percent(goals),
            "points": percent(gap),
        },
    )
    yield Sign(
        said=said,
        since=case.since(
            month, lambda earlier: (case.curves.gap_at(earlier) or 0) > rule["points"]
        ),
        arithmetic=f"{in_percent(goals)} − {in_percent(money)} = {in_percent(gap)}"
        f" > {in_percent(rule['points'])}",
    )


SIGNAL = Watch(
    code="goals_ahead",
    name=Said("目标快于资金"),
    meaning=Said("目标进度减支出进度超过界线"),
    find=find,
    numbers=("points",),
)
