"""One table of any length as a workbook on disk: rows are written as they come, none is kept."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from gongzhi.papers.plain import plain
from gongzhi.papers.workbook import CELL_CHARACTERS_MAX, MADE_AT, NO_SURPRISES

ROWS_MAX = 1_048_575  # what a sheet holds below its head


def write_streamed(
    path: Path, *, name: str, heads: Sequence[str], rows: Iterable[Sequence[object]]
) -> int:
    """Write the table to a file; text stays text. Says how many rows it has."""
    options = {**NO_SURPRISES, "in_memory": False, "constant_memory": True}
    number = 0
    with Workbook(str(path), options) as book:
        book.set_properties({"created": MADE_AT})
        page = book.add_worksheet(name)
        page.freeze_panes(1, 0)
        for column, head in enumerate(heads):
            page.write_string(0, column, plain(head))
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                _put(page, (number, column), value)
            if number == ROWS_MAX:
                break
    return number


def _put(page: Worksheet, place: tuple[int, int], value: object) -> None:
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, int | Decimal):
        page.write_number(*place, float(value))
        return
    text = value.isoformat() if isinstance(value, date) else str(value)
    page.write_string(*place, plain(text)[:CELL_CHARACTERS_MAX])
