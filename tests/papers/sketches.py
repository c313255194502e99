"""Tables drawn as text, and the same table as html, docx, xlsx, csv or a Document.

One line is a row, | parts the cells; < goes on from the left, ^ from above, // breaks a line.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from docx import Document as WordDocument
from openpyxl import Workbook

from gongzhi.core.terms import Paper
from gongzhi.intake.document import Block, Cell, Document, Paragraph, Table
from gongzhi.intake.opening import open_document
from gongzhi.papers.reading import read_document


@dataclass(frozen=True)
class Sketch:
    """Lines above a table, its cells, lines below it."""

    above: tuple[str, ...]
    cells: tuple[Cell, ...]
    rows: int
    columns: int
    below: tuple[str, ...] = ()


def sketch(drawing: str, *, above: Sequence[str] = (), below: Sequence[str] = ()) -> Sketch:
    """The table that a text draws."""
    rows = [
        [part.strip().replace("//", "\n") for part in line.split("|")]
        for line in drawing.strip("\n").splitlines()
        if line.strip()
    ]
    width = max(len(row) for row in rows)
    rows = [row + [""] * (width - len(row)) for row in rows]
    cells = [
        Cell(row=r, column=c, text=text, row_span=_down(rows, r, c), column_span=_right(rows, r, c))
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
        if text not in ("<", "^")
    ]
    covered = [
        (row, column)
        for cell in cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    ]
    assert len(covered) == len(set(covered)), f"two cells lie over each other:\n{drawing}"
    return Sketch(tuple(above), tuple(cells), len(rows), width, tuple(below))


def _right(rows: list[list[str]], row: int, column: int) -> int:
    span = 1
    while column + span < len(rows[row]) and rows[row][column + span] == "<":
        span += 1
    return span


def _down(rows: list[list[str]], row: int, column: int) -> int:
    span = 1
    while row + span < len(rows) and rows[row + span][column] == "^":
        span += 1
    return span


def as_document(*sketches: Sketch, spanless: bool = False) -> Document:
    """The tables one below the other, as an opened text document."""
    blocks: list[Block] = []
    for number, drawn in enumerate(sketches, 1):
        blocks += [Paragraph(text=line) for line in drawn.above]
        cells = drawn.cells
        if spanless:
            cells = tuple(Cell(row=c.row, column=c.column, text=c.text) for c in cells if c.text)
        blocks.append(Table(number=number, cells=cells))
        blocks += [Paragraph(text=line) for line in drawn.below]
    return Document(name="drawn", kind="docx", blocks=tuple(blocks))


def as_html(*sketches: Sketch) -> bytes:
    """The tables as a page."""
    parts = ["<html><head><meta charset='utf-8'></head><body>"]
    for drawn in sketches:
        parts += [f"<p>{escape(line)}</p>" for line in drawn.above]
        parts.append("<table border='1'>")
        for row in range(drawn.rows):
            cells = (cell for cell in drawn.cells if cell.row == row)
            parts.append("<tr>" + "".join(_td(cell) for cell in cells) + "</tr>")
        parts.append("</table>")
        parts += [f"<p>{escape(line)}</p>" for line in drawn.below]
    return "".join([*parts, "</body></html>"]).encode()


def _td(cell: Cell) -> str:
    text = escape(cell.text).replace("\n", "<br>")
    return f"<td rowspan='{cell.row_span}' colspan='{cell.column_span}'>{text}</td>"


def as_xlsx(*sketches: Sketch, one_sheet: bool = False) -> bytes:
    """The tables as sheets of a workbook, or below each other on one."""
    book = Workbook()
    book.remove(book.active)
    top = 1
    for number, drawn in enumerate(sketches, 1):
        if not one_sheet or number == 1:
            sheet, top = book.create_sheet(f"表{number}"), 1
        for line in drawn.above:
            sheet.cell(row=top, column=1, value=line)
            end = max(drawn.columns, 2)
            sheet.merge_cells(start_row=top, end_row=top, start_column=1, end_column=end)
            top += 1
        for cell in drawn.cells:
            row, column = top + cell.row, cell.column + 1
            written = sheet.cell(row=row, column=column, value=cell.text or None)
            written.data_type = "s" if cell.text else "n"
            if cell.row_span > 1 or cell.column_span > 1:
                sheet.merge_cells(
                    start_row=row, end_row=row + cell.row_span - 1,
                    start_column=column, end_column=column + cell.column_span - 1,
                )  # fmt: skip
        top += drawn.rows
        for line in drawn.below:
            sheet.cell(row=top, column=1, value=line)
            top += 1
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_docx(*sketches: Sketch) -> bytes:
    """The tables as a text document."""
    document = WordDocument()
    for drawn in sketches:
        for line in drawn.above:
            document.add_paragraph(line)
        table = document.add_table(rows=drawn.rows, cols=drawn.columns)
        for cell in drawn.cells:
            last = table.cell(cell.row + cell.row_span - 1, cell.column + cell.column_span - 1)
            table.cell(cell.row, cell.column).merge(last).text = cell.text
        for line in drawn.below:
            document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_csv(drawn: Sketch) -> bytes:
    """The table as comma-separated values: spans are lost, as they are in real exports."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([line] for line in drawn.above)
    texts = {(cell.row, cell.column): cell.text for cell in drawn.cells}
    for row in range(drawn.rows):
        writer.writerow([texts.get((row, column), "") for column in range(drawn.columns)])
    writer.writerows([line] for line in drawn.below)
    return out.getvalue().encode("utf-8-sig")


def read(*sketches: Sketch) -> Paper:
    """What the reader makes of the tables."""
    return read_document(as_document(*sketches))


def read_as(kind: str, *sketches: Sketch) -> Paper:
    """What the reader makes of the tables in a file of this kind."""
    content = {"html": as_html, "docx": as_docx, "xlsx": as_xlsx, "csv": as_csv}[kind](*sketches)
    return read_document(open_document(f"drawn.{kind}", content))
