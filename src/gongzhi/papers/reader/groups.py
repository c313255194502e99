"""Columns of one header as readers use them: side-by-side blocks, unnamed levels."""

from dataclasses import dataclass, replace

from gongzhi.papers.reader.grid import Grid
from gongzhi.papers.reader.heads import NAMED, Column, Head
from gongzhi.papers.reader.printed import key
from gongzhi.papers.reader.vocabulary import WORDS

REPEATED = frozenset({"level1", "level2", "level3", "target"})
LOOK_AHEAD = 6
TERMS = (*WORDS.long_term, *WORDS.annual)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The columns of one block of indicators by role; a header may carry two side by side."""

    columns: dict[str, Column]
    all: tuple[Column, ...]
    long_term: bool = False
    level1_weight: Column | None = None  # where headings of level 1 have points beside them


def groups_of(grid: Grid, head: Head) -> tuple[Group, ...]:
    """The blocks that stand side by side below one header; usually one."""
    columns = _without_second_target(_with_levels(grid, head))
    split: list[list[Column]] = [[]]
    for column in columns:
        roles = [known.role for known in split[-1]]
        if column.role in REPEATED and column.role in roles:
            shared = split[-1][: roles.index(column.role)]
            split.append([known for known in shared if known.role in NAMED])
        split[-1].append(column)
    if len(split) > 1 and "target" not in {column.role for column in split[-1]}:
        split.pop()
    section = _section(grid, head)
    return tuple(
        _group(grid, columns, long_term=_is_long_term(columns, place, len(split), section))
        for place, columns in enumerate(split)
    )


def _group(grid: Grid, columns: list[Column], *, long_term: bool) -> Group:
    names = [column.start for column in columns if column.role in NAMED]
    inner = [c for c in columns if c.role == "weight" and c.start < max(names, default=0)]
    by_role: dict[str, Column] = {}
    for column in columns:
        known = by_role.get(column.role)
        hidden = (
            known is not None and known.start in grid.hidden and column.start not in grid.hidden
        )
        if known is None or hidden or known in inner:
            by_role[column.role] = column
    beside = next((column for column in inner if _is_beside_level1(columns, column)), None)
    return Group(columns=by_role, all=tuple(columns), long_term=long_term, level1_weight=beside)


def _is_beside_level1(columns: list[Column], weight: Column) -> bool:
    before = [column.role for column in columns if column.start < weight.start]
    return before[-1:] == ["level1"]


def _is_long_term(columns: list[Column], place: int, count: int, section: str) -> bool:
    """Whether a block is about the medium term: its heads, its section or its place say so."""
    said = "".join(column.group + column.name for column in columns if column.role == "target")
    for words in (said, section):
        if any(word in words for word in WORDS.annual):
            return False
        if any(word in words for word in WORDS.long_term):
            return True
    return count > 1 and place == 0


def _section(grid: Grid, head: Head) -> str:
    beside = grid.text(head.top, head.start - 1) if head.start else ""
    above = grid.text(head.top - 1, 0) if head.top and len(grid.said(head.top - 1)) == 1 else ""
    return key((beside or above)[:40])


def _without_second_target(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """The columns, where a second target is what was reached, or a norm beside the target.

    Two targets for two terms say so in their heads; two blocks side by side repeat the levels.
    """
    targets = [column for column in columns if column.role == "target"]
    others = targets[1:]
    names = [column.role for column in columns if column.role in REPEATED - {"target"}]
    scoped = any(word in targets[0].group + targets[0].name for word in TERMS if others)
    if scoped or len(names) != len(set(names)) or not others:
        return columns
    reached = "actual" if "actual" not in {column.role for column in columns} else "ignored"
    return tuple(
        replace(column, role=reached if column is others[0] else "ignored")
        if column in others
        else column
        for column in columns
    )


def _with_levels(grid: Grid, head: Head) -> tuple[Column, ...]:
    """The columns, where one head over several levels is split into them."""
    return _split_name(grid, replace(head, columns=_without_second_name(head.columns)))


def _without_second_name(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """The columns, where of two names beside each other the first is the heading."""
    roles = {column.role for column in columns}
    heading = next((role for role in ("level2", "level1") if role not in roles), "ignored")
    pairs = zip(columns, (*columns[1:], None), strict=True)
    return tuple(
        replace(column, role=heading)
        if column.role == "level3" and after is not None and after.role == "level3"
        else column
        for column, after in pairs
    )


def _split_name(grid: Grid, head: Head) -> tuple[Column, ...]:
    place = next((i for i, column in enumerate(head.columns) if column.role == "name"), None)
    if place is None:
        return head.columns
    name = head.columns[place]
    later = [column.start for column in head.columns[place + 1 :]]
    end = min(later) - 1 if later and grid.spanless else name.end
    rows = range(head.bottom + 1, min(head.bottom + LOOK_AHEAD, grid.rows))
    starts = sorted(
        {
            cell.column
            for row in rows
            for cell in grid.line(row)
            if name.start <= cell.column <= end and cell.column_span <= end - name.start
        }
    )
    roles = {0: (), 1: ("level3",), 2: ("level1", "level3")}.get(
        len(starts), ("level1", "level2", "level3")
    )
    if not roles:
        return (*head.columns[:place], replace(name, role="level3"), *head.columns[place + 1 :])
    bounds = [*starts[: len(roles)], end + 1]
    levels = (
        replace(name, role=role, start=bounds[i], end=bounds[i + 1] - 1)
        for i, role in enumerate(roles)
    )
    return (*head.columns[:place], *levels, *head.columns[place + 1 :])
