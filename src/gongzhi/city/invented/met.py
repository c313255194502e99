"""Which meetings are held, what is said, decided and agreed there, from turned/meetings.toml."""

from dataclasses import dataclass
from datetime import date, time
from functools import cache
from pathlib import Path

from gongzhi.city.invented.telling import code_named
from gongzhi.rules.entry import Entry, read_rules

FILE = Path(__file__).parent.parent / "turned" / "meetings.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resident:
    """Somebody who takes a seat for residents at each meeting."""

    username: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A regular meeting: whose, about which project, when each month, who is invited."""

    key: str
    project: str
    organiser: str
    title: str
    on: date
    nth: int
    weekday: int
    begins: time
    minutes: int
    place: str
    procedure: str
    invited: tuple[str, ...]
    observers: tuple[str, ...]
    seats: int
    residents: tuple[Resident, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A text that is voted on, to which item, and who is against it; all others are for it."""

    item: int
    text: str
    against: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """The reading that came of something that was agreed: of which indicator and month, whose."""

    indicator: str
    month: int
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """Something to be done by an organisation, and what became of it."""

    what: str
    by: str
    due_on: date
    resolution: int | None
    reported_on: date
    report: str
    changed: Changed | None
    closed_on: date
    finding: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """A meeting that is held: item by item what is said, who is away, what comes of it."""

    series: str
    held_on: date
    topics: tuple[str, ...]
    said: tuple[str, ...]
    absent: tuple[str, ...]
    adopted: str
    resolutions: tuple[Moved, ...]
    actions: tuple[Agreed, ...]


@cache
def load_series() -> tuple[Series, ...]:
    """Every series of the stories; raises BadRules where one is incomplete."""
    return tuple(map(_series, read_rules(FILE).tables("series")))


@cache
def load_met() -> tuple[Met, ...]:
    """Every meeting that is held, in its order."""
    return tuple(map(_met, read_rules(FILE).tables("meeting")))


def _series(entry: Entry) -> Series:
    series = Series(
        key=entry.text("key"),
        project=code_named(entry.text("project")),
        organiser=entry.text("organiser"),
        title=entry.text("title"),
        on=entry.day("on"),
        nth=int(entry.number("nth", least=1)),
        weekday=int(entry.number("weekday", least=1)),
        begins=time.fromisoformat(entry.text("begins")),
        minutes=int(entry.number("minutes")),
        place=entry.text("place"),
        procedure=entry.text("procedure"),
        invited=entry.names("invited"),
        observers=entry.names("observers"),
        seats=int(entry.number("seats")),
        residents=tuple(map(_resident, entry.tables("resident"))),
    )
    entry.finish()
    return series


def _resident(entry: Entry) -> Resident:
    resident = Resident(username=entry.text("username"), name=entry.text("name"))
    entry.finish()
    return resident


def _met(entry: Entry) -> Met:
    met = Met(
        series=entry.text("series"),
        held_on=entry.day("held_on"),
        topics=entry.names("topic"),
        said=entry.names("said"),
        absent=entry.names("absent") if entry.has("absent") else (),
        adopted=entry.text("adopted"),
        resolutions=tuple(map(_moved, entry.tables("resolution")))
        if entry.has("resolution")
        else (),
        actions=tuple(map(_agreed, entry.tables("action"))) if entry.has("action") else (),
    )
    entry.finish()
    if len(met.topics) != len(met.said):
        raise entry.fail("said", "{key} 应与 topic 一样多")
    return met


def _moved(entry: Entry) -> Moved:
    moved = Moved(
        item=int(entry.number("item", least=1)),
        text=entry.text("text"),
        against=entry.names("against"),
    )
    entry.finish()
    return moved


def _agreed(entry: Entry) -> Agreed:
    has_changed, has_resolution = entry.has("changed"), entry.has("resolution")
    agreed = Agreed(
        what=entry.text("what"),
        by=entry.text("by"),
        due_on=entry.day("due_on"),
        resolution=int(entry.number("resolution")) if has_resolution else None,
        reported_on=entry.day("reported_on"),
        report=entry.text("report"),
        changed=_changed(entry.inline("changed")) if has_changed else None,
        closed_on=entry.day("closed_on"),
        finding=entry.text("finding"),
    )
    entry.finish()
    return agreed


def _changed(entry: Entry) -> Changed:
    changed = Changed(
        indicator=entry.text("indicator"), month=int(entry.number("month")), by=entry.text("by")
    )
    entry.finish()
    return changed
