"""What the year is invented from, read from the TOML files beside this one."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from gongzhi.city.invented.calendar import YEAR
from gongzhi.city.invented.values import Aim, Body, Seat
from gongzhi.core.terms import Text
from gongzhi.rules.entry import Entry, read_rules

ROOM = Path(__file__).parent
CODE = re.compile("[a-z0-9-]+")
USUAL_CATEGORY = "特定目标类"
Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """Shares of the twelve months in thousandths, and how many payments a year makes."""

    code: str
    payments: int
    money: tuple[int, ...]
    work: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Temper:
    """What goes wrong: the pace of money and work by month in per cent of what was planned.

    ends is the share of the budget, in thousandths, between which the year's spending ends.
    """

    code: str
    often: int
    pace: tuple[int, ...]
    ends: tuple[int, int]
    work: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a unit writes after a warning, and the plan that it files."""

    answer: str
    plan: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """Something that is counted: its name, its unit, how many of it 10,000 yuan bring."""

    name: str
    measure: str
    per: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A pattern of projects: money is from–to in 10,000 yuan, lines are economic classes.

    library are codes with what fixes their target, if anything does; since is the year from which
    its projects have been given money each year.
    """

    name: Text
    units: tuple[str, ...]
    functional: str
    category: str
    aim: str
    season: str
    lines: tuple[tuple[str, int], ...]
    money: tuple[int, int]
    people: float
    who: str
    own: tuple[Output, ...]
    library: tuple[tuple[str, str], ...]
    times: int
    since: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The names that are there to be combined; trades by economic class."""

    city: str
    places: tuple[Text, ...]
    brands: tuple[str, ...]
    trades: dict[str, tuple[str, ...]]
    economic: dict[str, Text]


@cache
def load_bodies() -> tuple[Body, ...]:
    """The organisations, those with a budget first."""
    return _read("bodies.toml", "body", _body)


@cache
def load_aims() -> tuple[Aim, ...]:
    """The tree of aims, wider ones before their parts."""
    return _read("aims.toml", "aim", _aim)


@cache
def load_seats() -> tuple[Seat, ...]:
    """The cast."""
    return _read("seats.toml", "seat", _seat)


@cache
def load_works() -> tuple[Work, ...]:
    """The patterns of projects."""
    return _read("works.toml", "work", _work)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """Seasons by code, tempers, slips with how often each happens, answers by signal."""

    seasons: dict[str, Season]
    tempers: tuple[Temper, ...]
    slips: dict[str, int]
    answers: dict[str, Answer]


@cache
def load_manners() -> Manners:
    """How money, work and people go through a year."""
    top = read_rules(ROOM / "manners.toml")
    manners = Manners(
        seasons=top.tables_by("season", name="code", read=_season),
        tempers=tuple(_whole(entry, _temper) for entry in top.tables("temper")),
        slips=top.tables_by("slip", name="code", read=_times),
        answers=top.tables_by("answer", name="code", read=_answer),
    )
    top.finish()
    return manners


@cache
def load_names() -> Names:
    """Names of places and payees, and of economic classes."""
    top = read_rules(ROOM / "names.toml")
    names = Names(
        city=top.text("city"),
        places=tuple(_whole(each, worded) for each in top.tables("place")),
        brands=top.names("brands"),
        trades={each.text("economic"): each.names("names") for each in top.tables("trade")},
        economic={each.text("code"): worded(each) for each in top.tables("economic")},
    )
    top.finish()
    return names


def worded(entry: Entry, *, ending: str = "") -> Text:
    """A text whose languages stand under zh and en, or under such keys with an ending before."""
    return Text(zh=entry.text(f"{ending}zh"), en=entry.text(f"{ending}en"))


def _read(file: str, key: str, read: Callable[[Entry], Kind]) -> tuple[Kind, ...]:
    top = read_rules(ROOM / file)
    found = tuple(_whole(entry, read) for entry in top.tables(key))
    top.finish()
    return found


def _whole(entry: Entry, read: Callable[[Entry], Kind]) -> Kind:
    value = read(entry)
    entry.finish()
    return value


def _body(entry: Entry) -> Body:
    return Body(
        code=entry.text("code"),
        name=worded(entry),
        kind=entry.text("kind"),
        department=entry.text_if_told("department"),
        place=entry.text_if_told("place"),
        functional=entry.names("functional") if entry.has("functional") else (),
        reports_after=int(entry.number("report")) if entry.has("report") else 4,
        answers_after=int(entry.number("answer")) if entry.has("answer") else 6,
    )


def _aim(entry: Entry) -> Aim:
    return Aim(
        code=entry.text("code"),
        kind=entry.text("kind"),
        name=worded(entry),
        within=entry.text_if_told("within"),
        document=entry.text_if_told("document"),
    )


def _seat(entry: Entry) -> Seat:
    return Seat(
        username=entry.text("username"),
        name=entry.text("name"),
        organisation=entry.text_or_nothing("organisation"),
        title=worded(entry, ending="title_"),
        roles=entry.names("roles"),
        sees=worded(entry, ending="sees_"),
        number=int(entry.number("number")) if entry.has("number") else 0,
    )


def _work(entry: Entry) -> Work:
    low, high = (int(each) for each in entry.numbers("money"))
    return Work(
        name=Text(zh=entry.text("name"), en=entry.text("en")),
        units=entry.names("units"),
        functional=entry.text_if_told("functional"),
        category=entry.text("category") if entry.has("category") else USUAL_CATEGORY,
        aim=entry.text("aim"),
        season=entry.text("season"),
        lines=tuple(_line(each) for each in entry.names("lines")),
        money=(low, high),
        people=float(entry.number("people")),
        who=entry.text("who"),
        own=tuple(_output(each) for each in entry.names("own")),
        library=tuple(_entry(each) for each in entry.names("library")),
        times=int(entry.number("times")),
        since=int(entry.number("since")) if entry.has("since") else YEAR,
    )


def _line(text: str) -> tuple[str, int]:
    economic, share = text.split()
    return economic, int(share)


def _entry(text: str) -> tuple[str, str]:
    """A code of the library, and what fixes its target: =475, or |0.35 for 10,000 yuan."""
    found = CODE.match(text)
    assert found, f"{text} is no code"
    return found[0], text[found.end() :]


def _output(text: str) -> Output:
    name, measure, per = text.split("|")
    return Output(name=name, measure=measure, per=float(per))


def _season(entry: Entry) -> Season:
    return Season(
        code=entry.text("code"),
        payments=int(entry.number("payments")),
        money=tuple(int(each) for each in entry.numbers("money")),
        work=tuple(int(each) for each in entry.numbers("work")),
    )


def _temper(entry: Entry) -> Temper:
    low, high = (int(each) for each in entry.numbers("ends"))
    return Temper(
        code=entry.text_or_nothing("code"),
        often=int(entry.number("often")),
        pace=tuple(int(each) for each in entry.numbers("pace")),
        ends=(low, high),
        work=tuple(int(each) for each in entry.numbers("work")),
    )


def _times(entry: Entry) -> int:
    return int(entry.number("times"))


def _answer(entry: Entry) -> Answer:
    return Answer(answer=entry.text("answer"), plan=entry.text("plan"))
