"""Reads disclosure.toml."""

from functools import cache
from pathlib import Path

from gongzhi.core.disclosure.clock import DisclosureRules, FieldRule, KindRule, Label
from gongzhi.rules.entry import Entry, read_rules

ROOM = Path(__file__).parent
DAYS_MAX, PEOPLE_MAX = 365, 1000


@cache
def load_disclosure() -> DisclosureRules:
    """The rules as they stand in the file."""
    return read_disclosure(ROOM / "disclosure.toml")


def read_disclosure(path: Path) -> DisclosureRules:
    """The rules of a file; raises BadRules."""
    top = read_rules(path)
    occasions = top.tables_by("occasion", name="code", read=lambda entry: entry.both("name"))
    rules = DisclosureRules(
        least_people=int(top.number("least_people", least=1, most=PEOPLE_MAX)),
        occasions=occasions,
        kinds=top.tables_by("kind", name="code", read=lambda entry: _kind(entry, [*occasions])),
    )
    top.finish()
    return rules


def _kind(entry: Entry, occasions: list[str]) -> KindRule:
    has_clock = entry.has("days")
    return KindRule(
        code=entry.text("code"),
        name=entry.both("name"),
        occasion=entry.one_of("occasion", occasions),
        days=int(entry.number("days", least=1, most=DAYS_MAX)) if has_clock else None,
        working=entry.truth("working") if has_clock else False,
        clause=entry.text("clause"),
        source=entry.both("source"),
        verified=entry.truth("verified"),
        fields=tuple(_field(each) for each in entry.tables("fields")),
    )


def _field(entry: Entry) -> FieldRule:
    rule = FieldRule(
        code=entry.text("code"),
        title=entry.both("title"),
        label=Label(entry.one_of("label", map(str, Label))),
        words=entry.truth("words") if entry.has("words") else False,
    )
    entry.finish()
    return rule
