"""What a file or a form that was read in part lacks, and what to do about it."""

from collections.abc import Iterator

from gongzhi.core.terms import Form, FormType, Problem, Said, Where
from gongzhi.intake.document import Document
from gongzhi.papers.reader.drafts import Draft

WITH_MONEY = frozenset(FormType) - {FormType.GOAL_DEPARTMENT}
NAMED_BY_PROJECT = frozenset({FormType.SELF_EVALUATION, FormType.GOAL, FormType.MONITORING})


def gaps_of(draft: Draft, form: Form) -> Iterator[Problem]:
    """The parts of a form that were not found or not understood."""
    yield from draft.problems
    if form.project is None and form.form_type in NAMED_BY_PROJECT:
        yield Problem(
            where=form.where, what=Said("没有找到项目名称"),
            hint=Said("请检查表头是否有“项目名称”一栏并已填写"),
        )  # fmt: skip
    if form.form_type in WITH_MONEY and not _has_money(draft, form):
        yield Problem(
            where=form.where, what=Said("没有找到资金部分"),
            hint=Said("请检查是否有预算数和执行数，表格是否完整"),
        )  # fmt: skip
    if not draft.blocks:
        yield Problem(
            where=form.where, what=Said("没有找到绩效指标部分"),
            hint=Said("请检查指标表头是否写明“三级指标”“指标值”等列，表格是否完整"),
        )  # fmt: skip
    if form.money_unit is None and _amounts(form):
        yield Problem(
            where=form.where, what=Said("没有写明金额单位，按万元读取"),
            hint=Said("请在表头写明“单位：万元”或“单位：元”"),
        )  # fmt: skip


def no_form(document: Document) -> Problem:
    """Why a document has no form: no text, no table, or none that is one of ours."""
    if not document.blocks:
        what = Said("文件里没有文字")
        hint = Said("可能是扫描件或图片，请上传填表时的 Word 或 Excel 原文件")
    elif not any(document.tables()):
        what = Said("文件里没有表格")
        hint = Said("没有框线的 PDF 表格读不出来，请上传 Word 或 Excel 原文件")
    else:
        what = Said("文件里没有找到绩效自评表、绩效目标表或绩效监控表")
        hint = Said("请确认上传的是填好的绩效表原文件，并保留表头和“项目名称”“一级指标”等栏目")
    return Problem(where=Where(), what=what, hint=hint)


def _has_money(draft: Draft, form: Form) -> bool:
    return bool(form.fund_rows or _amounts(form) or any(block.rows for block in draft.money))


def _amounts(form: Form) -> bool:
    return any((form.budget_initial, form.budget_adjusted, form.executed))
