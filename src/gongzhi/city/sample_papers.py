"""The demo's forms as files in the usual layout, to try the check with."""

from collections.abc import Callable, Iterator, Mapping
from io import BytesIO

import docx
from docx.table import Table

from gongzhi.core.terms import Form, FundRow
from gongzhi.papers.figures import money_text, points_text
from gongzhi.papers.workbook import Column, Sheet, workbook

TITLE = "项目支出绩效自评表"
COLUMNS = 8
Line = tuple[str, ...]


def sample_docx(form: Form) -> bytes:
    """A self-evaluation as a Word file."""
    document = docx.Document()
    document.add_heading(TITLE, level=1)
    document.add_paragraph(_year(form))
    lines = list(_lines(form))
    table = document.add_table(rows=len(lines), cols=COLUMNS)
    table.style = "Table Grid"
    for row, line in zip(table.rows, lines, strict=True):
        for cell, text in zip(row.cells, line, strict=True):
            cell.text = text
    _merge(table, lines)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def sample_xlsx(form: Form) -> bytes:
    """A self-evaluation as a workbook."""
    columns = [Column(TITLE), *(Column("") for _ in range(COLUMNS - 1))]
    return workbook([Sheet(name=TITLE, columns=columns, rows=[(_year(form),), *_lines(form)])])


WRITERS: Mapping[str, Callable[[Form], bytes]] = {"docx": sample_docx, "xlsx": sample_xlsx}


def _year(form: Form) -> str:
    return f"（{form.fiscal_year} 年度）" if form.fiscal_year else ""


def _lines(form: Form) -> Iterator[Line]:
    yield _line("项目名称", form.project)
    yield _line("主管部门", form.department, "", "", "实施单位", form.unit)
    if form.stated_total is not None and not form.has_total_row:
        yield _line("自评得分", points_text(form.stated_total))
    unit = form.money_unit or "元"
    heads = ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
    yield _line(f"项目资金（{unit}）", "", *heads)
    for number, row in enumerate(form.fund_rows):
        yield _line("", row.label, *_amounts(row, unit), *(_execution(form) if not number else ()))
    if form.goal_text:
        yield _line("年度总体目标", "预期目标", "", "", "实际完成情况")
        yield _line("", form.goal_text, "", "", form.goal_actual_text)
    yield (
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        "偏差原因",
    )
    for indicator in form.indicators:
        yield _line(
            indicator.level1,
            indicator.level2,
            indicator.level3,
            indicator.target_text,
            indicator.actual_text,
            points_text(indicator.weight),
            points_text(indicator.score),
            indicator.reason,
        )
    if form.has_total_row:
        sums = points_text(form.total_weight), points_text(form.stated_total)
        yield _line("总分", "", "", "", "", *sums)


def _line(*texts: str | None) -> Line:
    filled = tuple(text or "" for text in texts)
    return (*filled, *("",) * (COLUMNS - len(filled)))


def _amounts(row: FundRow, unit: str) -> Iterator[str]:
    for amount in (row.initial, row.adjusted, row.executed):
        yield money_text(amount, unit)


def _execution(form: Form) -> Line:
    weight, score = points_text(form.execution_weight), points_text(form.execution_score)
    return (weight, form.execution_rate_text or "", score)


def _merge(table: Table, lines: list[Line]) -> None:
    """Join what official forms join: the wide boxes of names, goals and the total's label."""
    for at, line in enumerate(lines):
        match line[0]:
            case "项目名称":
                _join(table, at, first=1, last=7)
            case "主管部门":
                _join(table, at, first=1, last=3)
                _join(table, at, first=5, last=7)
            case "总分":
                _join(table, at, first=0, last=4)
            case "年度总体目标":
                for row in (at, at + 1):
                    _join(table, row, first=1, last=3)
                    _join(table, row, first=4, last=7)
                table.cell(at, 0).merge(table.cell(at + 1, 0))


def _join(table: Table, row: int, *, first: int, last: int) -> None:
    text = table.cell(row, first).text
    joined = table.cell(row, first).merge(table.cell(row, last))
    joined.text = text
