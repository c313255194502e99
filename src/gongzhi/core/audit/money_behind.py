"""P1 资金进度与产出背离: little money was spent, yet everything is done."""

from collections.abc import Iterator
from fractions import Fraction

from gongzhi.core.audit.case import Case, Check, Fault
from gongzhi.core.audit.figures import rounded
from gongzhi.core.indicators.reach import plain
from gongzhi.core.terms import Said


def find(case: Case) -> Iterator[Fault]:
    """Spending below the limit while every comparable target is met."""
    percent, limit = case.execution_percent, Fraction(case.limits.slow_spending) * 100
    met = [row.is_met for row in case.rows if row.is_met is not None]
    if percent is None or percent >= limit or not met or not all(met):
        return
    said = Said(
        "执行率只有 {percent}%，可比较的 {rows} 项指标却全部达标，待核实",
        {"percent": rounded(percent), "rows": len(met)},
    )
    figures = f"{plain(rounded(percent))}% < {plain(rounded(limit))}%"
    yield Fault(where=case.money_where, said=said, arithmetic=figures)


CHECK = Check(code="P1", certain=False, find=find)
