"""S4 未达标未写偏差原因: the target is missed, points were taken, no reason is written."""

from collections.abc import Iterator

from gongzhi.core.audit.case import Case, Check, Fault
from gongzhi.core.audit.figures import against
from gongzhi.core.audit.units import with_units
from gongzhi.core.indicators.reach import plain
from gongzhi.core.terms import Said


def find(case: Case) -> Iterator[Fault]:
    """A miss that was marked down but not explained."""
    for row in case.rows:
        if row.is_met is not False or row.score is None or row.weight is None or row.has_reason:
            continue
        if row.score < row.weight:
            said = Said("“{name}”未达到目标并已扣分，没有写偏差原因", {"name": row.name})
            figures = f"{against(row)}; {plain(row.score)} < {plain(row.weight)}"
            yield Fault(where=row.where, said=with_units(row, said), arithmetic=figures)


CHECK = Check(code="S4", certain=True, find=find)
