"""Which column each field is taken from, by name and by cells, and how it is read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gongzhi.connectors import amounts
from gongzhi.connectors import mapping as layout
from gongzhi.connectors.converting import Read, converter
from gongzhi.connectors.dialect import Samples
from gongzhi.connectors.headers import Header
from gongzhi.connectors.mapping import FieldFrom
from gongzhi.connectors.naming import named, unit_in
from gongzhi.connectors.surroundings import Surroundings
from gongzhi.connectors.unreadable import Unreadable
from gongzhi.rules.columns import FactRule, FieldRule

NEEDED = 0.2  # how much sooner a field takes a column that no fact can be without
READABLE_LEAST = 0.7  # the share of filled cells that must be readable for a column to count
CALLED_SO = 0.69  # from here on the column has exactly the field's name
RIVALS = 0.85  # a column that is nearly as sure as the one that was taken
MERGED = ("target", "plan", "reading")  # kinds whose tables merge the cells of a project


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A header and what is below and above it, looked at as one kind of fact.

    any_order: no day, and nobody, tells whether day or month comes first.
    """

    header: Header
    rule: FactRule
    below: Sequence[Sequence[str]]
    samples: Samples
    style: layout.Mapping
    around: Surroundings
    any_order: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The column of each field and how sure it is; other columns that it could as well have been.

    unreadable are columns that have the name of a required field, but cells that aren't such.
    """

    columns: Mapping[str, int]
    sure: Mapping[str, float]
    rivals: Mapping[str, int]
    unreadable: Mapping[str, int]


def taken_columns(look: Look) -> Taken:
    """Each field with its column, the surest pairs first, no column twice but for a period."""
    pairs = sorted(_pairs(look))
    columns: dict[str, int] = {}
    sure: dict[str, float] = {}
    for _, _, at, name, how_sure in pairs:
        if name not in columns and at not in columns.values():
            columns[name], sure[name] = at, how_sure
    free = set(range(len(look.header.names))) - set(columns.values())
    rivals = {
        name: at
        for _, _, at, name, how_sure in reversed(pairs)
        if at in free
        if look.rule.fields[name].required
        if look.rule.fields[name].holds in ("money", "day")
        if how_sure >= RIVALS * sure[name]
    }
    ends = look.rule.fields.get("ends_on")
    if ends and ends.required and "starts_on" in columns and "ends_on" not in columns:
        columns["ends_on"] = columns["starts_on"]
        sure["ends_on"] = sure["starts_on"]
    unreadable = dict(_unreadable(look, columns))
    return Taken(columns=columns, sure=sure, rivals=rivals, unreadable=unreadable)


def _pairs(look: Look) -> Iterator[tuple[float, int, int, str, float]]:
    for place, (name, field) in enumerate(look.rule.fields.items()):
        for at, column in enumerate(look.header.names):
            if (sure := _sure(column, look.samples[at], field, look.style)) > 0:
                yield -sure - (NEEDED if field.required else 0), place, at, name, sure


def _sure(column: str, sample: list[str], field: FieldRule, style: layout.Mapping) -> float:
    called = named(column, field)
    if not called or not sample:
        return called * 0.5 if not field.required else called
    read = converter(field, FieldFrom(columns=(column,), month_as="last"), style)
    fits = sum(reads(read, cell) for cell in sample) / len(sample)
    if field.words and called >= CALLED_SO:
        return called  # words stand there too
    least = READABLE_LEAST if called < CALLED_SO else READABLE_LEAST / 2
    return called * fits if fits >= least else 0.0


def _unreadable(look: Look, columns: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    for name, field in look.rule.fields.items():
        if field.required and name not in columns:
            called = [named(column, field) for column in look.header.names]
            best = max(range(len(called)), key=called.__getitem__)
            if called[best] >= CALLED_SO:
                yield name, best


def reads(read: Read, cell: str) -> bool:
    """Whether the cell can be read."""
    try:
        return read(cell) is not None
    except Unreadable:
        return False


def field_from(look: Look, name: str, at: int) -> FieldFrom:
    """How the field is read from its column: unit of money, days that are months, merged cells."""
    column, field = look.header.names[at], look.rule.fields[name]
    nth = look.header.names[:at].count(column)
    unit = unit_in(column) if field.holds == "money" else ""
    usual = look.style.unit == "元" and unit == "元"
    return FieldFrom(
        columns=(f"{column}#{nth + 1}" if nth else column,),
        unit="" if usual else unit,
        month_as="last" if field.holds == "day" and _has_months(look, name, at) else "",
        fill_down=_is_merged(look, name, at),
    )


def _has_months(look: Look, name: str, at: int) -> bool:
    """Whether some cells say no more than a month."""
    field = look.rule.fields[name]
    by_day = converter(field, FieldFrom(), look.style)
    by_month = converter(field, FieldFrom(month_as="last"), look.style)
    return any(reads(by_month, cell) and not reads(by_day, cell) for cell in look.samples[at])


def _is_merged(look: Look, name: str, at: int) -> bool:
    """Whether the cells of a project are merged: the first is filled, those below it are empty."""
    if look.rule.name not in MERGED or name != "project":
        return False
    cells = [row[at].strip() for row in look.below if at < len(row)]
    return bool(cells) and bool(cells[0]) and not all(cells)


def lacks_year(look: Look, taken: Taken) -> bool:
    """Whether a fact must have a year and no column says it."""
    year = look.rule.fields.get("year")
    return year is not None and year.required and "year" not in taken.columns


def mixed_fields(look: Look, taken: Taken) -> dict[str, str]:
    """The fields whose column has words among its figures, each with the one that takes these."""
    return {
        name: words
        for name, at in taken.columns.items()
        if (words := look.rule.fields[name].words)
        if words not in taken.columns
        if not all(amounts.is_number(cell, mark=look.style.mark) for cell in look.samples[at])
    }
