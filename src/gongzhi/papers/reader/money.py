"""The block of money: rows of sources, columns of budget and execution."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from gongzhi.core.terms import FundRow, Money, Points, Where
from gongzhi.intake.document import Cell
from gongzhi.papers.reader.amounts import amount, points, points_in_brackets, unit_in
from gongzhi.papers.reader.fundrows import AMOUNTS, figure, fund_lines, fund_row, label_of_row
from gongzhi.papers.reader.grid import Grid, bottom_of
from gongzhi.papers.reader.heads import BUDGETS, Column, Head
from gongzhi.papers.reader.meaning import field_of, is_fund, is_number, money_role
from gongzhi.papers.reader.pairs import Pair
from gongzhi.papers.reader.printed import bare, is_nothing, line
from gongzhi.papers.reader.vocabulary import WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyBlock:
    """What a form says about its money; the first row is the total."""

    rows: tuple[FundRow, ...] = ()
    rate_text: str | None = None
    weight: Points | None = None
    score: Points | None = None
    where: Where | None = None


def money_unit(grid: Grid, head: Head) -> str | None:
    """The unit of money that the header, or the cell beside it, states."""
    rows = range(head.top, min(head.bottom + 3, grid.rows))
    cells = (cell for row in rows for cell in grid.line(row))
    return next((unit for cell in cells if (unit := unit_in(cell.text))), None)


def read_money(grid: Grid, head: Head, *, bottom: int, unit: str | None) -> MoneyBlock:
    """The money of a block with a header."""
    columns = _meant(head)
    last = min(bottom, _section_bottom(grid, head))
    lines = list(fund_lines(grid, head, last=last))
    rows = [fund_row(grid, row, head=head, columns=columns, unit=unit) for row in lines]
    turned = _turned(grid, lines, head=head, unit=unit)
    if turned and not any(row.executed is not None for row in rows):
        return turned
    if not rows:
        return MoneyBlock(where=grid.where(head.top))
    first = _total_first([row.label for row in rows])
    total = lines[first]
    ordered = [rows[first], *rows[:first], *rows[first + 1 :]]
    parts = _parts_beside(grid, total, head=head, columns=columns, unit=unit)
    return MoneyBlock(
        rows=(*ordered, *parts),
        rate_text=_rate(grid, total, head),
        weight=_points(
            grid, [total, *lines], head, role="weight", stated=_stated_points(grid, head)
        ),
        score=_points(grid, [total, *lines], head, role="score"),
        where=grid.where(head.top),
    )


def money_of_pairs(pairs: Iterable[Pair], *, unit: str | None) -> dict[str, tuple[Money, Pair]]:
    """The amounts that labels name, by field; the better label wins."""
    found: dict[str, tuple[Money, Pair]] = {}
    for pair in pairs:
        if pair.field not in {*AMOUNTS, "amount"}:
            continue
        money = amount(pair.value, unit=unit_in(pair.label) or unit)
        known = found.get(pair.field)
        if money is not None and (known is None or pair.rank < known[1].rank):
            found[pair.field] = (money, pair)
    return found


def _meant(head: Head) -> dict[str, Column]:
    """The columns by what they hold; a lone budget is the adjusted one."""
    columns: dict[str, Column] = {}
    for column in head.columns:
        known = columns.get(column.role)
        better = known is not None and column.name in WORDS.fund_totals
        if known is None or (better and known.name not in WORDS.fund_totals):
            columns[column.role] = column
    budget = columns.pop("budget", None)
    if budget:
        role = "adjusted" if "adjusted" not in columns else "initial"
        columns.setdefault(role, budget)
    return columns


def _section_bottom(grid: Grid, head: Head) -> int:
    """Where the cell beside the block ends; without one, the grid."""
    beside = grid.at(head.top, head.start - 1) if head.start else None
    left = grid.at(head.top, 0)
    ends = [
        bottom_of(cell)
        for cell in (beside, left)
        if cell is not None and cell.row <= head.top and bottom_of(cell) > head.bottom
    ]
    return min(ends) if ends else grid.rows - 1


def _text(grid: Grid, row: int, column: Column | None) -> str:
    if column is None:
        return ""
    cells = (grid.at(row, place) for place in range(column.start, column.end + 1))
    return next((cell.text for cell in cells if cell and not is_nothing(cell.text)), "")


def _total_first(labels: list[str]) -> int:
    """Which row is the total: the one called so, else the first."""
    names = [bare(label) for label in labels]
    return next((place for place, name in enumerate(names) if name in WORDS.fund_totals), 0)


def _rate(grid: Grid, row: int, head: Head) -> str | None:
    text = line(_text(grid, row, head.first("rate")))
    return text or None


def _points(
    grid: Grid, rows: Iterable[int], head: Head, *, role: str, stated: Points | None = None
) -> Points | None:
    """Points of the first row that has some; else those that the header states."""
    column = head.first(role)
    found = (points(_text(grid, row, column)) for row in rows)
    return next((own for own in found if own is not None), stated)


def _stated_points(grid: Grid, head: Head) -> Points | None:
    texts = [
        cell.text
        for row in range(max(0, head.top - 1), head.bottom + 1)
        for cell in grid.line(row)
        if money_role(cell.text) in {"weight", "score"} or _names_block(cell, head)
    ]
    return next((found for text in texts if (found := points_in_brackets(text)) is not None), None)


def _names_block(cell: Cell, head: Head) -> bool:
    """Whether a cell beside the header, or a row of its own above it, says what the block is."""
    above = cell.row < head.top and bare(cell.text) in WORDS.money_sections
    return above or (cell.column < head.start and bottom_of(cell) >= head.top)


def _parts_beside(
    grid: Grid, row: int, *, head: Head, columns: dict[str, Column], unit: str | None
) -> Iterator[FundRow]:
    """Sources that stand beside the total as columns of their own below one head."""
    beside = [
        column
        for column in head.columns
        if column.role in columns and column is not columns[column.role] and column.group
    ]
    for name in dict.fromkeys(column.name for column in beside):
        if not is_fund(name):
            continue
        empty = FundRow(label=name, where=grid.where(row, head.start))
        figures = {
            column.role: figure(grid, row, column, unit=unit)
            for column in beside
            if column.name == name and column.role in AMOUNTS
        }
        yield replace(empty, **figures)  # type: ignore[arg-type]


def _turned(grid: Grid, lines: Iterable[int], *, head: Head, unit: str | None) -> MoneyBlock | None:
    """A block whose rows say what is counted and whose columns say where it comes from."""
    figures: dict[str, Money] = {}
    rate = None
    for row in lines:
        label = label_of_row(grid, row, head)
        role = money_role(label.text) if label else None
        text = next((c.text for c in _figures(grid, row, head)), "")
        money = amount(text, unit=unit)
        if role == "rate":
            rate = line(text) or None
        elif role in BUDGETS and money is not None:
            figures["adjusted" if role == "budget" else role] = money
    if "executed" not in figures:
        return None
    total = FundRow(
        label="合计", initial=figures.get("initial"), adjusted=figures.get("adjusted"),
        executed=figures["executed"], where=grid.where(head.bottom + 1, head.start),
    )  # fmt: skip
    return MoneyBlock(rows=(total,), rate_text=rate, where=grid.where(head.top))


def _figures(grid: Grid, row: int, head: Head) -> Iterator[Cell]:
    return (cell for cell in grid.said(row) if cell.column >= head.start and _is_figure(cell))


def _is_figure(cell: Cell) -> bool:
    return is_number(cell.text) and field_of(cell.text) is None
