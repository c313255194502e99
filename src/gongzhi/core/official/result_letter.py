"""What a letter of a result, a notice to put right and the report on it state, as papers."""

from dataclasses import dataclass

from gongzhi.core.terms import FiscalYear, Points


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterLine:
    """A line that lost points, or a problem beside the sheet; what is asked, until when."""

    name: str = ""
    weight: Points | None = None
    points: Points | None = None
    found: str = ""
    demand: str = ""
    plan_until: str = ""
    report_until: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultLetter:
    """A letter to a unit: of which result, with which words, line by line; who sent it when."""

    to: str = ""
    project: str = ""
    code: str = ""
    year: FiscalYear | None = None
    document_number: str = ""
    score: Points | None = None
    grade: str = ""
    words: str = ""
    sender: str = ""
    sent_on: str = ""
    lines: tuple[LetterLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedMeasure:
    """A measure as a paper states it; days are as typed."""

    what: str = ""
    responsible: str = ""
    until: str = ""
    done: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RectificationReport:
    """What a unit states of one thing that it puts right: its plan, and what became of it."""

    unit: str = ""
    project: str = ""
    code: str = ""
    year: FiscalYear | None = None
    source: str = ""
    found: str = ""
    demand: str = ""
    plan_until: str = ""
    report_until: str = ""
    overall: str = ""
    lines: tuple[ReportedMeasure, ...] = ()
