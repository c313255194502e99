"""What a drawn form consists of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One box: its text, its extent, and the numbers (from 1) of the findings about it.

    The label is what the box is called, for screens too narrow for the heading above it; a group
    names the lines beside it. choices are what may be filled in, where that is limited.
    """

    text: str
    column_span: int = 1
    row_span: int = 1
    head: bool = False
    figure: bool = False
    marks: tuple[int, ...] = ()
    label: str = ""
    group: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the form; in its margin the score by the rules where the form's differs."""

    cells: tuple[Cell, ...]
    margin: str = ""
