"""What citizens say of services that they used, and what is answered: turned/citizens.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from gongzhi.city.invented.telling import code_named
from gongzhi.core.evaluating.citizens import LEVELS
from gongzhi.rules.entry import Entry, read_rules

FILE = Path(__file__).parent.parent / "turned" / "citizens.toml"
LINES = ("service", "change", "openness")


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """A citizen's levels of each line, and what they have to say of one."""

    username: str
    name: str
    levels: Mapping[str, int]
    matter: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What citizens said of a project (its code) on a day, and its unit's one answer."""

    project: str
    on: date
    said: tuple[Saying, ...]
    answered_on: date
    answer: str


@cache
def load_heard() -> tuple[Heard, ...]:
    """All of it; raises BadRules where something is missing."""
    top = read_rules(FILE)
    heard = tuple(map(_heard, top.tables("heard")))
    top.finish()
    return heard


def name_of(username: str) -> str:
    """What a citizen of the stories is called."""
    return next(s.name for heard in load_heard() for s in heard.said if s.username == username)


def _heard(entry: Entry) -> Heard:
    heard = Heard(
        project=code_named(entry.text("project")),
        on=entry.day("on"),
        said=tuple(map(_saying, entry.tables("said"))),
        answered_on=entry.day("answered_on"),
        answer=entry.text("answer"),
    )
    entry.finish()
    return heard


def _saying(entry: Entry) -> Saying:
    levels = map(int, entry.numbers("levels", most=LEVELS))
    saying = Saying(
        username=entry.text("username"),
        name=entry.text("name"),
        levels=dict(zip(LINES, levels, strict=True)),
        matter=entry.one_of("matter", LINES),
        text=entry.text("text"),
    )
    entry.finish()
    return saying
