"""Q2 实际完成值照抄目标值（带符号）: the result carries the sign of the target."""

from collections.abc import Iterator

from gongzhi.core.audit.case import Case, Check, Fault
from gongzhi.core.indicators.canonical import canonical
from gongzhi.core.indicators.reach import shortened
from gongzhi.core.terms import Said

SIGNS = ("≥", "≤", "=", ">", "<")


def find(case: Case) -> Iterator[Fault]:
    """A measured result has no sign."""
    for row in case.rows:
        if row.is_met is None or not canonical(row.indicator.actual_text).startswith(SIGNS):
            continue
        values = {"name": row.name, "result": shortened(row.indicator.actual_text)}
        said = Said("“{name}”的完成值“{result}”带有符号，不像实际测得的数，待核实", values)
        yield Fault(where=row.where, said=said)


CHECK = Check(code="Q2", certain=False, find=find)
