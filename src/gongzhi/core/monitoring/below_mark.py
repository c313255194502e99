"""Money below the share that the place's rule asks for by the end of certain months."""

from collections.abc import Iterator

from gongzhi.core.monitoring.case import Case, Sign, Watch
from gongzhi.core.monitoring.figures import end_of, in_percent, percent, quotient
from gongzhi.core.monitoring.rules import Rule
from gongzhi.core.terms import Said


def find(case: Case, rule: Rule) -> Iterator[Sign]:
    """Less spent by now than the last mark that is past."""
    past = [month for month in rule.marks if month <= case.curves.ended]
    spent = case.curves.money_now
    if not past or spent is None or case.budget is None:
        return
    month = max(past)
    mark = rule.marks[month]
    if spent >= mark:
        return
    said = Said(
        "执行率 {spent}%，低于 {month} 月底应达到的 {mark}%，待核实",
        {"spent": percent(spent), "month": month, "mark": percent(mark)},
    )
    yield Sign(
        said=said,
        since=end_of(case.plan.year, month),
        arithmetic=f"{quotient(case.curves.paid, case.budget)} < {in_percent(mark)}",
    )


SIGNAL = Watch(
    code="below_mark",
    name=Said("执行率低于规定进度"),
    meaning=Said("执行率低于规则对最近一个考核月的要求"),
    find=find,
    marks=True,
)
