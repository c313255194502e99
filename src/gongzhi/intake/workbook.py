"""xlsx → tables: each sheet as displayed, with its merged cells, hidden rows and columns."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from lxml import etree

from gongzhi.core.terms import Problem, Said, Where
from gongzhi.intake.document import Cell, Contents, Paragraph, Table
from gongzhi.intake.grid import in_reading_order
from gongzhi.intake.limits import LIMITS
from gongzhi.intake.number_formats import BUILT_IN, shown
from gongzhi.intake.package import Package, TooMuch, attribute, child, children, local

REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
HEADER_CODE = re.compile(r"&(?:\"[^\"]*\"|K[0-9A-Fa-f]{6}|[0-9]+|[A-Za-z])")


@dataclass(frozen=True, slots=True)
class Book:
    """What all sheets of a workbook share."""

    strings: tuple[str, ...]
    formats: tuple[str, ...]
    since_1904: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet as read: its table, its headers and footers, its formulas without a result."""

    table: Table
    outside: tuple[Paragraph, ...]
    unanswered: tuple[Cell, ...]


def read_workbook(content: bytes) -> Contents:
    """The sheets in the order of the workbook."""
    package = Package(content)
    main = package.main_part("xl/workbook.xml")
    workbook, targets = package.xml(main), package.targets(main)
    book = _book(package, workbook, targets)
    names = [sheet for part in children(workbook, "sheets") for sheet in children(part, "sheet")]
    if len(names) > LIMITS.sheets_max:
        raise TooMuch("sheets")
    sheets = []
    for number, entry in enumerate(names, start=1):
        kind, target = targets.get(attribute(entry, "id") or "", ("", ""))
        if kind == "worksheet" and package.has(target):
            hidden = entry.get("state", "visible") != "visible"
            name = entry.get("name") or str(number)
            root = package.xml(target)
            sheets.append(_sheet(root, book, number=number, name=name, hidden=hidden))
    return Contents(
        blocks=tuple(sheet.table for sheet in sheets),
        outside=tuple(line for sheet in sheets for line in sheet.outside),
        problems=tuple(problem for sheet in sheets for problem in _unanswered(sheet)),
    )


def _book(package: Package, workbook: etree._Element, targets: dict[str, tuple[str, str]]) -> Book:
    parts = {kind: target for kind, target in targets.values() if package.has(target)}
    properties = child(workbook, "workbookPr")
    return Book(
        strings=_strings(package, parts.get("sharedStrings")),
        formats=_formats(package, parts.get("styles")),
        since_1904=properties is not None and properties.get("date1904") in {"1", "true"},
    )


def _strings(package: Package, name: str | None) -> tuple[str, ...]:
    if name is None:
        return ()
    return tuple(_text(item) for item in children(package.xml(name), "si"))


def _text(item: etree._Element) -> str:
    """The text of a string item; runs of different looks are one text, readings are none."""
    parts = []
    for one in item:
        if local(one) == "t":
            parts.append(one.text or "")
        elif local(one) == "r":
            parts += [text.text or "" for text in children(one, "t")]
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), "".join(parts))


def _formats(package: Package, name: str | None) -> tuple[str, ...]:
    if name is None:
        return ()
    styles = package.xml(name)
    codes = dict(BUILT_IN)
    for own in (one for part in children(styles, "numFmts") for one in children(part, "numFmt")):
        codes[_integer(own.get("numFmtId"))] = own.get("formatCode") or "General"
    looks = [one for part in children(styles, "cellXfs") for one in children(part, "xf")]
    return tuple(codes.get(_integer(look.get("numFmtId")), "General") for look in looks)


def _sheet(root: etree._Element, book: Book, *, number: int, name: str, hidden: bool) -> Sheet:
    cells: dict[tuple[int, int], str] = {}
    unanswered: list[Cell] = []
    hidden_rows: set[int] = set()
    for row, element in _rows(root):
        if element.get("hidden") in {"1", "true"}:
            hidden_rows.add(row)
        for column, cell in _cells(element):
            text = _displayed(cell, book)
            if text:
                cells[row, column] = text
            elif child(cell, "f") is not None and child(cell, "v") is None:
                unanswered.append(Cell(row=row, column=column, text=""))
    if len(cells) > LIMITS.cells_max:
        raise TooMuch("cells")
    table = Table(
        number=number,
        sheet=name,
        hidden=hidden,
        cells=merged(cells, list(_ranges(root))),
        hidden_rows=frozenset(hidden_rows),
        hidden_columns=_hidden_columns(root),
    )
    return Sheet(table=table, outside=tuple(_outside(root)), unanswered=tuple(unanswered))


