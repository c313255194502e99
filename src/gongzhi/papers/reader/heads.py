"""The heads of blocks: which column holds what, over one to three rows of header."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from gongzhi.intake.document import Cell
from gongzhi.papers.reader.grid import Grid, bottom_of, right_of
from gongzhi.papers.reader.meaning import indicator_role, is_number, money_role
from gongzhi.papers.reader.printed import bare, key
from gongzhi.papers.reader.vocabulary import WORDS

HEIGHT_MAX = 3
LONGEST_HEAD = 60
LEVELS = ("level1", "level2", "level3", "level4", "kind", "name")
NAMED = frozenset({"level1", "level2", "level3", "kind", "name"})
VALUES = frozenset({"target", "target_adjusted", "actual", "weight", "score", "converted"})
BUDGETS = frozenset({"initial", "adjusted", "budget", "executed"})
SPLIT = frozenset({"sign", "unit", "target"})  # what may stand apart below one head


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a block: what it holds, from where to where, under which words."""

    role: str
    start: int
    end: int
    name: str
    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The header of a block: its rows and the columns that have a role."""

    top: int
    bottom: int
    columns: tuple[Column, ...]

    def first(self, role: str) -> Column | None:
        """The leftmost column of a role."""
        return next((column for column in self.columns if column.role == role), None)

    @property
    def roles(self) -> frozenset[str]:
        """The roles that the header has."""
        return frozenset(column.role for column in self.columns)

    @property
    def start(self) -> int:
        """The first column with a role."""
        return self.columns[0].start


def indicator_head(grid: Grid, row: int, *, height_max: int = HEIGHT_MAX) -> Head | None:
    """The header of a block of indicators that begins in this row, if one does."""
    if not any(indicator_role(cell.text) for cell in grid.said(row)):
        return None
    for height in range(1, height_max + 1):
        if height > 1 and not _are_heads(grid, row + height - 2):
            return None
        head = _head(grid, row, height=height, role_of=indicator_role)
        if head and _names_indicators(head := _from_levels(head)):
            return _from_levels(_taller(grid, head, role_of=indicator_role))
    return None


def money_head(grid: Grid, row: int) -> Head | None:
    """The header of a block of money that begins in this row, if one does."""
    said = grid.said(row)
    if not any(money_role(cell.text) in BUDGETS for cell in said):
        return None
    if any(is_number(cell.text) for cell in said) or any("任务" in cell.text for cell in said):
        return None
    head = _head(grid, row, height=1, role_of=money_role)
    if head is None:
        return None
    head = _without_labels(grid, _taller(grid, head, role_of=money_role))
    return head if _names_money(grid, head) else None


def _are_heads(grid: Grid, row: int) -> bool:
    """Whether a row may be the upper part of a header: several heads and nothing else."""
    said = [cell for cell in grid.said(row) if not _is_section(cell, row=row, last=row)]
    return len(said) > 1 and all(_is_head(cell.text, role_of=indicator_role) for cell in said)


def _head(
    grid: Grid, row: int, *, height: int, role_of: Callable[[str], str | None]
) -> Head | None:
    last = row + height - 1
    if last >= grid.rows:
        return None
    leaves = [cell for cell in grid.line(last) if not _is_section(cell, row=row, last=last)]
    columns = (_column(grid, leaf, row=row, role_of=role_of) for leaf in leaves)
    found = tuple(column for column in columns if column)
    return Head(top=row, bottom=last, columns=found) if found else None


def _is_section(cell: Cell, *, row: int, last: int) -> bool:
    """A cell that reaches far below or above the header says what the block is."""
    return cell.row < row or bottom_of(cell) - last >= HEIGHT_MAX or len(cell.text) > LONGEST_HEAD


def _column(
    grid: Grid, leaf: Cell, *, row: int, role_of: Callable[[str], str | None]
) -> Column | None:
    above = (grid.at(line, leaf.column) for line in range(row, leaf.row))
    path = [cell.text for cell in dict.fromkeys(above) if cell and cell.row >= row]
    group = "".join(path)
    role = _role_below(group=group, leaf=leaf.text, role_of=role_of)
    if role is None:
        return None
    return Column(
        role=role, start=leaf.column, end=grid.reach(leaf),
        name=bare(leaf.text) or bare(group), group=key(group),
    )  # fmt: skip


def _role_below(*, group: str, leaf: str, role_of: Callable[[str], str | None]) -> str | None:
    """The role of a head under the head of a group."""
    own, around = role_of(leaf), role_of(group)
    if not key(group):
        return own
    if not key(leaf):
        return around
    if around == "actual" and own in SPLIT:
        return "actual" if own == "target" else f"actual_{own}"
    if around == "target" and own in SPLIT:
        return own
    if around in {"possibility", "reason"}:
        return own if own == "reason" else "cause" if around == "reason" else "possibility"
    if around in BUDGETS and own in {"budget", "received", None}:
        return around
    return role_of(group + leaf) if own in {None, "name"} else own


def _taller(grid: Grid, head: Head, *, role_of: Callable[[str], str | None]) -> Head:
    """The header with the rows of heads that stand below its first ones."""
    best = head
    for height in range(head.bottom - head.top + 2, HEIGHT_MAX + 1):
        row = head.top + height - 1
        if row >= grid.rows or not _is_below(grid, row, head=best, role_of=role_of):
            break
        deeper = _head(grid, head.top, height=height, role_of=role_of)
        if deeper is None or len(deeper.columns) < len(best.columns):
            break
        best = deeper
    return best


def _is_below(grid: Grid, row: int, *, head: Head, role_of: Callable[[str], str | None]) -> bool:
    """Whether a row still belongs to the header: nothing but heads, under heads."""
    said = [cell for cell in grid.said(row) if cell.column >= head.start]
    if not said:
        return any(bottom_of(cell) >= row for cell in grid.line(head.bottom) if _in(cell, head))
    split = {column for column in head.columns if column.end > column.start}
    for cell in said:
        below = any(c.start <= cell.column <= c.end for c in split) or _continues(grid, cell, head)
        if is_number(cell.text) or not below or not _is_head(cell.text, role_of=role_of):
            return False
    return True


def _continues(grid: Grid, cell: Cell, head: Head) -> bool:
    """Whether a cell goes on with the words of the head above it, as tables without spans do."""
    above = grid.at(head.bottom, cell.column)
    return grid.spanless or (above is not None and right_of(above) == right_of(cell))


def _is_head(text: str, *, role_of: Callable[[str], str | None]) -> bool:
    name = bare(text)
    return bool(role_of(text)) or name in WORDS.group_heads


def _in(cell: Cell, head: Head) -> bool:
    return any(column.start == cell.column for column in head.columns)


def _from_levels(head: Head) -> Head:
    """The header without what stands left of its first name, and without needless names."""
    named = [column for column in head.columns if column.role in NAMED]
    strong = [column for column in named if column.role != "name"]
    first = (strong or named or list(head.columns))[0]
    kept = tuple(
        column
        for column in head.columns
        if column.start >= first.start and not (strong and column.role == "name")
    )
    return Head(top=head.top, bottom=head.bottom, columns=kept)


def _names_indicators(head: Head) -> bool:
    named, values = head.roles & NAMED, head.roles & VALUES
    specific = bool({"level3", "name"} & named)
    return bool(named) and bool(values) and (specific or len(named) + len(values) >= 3)


def _names_money(grid: Grid, head: Head) -> bool:
    budgets = [column for column in head.columns if column.role in BUDGETS]
    others = head.roles - BUDGETS - {"ignored", "received"}
    if not budgets:
        return False
    if len(budgets) > 1 or others:
        return True
    below = head.bottom + 1
    return below < grid.rows and is_number(grid.text(below, budgets[0].start))


def _without_labels(grid: Grid, head: Head) -> Head:
    """The header without the column whose cells are names of rows, whatever its head says."""
    below = range(head.bottom + 1, min(head.bottom + 4, grid.rows))

    def is_label(column: Column) -> bool:
        places = range(column.start, column.end + 1)
        texts = [grid.text(row, place) for row in below for place in places]
        return any(text.strip() for text in texts) and not _any_figure(texts)

    first, *rest = head.columns
    kept = rest if rest and is_label(first) else [first, *rest]
    return Head(top=head.top, bottom=head.bottom, columns=tuple(kept))


def _any_figure(texts: Iterable[str]) -> bool:
    return any(any(character.isdigit() for character in text) for text in texts)
