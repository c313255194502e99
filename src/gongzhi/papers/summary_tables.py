"""Tables that sum many projects up for the people's congress and for publication.

One layout for all: a title, a note, a head that repeats, a line for each project, a line that sums
up; A4 on its side. They are published, not filled in, so nothing is read back.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from gongzhi.papers.boxes import DrawnPaper
from gongzhi.papers.drawn import Cell, Row
from gongzhi.papers.drawn_docx import drawn_docx
from gongzhi.papers.drawn_pdf import drawn_pdf
from gongzhi.papers.drawn_xlsx import drawn_xlsx

NOTHING = "没有可以列入的项目"
UNIT = "单位"


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryColumn:
    """A column of a table: its label, its width in centimetres, whether it holds figures."""

    label: str
    width: float
    figure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryTable:
    """A table: what it is called, and its columns; the first one numbers the lines."""

    code: str
    title: str
    columns: tuple[SummaryColumn, ...]

    def drawn(self, lines: Sequence[Sequence[str]], *, of: str, note: str) -> DrawnPaper:
        """The table filled in; `of` is whose it is."""
        return DrawnPaper(
            title=self.title,
            note=note,
            name=of,
            widths=tuple(column.width for column in self.columns),
            landscape=True,
            top=(
                Row(
                    cells=(
                        Cell(text=UNIT, head=True, column_span=2),
                        Cell(text=of, column_span=len(self.columns) - 2),
                    )
                ),
            ),
            head=Row(cells=tuple(Cell(text=each.label, head=True) for each in self.columns)),
            body=tuple(self._line(line) for line in lines) or (self._nothing(),),
        )

    def _line(self, line: Sequence[str]) -> Row:
        cells = zip(line, self.columns, strict=True)
        return Row(cells=tuple(Cell(text=text, figure=each.figure) for text, each in cells))

    def _nothing(self) -> Row:
        return Row(cells=(Cell(text=NOTHING, column_span=len(self.columns)),))


def _table(code: str, title: str, *columns: SummaryColumn) -> SummaryTable:
    number = SummaryColumn(label="序号", width=1.2, figure=True)
    return SummaryTable(code=code, title=title, columns=(number, *columns))


def _text(label: str, width: float) -> SummaryColumn:
    return SummaryColumn(label=label, width=width)


def _figure(label: str, width: float) -> SummaryColumn:
    return SummaryColumn(label=label, width=width, figure=True)


TABLES: Mapping[str, SummaryTable] = {
    each.code: each
    for each in (
        _table(
            "goals", "项目绩效目标表",
            _text("项目代码", 3.2), _text("项目名称", 4.2), _text("实施单位", 3.4),
            _figure("预算（元）", 3), _text("年度目标", 5.5), _text("绩效指标", 5.2),
        ),
        _table(
            "self_evaluations", "项目支出绩效自评汇总表",
            _text("项目代码", 3.2), _text("项目名称", 5.4), _text("实施单位", 4.5),
            _figure("全年预算（元）", 3.3), _figure("全年执行（元）", 3.3), _figure("执行率", 2),
            _figure("自评总分", 2.2),
        ),
        _table(
            "evaluations", "绩效评价结果汇总表",
            _text("项目代码", 3.2), _text("项目名称", 4.6), _text("评价类别", 3.2),
            _text("评价的一方", 4), _figure("得分", 1.8), _text("等级", 1.5),
            _text("结论", 6),
        ),
        _table(
            "departments", "部门整体支出绩效汇总表",
            _text("部门", 6), _figure("项目数", 2), _figure("预算（元）", 4),
            _figure("执行（元）", 4), _figure("执行率", 2.2), _figure("已公开的自评", 2.6),
            _figure("自评平均分", 2.6),
        ),
    )
}  # fmt: skip
Writing = Callable[[Sequence[DrawnPaper]], bytes]
WRITING: Mapping[str, Writing] = {"xlsx": drawn_xlsx, "docx": drawn_docx, "pdf": drawn_pdf}
