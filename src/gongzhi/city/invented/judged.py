"""How the year is judged, read from turned/*.toml: who evaluates what, what is said against it.

A mark is written line|points|why. Whose hand does each step follows from who evaluates.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from gongzhi.city.invented.telling import code_named, project_unit
from gongzhi.city.invented.values import Deed
from gongzhi.core.scoring.sheet import Mark
from gongzhi.core.terms import Points
from gongzhi.rules.entry import Entry, read_rules

TURNED = Path(__file__).parent.parent / "turned"
DECLARED = ("method", "sample", "sources", "period", "responsible", "funding", "ties")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A working paper: of which line, what was looked at, what it shows."""

    on: date
    line: str
    source: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Objecting:
    """What the evaluated says against a line, and what another reviewer answers."""

    on: date
    line: str
    text: str
    evidence: str
    outcome: str
    answered_on: date
    answer: str
    points: Points | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explaining:
    """Why points lie far apart from others' in a line."""

    on: date
    line: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """A sentence on a day that ends something."""

    on: date
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Declining:
    """An evaluator that was chosen first and declined, when and why."""

    evaluator: str
    chosen_on: date
    on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A draw by lot: announced on a day, tried from the next on until the log has its seed."""

    announced_on: date
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One party's evaluation of a project (its code); without a commissioner of its own accord.

    whole is the organisation that is evaluated as a whole, in place of a project. accepted_on is
    the day on which it was chosen where nobody else chose it. Who is drawn by lot has no name here.
    """

    story: str
    project: str
    whole: str
    kind: str
    evaluator: str
    commissioner: str
    because: str
    chosen_on: date
    accepted_on: date
    independence: str
    declared: Mapping[str, str]
    papers: tuple[Paper, ...]
    marks: tuple[Mark, ...]
    drafted_on: date
    handed_in_on: date
    sent_on: date
    objections: tuple[Objecting, ...]
    explained: tuple[Explaining, ...]
    acknowledged: Closing | None
    concluded: Closing
    declined: Declining | None
    drawn: Drawing | None

    @property
    def evaluated(self) -> str:
        """The unit, or the organisation, that is evaluated."""
        return self.whole or project_unit(self.project)

    @property
    def sends(self) -> str:
        """Who sends it to the evaluated and concludes on it."""
        return self.commissioner or self.evaluator


@cache
def judged_deeds(story: str) -> tuple[Deed, ...]:
    """What the evaluations of a story hold, in its order, as the story's page tells it."""
    mine = (each for each in load_judged() if each.story == story)
    return tuple(sorted((deed for each in mine for deed in _deeds(each)), key=lambda deed: deed.on))


def _deeds(judged: Judged) -> Iterator[Deed]:
    declined = judged.declined
    by_evaluator = [
        *([("accept_assignment", judged.accepted_on)] if judged.commissioner else []),
        *(("file_working_paper", paper.on) for paper in judged.papers),
        ("hand_in_evaluation", judged.handed_in_on),
        *(("answer_objection", each.answered_on) for each in judged.objections),
        *(("explain_gap", each.on) for each in judged.explained),
    ]
    by_commissioner = [
        *_chosen(judged),
        ("send_evaluation", judged.sent_on),
        ("conclude_evaluation", judged.concluded.on),
    ]
    by_evaluated = [("object_to_evaluation", each.on) for each in judged.objections]
    if judged.acknowledged:
        by_evaluated.append(("acknowledge_evaluation", judged.acknowledged.on))
    if declined:
        by_commissioner.append(("choose_evaluation", declined.chosen_on))
    for by, steps in (
        (judged.evaluator, by_evaluator),
        (judged.sends, by_commissioner),
        (judged.evaluated, by_evaluated),
        (declined.evaluator, [("decline_assignment", declined.on)]) if declined else ("", []),
    ):
        for verb, on in steps:
            yield Deed(on=on, verb=verb, project=judged.project, by=by)


