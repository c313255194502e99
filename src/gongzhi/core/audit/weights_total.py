"""W1 权重之和≠100: weights do not add up to 100."""

from collections.abc import Iterator

from gongzhi.core.audit.case import Case, Check, Fault
from gongzhi.core.audit.figures import added, total_of
from gongzhi.core.indicators.reach import plain
from gongzhi.core.terms import Said

ADDED = "分值合计 {total}，不等于 {full}"
WITHOUT_WEIGHTS = "表中没有分值列，而各行得分与执行率分值合计 {total}，超过 {full}"


def find(case: Case) -> Iterator[Fault]:
    """Only with a total row; without weights, scores must not exceed what they would be."""
    if not case.form.has_total_row or not case.rows:
        return
    full, slack = case.limits.full_marks, case.limits.weight_tolerance
    if case.all_weights is not None:
        terms = [*case.all_weights, case.execution_weight]
        differs, sign, text = abs(total_of(terms) - full) > slack, "≠", ADDED
    elif not case.has_weights:
        terms = [*(row.score for row in case.rows if row.score is not None), case.execution_weight]
        differs, sign, text = total_of(terms) > full + slack, ">", WITHOUT_WEIGHTS
    else:
        return
    if differs:
        total = total_of(terms)
        figures = f"{added(terms)} = {plain(total)} {sign} {plain(full)}"
        said = Said(text, {"total": total, "full": full})
        yield Fault(where=case.form.where, said=said, arithmetic=figures)


CHECK = Check(code="W1", certain=True, find=find)
