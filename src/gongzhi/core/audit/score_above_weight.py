"""X4 得分＞分值: a score above its maximum."""

from collections.abc import Iterator

from gongzhi.core.audit.case import Case, Check, Fault
from gongzhi.core.indicators.reach import plain
from gongzhi.core.terms import Said


def find(case: Case) -> Iterator[Fault]:
    """The execution line and every row."""
    weight, score = case.form.execution_weight, case.form.execution_score
    if weight is not None and score is not None and score > weight:
        said = Said(
            "预算执行率得 {score} 分，超过分值 {weight} 分", {"score": score, "weight": weight}
        )
        figures = f"{plain(score)} > {plain(weight)}"
        yield Fault(where=case.money_where, said=said, arithmetic=figures)
    for row in case.rows:
        if row.weight is not None and row.score is not None and row.score > row.weight:
            said = Said(
                "“{name}”得 {score} 分，超过分值 {weight} 分",
                {"name": row.name, "score": row.score, "weight": row.weight},
            )
            figures = f"{plain(row.score)} > {plain(row.weight)}"
            yield Fault(where=row.where, said=said, arithmetic=figures)


CHECK = Check(code="X4", certain=True, find=find)
