"""H-GOAL 目标不可衡量: goals that nobody can check, with the reason."""

import re
from collections.abc import Iterator

from gongzhi.core.audit.case import Case, Check, Fault, Row, same_text
from gongzhi.core.indicators.canonical import canonical, says_nothing
from gongzhi.core.indicators.dates import last_date
from gongzhi.core.indicators.numbers import bare_number
from gongzhi.core.indicators.reach import shortened
from gongzhi.core.terms import Said

FIGURE = re.compile(r"[0-9]")


def find(case: Case) -> Iterator[Fault]:
    """The goal text of any form; target by target where the form only promises."""
    said = _text_fault(case)
    if said is not None:
        yield Fault(where=case.form.where, said=said)
    for row in case.rows:
        said = _row_fault(case, row)
        if said is not None:
            yield Fault(where=row.where, said=said)


def _text_fault(case: Case) -> Said | None:
    """Guidance left in, the project's name again, or not one figure on the whole form."""
    form = case.form
    for text in (form.goal_text, form.goal_actual_text):
        if case.limits.guidance.search(canonical(text)):
            return Said("“{text}”是填表说明，没有写目标本身", {"text": shortened(text)})
    if says_nothing(form.goal_text):
        return None
    quoted = {"text": shortened(form.goal_text)}
    if same_text(form.goal_text, form.project):
        return Said("总体目标“{text}”只重复了项目名称，看不出要做到什么", quoted)
    if case.rows and not FIGURE.search(canonical(form.goal_text)) and not _any_measure(case):
        return Said("总体目标“{text}”和各项指标都没有数字或期限，无法核对", quoted)
    return None


def _any_measure(case: Case) -> bool:
    return any(
        row.target is not None or FIGURE.search(row.promise.text) is not None for row in case.rows
    )


def _row_fault(case: Case, row: Row) -> Said | None:
    name, target = row.indicator.level3, row.promise.text
    if not case.is_goal:
        return None
    if bare_number(name):
        return Said("指标名称只是数字“{name}”，看不出衡量什么", {"name": row.name})
    if says_nothing(name):
        return None
    if not target:
        return Said("“{name}”没有指标值", {"name": row.name})
    is_dated = last_date(target) is not None
    if row.target is None and not is_dated and case.limits.vague_target.search(target):
        values = {"name": row.name, "target": shortened(row.indicator.target_text)}
        return Said("“{name}”的目标“{target}”没有数字、期限或可核对的标准", values)
    return None


CHECK = Check(code="H-GOAL", certain=False, find=find)
