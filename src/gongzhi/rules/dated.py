"""Rules by their dates: which edition holds on a day, and limits that have a value each.

Every rule brings the day since when it holds. Before the first of them, the first one holds.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar

from gongzhi.core.terms import Text
from gongzhi.rules.entry import Entry, read_rules


class Dated(Protocol):
    """What holds since a day."""

    @property
    def since_on(self) -> date:
        """The first day on which it holds."""
        ...


Edition = TypeVar("Edition", bound=Dated)


def in_force(editions: Iterable[Edition], *, on: date) -> Edition:
    """The edition that holds on a day, whatever their order; of one day's the last is meant."""
    first, *others = sorted(editions, key=lambda each: each.since_on)
    return next((each for each in reversed(others) if each.since_on <= on), first)


def read_editions(path: Path, key: str, *, read: Callable[[Entry], Edition]) -> tuple[Edition, ...]:
    """Every edition that stands under a key of a file, the oldest first; raises BadRules."""
    top = read_rules(path)
    editions = sorted(map(read, top.tables(key)), key=lambda each: each.since_on)
    top.finish()
    return tuple(editions)


def each_in_force(
    rules: Iterable[Edition], *, name: Callable[[Edition], str], on: date
) -> dict[str, Edition]:
    """The rule of each name that holds on a day."""
    editions: dict[str, list[Edition]] = {}
    for rule in rules:
        editions.setdefault(name(rule), []).append(rule)
    return {named: in_force(of_it, on=on) for named, of_it in editions.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedLimit:
    """One limit: since when, what it is for and where it comes from."""

    name: str
    value: int
    since_on: date
    meaning: Text
    source: Text
    verified: bool


def read_limits(path: Path, names: Iterable[str]) -> tuple[DatedLimit, ...]:
    """Every limit of every date in a file, which has each of the names; raises BadRules."""
    top, known = read_rules(path), list(names)
    limits = []
    for entry in top.tables("limit"):
        limit = DatedLimit(
            name=entry.one_of("name", known),
            value=int(entry.number("value", least=1)),
            since_on=entry.day("since_on"),
            meaning=entry.both("meaning"),
            source=entry.both("source"),
            verified=entry.truth("verified"),
        )
        entry.finish()
        limits.append(limit)
    top.finish()
    missing = set(known) - {limit.name for limit in limits}
    if missing:
        raise top.fail("limit", "缺少 {names}", {"names": "、".join(sorted(missing))})
    return tuple(limits)


def limits_in_force(limits: Iterable[DatedLimit], *, on: date) -> Mapping[str, int]:
    """The value of each limit that holds on a day, by its name."""
    held = each_in_force(limits, name=lambda limit: limit.name, on=on)
    return {name: limit.value for name, limit in held.items()}
