"""The block of goals: what was promised for the year, and what became of it."""

from gongzhi.papers.reader.grid import Grid, bottom_of, overlap
from gongzhi.papers.reader.heads import Column, Head
from gongzhi.papers.reader.printed import is_nothing, passage


def read_goals(grid: Grid, head: Head, *, bottom: int) -> dict[str, str]:
    """The texts below the header, by field."""
    last = min(bottom, _section_bottom(grid, head))
    found = {column.role: _text(grid, column, head=head, last=last) for column in head.columns}
    return {field: text for field, text in found.items() if text}


def _section_bottom(grid: Grid, head: Head) -> int:
    left = grid.at(head.top, head.start - 1) if head.start else None
    tall = left is not None and bottom_of(left) > head.bottom
    return bottom_of(left) if tall and left is not None else grid.rows - 1


def _text(grid: Grid, column: Column, *, head: Head, last: int) -> str:
    texts = [
        passage(cell.text)
        for row in range(head.bottom + 1, last + 1)
        for cell in grid.said(row)
        if cell.column >= head.start
        and overlap(cell, start=column.start, end=column.end)
        and column.start <= cell.column
        and not is_nothing(cell.text)
    ]
    return "\n".join(texts)