def _rows(root: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    row = -1
    for data in children(root, "sheetData"):
        for element in children(data, "row"):
            row = _integer(element.get("r"), row + 2) - 1
            if row >= LIMITS.sheet_rows_max:
                raise TooMuch("rows")
            yield row, element


def _cells(row: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    column = -1
    for cell in children(row, "c"):
        place = position(cell.get("r") or "")
        column = place[1] if place else column + 1
        if column < LIMITS.sheet_columns_max:
            yield column, cell
        elif len(cell):  # a look far out may be left aside, a value may not
            raise TooMuch("columns")


def position(reference: str) -> tuple[int, int] | None:
    """Row and column, from 0, of a reference such as C12."""
    match = REFERENCE.fullmatch(reference)
    if not match:
        return None
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def _displayed(cell: etree._Element, book: Book) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = child(cell, "is")
        return _text(inline) if inline is not None else ""
    value = child(cell, "v")
    text = (value.text or "") if value is not None else ""
    if kind == "s":
        index = _integer(text, -1)
        return book.strings[index] if 0 <= index < len(book.strings) else ""
    if kind == "b":
        return {"1": "TRUE", "0": "FALSE"}.get(text, text)
    if kind != "n" or not text:
        return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return _number(text, _integer(cell.get("s")), book)


def _number(text: str, look: int, book: Book) -> str:
    try:
        number = Decimal(text)
    except InvalidOperation:  # some exporters put words into number cells
        return text
    if not number.is_finite() or abs(number.adjusted()) > 308:
        return text
    code = book.formats[look] if 0 <= look < len(book.formats) else "General"
    return shown(number, code, since_1904=book.since_1904)


def _ranges(root: etree._Element) -> Iterator[tuple[int, int, int, int]]:
    """The merged ranges: first row, last row, first column, last column, from 0."""
    count = 0
    for part in children(root, "mergeCells"):
        for merge in children(part, "mergeCell"):
            count += 1
            if count > LIMITS.merged_ranges_max:
                raise TooMuch("merged")
            first, _, last = (merge.get("ref") or "").partition(":")
            one, two = position(first), position(last or first)
            if one and two:
                yield one[0], two[0], one[1], two[1]


def merged(
    cells: dict[tuple[int, int], str], ranges: list[tuple[int, int, int, int]]
) -> tuple[Cell, ...]:
    """The cells of a sheet: each merged range once, cut to the part of the sheet in use."""
    spans = {(top, left): (bottom - top + 1, right - left + 1)
             for top, bottom, left, right in ranges if bottom >= top and right >= left}  # fmt: skip
    rows = max((row for row, _ in cells), default=-1) + 1
    columns = max((column for _, column in cells), default=-1) + 1
    within = {(row, column) for row, column in spans if row < rows and column < columns}
    covered = _covered({place: spans[place] for place in within}, rows=rows, columns=columns)
    found = []
    for row, column in (cells.keys() | within) - covered:
        height, width = spans.get((row, column), (1, 1))
        found.append(
            Cell(
                row=row,
                column=column,
                text=cells.get((row, column), ""),
                row_span=min(height, rows - row),
                column_span=min(width, columns - column),
            )
        )
    return in_reading_order(found)


def _covered(
    spans: dict[tuple[int, int], tuple[int, int]], *, rows: int, columns: int
) -> set[tuple[int, int]]:
    """The positions under merged ranges, their upper left corners apart."""
    covered: set[tuple[int, int]] = set()
    for (row, column), (height, width) in spans.items():
        last_row, last_column = min(row + height, rows), min(column + width, columns)
        if len(covered) + (last_row - row) * (last_column - column) > LIMITS.cells_max * 10:
            raise TooMuch("merged")
        covered.update(
            (one, two)
            for one in range(row, last_row)
            for two in range(column, last_column)
            if (one, two) != (row, column)
        )
    return covered


def _hidden_columns(root: etree._Element) -> frozenset[int]:
    hidden: set[int] = set()
    for part in children(root, "cols"):
        for column in children(part, "col"):
            if column.get("hidden") in {"1", "true"}:
                first, last = _integer(column.get("min"), 1), _integer(column.get("max"), 1)
                hidden.update(range(first - 1, min(last, LIMITS.sheet_columns_max)))
    return frozenset(hidden)


def _outside(root: etree._Element) -> Iterator[Paragraph]:
    """What is printed above and below the sheet."""
    for part in children(root, "headerFooter"):
        for line in part:
            text = HEADER_CODE.sub(" ", line.text or "").replace("&&", "&").strip()
            if text:
                yield Paragraph(text=text)


def _unanswered(sheet: Sheet) -> Iterator[Problem]:
    for cell in sheet.unanswered[:10]:
        yield Problem(
            where=Where(sheet=sheet.table.sheet, row=cell.row + 1, column=cell.column + 1),
            what=Said("这一格是公式，文件里没有存它的结果"),
            hint=Said("请用 Excel 或 WPS 打开该文件，重新计算并保存后再上传。"),
        )


def _integer(text: str | None, otherwise: int = 0) -> int:
    try:
        return int(text) if text is not None else otherwise
    except ValueError:
        return otherwise
