"""Which cells of an xlsx show percentages: the reader of lists gives values, 0.92 for 92 %.

A cell's look is known by its number in the styles; where no look of a workbook is a percentage, no
sheet is gone through. Other kinds of workbooks don't tell, and are read as stored.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import IO

from gongzhi.intake.merging import Place
from gongzhi.intake.number_formats import is_percent
from gongzhi.intake.package import Package
from gongzhi.intake.workbook import MAIN_PART, formats_of, position, worksheets_of

BLOCK_BYTES = 1024 * 1024


class Percents:
    """An xlsx whose looks are known."""

    def __init__(self, content: bytes) -> None:
        self._package = package = Package(content)
        main = package.main_part(MAIN_PART)
        looks = [at for at, code in enumerate(formats_of(package, main)) if is_percent(code)]
        self._cell = _cell_of(looks)
        sheets = worksheets_of(package, main) if looks else ()
        self._parts = {each.name: each.part for each in sheets}

    def rows(self, sheet: str) -> Iterator[tuple[int, list[int]]]:
        """The rows of a sheet with such cells, as they come, and the columns; both from 0."""
        part = self._parts.get(sheet)
        if part is None:
            return
        with self._package.opened(part) as file:
            for row, places in groupby(self._places(file), itemgetter(0)):
                yield row, [column for _, column in places]

    def _places(self, file: IO[bytes]) -> Iterator[Place]:
        """Where the cells stand; those that don't say where they stand are left out."""
        rest = b""
        while block := file.read(BLOCK_BYTES):
            whole, bracket, begun = (rest + block).rpartition(b"<")
            rest = bracket + begun
            for found in self._cell.finditer(whole):
                if place := position(found[1].decode()):
                    yield place


def _cell_of(looks: Sequence[int]) -> re.Pattern[bytes]:
    """A cell with one of these looks, up to its reference; its attributes come in any order."""
    numbers = b"|".join(str(look).encode() for look in looks)
    look = rb"""(?=[^<>]*\ss=["'](?:""" + numbers + rb""")["'])"""
    return re.compile(rb"<(?:\w+:)?c(?=\s)" + look + rb"""[^<>]*?\sr=["']([A-Za-z0-9]+)["']""")
