"""xlsx → tables: each sheet as displayed, with its merged cells, hidden rows and columns."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from lxml import etree

from gongzhi.core.terms import Problem, Said, Where
from gongzhi.intake.document import Contents, Paragraph, Table
from gongzhi.intake.limits import LIMITS
from gongzhi.intake.merging import Place, Range, merged
from gongzhi.intake.number_formats import BUILT_IN, shown
from gongzhi.intake.package import Package, TooMuch, attribute, child, children, local

MAIN_PART = "xl/workbook.xml"
REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
TRUE = frozenset({"1", "true"})
FORMULAS_NAMED = 10  # of those without a result; the others are of the same kind
HEADER_CODE = re.compile(r"&(?:\"[^\"]*\"|K[0-9A-Fa-f]{6}|[0-9]+|[A-Za-z])")


@dataclass(frozen=True, slots=True)
class Book:
    """What all sheets of a workbook share."""

    strings: tuple[str, ...]
    formats: tuple[str, ...]
    since_1904: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Worksheet:
    """Where a sheet of rows and columns lies in the file; its number counts all sheets."""

    number: int
    name: str
    part: str
    is_hidden: bool


@dataclass(slots=True)
class Sheet:
    """What has been read of one sheet so far."""

    name: str
    texts: dict[Place, str] = field(default_factory=dict)
    ranges: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    outside: list[Paragraph] = field(default_factory=list)
    unanswered: list[Place] = field(default_factory=list)
    row: int = -1
    column: int = -1

    def where(self) -> Where:
        """The place reached, as its reader counts."""
        return Where(sheet=self.name, row=self.row + 1, column=self.column + 1)


def read_workbook(content: bytes) -> Contents:
    """The sheets in the order of the workbook."""
    package = Package(content)
    main = package.main_part(MAIN_PART)
    book = _book(package, main)
    worksheets = list(worksheets_of(package, main))
    if len(worksheets) > LIMITS.sheets_max:
        raise TooMuch("sheets")
    blocks, outside, problems = [], [], []
    for each in worksheets:
        sheet = _read_sheet(package, each.part, book, name=each.name)
        blocks.append(_table(sheet, number=each.number, hidden=each.is_hidden))
        outside += sheet.outside + _beside(package, each.part)
        problems += [
            _unanswered(Where(sheet=sheet.name, row=row + 1, column=column + 1))
            for row, column in sheet.unanswered[:FORMULAS_NAMED]
        ]
        if sum(len(block.cells) for block in blocks) > LIMITS.cells_max:
            raise TooMuch("cells")
    return Contents(blocks=tuple(blocks), outside=tuple(outside), problems=tuple(problems))


def _unanswered(where: Where) -> Problem:
    return Problem(
        where=where,
        what=Said("这一格是公式，文件里没有存它的结果"),
        hint=Said("请用 Excel 或 WPS 打开该文件，重新计算并保存后再上传。"),
    )


def worksheets_of(package: Package, main: str) -> Iterator[Worksheet]:
    """The worksheets in their order.

    Charts and dialogs have sheets of their own; there is no table in them.
    """
    workbook, targets = package.xml(main), package.targets(main)
    entries = [sheet for part in children(workbook, "sheets") for sheet in children(part, "sheet")]
    for number, entry in enumerate(entries, start=1):
        kind, target = targets.get(attribute(entry, "id") or "", ("", ""))
        if kind == "worksheet" and package.has(target):
            yield Worksheet(
                number=number,
                name=entry.get("name") or str(number),
                part=target,
                is_hidden=entry.get("state", "visible") != "visible",
            )


def _parts(package: Package, main: str) -> dict[str, str]:
    """The names of the parts that the sheets share, by their kind."""
    return {kind: part for kind, part in package.targets(main).values() if package.has(part)}


def _book(package: Package, main: str) -> Book:
    properties = child(package.xml(main), "workbookPr")
    return Book(
        strings=_strings(package, _parts(package, main).get("sharedStrings")),
        formats=formats_of(package, main),
        since_1904=properties is not None and properties.get("date1904") in TRUE,
    )


def _strings(package: Package, name: str | None) -> tuple[str, ...]:
    if name is None:
        return ()
    strings = []
    for event, item in package.events(name, "si"):
        if event == "end":
            strings.append(_text(item))
        if len(strings) > LIMITS.cells_max:
            raise TooMuch("cells")
    return tuple(strings)


def _text(item: etree._Element) -> str:
    """The text of a string item; runs of different looks are one text, readings are none."""
    parts = []
    for one in item:
        if local(one) == "t":
            parts.append(one.text or "")
        elif local(one) == "r":
            parts += [text.text or "" for text in children(one, "t")]
    return _unescaped("".join(parts))


def _unescaped(text: str) -> str:
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def formats_of(package: Package, main: str) -> tuple[str, ...]:
    """The format code of each look that cells may have."""
    name = _parts(package, main).get("styles")
    if name is None:
        return ()
    styles = package.xml(name)
    codes = dict(BUILT_IN)
    for own in (one for part in children(styles, "numFmts") for one in children(part, "numFmt")):
        codes[_integer(own.get("numFmtId"))] = own.get("formatCode") or "General"
    looks = [one for part in children(styles, "cellXfs") for one in children(part, "xf")]
    return tuple(codes.get(_integer(look.get("numFmtId")), "General") for look in looks)


def _read_sheet(package: Package, target: str, book: Book, *, name: str) -> Sheet:
    """The sheet as it streams by: a sheet of a gigabyte is not held in memory, nor read far."""
    sheet = Sheet(name=name)
    for event, element in package.events(target, "row", "c", "col", "mergeCell", "headerFooter"):
        kind = local(element)
        if event == "start":
            if kind == "row":
                _start_row(element, sheet)
            continue
        if kind == "c":
            _cell(element, sheet, book)
        elif kind == "col" and element.get("hidden") in TRUE:
            first, last = _integer(element.get("min"), 1), _integer(element.get("max"), 1)
            sheet.hidden_columns.update(range(first - 1, min(last, LIMITS.sheet_columns_max)))
        elif kind == "mergeCell":
            _range(element, sheet)
        elif kind == "headerFooter":
            sheet.outside += _lines(element)
    return sheet


def _start_row(row: etree._Element, sheet: Sheet) -> None:
    sheet.row = _integer(row.get("r"), sheet.row + 2) - 1
    sheet.column = -1
    if row.get("hidden") in TRUE and sheet.row < LIMITS.sheet_rows_max:
        sheet.hidden_rows.add(sheet.row)


def _cell(cell: etree._Element, sheet: Sheet, book: Book) -> None:
    place = position(cell.get("r") or "")
    sheet.row, sheet.column = place or (sheet.row, sheet.column + 1)
    if not len(cell):
        return  # a look without a value
    text = _displayed(cell, book)
    if text:
        if sheet.row >= LIMITS.sheet_rows_max:
            raise TooMuch("rows", where=sheet.where())
        if sheet.column >= LIMITS.sheet_columns_max:
            raise TooMuch("columns", where=sheet.where())
        sheet.texts[sheet.row, sheet.column] = text
        if len(sheet.texts) > LIMITS.cells_max:
            raise TooMuch("cells", where=sheet.where())
    elif child(cell, "f") is not None and child(cell, "v") is None:
        sheet.unanswered.append((sheet.row, sheet.column))


def _range(merge: etree._Element, sheet: Sheet) -> None:
    first, _, last = (merge.get("ref") or "").partition(":")
    one, two = position(first), position(last or first)
    if one and two:
        sheet.ranges.append((one[0], two[0], one[1], two[1]))
    if len(sheet.ranges) > LIMITS.merged_ranges_max:
        raise TooMuch("merged", where=Where(sheet=sheet.name))


def _lines(header_footer: etree._Element) -> Iterator[Paragraph]:
    """What is printed above and below the sheet."""
    for line in header_footer:
        text = HEADER_CODE.sub("\n", line.text or "").replace("&&", "&")
        yield from (Paragraph(text=piece) for piece in text.splitlines() if piece.strip())


def _table(sheet: Sheet, *, number: int, hidden: bool) -> Table:
    return Table(
        number=number, sheet=sheet.name, hidden=hidden, cells=merged(sheet.texts, sheet.ranges),
        hidden_rows=frozenset(sheet.hidden_rows), hidden_columns=frozenset(sheet.hidden_columns),
    )  # fmt: skip


def _beside(package: Package, target: str) -> list[Paragraph]:
    """The texts of drawings and comments that lie over the sheet."""
    found = []
    for kind, part in package.targets(target).values():
        if kind in {"drawing", "comments"} and package.has(part):
            end = "txBody" if kind == "drawing" else "comment"
            boxes = (one for one in package.xml(part).iter() if local(one) == end)
            texts = ("".join(str(text) for text in box.itertext("{*}t")) for box in boxes)
            found += [Paragraph(text=text) for text in texts if text.strip()]
    return found


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
        return _unescaped(text)
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


def _integer(text: str | None, otherwise: int = 0) -> int:
    try:
        return int(text) if text is not None else otherwise
    except ValueError:
        return otherwise
