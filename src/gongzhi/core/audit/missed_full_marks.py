"""S1 未达标却满分: the target is missed, the marks are full."""

from collections.abc import Iterator

from gongzhi.core.audit.case import Case, Check, Fault
from gongzhi.core.audit.figures import against
from gongzhi.core.audit.units import with_units
from gongzhi.core.indicators.reach import plain
from gongzhi.core.terms import Said


def find(case: Case) -> Iterator[Fault]:
    """Target and result are numbers and the result misses."""
    for row in case.rows:
        if row.is_met is not False or row.score is None or row.weight is None:
            continue
        if row.score >= row.weight:
            values = {"name": row.name, "score": row.score, "weight": row.weight}
            said = Said("“{name}”未达到目标，得分 {score} 仍为满分（{weight} 分）", values)
            figures = f"{against(row)}; {plain(row.score)} ≥ {plain(row.weight)}"
            yield Fault(where=row.where, said=with_units(row, said), arithmetic=figures)


CHECK = Check(code="S1", certain=True, find=find)
