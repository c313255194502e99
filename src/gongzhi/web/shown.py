"""The values that components show; pages make them, templates draw them."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Crumb:
    """A page above this one."""

    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """A part of a thing, with how many there are in it."""

    name: str
    address: str
    here: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of an answering figure: what was used, and its value."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number that answers for itself, or the words for a missing one; its grade, a note below."""

    text: str
    rows: tuple[Row, ...] = ()
    grade: str = ""
    note: str = ""
    in_words: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table; numbers stand at the right."""

    name: str
    numeric: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a table, perhaps with an address."""

    text: str
    numeric: bool = False
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with its caption; the first cell of a row is its head."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def labelled(self) -> list[list[tuple[Column, Cell]]]:
        """The rows, each cell with its column."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart: a sentence, what ECharts draws, and the table that says the same."""

    name: str
    title: str
    sentence: str
    option: Mapping[str, object]
    table: Table
    height: str = ""
    folded: bool = False

    @property
    def option_id(self) -> str:
        """The id of the element that carries the option."""
        return f"{self.name}-option"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A share as a bar of 100: how much is filled, where the plan stands, how long the whole is."""

    kind: str
    filled: float
    due: float | None = None
    whole: float = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A choice in a filter."""

    value: str
    name: str
    chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """One word of a filter sentence."""

    label: str
    name: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many there are, and the address of the list of them."""

    number: int
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A station of a thing's way: done, here or next."""

    name: str
    state: str
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text in a comparison."""

    text: str
    changed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A place where two versions differ."""

    where: str
    old: tuple[Piece, ...]
    new: tuple[Piece, ...]
