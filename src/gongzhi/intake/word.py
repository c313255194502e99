"""docx → paragraphs and tables in reading order, with merged and nested cells."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from gongzhi.intake.document import Block, Cell, Contents, Paragraph, Table
from gongzhi.intake.grid import Grid
from gongzhi.intake.limits import LIMITS
from gongzhi.intake.package import Package, TooMuch, attribute, child, children, local

OUTSIDE = ("header", "footer", "footnotes", "endnotes", "comments")
# what holds a paragraph's or a table's parts without being one itself
WRAPPERS = frozenset({
    "sdt", "sdtContent", "ins", "moveTo", "hyperlink", "smartTag", "customXml", "fldSimple", "dir",
    "bdo", "ruby", "rubyBase", "oMath", "oMathPara", "AlternateContent", "Choice", "body", "r",
})  # fmt: skip
# mathematics nests its text deeper than anything else: numerators, radicals, exponents
MATHEMATICS = "http://schemas.openxmlformats.org/officeDocument/2006/math"
BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-", "softHyphen": ""}
# boxes and ticks that Word takes from symbol fonts, by font and code
SYMBOLS = {
    ("wingdings", "A8"): "□", ("wingdings", "6F"): "□", ("wingdings", "FE"): "☑",
    ("wingdings", "FC"): "✓", ("wingdings", "FB"): "✗", ("wingdings", "FD"): "☒",
    ("wingdings 2", "A3"): "□", ("wingdings 2", "52"): "☑", ("wingdings 2", "50"): "✓",
    ("wingdings 2", "53"): "☒", ("wingdings 2", "54"): "☒", ("wingdings 2", "2A"): "□",
    ("wingdings", "AB"): "★", ("wingdings", "B6"): "☆",
    ("symbol", "B3"): "≥", ("symbol", "A3"): "≤", ("symbol", "B4"): "×", ("symbol", "B1"): "±",
}  # fmt: skip


@dataclass(slots=True)
class Reading:
    """The blocks found so far."""

    blocks: list[Block] = field(default_factory=list)
    tables: int = 0
    cells: int = 0

    def add_table(self, cells: tuple[Cell, ...]) -> None:
        """One more table, counted."""
        self.tables += 1
        self.cells += len(cells)
        if self.cells > LIMITS.cells_max:
            raise TooMuch("cells")
        self.blocks.append(Table(number=self.tables, cells=cells))


def read_word(content: bytes) -> Contents:
    """The text and tables of the document; headers, footers, notes apart."""
    package = Package(content)
    main = package.main_part("word/document.xml")
    reading = Reading()
    for body in children(package.xml(main), "body"):
        _walk(body, reading, depth=0)
    outside: list[Paragraph] = []
    for kind, target in package.targets(main).values():
        if kind in OUTSIDE and package.has(target):
            outside += [
                Paragraph(text=text) for text in _outside(package.xml(target)) if text.strip()
            ]
    return Contents(blocks=tuple(reading.blocks), outside=tuple(outside))


def _outside(part: etree._Element) -> Iterator[str]:
    """The lines of a header or the like, and the words that lie over the page as a watermark."""
    for one in part.iter():
        if local(one) == "p":
            yield from _lines(one)
        elif local(one) == "textpath":
            yield one.get("string") or ""


def _walk(element: etree._Element, reading: Reading, *, depth: int) -> None:
    if depth > LIMITS.nesting_max:
        raise TooMuch("nesting")
    for one in element:
        name = local(one)
        if name == "p":
            reading.blocks += [Paragraph(text=text) for text in _lines(one) if text.strip()]
            for box in _boxes(one):
                _walk(box, reading, depth=depth + 1)
        elif name == "tbl":
            _table(one, reading, depth=depth)
        elif name in WRAPPERS:
            _walk(one, reading, depth=depth + 1)


def _table(table: etree._Element, reading: Reading, *, depth: int) -> None:
    """A table as a grid; a table that only places other tables on the page is walked through."""
    cells = list(_cells_of(table))
    nested = [inner for cell in cells for inner in _tables_in(cell)]
    if any(sum(1 for _ in _cells_of(inner)) >= len(cells) for inner in nested):
        for cell in cells:
            _walk(cell, reading, depth=depth + 1)
        return
    grid, row = Grid(), -1
    for row, line in enumerate(_rows(table)):
        _row(line, grid, row)
    reading.add_table(grid.cells(row_count=row + 1))
    for cell in cells:
        for box in _boxes(cell):
            _walk(box, reading, depth=depth + 1)


def _row(line: etree._Element, grid: Grid, row: int) -> None:
    properties = child(line, "trPr")
    column = _number(properties, "gridBefore", 0)
    for cell in _within(line, "tc"):
        look = child(cell, "tcPr")
        width = min(_number(look, "gridSpan", 1), LIMITS.sheet_columns_max) or 1
        merge = child(look, "vMerge") if look is not None else None
        goes_on = merge is not None and attribute(merge, "val") != "restart"
        if not (goes_on and grid.extend_down(row, column)):
            text = "\n".join(_cell_lines(cell)).strip()
            grid.place(Cell(row=row, column=column, text=text, column_span=width))
        column += width


def _cell_lines(cell: etree._Element) -> Iterator[str]:
    """The lines of a cell, with those of small tables inside it."""
    for one in cell:
        name = local(one)
        if name == "p":
            yield from _lines(one)
        elif name == "tbl":
            for line in _rows(one):
                yield "\t".join("\n".join(_cell_lines(tc)).strip() for tc in _within(line, "tc"))
        elif name in WRAPPERS:
            yield from _cell_lines(one)


def _lines(paragraph: etree._Element) -> list[str]:
    return "".join(_pieces(paragraph)).split("\n")


def _pieces(element: etree._Element) -> Iterator[str]:
    """The text of a paragraph as displayed: insertions yes, deletions and hidden text no."""
    for one in element:
        name = local(one)
        if name == "t":
            yield one.text or ""
        elif name in BREAKS:
            yield BREAKS[name]
        elif name == "sym":
            yield _symbol(one)
        elif isinstance(one.tag, str) and one.tag.startswith(f"{{{MATHEMATICS}}}"):
            yield "".join(text.text or "" for text in one.iter(f"{{{MATHEMATICS}}}t"))
        elif name in WRAPPERS and not _is_hidden(one):
            yield from _pieces(one)


def _is_hidden(run: etree._Element) -> bool:
    look = child(run, "rPr")
    hidden = child(look, "vanish") if look is not None else None
    return hidden is not None and attribute(hidden, "val") not in {"0", "false", "off"}


def _symbol(element: etree._Element) -> str:
    font = (attribute(element, "font") or "").lower()
    code = (attribute(element, "char") or "").upper()[-2:]
    return SYMBOLS.get((font, code), "")


def _boxes(element: etree._Element) -> Iterator[etree._Element]:
    """The text boxes anchored here; their older twins in mc:Fallback are left out."""
    for one in element:
        name = local(one)
        if name == "txbxContent":
            yield one
        elif name not in {"Fallback", "tbl"}:
            yield from _boxes(one)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for line in _within(table, "tr"):
        properties = child(line, "trPr")
        if properties is None or child(properties, "del") is None:
            yield line


def _cells_of(table: etree._Element) -> Iterator[etree._Element]:
    return (cell for line in _rows(table) for cell in _within(line, "tc"))


def _tables_in(cell: etree._Element) -> Iterator[etree._Element]:
    return _within(cell, "tbl")


def _within(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The children of that name, also inside content controls and the like."""
    for one in element:
        if local(one) == name:
            yield one
        elif local(one) in WRAPPERS:
            yield from _within(one, name)


def _number(properties: etree._Element | None, name: str, otherwise: int) -> int:
    found = child(properties, name) if properties is not None else None
    text = attribute(found, "val") if found is not None else None
    return int(text) if text and text.isdecimal() else otherwise
