"""A running total that falls: one of the two readings isn't what it says."""

from collections.abc import Iterator

from gongzhi.core.monitoring.case import Case, Sign, Spot, Watch
from gongzhi.core.monitoring.figures import WHOLE, end_of, shown
from gongzhi.core.monitoring.plan import Course
from gongzhi.core.monitoring.progress import Progress
from gongzhi.core.monitoring.rules import Rule
from gongzhi.core.terms import Ratio, Said


def find(case: Case, rule: Rule) -> Iterator[Sign]:
    """The last month whose total is lower than the month's before, beyond the slack."""
    for each in case.curves.indicators:
        if each.promised.course is not Course.SO_FAR or not each.promised.gathers:
            continue
        month = _fell_in(each, keeps=WHOLE - rule["slack"])
        if month is None:
            continue
        before, after = each.values[month - 2], each.values[month - 1]
        assert before is not None, "what fell was read"
        assert after is not None, "twice"
        yield Sign(
            where=Spot(indicator=each.promised.key),
            said=Said(
                "“{name}”累计完成值从 {before} 降到 {after}（{month} 月），算术不符",
                {
                    "name": each.promised.name,
                    "before": shown(before),
                    "after": shown(after),
                    "month": month,
                },
            ),
            since=min(end_of(case.plan.year, month), case.today),
            arithmetic=f"{shown(after)} < {shown(before)}",
        )


def _fell_in(each: Progress, *, keeps: Ratio) -> int | None:
    """The last month that fell, unless the total has come back since."""
    values = each.values
    known = [value for value in values if value is not None]
    if not known or known[-1] == max(known):
        return None
    for month in range(len(values), 1, -1):
        before, after, now = values[month - 2], values[month - 1], values[-1]
        if before is None or after is None or now is None:
            return None
        if after < before * keeps and now < before:
            return month
    return None


SIGNAL = Watch(
    code="reading_falls",
    name=Said("累计数下降"),
    meaning=Said("累计完成值比上一次读数小"),
    find=find,
    numbers=("slack",),
)
