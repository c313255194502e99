"""M1 公布时未填完成值和得分: published without results and scores."""

from collections.abc import Iterator

from gongzhi.core.audit.case import Case, Check, Fault
from gongzhi.core.indicators.canonical import says_nothing
from gongzhi.core.terms import Said


def find(case: Case) -> Iterator[Fault]:
    """No result and no score anywhere."""
    if not case.is_self_evaluation or not case.rows or case.form.execution_score is not None:
        return
    if all(row.score is None and says_nothing(row.indicator.actual_text) for row in case.rows):
        said = Said("自评表的 {rows} 项指标都没有完成值和得分", {"rows": len(case.rows)})
        yield Fault(where=case.form.where, said=said)


CHECK = Check(code="M1", certain=True, find=find)
