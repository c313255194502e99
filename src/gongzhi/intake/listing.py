"""What a file of records becomes: sheets of rows, read one row at a time, as often as needed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, TypeAlias

from gongzhi.core.terms import Problem

Row: TypeAlias = tuple[int, list[str]]  # its number as a reader counts, and its cells
Opening: TypeAlias = Callable[[], BinaryIO]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A list of rows; blank rows are left out, a row that can't be read stands as a problem."""

    name: str = ""
    rows: Callable[[], Iterator[Row | Problem]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A file opened: its digest, what it is, and its sheets."""

    name: str
    digest: str
    kind: str
    sheets: tuple[Sheet, ...]
    notes: tuple[Problem, ...] = ()

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of that name."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)
