"""HTML → paragraphs and tables: pages of content systems, and tables that exporters call .xls."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import lxml.html
from lxml import etree

from gongzhi.intake.charset import decoded_somehow
from gongzhi.intake.document import Block, Cell, Contents, Paragraph, Table
from gongzhi.intake.grid import Grid
from gongzhi.intake.limits import LIMITS
from gongzhi.intake.package import TooMuch

DROPPED = frozenset({
    "script", "style", "noscript", "template", "head", "iframe", "object", "embed", "svg", "select",
    "link", "meta", "xml",
})  # fmt: skip
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody",
    "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
SPACES = str.maketrans({"\xa0": " ", "\u3000": " ", "\u200b": "", "\ufeff": ""})


@dataclass(slots=True)
class Reading:
    """The blocks found so far, and the line being put together."""

    blocks: list[Block] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    tables: int = 0
    cells: int = 0

    def say(self, text: str | None) -> None:
        """Add to the line; spaces and line ends in the source mean nothing."""
        if text:
            self.line.append(text)

    def end_line(self) -> None:
        """The line is a paragraph if anything stands in it."""
        text = " ".join("".join(self.line).translate(SPACES).split())
        self.line.clear()
        if text:
            self.blocks.append(Paragraph(text=text))

    def add_table(self, cells: tuple[Cell, ...], hidden_rows: frozenset[int]) -> None:
        """One more table, counted."""
        self.tables += 1
        self.cells += len(cells)
        if self.cells > LIMITS.cells_max:
            raise TooMuch("cells")
        self.blocks.append(Table(number=self.tables, cells=cells, hidden_rows=hidden_rows))


def read_webpage(content: bytes) -> Contents:
    """The page as a person reads it: no scripts, no styles, nothing fetched."""
    text = decoded_somehow(content)
    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False,
                                  remove_comments=True, remove_pis=True)  # fmt: skip
    root = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    reading = Reading()
    _walk(root, reading, depth=0)
    reading.end_line()
    return Contents(blocks=tuple(reading.blocks))


def _walk(element: etree._Element, reading: Reading, *, depth: int) -> None:
    reading.say(element.text)
    for one in element:
        name = _name(one)
        if name == "table":
            reading.end_line()
            _table(one, reading, depth=depth)
        elif name == "br":
            reading.end_line()
        elif name and name not in DROPPED and not _is_invisible(one):
            if name in BLOCKS:
                reading.end_line()
            _walk(one, reading, depth=depth)
            if name in BLOCKS:
                reading.end_line()
        reading.say(one.tail)


def _table(table: etree._Element, reading: Reading, *, depth: int) -> None:
    """A table as a grid; one that only places other tables on the page is walked through."""
    if depth > LIMITS.nesting_max:
        raise TooMuch("nesting")
    rows = list(_rows(table))
    count = sum(1 for row in rows for _ in _cells(row))
    inner = (one for one in table.iterdescendants("table"))
    if any(sum(1 for row in _rows(one) for _ in _cells(row)) >= count for one in inner):
        for row in rows:
            for cell in _cells(row):
                _walk(cell, reading, depth=depth + 1)
                reading.end_line()
        return
    for caption in table.iterchildren("caption"):
        _walk(caption, reading, depth=depth)
        reading.end_line()
    hidden = frozenset(number for number, row in enumerate(rows) if _is_invisible(row))
    reading.add_table(_grid(rows), hidden)


def _grid(rows: list[etree._Element]) -> tuple[Cell, ...]:
    grid = Grid()
    for number, row in enumerate(rows):
        column = 0
        for cell in _cells(row):
            column = grid.free_column(number, column)
            if column >= LIMITS.sheet_columns_max:
                raise TooMuch("columns")
            height = _span(cell, "rowspan", len(rows) - number)
            width = _span(cell, "colspan", LIMITS.sheet_columns_max)
            grid.place(
                Cell(
                    row=number,
                    column=column,
                    text=_cell_text(cell),
                    row_span=height or len(rows) - number,
                    column_span=width or 1,
                )
            )
            column += width or 1
    return grid.cells(row_count=len(rows))


def _span(cell: etree._Element, name: str, limit: int) -> int:
    text = (cell.get(name) or "1").strip()
    return min(int(text), limit) if text.isdecimal() and len(text) < 6 else 1


def _cell_text(cell: etree._Element) -> str:
    """The text of a cell line by line; small tables inside it are part of its text."""
    reading = Reading()
    _lines(cell, reading)
    reading.end_line()
    return "\n".join(block.text for block in reading.blocks if isinstance(block, Paragraph))


def _lines(element: etree._Element, reading: Reading) -> None:
    reading.say(element.text)
    for one in element:
        name = _name(one)
        if name == "br":
            reading.end_line()
        elif name and name not in DROPPED and not _is_invisible(one):
            ends = name in BLOCKS and name not in {"td", "th"}
            if ends:
                reading.end_line()
            _lines(one, reading)
            reading.say(" " if name in {"td", "th"} else None)
            if ends:
                reading.end_line()
        reading.say(one.tail)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for one in table:
        name = _name(one)
        if name == "tr":
            yield one
        elif name in {"thead", "tbody", "tfoot", "form", "center"}:
            yield from _rows(one)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    return (one for one in row if _name(one) in {"td", "th"})


def _is_invisible(element: etree._Element) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or element.get("hidden") is not None


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition(":")[2].lower() if isinstance(tag, str) else ""
