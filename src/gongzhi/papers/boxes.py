"""How an official paper is laid out: labels and boxes on a grid, and below them lines in columns.

One layout draws the paper and finds its boxes again, so that what is written is read back.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gongzhi.papers.drawn import Cell, Row
from gongzhi.papers.plain import plain

SPACE = re.compile(r"\s+")
MONTH = "{month}"
HEADINGS = frozenset({"level1", "level2"})
NOTHING = "—"  # in a heading's box: there is none; an empty box belongs to the heading above


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A printed word; {month} in it is the month that the paper reaches to."""

    text: str
    width: int = 1
    height: int = 1

    def fits(self, text: str) -> bool:
        """Whether a cell holds this label, whatever its spaces and its month."""
        pattern = re.escape(_bare(self.text)).replace(re.escape(MONTH), "[0-9N]{1,2}")
        return re.fullmatch(pattern, _bare(text)) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A place to fill in, by its name; figures stand at the right."""

    name: str
    width: int = 1
    figure: bool = False
    choices: tuple[str, ...] = ()
    height: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the lines."""

    name: str
    label: str
    width: float  # in centimetres
    figure: bool = False
    choices: tuple[str, ...] = ()

    @property
    def heading(self) -> bool:
        """Whether equal neighbours below each other are one cell."""
        return self.name in HEADINGS


Line = tuple[Label | Box, ...]
Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A paper: its title, what stands above the lines, and their columns, which are the grid."""

    title: str
    top: tuple[Line, ...]
    columns: tuple[Column, ...]
    landscape: bool = False

    @property
    def head(self) -> Line:
        """The labels above the lines."""
        return tuple(Label(text=column.label) for column in self.columns)

    def placed(self) -> Iterator[tuple[int, int, Label | Box]]:
        """Labels and boxes with row and column, from 0, the labels of the columns last."""
        taken: set[tuple[int, int]] = set()
        for row, line in enumerate((*self.top, self.head)):
            column = 0
            for piece in line:
                while (row, column) in taken:
                    column += 1
                for below in range(piece.height):
                    for beside in range(piece.width):
                        taken.add((row + below, column + beside))
                yield row, column, piece
                column += piece.width


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A paper's texts: of its boxes by name, and of each line by column."""

    boxes: Texts
    lines: tuple[Texts, ...] = ()
    month: str = "N"


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnPaper:
    """A paper on its grid: widths in centimetres, rows above, the head that repeats, the lines.

    The note stands under the title and is no part of what the paper states.
    """

    title: str
    note: str
    name: str
    widths: tuple[float, ...]
    landscape: bool
    top: tuple[Row, ...]
    head: Row
    body: tuple[Row, ...]


def drawn(layout: Layout, filled: Filled, *, name: str, note: str = "") -> DrawnPaper:
    """The paper filled in; its name tells it from others."""
    return DrawnPaper(
        title=layout.title,
        note=note,
        name=name,
        widths=tuple(column.width for column in layout.columns),
        landscape=layout.landscape,
        top=tuple(Row(cells=_cells(line, filled)) for line in layout.top),
        head=Row(cells=_cells(layout.head, filled)),
        body=tuple(_body(layout.columns, [_tidy(line) for line in filled.lines])),
    )


def _cells(line: Line, filled: Filled) -> tuple[Cell, ...]:
    return tuple(_cell(piece, filled) for piece in line)


def _cell(piece: Label | Box, filled: Filled) -> Cell:
    if isinstance(piece, Label):
        text = piece.text.replace(MONTH, filled.month)
        return Cell(text=text, column_span=piece.width, row_span=piece.height, head=True)
    return Cell(
        text=filled.boxes[piece.name],
        column_span=piece.width,
        row_span=piece.height,
        figure=piece.figure,
        choices=piece.choices,
    )


def _body(columns: Sequence[Column], lines: Sequence[Texts]) -> Iterator[Row]:
    """The lines, equal headings that follow each other as one cell."""
    headings = [column.name for column in columns if column.heading]
    for number, line in enumerate(lines):
        cells = []
        for at, column in enumerate(columns):
            keys = headings[: at + 1] if column.heading else []
            if keys and _goes_on(lines, number, keys):
                continue
            text = line[column.name]
            cells.append(
                Cell(
                    text=text or NOTHING if keys else text,
                    row_span=_run(lines, number, keys) if keys else 1,
                    figure=column.figure,
                    choices=column.choices,
                    group=column.heading,
                )
            )
        yield Row(cells=tuple(cells))


def _tidy(line: Texts) -> Texts:
    """A line as it will be read: what is blank for a reader is empty."""
    return {name: plain(text).strip() for name, text in line.items()}


def _goes_on(lines: Sequence[Texts], number: int, keys: Sequence[str]) -> bool:
    """Whether a line has the headings of the one above; one of headings alone prints its own."""
    if not number:
        return False
    line, above = lines[number], lines[number - 1]
    says_more = any(text for name, text in line.items() if name not in HEADINGS)
    return says_more and all(line[key] == above[key] for key in keys)


def _run(lines: Sequence[Texts], start: int, keys: Sequence[str]) -> int:
    """How many lines from here on share a cell of a heading."""
    end = start + 1
    while end < len(lines) and _goes_on(lines, end, keys):
        end += 1
    return end - start


def _bare(text: str) -> str:
    return SPACE.sub("", text)
