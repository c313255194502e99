"""Reads the years' files; a year that contradicts itself is refused."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from gongzhi.core.terms import SaidValues, Text
from gongzhi.core.working_days import Calendar
from gongzhi.rules.entry import Entry, read_rules

ROOM = Path(__file__).parent
SATURDAY = 5
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """A run of days off, from the first to the last."""

    name: Text
    first: date
    last: date

    @property
    def days(self) -> Iterator[date]:
        """Each of its days."""
        length = (self.last - self.first).days + 1
        return (self.first + timedelta(days=day) for day in range(length))


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarYear:
    """What a notice says of one year, and where it was read.

    Not verified: no notice was read, and only the days of the holidays themselves stand here.
    """

    year: int
    source: Text
    issued_on: date | None
    verified: bool
    read_in: Text
    holidays: tuple[Holiday, ...]
    extra_workdays: frozenset[date]


@cache
def load_calendar() -> Calendar:
    """All years as one calendar; known are those whose notice was read, others stay provisional."""
    years = load_years()
    return Calendar(
        holidays=frozenset(
            day for year in years for holiday in year.holidays for day in holiday.days
        ),
        extra_workdays=frozenset().union(*(year.extra_workdays for year in years)),
        years=frozenset(year.year for year in years if year.verified),
    )


@cache
def load_years() -> tuple[CalendarYear, ...]:
    """The years in their order, each with its notice."""
    return tuple(read_year(path) for path in sorted(ROOM.glob("*.toml")))


def read_year(path: Path) -> CalendarYear:
    """The year in a file; raises BadRules with the line that is wrong."""
    top = read_rules(path)
    year = int(top.number("year", least=FIRST_YEAR, most=LAST_YEAR))
    if path.stem != str(year):
        raise top.fail("year", "{key} 应与文件同名")
    verified = top.truth("verified")
    holidays = tuple(_holiday(entry, year=year) for entry in top.tables("holiday"))
    read = CalendarYear(
        year=year,
        source=top.both("source"),
        issued_on=top.day("issued_on") if verified or top.has("issued_on") else None,
        verified=verified,
        read_in=top.both("read_in"),
        holidays=holidays,
        extra_workdays=frozenset(top.days("extra_workdays")),
    )
    top.finish()
    _refuse_contradictions(read, top)
    return read


def _holiday(entry: Entry, *, year: int) -> Holiday:
    holiday = Holiday(name=entry.both("name"), first=entry.day("first"), last=entry.day("last"))
    entry.finish()
    if holiday.last < holiday.first:
        raise entry.fail("last", "{key} 不能早于 first")
    if {holiday.first.year, holiday.last.year} != {year}:
        raise entry.fail("first", "假期应在 {year} 年之内", {"year": str(year)})
    return holiday


def _refuse_contradictions(read: CalendarYear, top: Entry) -> None:
    """A day stands once; who works on it anyway needs no notice, unless it is a weekend."""
    off = [day for holiday in read.holidays for day in holiday.days]
    if len(set(off)) < len(off):
        raise top.fail("holiday", "有一天被写进两个假期")
    for day in sorted(read.extra_workdays):
        told: SaidValues = {"day": day.isoformat()}
        if day.year != read.year or day.weekday() < SATURDAY:
            raise top.fail("extra_workdays", "{day} 不是这一年的周末，不必写成上班日", told)
        if day in off:
            raise top.fail("extra_workdays", "{day} 既放假又上班", told)
