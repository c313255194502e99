"""T2 缺项即使满分也达不到所报总分: the stated total is out of reach."""

from collections.abc import Iterator

from gongzhi.core.audit.case import Case, Check, Fault
from gongzhi.core.audit.figures import added, total_of
from gongzhi.core.indicators.reach import plain
from gongzhi.core.terms import Said


def find(case: Case) -> Iterator[Fault]:
    """No total row, but a total elsewhere: missing scores count with their full weight."""
    stated = case.form.stated_total
    if case.form.has_total_row or stated is None or case.all_weights is None:
        return
    weights = total_of(case.all_weights) + case.execution_weight
    if abs(weights - case.limits.full_marks) >= case.limits.weight_tolerance:
        return
    execution = case.form.execution_score
    terms = [
        *(
            weight if row.score is None else row.score
            for row, weight in zip(case.rows, case.all_weights, strict=True)
        ),
        case.execution_weight if execution is None else execution,
    ]
    most = total_of(terms)
    if most < stated - case.limits.total_tolerance:
        said = Said(
            "所报总分 {stated}，而缺项都按满分计也只有 {most} 分", {"stated": stated, "most": most}
        )
        figures = f"{added(terms)} = {plain(most)} < {plain(stated)}"
        yield Fault(where=case.form.where, said=said, arithmetic=figures)


CHECK = Check(code="T2", certain=True, find=find)
