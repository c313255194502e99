"""S3 达标却无理由扣分: the target is met, points were taken, no reason is written."""

from collections.abc import Iterator

from gongzhi.core.audit.case import Case, Check, Fault
from gongzhi.core.audit.figures import against
from gongzhi.core.indicators.reach import plain
from gongzhi.core.terms import Said


def find(case: Case) -> Iterator[Fault]:
    """A deduction that nothing on the form explains."""
    for row in case.rows:
        if not row.is_met or row.score is None or row.weight is None or row.has_reason:
            continue
        if row.score < row.weight:
            values = {"name": row.name, "taken": row.weight - row.score}
            said = Said("“{name}”已达到目标而扣 {taken} 分，没有写原因，待核实", values)
            figures = f"{against(row)}; {plain(row.score)} < {plain(row.weight)}"
            yield Fault(where=row.where, said=said, arithmetic=figures)


CHECK = Check(code="S3", certain=False, find=find)
