"""Reads keeping.toml."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from gongzhi.core.terms import Text
from gongzhi.rules.entry import read_rules

ROOM = Path(__file__).parent
MONTHS_MAX = 1200
DAYS_MAX = 365
ROWS_MAX = 65_536
MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """How many months something is kept at least, and which rule says so.

    `rows_at_least`: to how many rows what enters the log of a day is filled up, so that their
    number tells nothing.
    """

    name: str
    months: int
    rows_at_least: int
    meaning: Text
    source: Text
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Discarding:
    """After how many days something is thrown away, and which rule says so."""

    name: str
    days: int
    meaning: Text
    source: Text
    verified: bool


@cache
def load_discarding() -> Mapping[str, Discarding]:
    """The days by what is thrown away."""
    found = {}
    for entry in read_rules(ROOM / "discarding.toml").tables("discard"):
        rule = Discarding(
            name=entry.text("name"),
            days=int(entry.number("days", least=1, most=DAYS_MAX)),
            meaning=entry.both("meaning"),
            source=entry.both("source"),
            verified=entry.truth("verified"),
        )
        entry.finish()
        found[rule.name] = rule
    return found


@cache
def load_keeping() -> Mapping[str, Keeping]:
    """The periods by what is kept."""
    top = read_rules(ROOM / "keeping.toml")
    kept = {}
    for entry in top.tables("keep"):
        period = Keeping(
            name=entry.text("name"),
            months=int(entry.number("months", least=1, most=MONTHS_MAX)),
            rows_at_least=int(entry.number("rows_at_least", least=1, most=ROWS_MAX)),
            meaning=entry.both("meaning"),
            source=entry.both("source"),
            verified=entry.truth("verified"),
        )
        entry.finish()
        kept[period.name] = period
    top.finish()
    return kept


def kept_since(name: str, *, today: date) -> date:
    """The first day whose rows must still be there: the same day so many months ago."""
    months = today.year * MONTHS + today.month - 1 - load_keeping()[name].months
    year, month = divmod(months, MONTHS)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))
