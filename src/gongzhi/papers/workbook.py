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
TEXT_MAX = 500  # what a reading keeps of words
FIGURES_ONLY = {
    "validate": "decimal", "criteria": "between", "minimum": -1e17, "maximum": 1e17,
    "error_title": "只填数字", "error_message": "不带单位；不是数字的写在文字说明里。",
}  # fmt: skip
NOT_TOO_LONG = {
    "validate": "length", "criteria": "<=", "value": TEXT_MAX,
    "error_title": "文字过长", "error_message": f"最多 {TEXT_MAX} 字。",
}  # fmt: skip
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
    FIGURE = "General"


@dataclass(frozen=True, slots=True)
class Column:
    """A column's title, its kind and its width in characters.

    asked: somebody fills it in, so that it stays open where its sheet is locked; figures belong
    into a column of figures, and texts are as long as a reading may keep.
    """

    title: str
    kind: Kind = Kind.TEXT
    width: int = 14
    asked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A worksheet: its name, its columns and its rows; locked against changes of other columns."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]
    locked: bool = False


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
    formats = [_format(book, column) for column in sheet.columns]
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
    if sheet.locked:
        _lock(page, sheet.columns, last=last)


def _format(book: Workbook, column: Column) -> Format:
    look = {"num_format": column.kind.value, "valign": "top"}
    wraps = {"text_wrap": column.kind is Kind.TEXT, "locked": not column.asked}
    return book.add_format(look | wraps)


def _lock(page: Worksheet, columns: Sequence[Column], *, last: int) -> None:
    """Let only what is asked be filled in; without a password it keeps from slips alone."""
    page.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})
    for number, column in enumerate(columns):
        if column.asked and last:
            rule = FIGURES_ONLY if column.kind is Kind.FIGURE else NOT_TOO_LONG
            page.data_validation(1, number, last, number, dict(rule))


def _put(page: Worksheet, place: tuple[int, int], value: Value, shape: Format) -> None:
    if isinstance(value, str):
        page.write_string(*place, plain(value)[:CELL_CHARACTERS_MAX], shape)
    elif value is not None:
        page.write_number(*place, float(value), shape)
