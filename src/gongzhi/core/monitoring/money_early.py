"""Money ahead of its own plan: more was paid by now than planned for the end of this month."""

from collections.abc import Iterator

from gongzhi.core.monitoring.case import Case, Sign, Watch
from gongzhi.core.monitoring.figures import in_percent, percent
from gongzhi.core.monitoring.rules import Rule
from gongzhi.core.terms import Ratio, Said


def find(case: Case, rule: Rule) -> Iterator[Sign]:
    """Spent − planned for the end of the present month above the limit."""
    month = case.curves.month
    ahead = _ahead(case, month)
    if ahead is None or ahead <= rule["points"]:
        return
    planned, spent = case.curves.money_planned[month - 1], case.curves.money[month - 1]
    assert planned is not None, "what is ahead has a plan"
    assert spent is not None, "and a budget"
    said = Said(
        "{month} 月底计划支出 {planned}%，已支出 {spent}%，资金比计划快 {points} 个百分点，待核实",
        {
            "month": month,
            "planned": percent(planned),
            "spent": percent(spent),
            "points": percent(ahead),
        },
    )
    since = case.since(month, lambda earlier: (_ahead(case, earlier) or 0) > rule["points"])
    yield Sign(
        said=said,
        since=min(since, case.today),
        arithmetic=f"{in_percent(spent)} − {in_percent(planned)} = {in_percent(ahead)}"
        f" > {in_percent(rule['points'])}",
    )


def _ahead(case: Case, month: int) -> Ratio | None:
    if not month:
        return None
    spent, planned = case.curves.money[month - 1], case.curves.money_planned[month - 1]
    return None if spent is None or planned is None else spent - planned


SIGNAL = Watch(
    code="money_early",
    name=Said("资金快于计划"),
    meaning=Said("目前实际支出与本月底计划支出之差超过界线"),
    find=find,
    numbers=("points",),
)
