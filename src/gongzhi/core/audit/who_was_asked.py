"""H-ASKED 满意度没有调查依据: satisfaction in figures, without who was asked."""

import re
from collections.abc import Iterator

from gongzhi.core.audit.case import Case, Check, Fault, Row
from gongzhi.core.indicators.canonical import canonical
from gongzhi.core.indicators.reach import shortened
from gongzhi.core.terms import Said

SATISFACTION = "满意"
# A name that tells nobody: satisfaction of whoever is served.
NOBODY = re.compile(r"(?:社会公众|服务对象|受益对象|受益群体|社会)?满意度?(?:指标)?")


def find(case: Case) -> Iterator[Fault]:
    """A result in figures, and neither the row nor the result text tells of a survey."""
    if not case.is_self_evaluation:
        return
    survey = case.limits.survey
    if survey.search(canonical(case.form.goal_actual_text)):
        return
    for row in case.rows:
        if not _is_satisfaction(row) or row.result is None or not row.result.is_per_cent:
            continue
        told = "".join(canonical(text) for text in _texts(row))
        if not survey.search(told):
            values = {"name": row.name, "result": shortened(row.indicator.actual_text)}
            text = "“{name}”{result}，没有写调查了多少人、用什么方式，待核实"
            if NOBODY.fullmatch(canonical(row.indicator.level3)):
                text = "“{name}”{result}，没有写调查了谁、多少人、用什么方式，待核实"
            yield Fault(where=row.where, said=Said(text, values))


def _is_satisfaction(row: Row) -> bool:
    indicator = row.indicator
    headings = (indicator.level1, indicator.level2, indicator.level3)
    return any(SATISFACTION in canonical(heading) for heading in headings)


def _texts(row: Row) -> tuple[str | None, ...]:
    indicator = row.indicator
    return indicator.level3, indicator.target_text, indicator.actual_text, indicator.reason


CHECK = Check(code="H-ASKED", certain=False, find=find)
