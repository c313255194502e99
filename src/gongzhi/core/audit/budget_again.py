"""Q5 指标重复考核预算执行: an indicator measures budget execution once more."""

from collections.abc import Iterator

from gongzhi.core.audit.case import Case, Check, Fault
from gongzhi.core.indicators.canonical import canonical
from gongzhi.core.terms import Said


def find(case: Case) -> Iterator[Fault]:
    """The level-3 name is on the list."""
    for row in case.rows:
        if case.limits.budget_indicator.search(canonical(row.indicator.level3)):
            said = Said("“{name}”与预算执行率重复考核，待核实", {"name": row.name})
            yield Fault(where=row.where, said=said)


CHECK = Check(code="Q5", certain=False, find=find)
