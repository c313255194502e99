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

    words names the field that takes what is written in words in a column of figures. A column in
    whose name one of the words of never stands isn't the field, unless it has exactly its name.
    """

    name: str
    title: Text
    holds: str
    required: bool
    names: tuple[str, ...]
    words: str = ""
    never: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRule:
    """A kind of fact: its fields in order, and those by which the same fact is known again."""

    name: str
    title: Text
    key: tuple[str, ...]
    fields: Mapping[str, FieldRule]


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnWords:
    """Words of sheets that are no data: before sums, for nothing, of stages, of forms.

    asides stand behind the name of a column and change nothing of it. paid and not_paid are the
    stages that a column may say rows to be at, revenue and spending words of columns. units are
    the ways to write the unit of money, each with the unit's own name.
    """

    totals: frozenset[str]
    nothing: frozenset[str]
    asides: tuple[str, ...]
    paid: frozenset[str]
    not_paid: frozenset[str]
    forms: tuple[str, ...]
    revenue: tuple[str, ...]
    spending: tuple[str, ...]
    units: Mapping[str, str]


@cache
def load_fact_rules() -> Mapping[str, FactRule]:
    """Every kind of fact by its name."""
    return {kind: _fact(read_rules(ROOM / f"{kind}.toml")) for kind in KINDS}


@cache
def load_words() -> ColumnWords:
    """The words that are no data."""
    entry = read_rules(ROOM / "words.toml")
    words = ColumnWords(
        totals=frozenset(entry.names("totals")),
        nothing=frozenset(entry.names("nothing")),
        asides=entry.names("asides"),
        paid=frozenset(entry.names("paid")),
        not_paid=frozenset(entry.names("not_paid")),
        forms=entry.names("forms"),
        revenue=entry.names("revenue"),
        spending=entry.names("spending"),
        units=dict(pair for unit in entry.tables("unit") for pair in _unit(unit)),
    )
    entry.finish()
    return words


def _unit(entry: Entry) -> list[tuple[str, str]]:
    name, said = entry.text("name"), entry.names("said")
    entry.finish()
    return [(each, name) for each in said]


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
        words=entry.text_if_told("words"),
        never=entry.names("never") if entry.has("never") else (),
    )
    entry.finish()
    return field
