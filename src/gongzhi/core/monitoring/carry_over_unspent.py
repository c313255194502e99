"""Money carried over from last year that isn't spent yet, though it comes first."""

from collections.abc import Iterator

from gongzhi.core.monitoring.case import Case, Sign, Watch
from gongzhi.core.monitoring.figures import end_of, in_percent, percent, quotient
from gongzhi.core.monitoring.rules import Rule
from gongzhi.core.terms import Said


def find(case: Case, rule: Rule) -> Iterator[Sign]:
    """All that was paid ÷ what was carried over, below the last mark that is past."""
    carried = case.facts.carried_over
    past = [month for month in rule.marks if month <= case.curves.ended]
    if carried is None or carried <= 0 or not past:
        return
    month = max(past)
    share = case.curves.paid / carried
    if share >= rule.marks[month]:
        return
    said = Said(
        "上年结转资金到 {month} 月底最多只用了 {share}%，应达到 {mark}%，待核实",
        {"month": month, "share": percent(share), "mark": percent(rule.marks[month])},
    )
    yield Sign(
        said=said,
        since=end_of(case.plan.year, month),
        arithmetic=f"{quotient(case.curves.paid, carried)} < {in_percent(rule.marks[month])}",
    )


SIGNAL = Watch(
    code="carry_over_unspent",
    name=Said("结转资金未用"),
    meaning=Said("全年累计支出还不到上年结转资金的规定比例"),
    find=find,
    marks=True,
)
