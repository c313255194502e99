"""How units evaluate themselves once the year is over, read from turned/self_evaluations.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from gongzhi.city.invented.calendar import LAST_DAY
from gongzhi.city.invented.telling import code_named
from gongzhi.city.invented.values import Body, Venture
from gongzhi.core.working_days import due_on
from gongzhi.rules.calendar import load_calendar
from gongzhi.rules.entry import Entry, read_rules

TURNED = Path(__file__).parent.parent / "turned"


class FaultKind(StrEnum):
    """What a unit gets wrong in writing."""

    FULL_MARKS = "full_marks"  # all points for what was missed
    COPIED = "copied"  # the promise repeated as the result
    NO_REASONS = "no_reasons"  # nothing said of why a line was missed
    TOTAL = "total"  # points added up wrongly


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What a unit gets wrong in its first project's form; where it corrects it, on which day."""

    unit: str
    kind: FaultKind
    reason: str
    corrected_on: date | None
    correction: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a story's unit says of its project, and on which days."""

    drafted_on: date
    published_on: date
    done: str
    missed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What units write where no fact speaks."""

    done: str
    unread: str
    missed: str
    asked: str
    everybody: str
    review: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnEvaluations:
    """Pace, words and faults of all self-evaluations; told are those of stories, by code."""

    first: int
    each: int
    review: int
    words: Words
    faults: tuple[Fault, ...]
    told: Mapping[str, Told]

    def days(self, venture: Venture, unit: Body) -> tuple[date, date]:
        """The days on which a project's self-evaluation is drafted and published."""
        told = self.told.get(venture.code)
        if told is not None:
            return told.drafted_on, told.published_on
        takes = self.first + self.each * unit.reports_after
        return _after(takes), _after(takes + self.review)

    def fault_of(self, venture: Venture, *, first: str) -> Fault | None:
        """What is wrong with a project's form: a unit's fault is in its first project's."""
        if venture.code != first:
            return None
        return next((each for each in self.faults if each.unit == venture.fact.unit), None)


@cache
def load_own_evaluations() -> OwnEvaluations:
    """The file as values; raises BadRules where it is incomplete."""
    top = read_rules(TURNED / "self_evaluations.toml")
    pace, words = top.table("pace"), top.table("words")
    read = OwnEvaluations(
        first=int(pace.number("first")),
        each=int(pace.number("each")),
        review=int(pace.number("review")),
        words=Words(**{name: words.text(name) for name in Words.__dataclass_fields__}),
        faults=tuple(_fault(entry) for entry in top.tables("fault")),
        told=dict(_told(entry) for entry in top.tables("told")),
    )
    for each in (pace, words, top):
        each.finish()
    return read


def _fault(entry: Entry) -> Fault:
    fault = Fault(
        unit=entry.text("unit"),
        kind=FaultKind(entry.one_of("kind", list(FaultKind))),
        reason=entry.text_if_told("reason"),
        corrected_on=entry.day_if_told("corrected_on"),
        correction=entry.text_if_told("correction"),
    )
    entry.finish()
    return fault


def _told(entry: Entry) -> tuple[str, Told]:
    code = code_named(entry.text("project"))
    told = Told(
        drafted_on=entry.day("drafted_on"),
        published_on=entry.day("published_on"),
        done=entry.text("done"),
        missed=entry.text_if_told("missed"),
    )
    entry.finish()
    return code, told


def _after(working_days: int) -> date:
    return due_on(LAST_DAY, working_days=working_days, calendar=load_calendar()).on
