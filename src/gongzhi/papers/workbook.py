"""The one writer of workbooks: text stays text, whatever it begins with (QUALITY.md F4, S44)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from io import BytesIO
from typing import TypeAlias

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from gongzhi.papers.plain import plain

Value: TypeAlias = "str | int | Decimal | None"

CELL_CHARACTERS_MAX = 32_767  # what a cell of a workbook can hold
MADE_AT = datetime(2026, 1, 1, tzinfo=UTC)  # a fixed date, so that equal results give equal bytes
NO_SURPRISES = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class Kind(StrEnum):
    """How a column shows its values."""

    TEXT = "@"
    COUNT = "0"
    POINTS = "0.##"
    MONEY = "#,##0.00"
    RATE = "0.00%"


@dataclass(frozen=True, slots=True)
class Column:
    """A column's title, its kind and its width in characters."""

    title: str
    kind: Kind = Kind.TEXT
    width: int = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A worksheet: its name, its columns and its rows."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """The bytes of a workbook with these sheets, ready to filter, freeze and print."""
    out = BytesIO()
    with Workbook(out, NO_SURPRISES) as book:
        book.set_properties({"created": MADE_AT})
        for sheet in sheets:
            _write(book, sheet)
    return out.getvalue()


def _write(book: Workbook, sheet: Sheet) -> None:
    page = book.add_worksheet(sheet.name)
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    formats = [_format(book, column.kind) for column in sheet.columns]
    for number, column in enumerate(sheet.columns):
        page.set_column(number, number, column.width)
        page.write_string(0, number, column.title, head)
    last = 0
    for last, row in enumerate(sheet.rows, 1):
        for number, value in enumerate(row):
            _put(page, (last, number), value, formats[number])
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, last, len(sheet.columns) - 1)
    page.repeat_rows(0)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)


def _format(book: Workbook, kind: Kind) -> Format:
    wraps = kind is Kind.TEXT
    return book.add_format({"num_format": kind.value, "valign": "top", "text_wrap": wraps})


def _put(page: Worksheet, place: tuple[int, int], value: Value, shape: Format) -> None:
    if isinstance(value, str):
        page.write_string(*place, plain(value)[:CELL_CHARACTERS_MAX], shape)
    elif value is not None:
        page.write_number(*place, float(value), shape)
