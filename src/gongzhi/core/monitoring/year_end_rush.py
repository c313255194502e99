"""Rush at the year's end: a large part of the year's money paid in its last months."""

from collections.abc import Iterator

from gongzhi.core.monitoring.case import Case, Sign, Watch
from gongzhi.core.monitoring.figures import DAY, NOTHING, end_of, in_percent, percent, quotient
from gongzhi.core.monitoring.plan import MONTHS
from gongzhi.core.monitoring.rules import Rule
from gongzhi.core.terms import Said


def find(case: Case, rule: Rule) -> Iterator[Sign]:
    """What the last months paid ÷ what the year paid, once they have begun.

    A plan that says so beforehand is no rush: only what goes beyond it counts.
    """
    last, money = int(rule["months"]), case.curves.money
    before = MONTHS - last
    if case.curves.month <= before or case.budget is None or case.curves.paid <= 0:
        return
    whole = money[-1] or NOTHING
    share = (whole - (money[before - 1] or NOTHING)) / whole
    planned = case.plan.money
    foreseen = (planned[-1] - planned[before - 1]) / planned[-1] if planned and planned[-1] else 0
    if share <= rule["share"] or share <= foreseen:
        return
    amount = case.curves.paid * share
    said = Said(
        "最后 {months} 个月支出占全年已支出的 {share}%，年底支出集中，待核实",
        {"months": last, "share": percent(share)},
    )
    yield Sign(
        said=said,
        since=end_of(case.plan.year, before) + DAY,
        arithmetic=f"{quotient(amount, case.curves.paid)} > {in_percent(rule['share'])}",
    )


SIGNAL = Watch(
    code="year_end_rush",
    name=Said("年底支出集中"),
    meaning=Said("最后几个月的支出占全年支出的比例超过界线，并超过原计划"),
    find=find,
    numbers=("months", "share"),
)
