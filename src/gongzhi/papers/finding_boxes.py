"""Papers found again in a document's tables: the boxes of a layout, each with its place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from gongzhi.core.terms import Where
from gongzhi.intake.document import Document, Table
from gongzhi.papers.boxes import NOTHING, Box, Label, Layout

Place = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What stands in a box, and where."""

    text: str
    where: Where


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPaper:
    """A paper's boxes and lines as they stand in a document."""

    where: Where
    boxes: dict[str, Entry]
    lines: tuple[dict[str, Entry], ...]


@dataclass(slots=True)
class Stack:
    """Tables below each other as one grid; a merged cell stands in all of its rows."""

    texts: dict[Place, str] = field(default_factory=dict)
    tops: list[tuple[int, Table]] = field(default_factory=list)
    rows: int = 0

    def add(self, table: Table) -> None:
        """One more table below the others."""
        self.tops.append((self.rows, table))
        height = 0
        for cell in table.cells:
            for row in range(cell.row, cell.row + cell.row_span):
                self.texts[self.rows + row, cell.column] = cell.text
            height = max(height, cell.row + cell.row_span)
        self.rows += height

    def where(self, row: int, column: int) -> Where:
        """A place as the document's reader counts."""
        top, table = next(each for each in reversed(self.tops) if each[0] <= row)
        number = None if table.sheet is not None else table.number
        return Where(
            sheet=table.sheet,
            table=number,
            row=row - top + table.first_row,
            column=column + table.first_column,
        )


def stacks_of(document: Document) -> list[Stack]:
    """The grids to look at: each sheet by itself, the tables of a text below each other."""
    stacks: list[Stack] = []
    for table in document.tables():
        if table.hidden:
            continue
        if table.sheet is not None or not stacks:
            stacks.append(Stack())
        stacks[-1].add(table)
    return stacks


def papers_in(stack: Stack, layout: Layout) -> Iterator[FoundPaper]:
    """The papers of this layout, from top to bottom."""
    pieces = list(layout.placed())
    height = len(layout.top) + 1
    first = next(piece for _, _, piece in pieces if isinstance(piece, Label))
    starts = [
        row
        for row in range(stack.rows)
        if first.fits(stack.texts.get((row, 0), "")) and _fits(stack, row, pieces)
    ]
    for start, end in pairwise([*starts, stack.rows]):
        boxes = {
            piece.name: _entry(stack, start + row, column)
            for row, column, piece in pieces
            if isinstance(piece, Box)
        }
        lines = _lines(stack, layout, range(start + height, end))
        yield FoundPaper(
            where=replace(stack.where(start, 0), column=None), boxes=boxes, lines=tuple(lines)
        )


def _fits(stack: Stack, start: int, pieces: Sequence[tuple[int, int, Label | Box]]) -> bool:
    return all(
        piece.fits(stack.texts.get((start + row, column), ""))
        for row, column, piece in pieces
        if isinstance(piece, Label)
    )


def _entry(stack: Stack, row: int, column: int) -> Entry:
    return Entry(text=stack.texts.get((row, column), ""), where=stack.where(row, column))


def _lines(stack: Stack, layout: Layout, rows: range) -> Iterator[dict[str, Entry]]:
    """The lines with anything in them."""
    headings = [column.name for column in layout.columns if column.heading]
    above: list[str] = []
    for row in rows:
        line = {column.name: _entry(stack, row, at) for at, column in enumerate(layout.columns)}
        if not any(entry.text for entry in line.values()):
            continue
        above = _headings(above, [line[name].text for name in headings])
        for name, text in zip(headings, above, strict=True):
            line[name] = replace(line[name], text="" if text == NOTHING else text)
        if any(entry.text for entry in line.values()):
            yield line


def without_sum(
    lines: Sequence[dict[str, Entry]], *, called: str, of_sum: frozenset[str]
) -> list[dict[str, Entry]]:
    """The lines without the last one that only sums up: so called, filled in nowhere else."""
    kept = list(lines)
    for at in reversed(range(len(kept))):
        others = (entry.text for name, entry in kept[at].items() if name not in of_sum)
        if kept[at]["level1"].text == called and not any(others):
            del kept[at]
            break
    return kept


def _headings(above: Sequence[str], said: Sequence[str]) -> list[str]:
    """The headings of a line: an empty one is the one above, unless a higher one has changed."""
    found: list[str] = []
    for at, text in enumerate(said):
        goes_on = not text and list(above[:at]) == found
        found.append(above[at] if goes_on and at < len(above) else text)
    return found
