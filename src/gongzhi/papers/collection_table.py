"""The table of a call for readings as a workbook: given out, filled in elsewhere, read back.

What is written reads back equal; a row is known by its project's code and its indicator's key.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from unicodedata import normalize

from gongzhi.core.terms import Problem, Said, Where
from gongzhi.intake.listing import Sheet as ReadSheet
from gongzhi.intake.lists import open_list
from gongzhi.papers.plain import plain
from gongzhi.papers.workbook import Column, Kind, Sheet, workbook

SHEET = "填报"
WIDE = 30
COLUMNS: Mapping[str, Column] = {
    "project": Column("项目代码", width=16),
    "project_name": Column("项目名称", width=WIDE),
    "indicator": Column("指标编号", width=12),
    "indicator_name": Column("指标", width=WIDE),
    "target": Column("年度目标"),
    "last": Column("上次读数"),
    "value": Column("本月数值", Kind.FIGURE, asked=True),
    "text": Column("文字说明", width=WIDE, asked=True),
    "why_none": Column("没有数值的原因", width=WIDE, asked=True),
    "evidence": Column("佐证", width=WIDE, asked=True),
}
ASKED = ("project", "indicator", "value", "text", "why_none", "evidence")
NOT_THIS_TABLE = Said("这不是填报表：找不到“项目代码”“指标编号”两列")
DOWNLOAD_AGAIN = Said("请下载本月的填报表，填好再上传")


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """A line of the table, all of it as text."""

    project: str
    indicator: str
    project_name: str = ""
    indicator_name: str = ""
    target: str = ""
    last: str = ""
    value: str = ""
    text: str = ""
    why_none: str = ""
    evidence: str = ""

    def cells(self) -> tuple[str, ...]:
        """Its cells in the order of COLUMNS."""
        return (
            *(self.project, self.project_name, self.indicator, self.indicator_name),
            *(self.target, self.last, self.value, self.text, self.why_none, self.evidence),
        )


def collection_table(rows: Iterable[TableRow]) -> bytes:
    """The table as a workbook in which only the answers can be changed."""
    cells = [row.cells() for row in rows]
    return workbook([Sheet(name=SHEET, columns=tuple(COLUMNS.values()), rows=cells, locked=True)])


def read_collection_table(name: str, content: bytes) -> Sequence[TableRow] | Problem:
    """The rows that somebody filled in, xlsx or CSV; or why they can't be read."""
    listing = open_list(name, content)
    if isinstance(listing, Problem):
        return listing
    for sheet in listing.sheets:
        rows = _rows(sheet)
        if rows is not None:
            return rows
    return Problem(where=Where(), what=NOT_THIS_TABLE, hint=DOWNLOAD_AGAIN)


def _rows(sheet: ReadSheet) -> Sequence[TableRow] | Problem | None:
    """The rows of a sheet; none where its first row isn't the table's heads."""
    found: list[list[str]] = []
    for each in sheet.rows():
        if isinstance(each, Problem):
            return each
        found.append(each[1])
    columns = _columns(found[0]) if found else {}
    if "project" not in columns or "indicator" not in columns:
        return None
    return list(_filled(found[1:], columns))


def _columns(heads: Sequence[str]) -> Mapping[str, int]:
    """Where each column stands that is asked for, wherever it was moved to."""
    places = {head.strip(): number for number, head in enumerate(heads)}
    titles = {name: COLUMNS[name].title for name in ASKED}
    return {name: places[title] for name, title in titles.items() if title in places}


def _filled(rows: Iterable[Sequence[str]], columns: Mapping[str, int]) -> Iterator[TableRow]:
    for cells in rows:
        own = {name: _cell(cells, number) for name, number in columns.items()}
        yield TableRow(
            project=own["project"],
            indicator=own["indicator"],
            value=own.get("value", ""),
            text=own.get("text", ""),
            why_none=own.get("why_none", ""),
            evidence=own.get("evidence", ""),
        )


def _cell(cells: Sequence[str], number: int) -> str:
    return normalize("NFC", plain(cells[number])).strip() if number < len(cells) else ""
