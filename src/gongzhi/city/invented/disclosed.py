"""How units disclose their year, read from turned/disclosure.toml."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from gongzhi.city.invented.calendar import YEAR
from gongzhi.city.invented.own_evaluations import load_own_evaluations
from gongzhi.city.invented.values import CityYear
from gongzhi.core.working_days import due_on
from gongzhi.rules.calendar import load_calendar
from gongzhi.rules.entry import Entry, read_rules

FILE = Path(__file__).parent.parent / "turned" / "disclosure.toml"
BUDGET, ACCOUNTS = "budget", "accounts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosed:
    """A unit's disclosure of the city's year on an occasion: its three days, and why once more."""

    unit: str
    occasion: str
    drafted_on: date
    reviewed_on: date
    published_on: date
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """The whole of it: the days by which each unit goes, and what its reviewer writes."""

    slow_from: int
    budget: tuple[date, date, date, date]
    accounts: tuple[int, int, int]
    again: tuple[Disclosed, ...]
    review: str
    cleared: str

    def of(self, city: CityYear) -> Iterator[Disclosed]:
        """Every disclosure of the city's year, as each unit goes about it."""
        drafted, reviewed, published, slow = self.budget
        last = _last_published(city)
        for unit in city.units:
            if unit.code not in last:
                continue
            is_slow = unit.reports_after >= self.slow_from
            yield Disclosed(
                unit=unit.code,
                occasion=BUDGET,
                drafted_on=drafted,
                reviewed_on=reviewed,
                published_on=slow if is_slow else published,
            )
            days = [_after(last[unit.code], each) for each in self.accounts]
            yield Disclosed(
                unit=unit.code,
                occasion=ACCOUNTS,
                drafted_on=days[0],
                reviewed_on=days[1],
                published_on=days[2],
            )
        yield from self.again


@cache
def load_disclosed() -> Disclosure:
    """The file as values; raises BadRules where it is incomplete."""
    top = read_rules(FILE)
    budget, accounts, words = (top.table(name) for name in ("budget", "accounts", "words"))
    read = Disclosure(
        slow_from=int(top.number("slow_from")),
        budget=(
            budget.day("drafted_on"),
            budget.day("reviewed_on"),
            budget.day("published_on"),
            budget.day("slow_on"),
        ),
        accounts=(
            int(accounts.number("drafted_after")),
            int(accounts.number("reviewed_after")),
            int(accounts.number("published_after")),
        ),
        again=tuple(_again(top.table("evaluated"))),
        review=words.text("review"),
        cleared=words.text("cleared"),
    )
    for each in (budget, accounts, words, top):
        each.finish()
    return read


def _again(entry: Entry) -> Iterator[Disclosed]:
    days = (entry.day("drafted_on"), entry.day("reviewed_on"), entry.day("published_on"))
    because = entry.text("because")
    for unit in entry.names("units"):
        yield Disclosed(
            unit=unit,
            occasion=ACCOUNTS,
            drafted_on=days[0],
            reviewed_on=days[1],
            published_on=days[2],
            because=because,
        )
    entry.finish()


def _last_published(city: CityYear) -> dict[str, date]:
    """The day on which the last self-evaluation of each unit's projects is published."""
    own, units = load_own_evaluations(), {body.code: body for body in city.units}
    found: dict[str, date] = {}
    for venture in city.ventures:
        unit = venture.fact.unit
        found[unit] = max(found.get(unit, date(YEAR, 1, 1)), own.days(venture, units[unit])[1])
    return found


def _after(day: date, working_days: int) -> date:
    return due_on(day, working_days=working_days, calendar=load_calendar()).on
