"""The tables that units add to their readings, from turned/tables.toml."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

from gongzhi.city.invented.telling import code_named
from gongzhi.rules.entry import Entry, read_rules

FILE = Path(__file__).parent.parent / "turned" / "tables.toml"
FIGURES = files("gongzhi.rules") / "outcomes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tabled:
    """A table behind a reading: of which indicator and month, who adds it when, what it holds."""

    project: str
    indicator: str
    month: int
    by: str
    on: date
    name: str
    shows: str
    source: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[str]]


@cache
def load_tabled() -> tuple[Tabled, ...]:
    """Every table; raises BadRules where one is incomplete."""
    top = read_rules(FILE)
    tables = tuple(map(_tabled, top.tables("table")))
    top.finish()
    return tables


def _tabled(entry: Entry) -> Tabled:
    columns = entry.names("columns")
    made = Tabled(
        project=code_named(entry.text("project")),
        indicator=entry.text("indicator"),
        month=int(entry.number("month")),
        by=entry.text("by"),
        on=entry.day("on"),
        name=entry.text("name"),
        shows=entry.text("shows"),
        source=entry.text("source"),
        columns=columns,
        rows=_rows(entry.text("figures"), columns),
    )
    entry.finish()
    return made


def _rows(figures: str, columns: Sequence[str]) -> Sequence[Sequence[str]]:
    text = (FIGURES / f"{figures}.csv").read_text(encoding="utf-8")
    return [[row[column] for column in columns] for row in csv.DictReader(text.splitlines())]
