"""The block of indicators: rows under a header, levels from merged or repeated cells."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from gongzhi.core.terms import FundRow, Indicator, Points, Problem, Said
from gongzhi.papers.reader.amounts import amount, points, unit_in
from gongzhi.papers.reader.grid import Grid, right_of
from gongzhi.papers.reader.groups import Group, groups_of
from gongzhi.papers.reader.heads import BUDGETS, VALUES, Head
from gongzhi.papers.reader.levels import (
    indicator_name,
    is_execution,
    is_level1,
    is_level2,
    is_remark,
    is_upper,
    level_name,
    level_points,
    split_levels,
)
from gongzhi.papers.reader.meaning import field_of, is_labelled, is_number, is_total, money_role
from gongzhi.papers.reader.printed import (
    bare,
    is_nothing,
    key,
    line,
    measure,
    passage,
)
from gongzhi.papers.reader.rows import WIDE, Row, actual_text, is_wide, row_of, target_text
from gongzhi.papers.reader.vocabulary import WORDS

TICKS = frozenset("√✓✔☑■●▲vV1是○Oo")
TAILS = frozenset({"tail", "other", "stated_total", "stated_grade", "filler"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """The headings in force: what a row without headings of its own belongs to."""

    level1: str | None = None
    level2: str | None = None
    heading: str = ""  # level 1 as printed, with its points


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the block; execution: it is about the budget, not about a result."""

    indicator: Indicator
    long_term: bool
    execution: bool
    fund: FundRow | None = None


@dataclass(slots=True, kw_only=True)
class IndicatorBlock:
    """What was found below one header."""

    levels: Levels
    entries: list[Entry] = field(default_factory=list)
    level1_weights: dict[str, Points] = field(default_factory=dict)
    totals: list[int] = field(default_factory=list)
    leftover: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_indicators(
    grid: Grid, head: Head, *, bottom: int, levels: Levels, unit: str | None
) -> IndicatorBlock:
    """The indicators of a block; levels: the headings in force above it."""
    groups = groups_of(grid, head)
    block = IndicatorBlock(levels=levels)
    kept = [levels] * len(groups)
    for number in range(head.bottom + 1, bottom + 1):
        kind = _kind(grid, number, head=head, groups=groups)
        if kind == "total":
            block.totals.append(number)
        elif kind == "text":
            block.leftover.append(number)
        elif kind == "entry":
            for place, group in enumerate(groups):
                row = row_of(grid, number, head=head, group=group)
                kept[place] = _levels(grid, row, group=group, above=kept[place])
                _weigh(block, kept[place], row, group=group)
                _enter(block, grid, row, levels=kept[place], group=group, unit=unit)
    block.levels = kept[-1]
    return block


def _kind(grid: Grid, number: int, *, head: Head, groups: Sequence[Group]) -> str:
    said = grid.said(number)
    if not said:
        return "blank"
    first = said[0]
    at_left = first.column <= head.start
    if at_left and is_total(first.text):
        return "total"
    if at_left and bare(first.text) in WORDS.subtotals:
        return "blank"
    if len(said) == 1 and (is_level1(first.text) or is_level2(first.text)):
        return "entry"
    if at_left and _is_tail(first.text) and not _may_be_name(grid, number, head, groups[0]):
        return "text"
    return "text" if any(is_wide(cell, groups[0]) for cell in said) else "entry"


def _is_tail(text: str) -> bool:
    """Whether a row that begins so is no longer one of figures: a note, a signature."""
    noted = key(text[:12]).startswith(tuple(f"{word}:" for word in WORDS.note_words))
    return noted or field_of(text) in TAILS or (field_of(text) is None and is_labelled(text))


def _may_be_name(grid: Grid, number: int, head: Head, group: Group) -> bool:
    """Whether a label may as well be the name of an indicator: it has points beside it."""
    row = row_of(grid, number, head=head, group=group)
    return any(points(row.text(role)) is not None for role in ("weight", "score"))


def _levels(grid: Grid, row: Row, *, group: Group, above: Levels) -> Levels:
    """The headings that hold for a row."""
    section = _section_heading(grid, row, group)
    if section:
        return _under_section(section, above)
    heading, second = row.text("level1"), row.text("level2")
    kind = row.text("kind")
    if kind and is_level2(kind) and not second:
        second = kind
    elif kind and not heading:
        heading = kind
    level1 = level_name(heading) if heading else above.level1
    same = level1 == above.level1
    level2 = level_name(second) if second else (above.level2 if same else None)
    return Levels(level1=level1, level2=level2, heading=heading or (above.heading if same else ""))


def _section_heading(grid: Grid, row: Row, group: Group) -> str:
    """A heading that has a row of its own, across the columns or in the place of a name."""
    said = grid.said(row.number)
    if len(said) != 1 or not (is_level1(said[0].text) or is_level2(said[0].text)):
        return ""
    own = {"level1", "level2"} & set(group.columns)
    wide = said[0].column_span > WIDE
    return said[0].text if wide or (not own and said[0].column <= group.all[0].start) else ""


