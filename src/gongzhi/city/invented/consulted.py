"""How stories are put to people, and who is affected, read from turned/processes.toml."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypeVar

from gongzhi.city.invented.telling import code_named
from gongzhi.rules.entry import Entry, read_rules

FILE = Path(__file__).parent.parent / "turned" / "processes.toml"
Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True, kw_only=True)
class Consulted:
    """A process: by which template, about which project, and what became of it, if it ended."""

    key: str
    project: str
    template: str
    on: date
    title: str
    question: str
    concluded_on: date | None = None
    account: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AffectedGroup:
    """Who is affected by a project: when they were asked, when they spoke."""

    project: str
    on: date
    name: str
    effect: str
    invited_on: date | None = None
    invitation: str = ""
    heard_on: date | None = None
    said: str = ""


@cache
def load_processes() -> tuple[Consulted, ...]:
    """Every process of the stories; raises BadRules where one is incomplete."""
    return tuple(_read(_process, "process"))


@cache
def load_affected() -> tuple[AffectedGroup, ...]:
    """Everybody on the stories' registers."""
    return tuple(_read(_affected, "stakeholder"))


def _read(read: Callable[[Entry], Kind], key: str) -> Iterator[Kind]:
    for entry in read_rules(FILE).tables(key):
        yield read(entry)
        entry.finish()


def _process(entry: Entry) -> Consulted:
    ended = entry.has("concluded_on")
    return Consulted(
        key=entry.text("key"),
        project=code_named(entry.text("project")),
        template=entry.text("template"),
        on=entry.day("on"),
        title=entry.text("title"),
        question=entry.text("question"),
        concluded_on=entry.day("concluded_on") if ended else None,
        account=entry.text("account") if ended else "",
    )


def _affected(entry: Entry) -> AffectedGroup:
    invited, heard = entry.has("invited_on"), entry.has("heard_on")
    return AffectedGroup(
        project=code_named(entry.text("project")),
        on=entry.day("on"),
        name=entry.text("name"),
        effect=entry.text("effect"),
        invited_on=entry.day("invited_on") if invited else None,
        invitation=entry.text("invitation") if invited else "",
        heard_on=entry.day("heard_on") if heard else None,
        said=entry.text("said") if heard else "",
    )
