"""The cells of a worksheet with its merged ranges, cut to the part of the sheet in use."""

from collections.abc import Iterable, Mapping

from gongzhi.intake.document import Cell
from gongzhi.intake.grid import in_reading_order
from gongzhi.intake.limits import LIMITS
from gongzhi.intake.package import TooMuch

Place = tuple[int, int]  # row and column, from 0
Range = tuple[int, int, int, int]  # first row, last row, first column, last column


def merged(texts: Mapping[Place, str], ranges: Iterable[Range]) -> tuple[Cell, ...]:
    """The cells that have a text or are merged; each merged range once."""
    rows = max((row for row, _ in texts), default=-1) + 1
    columns = max((column for _, column in texts), default=-1) + 1
    spans = {
        (top, left): (min(bottom + 1, rows) - top, min(right + 1, columns) - left)
        for top, bottom, left, right in ranges
        if top <= bottom and left <= right and top < rows and left < columns
    }
    covered = _covered(spans)
    found = []
    for row, column in (texts.keys() | spans.keys()) - covered:
        height, width = spans.get((row, column), (1, 1))
        text = texts.get((row, column), "")
        found.append(Cell(row=row, column=column, text=text, row_span=height, column_span=width))
    return in_reading_order(found)


def _covered(spans: Mapping[Place, Place]) -> set[Place]:
    """The positions under merged ranges, their upper left corners apart."""
    if len(spans) > LIMITS.merged_ranges_max:
        raise TooMuch("merged")
    covered: set[Place] = set()
    for (row, column), (height, width) in spans.items():
        if len(covered) + height * width > LIMITS.merged_positions_max:
            raise TooMuch("merged positions")
        covered.update(
            (one, two)
            for one in range(row, row + height)
            for two in range(column, column + width)
            if (one, two) != (row, column)
        )
    return covered
