"""How the evaluated are told of results, and put right what is wrong: turned/feedback.toml."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from gongzhi.city.invented.telling import code_named, project_unit
from gongzhi.city.invented.values import Deed
from gongzhi.core.rectifying.plans import Measure
from gongzhi.rules.entry import Entry, read_rules

FILE = Path(__file__).parent.parent / "turned" / "feedback.toml"
SENDER = "YH-101"  # the finance bureau
BY_UNIT = ("plan_rectification", "extend_rectification", "report_rectification")
VERBS = (
    "plan_rectification",
    "extend_rectification",
    "report_rectification",
    "return_rectification",
    "pass_rectification",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Righting:
    """A step of putting something right; measure where one is planned or reported."""

    on: date
    verb: str
    text: str
    until: date | None
    measure: Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class Demanded:
    """What a letter asks for, of which line of whose evaluation, and what becomes of it.

    found says what was found where an audit found it, not a line.
    """

    evaluator: str
    line: str
    demand: str
    found: str
    steps: tuple[Righting, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter about all evaluations of a project (its code), or about a published audit result.

    audit is the result's document number, empty where the letter is about evaluations.
    """

    project: str
    on: date
    words: str
    demands: tuple[Demanded, ...]
    audit: str

    def deeds(self) -> Iterator[Deed]:
        """What a story has of it for its days."""
        verb = "order_rectification" if self.audit else "send_feedback"
        yield Deed(on=self.on, verb=verb, project=self.project, by=SENDER)
        for step in (each for demanded in self.demands for each in demanded.steps):
            by = project_unit(self.project) if step.verb in BY_UNIT else SENDER
            yield Deed(on=step.on, verb=step.verb, project=self.project, by=by)


@cache
def load_letters() -> tuple[Letter, ...]:
    """Every letter; raises BadRules where one is incomplete."""
    top = read_rules(FILE)
    letters = tuple(map(_letter, top.tables("letter")))
    top.finish()
    return letters


def _letter(entry: Entry) -> Letter:
    letter = Letter(
        project=code_named(entry.text("project")),
        on=entry.day("on"),
        words=entry.text("words"),
        demands=tuple(map(_demanded, entry.tables("demand"))) if entry.has("demand") else (),
        audit=_if_told(entry, "audit"),
    )
    entry.finish()
    return letter


def _demanded(entry: Entry) -> Demanded:
    demanded = Demanded(
        evaluator=_if_told(entry, "evaluator"),
        line=_if_told(entry, "line"),
        demand=entry.text("demand"),
        found=_if_told(entry, "found"),
        steps=tuple(map(_righting, entry.tables("step"))),
    )
    entry.finish()
    return demanded


def _righting(entry: Entry) -> Righting:
    until = entry.day("until") if entry.has("until") else None
    righting = Righting(
        on=entry.day("on"),
        verb=entry.one_of("verb", VERBS),
        text=_if_told(entry, "text"),
        until=until,
        measure=Measure(
            what=_if_told(entry, "what"),
            responsible=_if_told(entry, "who"),
            until=until,
            done=_if_told(entry, "done"),
            evidence=_if_told(entry, "evidence"),
        ),
    )
    entry.finish()
    return righting


def _if_told(entry: Entry, key: str) -> str:
    return entry.text(key) if entry.has(key) else ""
