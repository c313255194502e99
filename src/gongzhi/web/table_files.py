"""A table that was found, kept as a file: CSV for programs, xlsx for people; text stays text."""

import csv
import io
from collections.abc import Iterator

from django.http import HttpResponseBase, StreamingHttpResponse

from gongzhi.connectors.template import cell_of
from gongzhi.papers.workbook import Sheet, workbook
from gongzhi.web.downloads import as_file

CSV, XLSX = "csv", "xlsx"
FORMATS = (CSV, XLSX)
ROWS_MAX = {CSV: 200_000, XLSX: 20_000}  # what one answer may hold in the time and memory it has
BOM = "\ufeff"  # without it spreadsheets take Chinese for something else
TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def table_file(sheet: Sheet, *, name: str, kind: str) -> HttpResponseBase:
    """The table as a file of that name in the format that was asked for."""
    if kind == XLSX:
        return as_file(workbook([sheet]), name=f"{name}.xlsx", content_type=TYPES[XLSX])
    answer = StreamingHttpResponse(_lines(sheet), content_type=TYPES[CSV])
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def _lines(sheet: Sheet) -> Iterator[str]:
    yield BOM + _line([column.title for column in sheet.columns])
    for row in sheet.rows:
        yield _line([cell_of(value) for value in row])


def _line(cells: list[str]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text).writerow(cells)
    return text.getvalue()
