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
    A position without a cell is empty. hidden_rows and hidden_columns count like Cell.row and
    Cell.column; their cells are here all the same. hidden: the whole sheet is.
    continues: the same columns go on from the table before, over a page break.
    """

    number: int
    cells: tuple[Cell, ...]
    sheet: str | None = None
    page: int | None = None
    first_row: int = 1
    first_column: int = 1
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    hidden: bool = False
    continues: bool = False


Block: TypeAlias = Paragraph | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a reader of one kind of file found in it.

    outside: what stands in headers, footers, comments and the like, not in the text itself.
    problems: what could not be read; notes: what its sender should know though all was read.
    """

    blocks: tuple[Block, ...] = ()
    outside: tuple[Paragraph, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Contents):
    """A file opened: its kind by content, its blocks in reading order, its problems."""

    name: str
    kind: str

    def tables(self) -> Iterator[Table]:
        """The tables in reading order."""
        return (block for block in self.blocks if isinstance(block, Table))
