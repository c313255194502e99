"""Tables that are filled in cell by cell: what stands in them, and what is wrong with a cell."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

from django import forms
from django.http import HttpRequest

from gongzhi.connectors import amounts
from gongzhi.connectors.unreadable import Unreadable
from gongzhi.core.terms import Said
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.web.pages.participation.deed_forms import DeedForm

CELL_MAX = 40
NOT_A_NUMBER = Said("“{text}”不是可用的数，写成 1200000、120万 或 -3500.50 这样")


class NumberField(forms.CharField):
    """A number as people write one, 120万 and full-width digits too; None where nothing stands."""

    def __init__(
        self,
        *,
        label: Any = None,
        help_text: Any = "",
        read: Callable[[str], Decimal | None] = amounts.money,
    ) -> None:
        super().__init__(label=label, help_text=help_text, required=False, max_length=CELL_MAX)
        self.read = read

    def clean(self, value: Any) -> Any:
        """The number; raises with what is wrong where there is none."""
        text = super().clean(value)
        found = number_read(text, self.read) if text else None
        if isinstance(found, Said):
            raise forms.ValidationError(found.text, params={"said": found, **found.values})
        return found


def number_read(text: str, read: Callable[[str], Decimal | None]) -> Decimal | Said:
    """The number of a text; or that it is none."""
    try:
        found = read(text)
    except Unreadable:
        found = None
    return Said(NOT_A_NUMBER.text, {"text": text[:CELL_MAX]}) if found is None else found


@contextmanager
def faults_at(fields: Mapping[str, str]) -> Iterator[None]:
    """What an action finds wrong, at the fields of the form where it is to be mended."""
    try:
        yield
    except Unsuitable as unsuitable:
        faults = {fields.get(name, name): said for name, said in unsuitable.faults.items()}
        raise Unsuitable(faults) from unsuitable


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A field in a table: its name, its column, its label for who doesn't see the table."""

    name: str
    label: str
    column: str = ""
    kind: str = "number"
    value: str = ""
    choices: Sequence[tuple[str, str]] = ()
    most: int = CELL_MAX
    fault: Said | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CellRow:
    """A row: what it is about, and its cells.

    is_ours: its head is our word, in the reader's language. is_alone: what is above says it.
    """

    head: str
    about: str = ""
    is_ours: bool = False
    is_alone: bool = False
    cells: Sequence[Cell] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CellTable:
    """A table to fill in: its caption, what its columns are, its rows."""

    name: str
    caption: str
    hint: str
    columns: Sequence[str]
    rows: Sequence[CellRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """What stands in the fields of a form, and what is wrong with them."""

    values: Mapping[str, str]
    faults: Mapping[str, Said]

    @classmethod
    def of(
        cls,
        form: DeedForm,
        request: HttpRequest,
        *,
        faults: Mapping[str, Said] | None,
        before: Mapping[str, str] | None = None,
    ) -> Self:
        """What was sent and what is wrong with it; or what stood there before anybody wrote."""
        if form.sent:
            return cls(values=request.POST.dict(), faults=faults or {})
        return cls(values=before or {}, faults={})

    def cell(
        self,
        name: str,
        row: str,
        column: Any,
        *,
        kind: str = "number",
        most: int = CELL_MAX,
        choices: Sequence[tuple[str, str]] = (),
    ) -> Cell:
        """A cell with what stands in it, named by its row and its column."""
        return Cell(
            name=name,
            label=f"{row}：{column}",
            column=str(column),
            value=self.values.get(name, ""),
            fault=self.faults.get(name),
            kind=kind,
            most=most,
            choices=choices,
        )