def _chosen(judged: Judged) -> Iterator[tuple[str, date]]:
    """How it began: drawn by lot, chosen, or started of its own accord."""
    if judged.drawn:
        yield "announce_draw", judged.drawn.announced_on
        yield "hold_draw", judged.drawn.until
    else:
        verb = "choose_evaluation" if judged.commissioner else "start_evaluation"
        yield verb, judged.chosen_on


@cache
def load_judged() -> tuple[Judged, ...]:
    """Every evaluation of the city's year; raises BadRules where one is incomplete."""
    return tuple(each for path in sorted(TURNED.glob("[0-9]-*.toml")) for each in read_judged(path))


def read_judged(path: Path) -> Iterator[Judged]:
    """The evaluations in one story's file."""
    top = read_rules(path)
    for entry in top.tables("evaluation"):
        yield _judged(entry, story=path.stem.partition("-")[2])
    top.finish()


def _judged(entry: Entry, *, story: str) -> Judged:
    judged = Judged(
        story=story,
        project=code_named(entry.text("project")) if entry.has("project") else "",
        whole=entry.text_if_told("whole"),
        kind=entry.text("kind"),
        evaluator=entry.text_if_told("evaluator"),
        commissioner=entry.text_if_told("commissioner"),
        because=entry.text("because"),
        chosen_on=entry.day("chosen_on"),
        accepted_on=entry.day("accepted_on" if entry.has("accepted_on") else "chosen_on"),
        independence=entry.text("independence"),
        declared=_declared(entry.inline("declared")),
        papers=tuple(map(_paper, entry.tables("paper"))),
        marks=tuple(map(_mark, entry.names("mark"))),
        drafted_on=entry.day("drafted_on"),
        handed_in_on=entry.day("handed_in_on"),
        sent_on=entry.day("sent_on"),
        objections=tuple(map(_objecting, entry.tables("objection")))
        if entry.has("objection")
        else (),
        explained=tuple(map(_explaining, entry.tables("explained")))
        if entry.has("explained")
        else (),
        acknowledged=_closing(entry.table("acknowledged")) if entry.has("acknowledged") else None,
        concluded=_closing(entry.table("concluded")),
        declined=_declining(entry.inline("declined")) if entry.has("declined") else None,
        drawn=_drawing(entry.inline("drawn")) if entry.has("drawn") else None,
    )
    entry.finish()
    return judged


def _drawing(entry: Entry) -> Drawing:
    drawing = Drawing(announced_on=entry.day("announced_on"), until=entry.day("until"))
    entry.finish()
    return drawing


def _declining(entry: Entry) -> Declining:
    declining = Declining(
        evaluator=entry.text("evaluator"),
        chosen_on=entry.day("chosen_on"),
        on=entry.day("on"),
        reason=entry.text("reason"),
    )
    entry.finish()
    return declining


def _declared(entry: Entry) -> Mapping[str, str]:
    told = {name: entry.text(name) for name in DECLARED if entry.has(name)}
    entry.finish()
    return told


def _paper(entry: Entry) -> Paper:
    paper = Paper(
        on=entry.day("on"),
        line=entry.text("line"),
        source=entry.text("source"),
        text=entry.text("text"),
    )
    entry.finish()
    return paper


def _mark(written: str) -> Mark:
    line, points, why = written.split("|")
    return Mark(line=line, points=Decimal(points), reason=why)


def _objecting(entry: Entry) -> Objecting:
    objecting = Objecting(
        on=entry.day("on"),
        line=entry.text("line"),
        text=entry.text("text"),
        evidence=entry.text("evidence"),
        outcome=entry.one_of("outcome", ("upheld", "partly", "dismissed")),
        answered_on=entry.day("answered_on"),
        answer=entry.text("answer"),
        points=entry.number("points") if entry.has("points") else None,
    )
    entry.finish()
    return objecting


def _explaining(entry: Entry) -> Explaining:
    explaining = Explaining(
        on=entry.day("on"), line=entry.text_or_nothing("line"), text=entry.text("text")
    )
    entry.finish()
    return explaining


def _closing(entry: Entry) -> Closing:
    closing = Closing(on=entry.day("on"), text=entry.text("text"))
    entry.finish()
    return closing
