"""Which cells of a table of counts are withheld, so that no small one can be computed.

Cells below the least number are withheld first. What is published besides are equations over the
withheld cells: every row and column adds up to its total, and a published mean or weighted share
is one equation more. While these equations determine a withheld cell, or leave a line with so
little withheld that its cells are all but known, the smallest published cell that helps is
withheld, too. Which cells were small and which went along is not told.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

Cell: TypeAlias = tuple[int, int]  # row and column; position 0 is the total
Sum: TypeAlias = Mapping[Cell, Fraction]  # coefficients of cells whose weighted sum is known
TOTAL = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Counts by row and column, with their totals at position 0."""

    counts: Mapping[Cell, int]
    rows: int
    columns: int

    def lines(self) -> Iterator[tuple[Cell, ...]]:
        """Each row and each column, its total first."""
        for row in range(self.rows + 1):
            yield tuple((row, column) for column in range(self.columns + 1))
        for column in range(self.columns + 1):
            yield tuple((row, column) for row in range(self.rows + 1))


def table_of(counts: Sequence[Sequence[int]]) -> Table:
    """The table of these rows, with its totals."""
    columns = len(counts[0])
    cells = {
        (r, c): count
        for r, row in enumerate(counts, start=1)
        for c, count in enumerate(row, start=1)
    }
    for r in range(1, len(counts) + 1):
        cells[r, TOTAL] = sum(counts[r - 1])
    for c in range(1, columns + 1):
        cells[TOTAL, c] = sum(row[c - 1] for row in counts)
    cells[TOTAL, TOTAL] = sum(map(sum, counts))
    return Table(counts=cells, rows=len(counts), columns=columns)


def withheld(
    table: Table,
    *,
    least: int,
    shares: Mapping[int, Sum] | None = None,
    means: Sequence[Sum] = (),
    unpublished: Iterable[Cell] = (),
) -> frozenset[Cell]:
    """The cells that aren't published; how many answered in all always is.

    `shares`: for each column, the sum that its weighted share tells wherever it is published;
    `means`: sums that are published in any case; `unpublished`: cells that aren't anyway.
    """
    hidden = {*unpublished}
    hidden |= {
        cell for cell, count in table.counts.items() if 0 < count < least and cell != (TOTAL, TOTAL)
    }
    while hidden:
        sums = told(hidden, shares=shares, means=means)
        lines = [*_thin(table, hidden, least=least), *_telling(table, hidden, sums=sums)]
        chosen = _smallest(table, hidden, lines)
        if chosen is None:
            break
        hidden.add(chosen)
    return frozenset(hidden)


def told(
    hidden: Iterable[Cell], *, shares: Mapping[int, Sum] | None, means: Sequence[Sum] = ()
) -> list[Sum]:
    """What is published besides counts: means, the shares of columns that aren't withheld."""
    kept = set(hidden)
    of_columns = [each for c, each in (shares or {}).items() if (TOTAL, c) not in kept]
    return [*of_columns, *means]


def tells(table: Table, hidden: Iterable[Cell], sums: Iterable[Sum]) -> bool:
    """Whether these sums, with what adds up, determine a withheld cell."""
    return bool(determined(hidden, [*_adding_up(table), *sums]))


def _thin(table: Table, hidden: set[Cell], *, least: int) -> Iterator[tuple[Cell, ...]]:
    """Lines whose withheld cells are together so few that each is nearly known."""
    for line in table.lines():
        within = [cell for cell in line[1:] if cell in hidden]
        if within and line[0] not in hidden:
            together = sum(table.counts[cell] for cell in within)
            if 0 < together < least or len(within) == 1:
                yield line


def _telling(table: Table, hidden: set[Cell], *, sums: Sequence[Sum]) -> Iterator[tuple[Cell, ...]]:
    """Lines with a withheld cell that follows from what is published."""
    found = determined(hidden, [*_adding_up(table), *sums])
    for line in table.lines():
        if found.intersection(line):
            yield line


def _adding_up(table: Table) -> Iterator[Sum]:
    for line in table.lines():
        yield {cell: Fraction(-1 if position == 0 else 1) for position, cell in enumerate(line)}


def determined(hidden: Iterable[Cell], sums: Iterable[Sum]) -> frozenset[Cell]:
    """The withheld cells that follow from sums whose other parts are all published."""
    unknown = sorted(hidden)
    rows = [[each.get(cell, Fraction(0)) for cell in unknown] for each in sums]
    reduced = _reduced(rows, len(unknown))
    return frozenset(
        unknown[next(position for position, value in enumerate(row) if value)]
        for row in reduced
        if sum(1 for value in row if value) == 1
    )


def _reduced(rows: list[list[Fraction]], width: int) -> list[list[Fraction]]:
    """The reduced row echelon form: what is determined stands in a row of its own."""
    done = 0
    for column in range(width):
        pivot = next((r for r in range(done, len(rows)) if rows[r][column]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        scale = rows[done][column]
        rows[done] = [value / scale for value in rows[done]]
        for other in range(len(rows)):
            factor = rows[other][column]
            if other != done and factor:
                rows[other] = [a - factor * b for a, b in zip(rows[other], rows[done], strict=True)]
        done += 1
    return rows[:done]


def _smallest(table: Table, hidden: set[Cell], lines: Iterable[tuple[Cell, ...]]) -> Cell | None:
    """The published cell that costs the least: an inner one before a total, a small one first."""
    candidates = {
        cell for line in lines for cell in line if cell not in hidden and cell != (TOTAL, TOTAL)
    }
    return min(candidates, key=lambda cell: _cost(table, cell), default=None)


def _cost(table: Table, cell: Cell) -> tuple[bool, bool, int, Cell]:
    count = table.counts[cell]
    return (TOTAL in cell, count == 0, count, cell)
