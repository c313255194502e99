"""The guided tours of the demo, read from tours/*.toml: one for each seat, step by step.

A step names a page by its route, and what the page is about by words of the stories: projects by
their keys, alerts by project and round, never by identifiers. `sees` is what stands there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from gongzhi.core.terms import Text
from gongzhi.rules.entry import Entry, read_rules

TOURS = Path(__file__).parent / "tours"
# What a step may be about, and what the words after it are.
KINDS = (
    *("project", "alert", "goals", "call", "clause", "part", "story", "unit", "evaluation"),
    *("report", "feedback", "audit", "inquiry", "effect"),
    *("process", "voice", "topic", "meeting", "panel", "survey"),
    *("vote", "proposal", "winner"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A page to look at: what is said of it, what stands on it, from which day on.

    `about` is a kind and a name: project:road, alert:road/2, goals:road, goals:road/2027, call:2,
    clause:4.12, part:7, story:bridge, unit:YH-501, evaluation:bridge/third_party; report, feedback,
    audit (the letter about its result) and inquiry are named by their project; process, voice,
    topic, panel and survey by their own key, as in topic:jams, and meeting by its series and day,
    meeting:jams/2026-08-05; vote by its key, vote:next, what is proposed for it by its number,
    proposal:next/8, and winner:next/8 are the goals that it became; effect:sky/particles is asked
    of a page that is about nothing. `rest` is the end of the address, a query or an anchor.
    """

    page: str
    says: Text
    sees: str
    about: str = ""
    rest: str = ""
    since: date = date.min


@dataclass(frozen=True, slots=True, kw_only=True)
class Tour:
    """The tour of a seat."""

    seat: str
    steps: tuple[Step, ...]


@cache
def load_tours() -> Mapping[str, Tour]:
    """The tours by their seats."""
    return {tour.seat: tour for tour in map(_tour, sorted(TOURS.glob("*.toml")))}


def _tour(path: Path) -> Tour:
    top = read_rules(path)
    tour = Tour(seat=path.stem, steps=tuple(_whole(entry) for entry in top.tables("step")))
    top.finish()
    return tour


def _whole(entry: Entry) -> Step:
    step = Step(
        page=entry.text("page"),
        says=Text(zh=entry.text("zh"), en=entry.text("en")),
        sees=entry.text("sees"),
        about=_about(entry) if entry.has("about") else "",
        rest=entry.text_if_told("rest"),
        since=entry.day("since") if entry.has("since") else date.min,
    )
    entry.finish()
    return step


def _about(entry: Entry) -> str:
    about = entry.text("about")
    kind, colon, name = about.partition(":")
    if kind not in KINDS or not (colon and name):
        raise entry.fail("about", "{key} 应写成 种类:名称，如 project:road")
    return about
