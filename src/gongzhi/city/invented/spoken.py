"""What the parties of the stories say of projects, read from turned/voices.toml."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from gongzhi.city.invented.telling import code_named
from gongzhi.rules.entry import Entry, read_rules

FILE = Path(__file__).parent.parent / "turned" / "voices.toml"
KINDS = ("need", "proposal", "suggestion")


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who speaks: an organisation by its code, or a citizen by username and name."""

    code: str = ""
    username: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What an organisation says that it can bring, and when."""

    by: str
    on: date
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A voice: about which project, what was answered; for a suggestion the figure by name."""

    key: str
    project: str
    on: date
    by: Speaker
    kind: str
    text: str
    title: str = ""
    grounds: str = ""
    place: str = ""
    indicator: str = ""
    asked: str = ""
    supported: tuple[Speaker, ...] = ()
    offered: Offered | None = None
    outcome: str = ""
    answered_on: date | None = None
    answer: str = ""
    merged_into: str = ""
    merged_on: date | None = None
    merged_because: str = ""


@cache
def load_spoken() -> tuple[Spoken, ...]:
    """Every voice of the stories; raises BadRules where one is incomplete."""
    found = []
    for entry in read_rules(FILE).tables("voice"):
        found.append(_spoken(entry))
        entry.finish()
    return tuple(found)


def _spoken(entry: Entry) -> Spoken:
    is_merged, is_answered = entry.has("merged_into"), entry.has("answered_on")
    supported = entry.names("supported") if entry.has("supported") else ()
    return Spoken(
        key=entry.text("key"),
        project=code_named(entry.text("project")),
        on=entry.day("on"),
        by=speaker_in(entry.text("by")),
        kind=entry.one_of("kind", KINDS),
        text=entry.text("text"),
        title=entry.text_if_told("title"),
        grounds=entry.text_if_told("grounds"),
        place=entry.text_if_told("place"),
        indicator=entry.text_if_told("indicator"),
        asked=entry.text_if_told("asked"),
        supported=tuple(map(speaker_in, supported)),
        offered=_offered(entry.inline("offered")) if entry.has("offered") else None,
        outcome=entry.text_if_told("outcome"),
        answered_on=entry.day("answered_on") if is_answered else None,
        answer=entry.text_if_told("answer"),
        merged_into=entry.text_if_told("merged_into"),
        merged_on=entry.day("merged_on") if is_merged else None,
        merged_because=entry.text_if_told("merged_because"),
    )


def _offered(entry: Entry) -> Offered:
    offered = Offered(by=entry.text("by"), on=entry.day("on"), text=entry.text("text"))
    entry.finish()
    return offered


def speaker_in(text: str) -> Speaker:
    """Who is meant: an organisation by its code, or a citizen as username|name."""
    username, bar, name = text.partition("|")
    return Speaker(username=username, name=name) if bar else Speaker(code=text)
