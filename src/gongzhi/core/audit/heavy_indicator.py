"""W4 单一指标权重≥40: one indicator carries too much."""

from collections.abc import Iterator

from gongzhi.core.audit.case import Case, Check, Fault
from gongzhi.core.indicators.reach import plain
from gongzhi.core.terms import Said


def find(case: Case) -> Iterator[Fault]:
    """The weight decides; on forms without weights the score does. Goal forms are left out."""
    if case.is_goal:
        return
    for row in case.rows:
        carried = row.weight if case.has_weights else row.score
        if carried is not None and carried >= case.limits.heavy_weight:
            values = {"name": row.name, "carried": carried}
            said = Said("“{name}”一项占 {carried} 分，可考虑拆分", values)
            figures = f"{plain(carried)} ≥ {case.limits.heavy_weight}"
            yield Fault(where=row.where, said=said, arithmetic=figures)


CHECK = Check(code="W4", certain=False, find=find)
