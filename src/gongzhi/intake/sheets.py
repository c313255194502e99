"""Workbooks as lists → rows of text: what the limited child makes of xlsx, xls, ods and xlsb.

Values as stored, not as displayed: an amount keeps the cents that its format hides, a day is ISO
8601. Only a percentage is what its reader sees, all its digits kept: 92.4% and not 0.924. Each
sheet is answered as compressed CSV whose first column is the row's number, so that neither side
ever holds all rows as objects.
"""

import io
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import IO
from zipfile import ZipFile

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum

from gongzhi.core.terms import Problem, Said, Where
from gongzhi.intake.archives import SAVE_AGAIN
from gongzhi.intake.kinds import ZIP_MARKS, Kind, kind_of
from gongzhi.intake.limits import LIMITS
from gongzhi.intake.packed import Packed, answered
from gongzhi.intake.percents import Percents
from gongzhi.intake.secrecy import mark_among, told_secret

SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
# cells that hold something: a look without a value ends in a slash and takes no room
COLUMN = re.compile(rb"""\sr=["']([A-Za-z]{1,4})\d+["'][^>/]*>""")
ROW = re.compile(rb"""\sr=["'][A-Za-z]{1,3}(\d+)["'][^>/]*>""")
FAR_CELL = re.compile(rb"""\sr=["'][A-Za-z]{1,3}(\d{7,})["'][^>/]*>""")  # from row 1,000,000 on
BLOCK_BYTES, OVERLAP = 4 * 1024 * 1024, 24
LETTERS = 26
NOTHING_MARKED: tuple[int, list[int]] = sys.maxsize, []
EXACT_BELOW = 10**15  # larger numbers are codes that have lost their last digits


def sheets_as_answer(name: str, content: bytes) -> bytes:  # noqa: ARG001 - as children are called
    """Every sheet with its rows: a task of the limited child."""
    try:
        if content.startswith(ZIP_MARKS):
            _refuse_far(content)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        percents = Percents(content) if kind_of(content) is Kind.XLSX else None
        names = [one.name for one in book.sheets_metadata if one.typ is SheetTypeEnum.WorkSheet]
        return answered([_packed(book, name, percents) for name in names[: LIMITS.sheets_max]])
    except TooLong as refused:
        return answered([], problem=refused.problem)
    except CalamineError:
        what = Said("文件读不出来，可能已损坏")
        return answered([], problem=Problem(where=Where(), what=what, hint=SAVE_AGAIN))


class TooLong(Exception):
    """The workbook isn't read, and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__()
        self.problem = problem


def _packed(book: CalamineWorkbook, name: str, percents: Percents | None) -> Packed:
    sheet = book.get_sheet_by_name(name)
    if fault := _fault(sheet.height, sheet.width):
        raise TooLong(fault)
    packed = Packed(name)
    marked = percents.rows(name) if percents else iter(())
    for number, cells in enumerate(_texts(sheet, marked), start=1):
        if any(cells):
            if secret := mark_among(cells):
                raise TooLong(told_secret(secret))
            packed.add(number, cells)
    return packed


def _texts(sheet: CalamineSheet, marked: Iterator[tuple[int, list[int]]]) -> Iterator[list[str]]:
    """The rows as text, their columns as a reader counts them.

    marked are the rows with percentages, and the columns of these.
    """
    if sheet.start is None:
        return
    left = [""] * sheet.start[1]
    worded = WORDED.get
    at, columns = next(marked, NOTHING_MARKED)
    for number, row in enumerate(sheet.iter_rows()):
        texts = [worded(value.__class__, str)(value) for value in row]
        while at < number:
            at, columns = next(marked, NOTHING_MARKED)
        if at == number:
            _mark(texts, row, columns=[column - len(left) for column in columns])
        yield left + texts


def _mark(texts: list[str], row: Sequence[object], *, columns: Iterable[int]) -> None:
    """Write numbers as percentages; words and empty cells may have the look too."""
    for at in columns:
        value = row[at] if 0 <= at < len(row) else None
        if isinstance(value, float):
            texts[at] = f"{_number(value * 100)}%"


def _same(text: str) -> str:
    return text


def _number(value: float) -> str:
    """The number that was meant, without the noise of binary fractions and without .0."""
    if value.is_integer() and abs(value) < EXACT_BELOW:
        return str(int(value))
    return format(value, ".15g")


def _moment(value: datetime) -> str:
    return value.isoformat(" ").removesuffix(" 00:00:00")


WORDED: dict[type, Callable[..., str]] = {
    str: _same,
    float: _number,
    int: str,
    bool: lambda value: "TRUE" if value else "FALSE",
    date: date.isoformat,
    datetime: _moment,
    time: time.isoformat,
    timedelta: str,
}


def _refuse_far(content: bytes) -> None:
    """Stop before a reader makes room for all positions up to a far cell (QUALITY.md F1).

    A file that hides one from this look costs its own child, nothing more.
    """
    with ZipFile(io.BytesIO(content)) as archive:
        for part in filter(SHEET_PART.fullmatch, archive.namelist()):
            rows, columns = 1, 1
            with archive.open(part) as file:
                for block in _blocks(file):
                    rows = max([rows, *_last_row(block)])
                    if _beyond(columns).search(block):
                        columns = max([columns, *map(_column, COLUMN.finditer(block))])
                    if fault := _fault(rows, columns):
                        raise TooLong(fault)


def _last_row(block: bytes) -> Iterator[int]:
    """The row of the last value in a block, and a value in a row that no sheet of ours has."""
    value = max(block.rfind(b"<v>"), block.rfind(b"<is>"))
    if value >= 0 and (found := ROW.search(block, max(0, block.rfind(b"<c ", 0, value)))):
        yield int(found[1])
    if far := FAR_CELL.search(block):
        yield int(far[1])


@cache
def _beyond(columns: int) -> re.Pattern[bytes]:
    """A cell to the right of this column, counted from 1."""
    letter = chr(min(columns, LETTERS - 1) + ord("A")).encode()
    narrow = rb"[" + letter + rb"-Z]\d|" if columns < LETTERS else rb""
    return re.compile(rb"""\sr=["'](?:""" + narrow + rb"""[A-Za-z]{2,}\d)\d*["'][^>/]*>""")


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    tail = b""
    while block := file.read(BLOCK_BYTES):
        yield tail + block
        tail = block[-OVERLAP:]


def _column(found: re.Match[bytes]) -> int:
    number = 0
    for letter in found[1].upper()[:4]:
        number = number * LETTERS + letter - 64
    return number


def _fault(rows: int, columns: int) -> Problem | None:
    as_csv = Said("请把这张表另存为 CSV 再导入，CSV 的行数不限")
    if columns > LIMITS.list_columns_max:
        what = Said("工作表的列超过 {limit} 列", {"limit": LIMITS.list_columns_max})
        return Problem(where=Where(), what=what, hint=Said("请删去多余的列，再导入"))
    if rows > LIMITS.list_rows_max:
        what = Said("工作表的行超过 {limit} 行", {"limit": LIMITS.list_rows_max})
        return Problem(where=Where(), what=what, hint=as_csv)
    if rows * columns > LIMITS.list_positions_max:
        limit = LIMITS.list_positions_max
        what = Said("工作表的行数乘列数超过 {limit}", {"limit": limit})
        return Problem(where=Where(), what=what, hint=as_csv)
    return None