def _under_section(text: str, above: Levels) -> Levels:
    if is_upper(text, siblings=above.level2 is not None):
        return Levels(level1=level_name(text), heading=text)
    return replace(above, level2=level_name(text))


def _weigh(block: IndicatorBlock, levels: Levels, row: Row, *, group: Group) -> None:
    """Keep the points that a level-1 heading prints, in it or in a column beside it."""
    printed = level_points(levels.heading) if levels.heading else None
    beside = group.level1_weight
    if printed is None and beside and row.cells.get("level1"):
        printed = points(row.beside.get(beside.start, ""))
    if printed is None or levels.level1 is None or group.long_term:
        return
    if is_execution(levels.heading):
        return
    block.level1_weights.setdefault(levels.level1, printed)


def _enter(
    block: IndicatorBlock, grid: Grid, row: Row, *, levels: Levels, group: Group, unit: str | None
) -> None:
    if _section_heading(grid, row, group):
        return
    name_text = row.text("level4") or row.text("level3")
    name = indicator_name(name_text)
    filled = any(row.text(role) for role in VALUES - {"target"}) or target_text(row)
    if not filled and (name is None or is_remark(name_text)):
        return
    for role in ("weight", "score", "converted"):
        _note_unreadable(block, grid, row, role=role)
    indicator = _indicator(grid, row, levels=levels, name=name, group=group)
    fund = _fund_of(grid, row, unit=unit)
    block.entries.append(
        Entry(
            indicator=indicator, long_term=group.long_term, fund=fund,
            execution=fund is not None or is_execution(levels.level1),
        )
    )  # fmt: skip


def _indicator(
    grid: Grid, row: Row, *, levels: Levels, name: str | None, group: Group
) -> Indicator:
    level1, level2 = levels.level1, levels.level2
    if name and not {"level1", "level2"} & set(group.columns):
        first, second, name = split_levels(name)
        level1 = level_name(first) if first else level1
        level2 = level_name(second) if second else level2
        name = indicator_name(name)
    shown = row.cell("level3") or row.cell("level4") or row.cell("target") or row.cell("weight")
    column = shown.column if shown else group.all[0].start
    return Indicator(
        level1=level1, level2=level2, level3=name,
        target_text=target_text(row), actual_text=actual_text(row),
        weight=points(row.text("weight")), score=points(row.text("score")),
        reason=_reason(row, group), possibility=_possibility(row, group),
        converted_score=points(row.text("converted")),
        where=grid.where(row.number, column),
    )  # fmt: skip


def _reason(row: Row, group: Group) -> str | None:
    """The reason for a deviation; where a form has several columns for it, those that speak."""
    causes = [
        cell.text if key(cell.text) not in TICKS else column.name
        for column in group.all
        if column.role == "cause"
        for cell in row.cells.get("cause", ())
        if column.start <= cell.column <= column.end and not is_nothing(cell.text)
    ]
    text = row.text("reason") or "；".join(causes)
    if not text and "reason" not in group.columns and not causes:
        text = row.text("remark") or row.text("remedy")
    printed = passage(text)
    return None if is_nothing(printed) or key(printed) in WORDS.nothing_in_reason else printed


def _possibility(row: Row, group: Group) -> str | None:
    """How likely the target is: what the cell says, or the head of the ticked column."""
    columns = [column for column in group.all if column.role == "possibility"]
    cells = row.cells.get("possibility", ())
    for column in columns:
        for cell in cells:
            if column.start <= cell.column <= column.end and not is_nothing(cell.text):
                ticked = len(columns) > 1 and key(cell.text) in TICKS
                return column.name if ticked else line(cell.text)
    return None


def _fund_of(grid: Grid, row: Row, *, unit: str | None) -> FundRow | None:
    """The money that a row states beside a label of its own, as bond forms do."""
    for cell in grid.said(row.number):
        role = money_role(cell.text) if unit_in(cell.text) else None
        figure = grid.text(row.number, right_of(cell) + 1)
        if role in BUDGETS and is_number(figure):
            money = amount(figure, unit=unit_in(cell.text) or unit)
            label = bare(row.text("level3")) or bare(cell.text)
            place = grid.where(row.number, cell.column)
            return FundRow(
                label=label, where=place,
                initial=money if role == "initial" else None,
                adjusted=money if role in {"adjusted", "budget"} else None,
                executed=money if role == "executed" else None,
            )  # fmt: skip
    return None


def _note_unreadable(block: IndicatorBlock, grid: Grid, row: Row, *, role: str) -> None:
    cell = row.cell(role)
    if cell is None or points(row.text(role)) is not None:
        return
    block.problems.append(
        Problem(
            where=grid.where(row.number, cell.column),
            what=Said("这里应当是分数，“{text}”不是数字", {"text": measure(cell.text)[:40]}),
            hint=Said("请填一个数字，例如 10"),
        )
    )
