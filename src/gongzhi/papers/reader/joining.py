"""Which tables belong to which form: pages run on, workbooks and reports hold several forms."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from gongzhi.core.terms import Problem, Said, Where
from gongzhi.intake.document import Document, Paragraph, Table
from gongzhi.papers.reader.drafts import IDENTITY, Draft
from gongzhi.papers.reader.grid import Grid
from gongzhi.papers.reader.meaning import field_of
from gongzhi.papers.reader.parts import Kind, Part, parts_of
from gongzhi.papers.reader.titles import is_continued, is_form_title

LOOK_AHEAD = 8
LINES_MAX = 400


@dataclass(slots=True, kw_only=True)
class Stretch:
    """Tables that run on as one grid, with the lines above the first."""

    lines: list[str]
    tables: list[Table]


@dataclass(slots=True, kw_only=True)
class Gathering:
    """The drafts found so far, and the lines since the last table."""

    drafts: list[Draft] = field(default_factory=list)
    earlier: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def drafts_of(document: Document) -> tuple[tuple[Draft, ...], tuple[Problem, ...]]:
    """The forms of a document as drafts, in reading order, and what could not be looked at."""
    gathering = Gathering()
    stretches, after = _stretches(document, gathering)
    for stretch in stretches:
        _gather(gathering, stretch)
    if gathering.drafts:
        gathering.drafts[-1].notes.extend(after)
    forms = tuple(draft for draft in gathering.drafts if draft.is_form)
    return forms, tuple(gathering.problems)


def _stretches(document: Document, gathering: Gathering) -> tuple[list[Stretch], list[str]]:
    found: list[Stretch] = []
    lines: list[str] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            lines.append(block.text)
        elif block.hidden:
            gathering.problems.append(_hidden(block))
        elif found and _runs_on(found[-1].tables, lines, block):
            found[-1].tables.append(block)
            lines = []
        else:
            found.append(Stretch(lines=lines, tables=[block]))
            lines = []
    return found, lines


def _runs_on(tables: Sequence[Table], lines: Sequence[str], table: Table) -> bool:
    """Whether a table is the rest of the one before it."""
    if table.sheet is not None:
        return False
    if table.continues:
        return True
    titled = any(is_form_title(text) for text in lines)
    continued = any(is_continued(text) for text in lines)
    if titled and not continued:
        return False
    grid = Grid([table])
    return grid.columns == Grid([tables[-1]]).columns and not _opens_form(grid)


def _opens_form(grid: Grid) -> bool:
    """Whether a new form begins with these rows."""
    for row in range(min(LOOK_AHEAD, grid.rows)):
        said = grid.said(row)
        if any(field_of(cell.text) in IDENTITY for cell in said):
            return True
        if len(said) == 1 and is_form_title(said[0].text) and not is_continued(said[0].text):
            return True
    return False


def _gather(gathering: Gathering, stretch: Stretch) -> None:
    grid = Grid(stretch.tables)
    parts = parts_of(grid)
    if grid.cut:
        gathering.problems.append(_cut(grid))
    draft = _draft_for(gathering, stretch, grid)
    for part in parts:
        if _begins_another(draft, grid, part):
            draft = _new_draft(gathering, (), grid, part.top)
        draft.add(grid, part)


def _draft_for(gathering: Gathering, stretch: Stretch, grid: Grid) -> Draft:
    """The form that a grid goes on with, or a new one."""
    lines = stretch.lines[-LINES_MAX:]
    last = next((draft for draft in reversed(gathering.drafts) if draft.is_form), None)
    if last is not None:
        last.notes.extend(lines)
        continued = any(is_continued(text) for text in lines)
        titled = any(is_form_title(text) for text in lines)
        on_sheets = last.sheet is not None or stretch.tables[0].sheet is not None
        if (continued or not (titled or on_sheets)) and not _opens_form(grid):
            return last
    if gathering.drafts and not gathering.drafts[-1].is_form:
        lines = [*gathering.drafts[-1].lines, *lines][-LINES_MAX:]
    return _new_draft(gathering, lines, grid, 0)


def _new_draft(gathering: Gathering, lines: Sequence[str], grid: Grid, row: int) -> Draft:
    where = grid.where(row) if grid.rows else Where()
    draft = Draft(earlier=list(gathering.earlier), where=where, sheet=where.sheet)
    draft.add_lines(lines)
    gathering.earlier.extend(lines)
    gathering.drafts.append(draft)
    return draft


def _begins_another(draft: Draft, grid: Grid, part: Part) -> bool:
    """Whether a part of a grid belongs to the next form already."""
    if not draft.is_begun:
        return False
    if part.kind is Kind.TITLE:
        return not is_continued(grid.said(part.top)[0].text)
    if part.kind is not Kind.PAIRS or not draft.has_project or not (draft.blocks or draft.money):
        return False
    return any(field_of(cell.text) == "project" for cell in grid.said(part.top))


def _hidden(table: Table) -> Problem:
    return Problem(
        where=Where(sheet=table.sheet),
        what=Said("工作表“{sheet}”是隐藏的，没有读", {"sheet": table.sheet or ""}),
        hint=Said("如果它也要检查，请取消隐藏后重新上传"),
    )


def _cut(grid: Grid) -> Problem:
    return Problem(
        where=grid.where(grid.rows - 1),
        what=Said("表格太长，只读了前 {rows} 行", {"rows": grid.rows}),
        hint=Said("请把绩效表单独存成一个文件后重新上传"),
    )
