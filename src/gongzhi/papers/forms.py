"""The official papers of the cycle, PAPERS, written as docx, xlsx and PDF.

    from gongzhi.papers.forms import GOAL_DECLARATION, MONITORING_SHEET, as_docx, as_pdf, as_xlsx
    as_docx(GOAL_DECLARATION, [declaration]) -> bytes
    as_xlsx(GOAL_DECLARATION, declarations)  -> bytes: a sheet each, a list in front where several

notes are what stands under each title, such as the paper's seal; none, or one for each paper.
`gongzhi.papers.receiving.receive` reads docx and xlsx back, and what others laid out otherwise.
"""

from collections.abc import Sequence
from typing import Any, TypeVar

from gongzhi.papers import (
    goal_declaration,
    meeting_minutes,
    monitoring_sheet,
    rectification_report,
    result_letter,
    score_sheet,
    self_evaluation,
    whole_unit,
)
from gongzhi.papers.boxes import DrawnPaper
from gongzhi.papers.drawn_docx import drawn_docx
from gongzhi.papers.drawn_pdf import drawn_pdf
from gongzhi.papers.drawn_xlsx import Index, drawn_xlsx
from gongzhi.papers.paper import Paper

Value = TypeVar("Value")

GOAL_DECLARATION = goal_declaration.PAPER
MONITORING_SHEET = monitoring_sheet.PAPER
SELF_EVALUATION = self_evaluation.PAPER
SCORE_SHEET = score_sheet.PAPER
RESULT_LETTER = result_letter.LETTER
RECTIFICATION_NOTICE = result_letter.NOTICE
MEETING_MINUTES = meeting_minutes.PAPER
RECTIFICATION_REPORT = rectification_report.PAPER
WHOLE_GOALS = whole_unit.GOALS
WHOLE_EVALUATION = whole_unit.EVALUATION
PAPERS: tuple[Paper[Any], ...] = (
    goal_declaration.PAPER,
    monitoring_sheet.PAPER,
    self_evaluation.PAPER,
    score_sheet.PAPER,
    result_letter.LETTER,
    result_letter.NOTICE,
    rectification_report.PAPER,
    meeting_minutes.PAPER,
    whole_unit.GOALS,
    whole_unit.EVALUATION,
)


def as_docx(paper: Paper[Value], values: Sequence[Value], *, notes: Sequence[str] = ()) -> bytes:
    """A Word document of one or more papers; at least one is needed."""
    return drawn_docx(_drawn(paper, values, notes))


def as_pdf(paper: Paper[Value], values: Sequence[Value], *, notes: Sequence[str] = ()) -> bytes:
    """A PDF of one or more papers; at least one is needed."""
    return drawn_pdf(_drawn(paper, values, notes))


def as_xlsx(paper: Paper[Value], values: Sequence[Value], *, notes: Sequence[str] = ()) -> bytes:
    """A workbook with a sheet for each value; at least one is needed."""
    index = None
    if len(values) > 1:
        heads = ("项目代码", "项目名称", "实施单位", paper.figure, "指标数")
        index = Index(heads=heads, rows=tuple(_summary(paper, value) for value in values))
    return drawn_xlsx(_drawn(paper, values, notes), index=index)


def _drawn(paper: Paper[Value], values: Sequence[Value], notes: Sequence[str]) -> list[DrawnPaper]:
    told = notes or [""] * len(values)
    return [paper.drawn(value, note=note) for value, note in zip(values, told, strict=True)]


def _summary(paper: Paper[Value], value: Value) -> tuple[str, ...]:
    told = paper.summary(value)
    return told.code, told.project, told.unit, told.figure, str(told.indicators)
