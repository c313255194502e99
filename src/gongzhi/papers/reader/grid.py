"""Tables as a reader sees them: every position belongs to a cell, pages run on."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gongzhi.core.terms import Where
from gongzhi.intake.document import Cell, Table

ROWS_MAX = 5_000  # no form is longer; a longer table is data, and its head is enough
COLUMNS_MAX = 128


@dataclass(frozen=True, slots=True)
class _Origin:
    table: Table
    row: int


class Grid:
    """One table, or several that go on from page to page, with all spans laid out."""

    def __init__(self, tables: Sequence[Table]) -> None:
        self._origins: list[_Origin] = []
        self._owners: dict[tuple[int, int], Cell] = {}
        self.spanless = True
        self.columns = 0
        self.cut = False
        starts = (cell.column for table in tables for cell in table.cells)
        self._left = min(starts, default=0)  # empty columns at the left edge say nothing
        for table in tables:
            self._append(table)
        self.rows = len(self._origins)
        hidden = [table.hidden_columns for table in tables] or [frozenset[int]()]
        everywhere = frozenset.intersection(*hidden)
        self.hidden = frozenset(column - self._left for column in everywhere)
        self._lines: dict[int, tuple[Cell, ...]] = {}
        self._said: dict[int, tuple[Cell, ...]] = {}

    def _append(self, table: Table) -> None:
        shift = len(self._origins)
        height = max((cell.row for cell in table.cells), default=-1) + 1
        self.cut = self.cut or shift + height > ROWS_MAX
        height = min(height, ROWS_MAX - shift)
        self._origins.extend(_Origin(table, row) for row in range(height))
        for cell in table.cells:
            if cell.row < height and cell.column - self._left < COLUMNS_MAX:
                self._lay(
                    replace(cell, column=cell.column - self._left), shift=shift, height=height
                )

    def _lay(self, cell: Cell, *, shift: int, height: int) -> None:
        rows = min(cell.row_span, height - cell.row)
        columns = min(cell.column_span, COLUMNS_MAX - cell.column)
        placed = replace(cell, row=cell.row + shift, row_span=rows, column_span=columns)
        self.spanless = self.spanless and rows == columns == 1
        self.columns = max(self.columns, cell.column + columns)
        for row in range(placed.row, placed.row + rows):
            for column in range(placed.column, placed.column + columns):
                self._owners.setdefault((row, column), placed)

    def at(self, row: int, column: int) -> Cell | None:
        """The cell that covers this position."""
        return self._owners.get((row, column))

    def text(self, row: int, column: int) -> str:
        """What the cell at this position says."""
        cell = self.at(row, column)
        return cell.text if cell else ""

    def line(self, row: int) -> tuple[Cell, ...]:
        """The cells that a row passes through, from left to right, each once."""
        known = self._lines.get(row)
        if known is None:
            known = self._lines[row] = tuple(
                {
                    (cell.row, cell.column): cell
                    for column in range(self.columns)
                    if (cell := self._owners.get((row, column)))
                }.values()
            )
        return known

    def said(self, row: int) -> tuple[Cell, ...]:
        """The cells with text that begin in this row."""
        known = self._said.get(row)
        if known is None:
            begun = (cell for cell in self.line(row) if cell.row == row)
            known = self._said[row] = tuple(cell for cell in begun if cell.text.strip())
        return known

    def reach(self, cell: Cell) -> int:
        """The last column that a head stands over; without spans it reaches to the next one."""
        if not self.spanless:
            return right_of(cell)
        said = self.said(cell.row)
        after = bisect_right(said, cell.column, key=lambda other: other.column)
        return (said[after].column if after < len(said) else self.columns) - 1

    def where(self, row: int, column: int | None = None) -> Where:
        """The place as a reader counts: in its own sheet, or its own table and page."""
        origin = self._origins[row]
        table = origin.table
        return Where(
            sheet=table.sheet,
            table=None if table.sheet is not None else table.number,
            page=table.page,
            row=table.first_row + origin.row,
            column=None if column is None else table.first_column + self._left + column,
        )


def bottom_of(cell: Cell) -> int:
    """The last row of a cell."""
    return cell.row + cell.row_span - 1


def right_of(cell: Cell) -> int:
    """The last column of a cell."""
    return cell.column + cell.column_span - 1


def overlap(cell: Cell, *, start: int, end: int) -> int:
    """How many columns a cell shares with a range of columns."""
    return max(0, min(right_of(cell), end) - max(cell.column, start) + 1)
