"""One row of a block of indicators: which cell belongs to which column, what it says."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from gongzhi.intake.document import Cell
from gongzhi.papers.reader.grid import Grid, overlap
from gongzhi.papers.reader.groups import Group
from gongzhi.papers.reader.heads import LEVELS, Head
from gongzhi.papers.reader.printed import is_nothing, key, measure
from gongzhi.papers.reader.vocabulary import WORDS

WIDE = 3  # a cell over so many columns is a text, not an entry
OPERATORS = "≥≤=><≈±"
MANY = frozenset({"possibility", "cause"})  # of these a form may have several columns
ONCE = frozenset({"weight", "score", "converted"})  # a merged figure counts once


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The cells of one row, by the role of the column below which they stand."""

    number: int
    cells: Mapping[str, tuple[Cell, ...]] = field(default_factory=dict)
    beside: Mapping[int, str] = field(default_factory=dict)  # every text by its first column

    def text(self, role: str) -> str:
        """What stands in the columns of a role; a lone dash is nothing."""
        texts = (cell.text for cell in self.cells.get(role, ()))
        return "\n".join(text for text in texts if not is_nothing(text))

    def cell(self, role: str) -> Cell | None:
        """The first cell with text in the columns of a role."""
        return next((cell for cell in self.cells.get(role, ()) if not is_nothing(cell.text)), None)


def row_of(grid: Grid, number: int, *, head: Head, group: Group) -> Row:
    """The cells of a row, each given to the column that it covers most."""
    found: dict[str, list[Cell]] = {}
    for cell in grid.line(number):
        if cell.row <= head.bottom:
            continue
        for role in _roles(cell, group):
            if role not in ONCE or cell.row == number:
                found.setdefault(role, []).append(cell)
    return Row(
        number=number,
        cells={role: tuple(cells) for role, cells in found.items()},
        beside={cell.column: cell.text for cell in grid.line(number)},
    )


def is_wide(cell: Cell, group: Group) -> bool:
    """Whether a cell runs over columns of several kinds, as texts below a table do."""
    covered = [column for column in group.all if overlap(cell, start=column.start, end=column.end)]
    named = [column for column in covered if column.role in LEVELS]
    return len(covered) >= WIDE and len(named) < len(covered)


def _roles(cell: Cell, group: Group) -> list[str]:
    """The roles of a cell: all the levels it covers whole, or the one column it covers most."""
    shares = [(overlap(cell, start=column.start, end=column.end), column) for column in group.all]
    covered = [(share, column) for share, column in shares if share]
    if not covered:
        return []
    best = max(share for share, _ in covered)
    main = next(column for share, column in covered if share == best)
    if main.role not in LEVELS:
        alone = main.role not in MANY and group.columns.get(main.role) is not main
        return [] if alone else [main.role]
    whole = [
        column.role
        for share, column in covered
        if column.role in LEVELS and share == column.end - column.start + 1
    ]
    return whole or [main.role]


def target_text(row: Row) -> str | None:
    """The target: sign, value and unit joined where they stand apart."""
    value = row.text("target_adjusted") or row.text("target")
    return _joined(sign=row.text("sign"), value=value, unit=row.text("unit"))


def actual_text(row: Row) -> str | None:
    """The result, with the sign and the unit of its own where the form has them."""
    sign, unit = row.text("actual_sign"), row.text("actual_unit")
    return _joined(sign=sign, value=row.text("actual"), unit=unit)


def _joined(*, sign: str, value: str, unit: str) -> str | None:
    value, unit = measure(value), measure(unit)
    if is_nothing(value):
        return None
    sign = "" if key(sign) in WORDS.silent_signs or value[0] in OPERATORS else measure(sign)
    return sign + value + ("" if unit and value.endswith(unit) else unit)
