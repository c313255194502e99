"""What every kind of file becomes: paragraphs and tables in reading order."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from gongzhi.core.terms import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell as displayed; a merged cell stands once, at its upper left corner.

    row and column count from 0 inside the table's grid.
    """

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A line of text outside tables."""

    text: str
    page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A grid of cells: a worksheet, or a table in a text document.

    number counts the document's tables (or sheets) from 1; first_row and first_column
    say where the grid's upper left corner lies, so that places match what a reader sees.
    """

    number: int
    cells: tuple[Cell, ...]
    sheet: str | None = None
    page: int | None = None
    first_row: int = 1
    first_column: int = 1
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


Block: TypeAlias = Paragraph | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file opened: its kind by content, its blocks in reading order, its problems."""

    name: str
    kind: str
    blocks: tuple[Block, ...] = ()
    problems: tuple[Problem, ...] = ()

    def tables(self) -> Iterator[Table]:
        """The tables in reading order."""
        return (block for block in self.blocks if isinstance(block, Table))
