"""A target that looks too low: far more than planned by now, or beyond the whole year's target."""

from collections.abc import Iterator

from gongzhi.core.monitoring.case import Case, Sign, Spot, Watch
from gongzhi.core.monitoring.figures import WHOLE, in_percent, percent
from gongzhi.core.monitoring.goal_late import figures
from gongzhi.core.monitoring.rules import Rule
from gongzhi.core.terms import Said


def find(case: Case, rule: Rule) -> Iterator[Sign]:
    """Figure ÷ plan for the end of the month in which it was read, from the limit on.

    A target that was just reached, early, is done and not low.
    """
    for each in case.curves.indicators:
        if each.read_on is None or each.read_on.month < rule["from_month"]:
            continue
        month = each.read_on.month
        pace = each.pace(month)
        if pace is None or pace < rule["from_share"] or not each.promised.gathers:
            continue
        if each.reached[-1] == WHOLE:
            continue
        yield Sign(
            where=Spot(indicator=each.promised.key),
            said=Said(
                "“{name}”的进度是 {month} 月底计划的 {pace}%，目标可能偏低，待核实",
                {"name": each.promised.name, "month": month, "pace": percent(pace)},
            ),
            since=each.read_on,
            arithmetic=f"{figures(each, month)} = {in_percent(pace)}"
            f" ≥ {in_percent(rule['from_share'])}",
        )


SIGNAL = Watch(
    code="target_low",
    name=Said("目标可能偏低"),
    meaning=Said("完成值除以读数当月月底应完成的值，达到或超过界线"),
    find=find,
    numbers=("from_month", "from_share"),
)
