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
        audit=entry.text_if_told("audit"),
    )
    entry.finish()
    return letter


def _demanded(entry: Entry) -> Demanded:
    demanded = Demanded(
        evaluator=entry.text_if_told("evaluator"),
        line=entry.text_if_told("line"),
        demand=entry.text("demand"),
        found=entry.text_if_told("found"),
        steps=tuple(map(_righting, entry.tables("step"))),
    )
    entry.finish()
    return demanded


def _righting(entry: Entry) -> Righting:
    until = entry.day_if_told("until")
    righting = Righting(
        on=entry.day("on"),
        verb=entry.one_of("verb", VERBS),
        text=entry.text_if_told("text"),
        until=until,
        measure=Measure(
            what=entry.text_if_told("what"),
            responsible=entry.text_if_told("who"),
            until=until,
            done=entry.text_if_told("done"),
            evidence=entry.text_if_told("evidence"),
        ),
    )
    entry.finish()
    return righting
