"""The parts of a grid from top to bottom: titles, money, goals, indicators, labels and values."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from gongzhi.intake.document import Cell
from gongzhi.papers.reader.grid import Grid, bottom_of, right_of
from gongzhi.papers.reader.heads import HEIGHT_MAX, Column, Head, indicator_head, money_head
from gongzhi.papers.reader.meaning import field_of, indicator_role, is_fund
from gongzhi.papers.reader.printed import bare
from gongzhi.papers.reader.titles import is_form_title
from gongzhi.papers.reader.vocabulary import WORDS

GOALS = frozenset({"goal", "goal_adjusted", "goal_long", "goal_actual"})


class Kind(StrEnum):
    """What a part of a form is about."""

    TITLE = "title"
    MONEY = "money"
    GOALS = "goals"
    INDICATORS = "indicators"
    PAIRS = "pairs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Rows of a grid that belong together, with the header that explains them."""

    kind: Kind
    top: int
    bottom: int
    head: Head | None = None


def parts_of(grid: Grid) -> tuple[Part, ...]:
    """The parts of a grid; each row belongs to exactly one."""
    starts = list(_starts(grid))
    ends = [*(start.top - 1 for start in starts), grid.rows - 1][1:]
    return tuple(
        Part(kind=start.kind, top=start.top, bottom=end, head=start.head)
        for start, end in zip(starts, ends, strict=True)
    )


def _starts(grid: Grid) -> Iterator[Part]:
    row, part = 0, None
    while row < grid.rows:
        start = _start(grid, row, within=part)
        if start:
            part = start
            yield start
        row = start.bottom + 1 if start else row + 1


def _start(grid: Grid, row: int, *, within: Part | None) -> Part | None:
    """The part that begins in this row; None where the part above goes on."""
    if _is_title(grid, row):
        return Part(kind=Kind.TITLE, top=row, bottom=row)
    goals = goal_head(grid, row)
    if goals:
        return Part(kind=Kind.GOALS, top=row, bottom=row, head=goals)
    told = within is not None and within.kind is Kind.GOALS and row == within.bottom + 1
    head = indicator_head(grid, row, height_max=1 if told else HEIGHT_MAX)
    if head:
        return Part(kind=Kind.INDICATORS, top=row, bottom=head.bottom, head=head)
    head = money_head(grid, row)
    if head:
        return Part(kind=Kind.MONEY, top=row, bottom=head.bottom, head=head)
    if within is None or _breaks(grid, row, within=within):
        return Part(kind=Kind.PAIRS, top=row, bottom=row)
    return None


def _is_title(grid: Grid, row: int) -> bool:
    """Whether the row holds the title of a form and nothing else."""
    said = grid.said(row)
    alone = len(said) == 1 and said[0].column == 0 and is_form_title(said[0].text)
    return alone and all(cell is said[0] or not cell.text.strip() for cell in grid.line(row))


def _breaks(grid: Grid, row: int, *, within: Part) -> bool:
    """Whether a row of labels and values ends the part above."""
    said = grid.said(row)
    if within.kind in {Kind.TITLE, Kind.PAIRS} or not said:
        return within.kind is Kind.TITLE
    first = field_of(said[0].text)
    if within.kind is Kind.INDICATORS:
        return first in {"project", "department", "unit"} and said[0].column == 0
    if within.kind is Kind.MONEY:
        named = first in {None, "amount", "initial", "adjusted", "executed"}
        aims = any(bare(cell.text) in WORDS.goal_sections for cell in said)
        return aims or not (named or is_fund(said[0].text))
    return row > within.bottom + 1 and (first is not None or said[0].column == 0)


def goal_head(grid: Grid, row: int) -> Head | None:
    """The header over what was promised and what became of it, if one begins in this row."""
    said = grid.said(row)
    fields = [field_of(cell.text) for cell in said]
    goals = [cell for cell, field in zip(said, fields, strict=True) if field in GOALS]
    if not goals or row + 1 >= grid.rows:
        return None
    known = all(
        field in GOALS or bare(cell.text) in WORDS.goal_sections or _is_aside(cell.text)
        for cell, field in zip(said, fields, strict=True)
    )
    goals = _without_section(goals)
    alone = len(goals) == 1 and grid.at(row, right_of(goals[0]) + 1) is not None
    if not known or alone or not any(_stands_below(grid, cell) for cell in goals):
        return None
    columns = tuple(
        Column(
            role=field_of(cell.text) or "", start=cell.column, end=grid.reach(cell),
            name=bare(cell.text), group="",
        )
        for cell in goals
    )  # fmt: skip
    return Head(top=row, bottom=row, columns=columns)


def _is_aside(text: str) -> bool:
    return indicator_role(text) in {"score", "weight", "remark", "reason", "rate", "ignored"}


def _without_section(goals: list[Cell]) -> list[Cell]:
    """The heads without the cell beside them that says “goals”."""
    first, *rest = goals
    named = bare(first.text) in WORDS.goal_sections
    promised = any(field_of(cell.text) != "goal_actual" for cell in rest)
    return rest if named and rest and (promised or first.row_span > 1) else goals


def _stands_below(grid: Grid, cell: Cell) -> bool:
    """Whether a text, or the place for one, stands under the cell."""
    row = bottom_of(cell) + 1
    if cell.row_span > 1 or row >= grid.rows or indicator_head(grid, row):
        return False
    below = grid.at(row, cell.column)
    if below is None:
        return not grid.spanless or any(other.column > cell.column for other in grid.said(row))
    return below.column == cell.column and field_of(below.text) is None
