"""Drawn papers as a workbook: a sheet for each, and in front a list where there are many."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from unicodedata import east_asian_width

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from gongzhi.papers.boxes import DrawnPaper
from gongzhi.papers.drawn import Cell, Row
from gongzhi.papers.plain import one_line, plain
from gongzhi.papers.taking import CUT
from gongzhi.papers.workbook import CELL_CHARACTERS_MAX, MADE_AT, NO_SURPRISES

A4 = 9
CHARACTERS_IN_CM = 4.6  # of the usual type face; a Chinese character takes two
LINE_POINTS, ROW_POINTS_MIN, ROW_POINTS_MAX = 13.5, 20.0, 409.0
FIGURE = re.compile(r"-?[0-9]{1,3}(?:,?[0-9]{3})*(?:\.([0-9]+))?")
DIGITS_MAX = 15  # what a number of a workbook holds exactly
SHEET_NAME_MAX = 31
FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
INDEX = "目录"
INDEX_WIDTHS = (6, 24, 22, 36, 28, 20, 10)

NOTE_LINE = 14  # points of height
Formats = dict[tuple[bool, bool, str], Format]


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """The list in front: its heads, and of each paper what stands behind number and sheet."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def drawn_xlsx(papers: Sequence[DrawnPaper], *, index: Index | None = None) -> bytes:
    """The bytes of a workbook; text stays text, whatever it begins with."""
    out = BytesIO()
    names = sheet_names([paper.name for paper in papers])
    with Workbook(out, NO_SURPRISES) as book:
        book.set_properties({"created": MADE_AT, "title": plain(papers[0].title)})
        if index is not None:
            _index(book, index, names)
        for name, paper in zip(names, papers, strict=True):
            _paper(book, paper, name=name)
    return out.getvalue()


def sheet_names(wanted: Sequence[str]) -> list[str]:
    """Names for sheets: numbered, so that no two are the same, short enough, no forbidden sign."""
    told = (
        f"{number} {FORBIDDEN.sub('_', one_line(text))}" for number, text in enumerate(wanted, 1)
    )
    return [_cut(text, units=SHEET_NAME_MAX).strip() for text in told]


def _cut(text: str, *, units: int) -> str:
    """The beginning of a text, as long as a program may hold that counts in UTF-16."""
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", errors="ignore")


def _paper(book: Workbook, paper: DrawnPaper, *, name: str) -> None:
    sheet = book.add_worksheet(name)
    formats: Formats = {}
    for column, width in enumerate(paper.widths):
        sheet.set_column(column, column, width * CHARACTERS_IN_CM)
    title = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
    sheet.merge_range(0, 0, 0, len(paper.widths) - 1, plain(paper.title), title)
    sheet.set_row(0, 30)
    first = 1
    if paper.note:
        small = book.add_format(
            {"font_size": 9, "align": "center", "valign": "vcenter", "text_wrap": True}
        )
        sheet.merge_range(1, 0, 1, len(paper.widths) - 1, plain(paper.note), small)
        sheet.set_row(1, NOTE_LINE * (1 + paper.note.count("\n")))
        first = 2
    head = first + len(paper.top)
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate((*paper.top, paper.head, *paper.body), first):
        columns = _columns(row, number, taken)
        _row(book, sheet, row, number=number, columns=columns, formats=formats)
        sheet.set_row(number, _height(row, paper.widths, columns))
    sheet.set_paper(A4)
    sheet.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.8)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.repeat_rows(head)
    sheet.set_footer("&C第 &P 页　共 &N 页")
    if paper.landscape:
        sheet.set_landscape()


def _row(
    book: Workbook,
    sheet: Worksheet,
    row: Row,
    *,
    number: int,
    columns: Sequence[int],
    formats: Formats,
) -> None:
    for column, cell in zip(columns, row.cells, strict=True):
        last, right = number + cell.row_span - 1, column + cell.column_span - 1
        shape = _shape(book, cell, formats)
        if (last, right) != (number, column):
            sheet.merge_range(number, column, last, right, "", shape)
        _put(sheet, (number, column), cell, shape)
        if cell.choices:
            sheet.data_validation(
                number, column, last, right,
                {
                    "validate": "list", "source": list(cell.choices), "error_type": "warning",
                    "error_title": "请选填", "error_message": "、".join(cell.choices),
                },
            )  # fmt: skip


