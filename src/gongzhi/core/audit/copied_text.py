"""Q6 实际完成情况照抄预期目标: the text of results repeats the text of goals."""

from collections.abc import Iterator

from gongzhi.core.audit.case import Case, Check, Fault, same_text
from gongzhi.core.terms import Said


def find(case: Case) -> Iterator[Fault]:
    """Both texts are there and equal."""
    form = case.form
    if case.is_self_evaluation and same_text(form.goal_text, form.goal_actual_text):
        said = Said("“实际完成情况”与“预期目标”文字相同，没有写出完成了什么，待核实")
        yield Fault(where=form.where, said=said)


CHECK = Check(code="Q6", certain=False, find=find)
