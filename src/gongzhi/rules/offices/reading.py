"""Reads offices.toml; each value has its date, its meaning and its source."""

from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from gongzhi.core.terms import Text
from gongzhi.rules.dated import each_in_force
from gongzhi.rules.entry import Entry, read_rules

FILE = Path(__file__).parent / "offices.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeRules:
    """What holds on a day; `entrusted` roles are given by the security administrator alone.

    Of the roles in `apart` nobody holds two.
    """

    invitation_days: int
    delegation_days_max: int
    applications_waiting_max: int
    entrusted: frozenset[str]
    apart: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedRule:
    """One value: since when, what it is for and where it comes from."""

    name: str
    value: int | frozenset[str]
    since_on: date
    meaning: Text
    source: Text
    verified: bool


@cache
def load_office_rules() -> tuple[DatedRule, ...]:
    """Every value of every date, in the order of the file."""
    top = read_rules(FILE)
    names = {field.name for field in fields(OfficeRules)}
    rules = tuple(_rule(entry, names) for kind in ("limit", "group") for entry in top.tables(kind))
    top.finish()
    missing = names - {rule.name for rule in rules}
    if missing:
        raise top.fail("limit", "缺少 {names}", {"names": "、".join(sorted(missing))})
    return rules


def _rule(entry: Entry, names: set[str]) -> DatedRule:
    name = entry.one_of("name", names)
    if entry.header == "group":
        value: int | frozenset[str] = frozenset(entry.names("roles"))
    else:
        value = int(entry.number("value", least=1))
    rule = DatedRule(
        name=name,
        value=value,
        since_on=entry.day("since_on"),
        meaning=entry.both("meaning"),
        source=entry.both("source"),
        verified=entry.truth("verified"),
    )
    entry.finish()
    return rule


@cache
def office_rules(*, on: date) -> OfficeRules:
    """The newest value of each rule on a day; before the first, the first."""
    held = each_in_force(load_office_rules(), name=lambda rule: rule.name, on=on)
    values: dict[str, Any] = {name: rule.value for name, rule in held.items()}
    return OfficeRules(**values)
