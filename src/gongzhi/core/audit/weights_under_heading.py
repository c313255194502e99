"""W2 三级权重之和＞一级权重: the rows under a heading exceed its printed points."""

from collections.abc import Iterator

from gongzhi.core.audit.case import Case, Check, Fault
from gongzhi.core.audit.figures import added, total_of
from gongzhi.core.indicators.canonical import canonical
from gongzhi.core.indicators.reach import plain
from gongzhi.core.terms import Said


def find(case: Case) -> Iterator[Fault]:
    """Weights, or scores where a weight is missing, against the points beside the heading."""
    for heading, points in case.form.level1_weights.items():
        rows = [row for row in case.rows if canonical(row.indicator.level1) == canonical(heading)]
        counted = [row.score if row.weight is None else row.weight for row in rows]
        terms = [term for term in counted if term is not None]
        total = total_of(terms)
        if total > points + case.limits.weight_tolerance:
            said = Said(
                "“{heading}”注明 {points} 分，其下各行合计 {total} 分",
                {"heading": heading, "points": points, "total": total},
            )
            sum_in_figures = f"{added(terms)} = {plain(total)} > {plain(points)}"
            yield Fault(where=rows[0].where, said=said, arithmetic=sum_in_figures)


CHECK = Check(code="W2", certain=True, find=find)
