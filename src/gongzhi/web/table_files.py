"""A table that was found, kept as a file: CSV for programs, xlsx for people; text stays text."""

import csv
import io
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from django.core.exceptions import BadRequest
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _

from gongzhi.connectors.template import cell_of
from gongzhi.papers.workbook import Column, Sheet, workbook
from gongzhi.web import downloads

CSV, XLSX = "csv", "xlsx"
FORMATS = (CSV, XLSX)
ROWS_MAX = {CSV: 200_000, XLSX: 20_000}  # what one answer may hold in the time and memory it has
BOM = "\ufeff"  # without it spreadsheets take Chinese for something else
CSV_TYPE = "text/csv; charset=utf-8"


def file_asked(asked: str, *, among: Collection[str] = FORMATS) -> str | None:
    """The kind of file that an address asks for; None for the page."""
    if asked and asked not in among:
        raise BadRequest("file")
    return asked or None


def titled(columns: Iterable[Column]) -> list[Column]:
    """The columns with their titles in the reader's language."""
    return [replace(each, title=_(each.title)) for each in columns]


def table_file(sheet: Sheet, *, name: str, kind: str) -> HttpResponseBase:
    """The table as a file of that name in the format that was asked for."""
    if kind == XLSX:
        return workbook_file([sheet], name=name)
    answer = StreamingHttpResponse(_lines(sheet), content_type=CSV_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def workbook_file(sheets: Iterable[Sheet], *, name: str) -> HttpResponse:
    """Several tables as the sheets of one workbook of that name."""
    content = workbook(sheets)
    return downloads.as_file(content, name=f"{name}.xlsx", content_type=downloads.XLSX)


def _lines(sheet: Sheet) -> Iterator[str]:
    yield BOM + _line([column.title for column in sheet.columns])
    for row in sheet.rows:
        yield _line([cell_of(value) for value in row])


def _line(cells: list[str]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text).writerow(cells)
    return text.getvalue()
