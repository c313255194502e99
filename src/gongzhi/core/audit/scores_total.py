"""T1 得分合计≠总分: scores do not add up to the stated total."""

from collections.abc import Iterator

from gongzhi.core.audit.case import Case, Check, Fault
from gongzhi.core.audit.figures import added, total_of
from gongzhi.core.indicators.reach import plain
from gongzhi.core.terms import Said


def find(case: Case) -> Iterator[Fault]:
    """Only with a total row, a stated total and a score in every row."""
    stated = case.form.stated_total
    if not case.form.has_total_row or stated is None or case.all_scores is None:
        return
    terms = [*case.all_scores, case.execution_score]
    total = total_of(terms)
    if abs(total - stated) > case.limits.total_tolerance:
        said = Said("所报总分 {stated} 与得分合计 {total} 不符", {"stated": stated, "total": total})
        figures = f"{added(terms)} = {plain(total)} ≠ {plain(stated)}"
        yield Fault(where=case.form.where, said=said, arithmetic=figures)


CHECK = Check(code="T1", certain=True, find=find)