def _columns(row: Row, number: int, taken: set[tuple[int, int]]) -> list[int]:
    """Where the cells of a row begin, beside those that reach into it from above."""
    columns, column = [], 0
    for cell in row.cells:
        while (number, column) in taken:
            column += 1
        columns.append(column)
        for below in range(1, cell.row_span):
            taken.update((number + below, column + beside) for beside in range(cell.column_span))
        column += cell.column_span
    return columns


def _put(sheet: Worksheet, place: tuple[int, int], cell: Cell, shape: Format) -> None:
    text = plain(cell.text)
    if _decimals(cell) is not None:
        sheet.write_number(*place, float(text.replace(",", "")), shape)
    elif text:
        whole = len(text) <= CELL_CHARACTERS_MAX
        sheet.write_string(
            *place, text if whole else text[: CELL_CHARACTERS_MAX - len(CUT)] + CUT, shape
        )
    else:
        sheet.write_blank(*place, None, shape)


def _decimals(cell: Cell) -> int | None:
    """How many decimals a figure shows; None where it is no number or one too long to be exact."""
    found = FIGURE.fullmatch(cell.text) if cell.figure else None
    if found is None:
        return None
    digits = Decimal(cell.text.replace(",", "")).as_tuple().digits
    return len(found[1] or "") if len(digits) <= DIGITS_MAX else None


def _shape(book: Workbook, cell: Cell, formats: Formats) -> Format:
    decimals = _decimals(cell)
    code = "@" if decimals is None else "#,##0" + ("." + "0" * decimals if decimals else "")
    key = cell.head, cell.figure, code
    if key not in formats:
        look = {"border": 1, "text_wrap": True, "valign": "vcenter", "num_format": code}
        look["align"] = "center" if cell.head else "right" if cell.figure else "left"
        formats[key] = book.add_format(look | ({"bg_color": "#F2F2F2"} if cell.head else {}))
    return formats[key]


def _height(row: Row, widths: Sequence[float], columns: Sequence[int]) -> float:
    """Points for the text of a row: programs don't widen rows with merged cells by themselves."""
    lines = [
        sum(_lines(cell.text, sum(widths[column : column + cell.column_span])))
        for column, cell in zip(columns, row.cells, strict=True)
        if cell.row_span == 1
    ]
    return min(max(ROW_POINTS_MIN, max(lines, default=1) * LINE_POINTS + 6), ROW_POINTS_MAX)


def _lines(text: str, width: float) -> Iterator[int]:
    room = max(int(width * CHARACTERS_IN_CM) - 1, 1)
    for line in text.split("\n"):
        length = sum(2 if east_asian_width(sign) in "WFA" else 1 for sign in line)
        yield max(1, -(-length // room))


def _index(book: Workbook, index: Index, names: Sequence[str]) -> None:
    sheet = book.add_worksheet(INDEX)
    head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "bg_color": "#F2F2F2"})
    body = book.add_format({"border": 1, "text_wrap": True, "valign": "vcenter"})
    link = book.add_format({"border": 1, "font_color": "#0B57D0", "underline": 1})
    for column, width in enumerate(INDEX_WIDTHS):
        sheet.set_column(column, column, width)
    for column, text in enumerate(("序号", "工作表", *index.heads)):
        sheet.write_string(0, column, text, head)
    for number, (name, row) in enumerate(zip(names, index.rows, strict=True), 1):
        sheet.write_number(number, 0, number, body)
        sheet.write_url(number, 1, f"internal:'{name}'!A1", link, name)
        for column, text in enumerate(row, 2):
            sheet.write_string(number, column, plain(text)[:CELL_CHARACTERS_MAX], body)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C第 &P 页　共 &N 页")
