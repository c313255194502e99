"""What citizens said on the stories' topics, and their stances: turned/topics.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from gongzhi.city.invented.heard import name_of
from gongzhi.city.invented.telling import code_named
from gongzhi.core.participating.stances import Stance
from gongzhi.rules.entry import Entry, read_rules

FILE = Path(__file__).parent.parent / "turned" / "topics.toml"
SIGNS = {"+": Stance.AGREE, "-": Stance.DISAGREE, "0": Stance.PASS, ".": None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A statement of a citizen on a day."""

    username: str
    on: date
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a citizen thinks of the statements, in their order, on a day; None: nothing said."""

    username: str
    on: date
    stances: tuple[Stance | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What came of an ended topic: of which statements (their places), and where it went."""

    on: date
    statements: tuple[int, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A topic about a project (its code): from when until when, what was said and thought."""

    key: str
    project: str
    on: date
    closes_on: date
    closed_on: date | None
    question: str
    statements: tuple[Sentence, ...]
    taken: tuple[Taken, ...]
    grounds: tuple[Ground, ...]


@cache
def load_talks() -> tuple[Talk, ...]:
    """All of them; raises BadRules where something is missing."""
    return _load()[0]


def speaker_called(username: str) -> str:
    """What somebody who speaks on the topics is called."""
    known = _load()[1]
    return known.get(username) or name_of(username)


@cache
def _load() -> tuple[tuple[Talk, ...], Mapping[str, str]]:
    top = read_rules(FILE)
    names: dict[str, str] = {}
    for entry in top.tables("citizen"):
        names[entry.text("username")] = entry.text("name")
        entry.finish()
    talks = tuple(map(_talk, top.tables("topic")))
    top.finish()
    return talks, names


def _talk(entry: Entry) -> Talk:
    changed = entry.tables("changed") if entry.has("changed") else ()
    talk = Talk(
        key=entry.text("key"),
        project=code_named(entry.text("project")),
        on=entry.day("on"),
        closes_on=entry.day("closes_on"),
        closed_on=entry.day_if_told("closed_on"),
        question=entry.text("question"),
        statements=tuple(map(_sentence, entry.tables("statement"))),
        taken=tuple(map(_taken, (*entry.tables("taken"), *changed))),
        grounds=tuple(map(_ground, entry.tables("ground"))) if entry.has("ground") else (),
    )
    entry.finish()
    return talk


def _sentence(entry: Entry) -> Sentence:
    sentence = Sentence(
        username=entry.text("username"), on=entry.day("on"), text=entry.text("text")
    )
    entry.finish()
    return sentence


def _taken(entry: Entry) -> Taken:
    signs = entry.text("stances")
    if set(signs) - set(SIGNS):
        raise entry.fail("stances", "{key} 应由 +、-、0、. 组成")
    taken = Taken(
        username=entry.text("username"),
        on=entry.day("on"),
        stances=tuple(SIGNS[sign] for sign in signs),
    )
    entry.finish()
    return taken


def _ground(entry: Entry) -> Ground:
    ground = Ground(
        on=entry.day("on"),
        statements=tuple(int(each) - 1 for each in entry.numbers("statements", least=1)),
        text=entry.text("text"),
    )
    entry.finish()
    return ground
