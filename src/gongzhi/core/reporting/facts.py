"""What a report is made from: the project, its money, who evaluated, what each came to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from gongzhi.core.reporting.blocks import Words
from gongzhi.core.scoring.frame import EvaluatedFacts, Frame
from gongzhi.core.scoring.panel import PanelScore
from gongzhi.core.scoring.sheet import SheetScore
from gongzhi.core.terms import FiscalYear, Points, Said, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportParty:
    """Somebody who evaluates: as what, by whose order and why, how far it got, with which total.

    commissioner is "" for who evaluates of its own accord; declared is what it stated of its work.
    """

    name: str
    kind: Text
    commissioner: str
    because: str
    stage: Said
    total: Points | None
    declared: tuple[tuple[Said, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSheet:
    """A sheet that lies open, and how many working papers stand behind each line."""

    evaluator: str
    frame: Frame
    score: SheetScore
    papers: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class GapFact:
    """A gap beyond the limits: in a line, or in total (""); explained, or not yet ("")."""

    line: Words
    said: Said
    explained: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What the evaluated said against a line, and the reasoned answer."""

    evaluator: str
    line: Words
    text: str
    raised_on: date
    outcome: Said | None
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFacts:
    """All of it. panel is None for the report of one evaluation; awaited are those not in yet."""

    project: str
    code: str
    unit: str
    department: str
    year: FiscalYear
    goal: str
    money: EvaluatedFacts
    self_total: Points | None
    self_explained: int
    parties: tuple[ReportParty, ...]
    sheets: tuple[ReportSheet, ...]
    panel: PanelScore | None
    kinds: Mapping[str, Text]
    frame: Frame | None
    score: Points | None
    grade: str
    gaps: tuple[GapFact, ...] = ()
    heard: tuple[Heard, ...] = ()
    awaited: int = 0
    pack: Text | None = None
