"""One row of a block of money: its name, its figures, whether it is one at all."""

from collections.abc import Iterable, Iterator

from gongzhi.core.terms import FundRow, Money
from gongzhi.intake.document import Cell
from gongzhi.papers.reader.amounts import amount
from gongzhi.papers.reader.grid import Grid, overlap
from gongzhi.papers.reader.heads import BUDGETS, Column, Head
from gongzhi.papers.reader.meaning import field_of, is_fund, is_value, money_role
from gongzhi.papers.reader.printed import is_nothing, line

AMOUNTS = ("initial", "adjusted", "executed")
NAMELESS = "资金"


def fund_lines(grid: Grid, head: Head, *, last: int) -> Iterator[int]:
    """The rows with figures, or places for them; a text in the place of a figure ends them."""
    for row in range(head.bottom + 1, last + 1):
        texts = [
            cell.text
            for column in head.columns
            if column.role in BUDGETS
            for cell in cells_below(grid, row, column)
            if not is_nothing(cell.text)
        ]
        if not all(money_in(text, unit=None) is not None or is_name(text) for text in texts):
            return
        if texts or label_of_row(grid, row, head):
            yield row


def fund_row(
    grid: Grid, row: int, *, head: Head, columns: dict[str, Column], unit: str | None
) -> FundRow:
    """The row as a value."""
    label = label_of_row(grid, row, head)
    figures = {role: figure(grid, row, columns.get(role), unit=unit) for role in AMOUNTS}
    return FundRow(
        label=_name(label.text) if label else NAMELESS,
        initial=figures["initial"], adjusted=figures["adjusted"], executed=figures["executed"],
        where=grid.where(row, label.column if label else head.start),
    )  # fmt: skip


def figure(grid: Grid, row: int, column: Column | None, *, unit: str | None) -> Money | None:
    """The amount below a column's head, whatever name stands beside it there."""
    if column is None:
        return None
    found = (money_in(cell.text, unit=unit) for cell in cells_below(grid, row, column))
    return next((money for money in found if money is not None), None)


def money_in(text: str, *, unit: str | None) -> Money | None:
    """The amount that a cell holds: 100, 100万元, 预算数：100."""
    own = amount(text, unit=unit)
    if own is not None:
        return own
    name, colon, after = text.replace("：", ":").partition(":")
    return amount(after, unit=unit) if colon and is_name(name) else None


def cells_below(grid: Grid, row: int, column: Column) -> Iterable[Cell]:
    """The cells of a row below a column's head, from left to right."""
    found = (grid.at(row, place) for place in range(column.start, column.end + 1))
    return dict.fromkeys(cell for cell in found if cell)


def label_of_row(grid: Grid, row: int, head: Head) -> Cell | None:
    """The nearest cell to the left of the figures that is a name; else a name among them."""
    ignored = [column for column in head.columns if column.role == "ignored"]
    for place in range(head.start - 1, -1, -1):
        cell = grid.at(row, place)
        if cell is None or is_value(cell.text) or _stands_in(cell, ignored):
            continue
        if cell.row == row:
            return cell
        break
    money = next((column for column in head.columns if column.role in BUDGETS), None)
    inside = cells_below(grid, row, money) if money else ()
    return next((cell for cell in inside if is_name(cell.text)), None)


def is_name(text: str) -> bool:
    """Whether a text names money, not says how much: 其中：财政资金, 预算数, 到位数：."""
    plain = text.rstrip("：: ")
    named = field_of(plain) in {*AMOUNTS, "amount"}
    return named or is_fund(plain) or money_role(plain) in BUDGETS


def _stands_in(cell: Cell, columns: list[Column]) -> bool:
    return any(overlap(cell, start=column.start, end=column.end) for column in columns)


def _name(text: str) -> str:
    name, colon, after = text.replace("：", ":").partition(":")
    own = name if colon and amount(after, unit=None) is not None else text
    return line(own).rstrip("：: ")
