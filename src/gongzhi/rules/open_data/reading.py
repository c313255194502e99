"""Reads open_data.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gongzhi.core.terms import Text
from gongzhi.rules.entry import Entry, read_rules

ROOM = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenField:
    """A field of a set: what it is called and what it counts."""

    code: str
    name: Text
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """A set of open data."""

    code: str
    name: Text
    about: Text
    source: Text
    fields: tuple[OpenField, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenData:
    """All sets, and the licence that they are given under."""

    licence: Text
    licence_url: str
    datasets: Mapping[str, Dataset]


@cache
def load_open_data() -> OpenData:
    """The sets as they stand in the file."""
    return read_open_data(ROOM / "open_data.toml")


def read_open_data(path: Path) -> OpenData:
    """The sets of a file; raises BadRules."""
    top = read_rules(path)
    licence = top.table("licence")
    found = OpenData(
        licence=licence.both("name"),
        licence_url=licence.text_or_nothing("url"),
        datasets=top.tables_by("dataset", name="code", read=_dataset),
    )
    licence.finish()
    top.finish()
    return found


def _dataset(entry: Entry) -> Dataset:
    return Dataset(
        code=entry.text("code"),
        name=entry.both("name"),
        about=entry.both("about"),
        source=entry.both("source"),
        fields=tuple(map(_field, entry.tables("fields"))),
    )


def _field(entry: Entry) -> OpenField:
    field = OpenField(
        code=entry.text("code"), name=entry.both("name"), unit=entry.text_or_nothing("unit")
    )
    entry.finish()
    return field
