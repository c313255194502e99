"""Money behind its own plan at the end of the last month."""

from collections.abc import Iterator

from gongzhi.core.monitoring.case import Case, Sign, Watch
from gongzhi.core.monitoring.figures import in_percent, percent
from gongzhi.core.monitoring.rules import Rule
from gongzhi.core.terms import Ratio, Said


def find(case: Case, rule: Rule) -> Iterator[Sign]:
    """Planned − spent above the limit; what was paid since counts too, before anybody is called."""
    month = case.curves.ended
    behind = _behind(case, month)
    if behind is None or behind <= rule["points"]:
        return
    planned, spent = case.curves.money_planned[month - 1], case.curves.money_now
    assert planned is not None, "what is behind has a plan"
    assert spent is not None, "and a budget"
    said = Said(
        "{month} 月底计划支出 {planned}%，实际 {spent}%，资金比计划慢 {points} 个百分点，待核实",
        {
            "month": month,
            "planned": percent(planned),
            "spent": percent(spent),
            "points": percent(behind),
        },
    )
    yield Sign(
        said=said,
        since=case.since(month, lambda earlier: (_at(case, earlier) or 0) > rule["points"]),
        arithmetic=f"{in_percent(planned)} − {in_percent(spent)} = {in_percent(behind)}"
        f" > {in_percent(rule['points'])}",
    )


def _behind(case: Case, month: int) -> Ratio | None:
    spent = case.curves.money_now
    planned = case.curves.money_planned[month - 1] if month else None
    return None if spent is None or planned is None else planned - spent


def _at(case: Case, month: int) -> Ratio | None:
    spent, planned = case.curves.money[month - 1], case.curves.money_planned[month - 1]
    return None if spent is None or planned is None else planned - spent


SIGNAL = Watch(
    code="money_late",
    name=Said("资金慢于计划"),
    meaning=Said("上月底计划支出与目前实际支出之差超过界线"),
    find=find,
    numbers=("points",),
)
