"""The row of totals below the indicators."""

from dataclasses import dataclass

from gongzhi.core.terms import Points
from gongzhi.intake.document import Cell
from gongzhi.papers.reader.amounts import points
from gongzhi.papers.reader.grid import Grid
from gongzhi.papers.reader.groups import groups_of
from gongzhi.papers.reader.heads import Head
from gongzhi.papers.reader.printed import chosen, is_nothing, key
from gongzhi.papers.reader.rows import Row, row_of
from gongzhi.papers.reader.vocabulary import WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """What the row of totals states."""

    weight: Points | None = None
    score: Points | None = None
    grade: str | None = None


def read_total(grid: Grid, number: int, *, head: Head) -> Total:
    """The points and the grade of a row of totals."""
    row = row_of(grid, number, head=head, group=groups_of(grid, head)[-1])
    said = grid.said(number)
    rest = said[1:]
    grade = next((found for cell in rest if (found := chosen(cell.text, WORDS.grades))), None)
    weight, score = _figure(row, "weight"), _figure(row, "score")
    if weight is None and score is None:
        weight, score = _loose(said, has_weights="weight" in head.roles)
    return Total(weight=weight, score=score, grade=grade)


def _figure(row: Row, role: str) -> Points | None:
    cells = row.cells.get(role, ())
    figures = (points(cell.text) for cell in cells if not is_nothing(cell.text))
    return next((figure for figure in figures if figure is not None), None)


def _loose(said: tuple[Cell, ...], *, has_weights: bool) -> tuple[Points | None, Points | None]:
    """Figures that stand under no column of points: one is the score, two are both."""
    label, *rest = said
    figures = [figure for cell in rest if (figure := points(cell.text)) is not None]
    _, colon, after = key(label.text).partition(":")
    if colon and (own := points(after)) is not None:
        figures.insert(0, own)
    if len(figures) >= 2 and has_weights:
        return figures[0], figures[1]
    return None, figures[0] if figures else None
