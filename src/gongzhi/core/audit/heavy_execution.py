"""X5 执行率分值异常: execution carries more points than is usual."""

from collections.abc import Iterator

from gongzhi.core.audit.case import Case, Check, Fault
from gongzhi.core.indicators.reach import plain
from gongzhi.core.terms import Said


def find(case: Case) -> Iterator[Fault]:
    """A weight of execution above the usual limit."""
    weight, most = case.execution_weight, case.limits.execution_weight_max
    if weight > most:
        said = Said(
            "预算执行率分值 {weight}，超过 {most} 分，待核实", {"weight": weight, "most": most}
        )
        yield Fault(
            where=case.money_where, said=said, arithmetic=f"{plain(weight)} > {plain(most)}"
        )


CHECK = Check(code="X5", certain=False, find=find)
