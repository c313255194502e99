"""Reads the fields of the facts: what each holds, and what files call it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gongzhi.core.terms import Text
from gongzhi.rules.entry import Entry, read_rules

ROOM = Path(__file__).parent
KINDS = ("payment", "budget", "project", "contract", "target", "plan", "reading")
HOLDS = (
    "text", "code", "class", "money", "number", "day", "start", "end", "year", "month", "truth",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRule:
    """A field of a fact: what it holds, whether it must be there, what columns are called.

    words names the field that takes what is written in words in a column of figures.
    """

    name: str
    title: Text
    holds: str
    required: bool
    names: tuple[str, ...]
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRule:
    """A kind of fact: its fields in order, and those by which the same fact is known again."""

    name: str
    title: Text
    key: tuple[str, ...]
    fields: Mapping[str, FieldRule]


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnWords:
    """Words of sheets that are no data: before sums, and for nothing."""

    totals: frozenset[str]
    nothing: frozenset[str]


@cache
def load_fact_rules() -> Mapping[str, FactRule]:
    """Every kind of fact by its name."""
    return {kind: _fact(read_rules(ROOM / f"{kind}.toml")) for kind in KINDS}


@cache
def load_words() -> ColumnWords:
    """The words that are no data."""
    entry = read_rules(ROOM / "words.toml")
    words = ColumnWords(
        totals=frozenset(entry.names("totals")), nothing=frozenset(entry.names("nothing"))
    )
    entry.finish()
    return words


def _fact(entry: Entry) -> FactRule:
    fields = {field.name: field for field in map(_field, entry.tables("field"))}
    rule = FactRule(
        name=entry.one_of("name", KINDS),
        title=entry.both("title"),
        key=entry.names("key"),
        fields=fields,
    )
    for name in rule.key:
        if name not in fields:
            raise entry.fail("key", "没有字段 {name}", {"name": name})
    entry.finish()
    return rule


def _field(entry: Entry) -> FieldRule:
    field = FieldRule(
        name=entry.text("name"),
        title=entry.both("title"),
        holds=entry.one_of("holds", HOLDS),
        required=entry.truth("required") if entry.has("required") else False,
        names=entry.names("names"),
        words=entry.text("words") if entry.has("words") else "",
    )
    entry.finish()
    return field
