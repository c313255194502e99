"""Q3 指标方向错: a quantity indicator asks for at most."""

from collections.abc import Iterator

from gongzhi.core.audit.case import Case, Check, Fault
from gongzhi.core.indicators.canonical import canonical
from gongzhi.core.indicators.reach import shortened
from gongzhi.core.terms import Said

QUANTITY = "数量"
AT_MOST = ("≤", "<")


def find(case: Case) -> Iterator[Fault]:
    """Level 2 begins with 数量 and the sign is ≤ or <."""
    for row in case.rows:
        if row.target is None or row.target.sign not in AT_MOST:
            continue
        if canonical(row.indicator.level2).startswith(QUANTITY):
            values = {"name": row.name, "target": shortened(row.indicator.target_text)}
            said = Said("数量指标“{name}”的目标是“{target}”，方向可能写反，待核实", values)
            yield Fault(where=row.where, said=said)


CHECK = Check(code="Q3", certain=False, find=find)
