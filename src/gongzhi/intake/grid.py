"""Cells with spans laid into a grid, as HTML and Word describe their tables."""

from collections.abc import Iterable

from gongzhi.intake.document import Cell


class Grid:
    """A table under construction: every position belongs to at most one cell."""

    def __init__(self) -> None:
        self._owners: dict[tuple[int, int], Cell] = {}
        self._cells: dict[tuple[int, int], Cell] = {}

    def free_column(self, row: int, column: int) -> int:
        """The first column from here on that no cell from above reaches down into."""
        while (row, column) in self._owners:
            column += 1
        return column

    def place(self, cell: Cell) -> None:
        """Lay the cell down; where it would cover another one it is cut short to the right."""
        width = 1
        while width < cell.column_span and (cell.row, cell.column + width) not in self._owners:
            width += 1
        if width != cell.column_span:
            cell = _resized(cell, rows=cell.row_span, columns=width)
        self._cells[cell.row, cell.column] = cell
        self._claim(cell, range(cell.row, cell.row + cell.row_span))

    def extend_down(self, row: int, column: int) -> bool:
        """Let the cell above reach down into this row; False where there is none to do so."""
        above = self._owners.get((row - 1, column))
        if above is None or above.column != column:
            return False
        taller = _resized(above, rows=row - above.row + 1, columns=above.column_span)
        self._cells[above.row, above.column] = taller
        self._claim(taller, range(above.row, row + 1))
        return True

    def cells(self, *, row_count: int) -> tuple[Cell, ...]:
        """The cells in reading order, none reaching below the last row."""
        kept = (
            _resized(cell, rows=min(cell.row_span, row_count - cell.row), columns=cell.column_span)
            for cell in self._cells.values()
        )
        return in_reading_order(kept)

    def _claim(self, cell: Cell, rows: range) -> None:
        for row in rows:
            for column in range(cell.column, cell.column + cell.column_span):
                self._owners[row, column] = cell


def in_reading_order(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """The cells by row, then by column."""
    return tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))


def _resized(cell: Cell, *, rows: int, columns: int) -> Cell:
    return Cell(
        row=cell.row, column=cell.column, text=cell.text, row_span=rows, column_span=columns
    )
