"""An evaluation's score sheet (评价指标评分表) as a paper: what it states, the marks in it.

A total is computed and never typed. What facts gave to a line stands beside what a person gives;
who reads a paper back gets marks, and is told what of it fits no line of the frame.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from gongzhi.core.indicators.canonical import canonical
from gongzhi.core.scoring.frame import Frame, FrameLine
from gongzhi.core.scoring.sheet import Mark, SheetScore
from gongzhi.core.terms import FiscalYear, Points, Problem, Said, Where

CHECK_IT = Said("请逐项核对")
BY_THE_FRAME = Said("以评价指标体系为准，请核对得分")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreLine:
    """A line: its criterion and evidence, what facts give to it, what a person gives and why."""

    level1: str = ""
    level2: str = ""
    name: str = ""
    criterion: str = ""
    evidence: str = ""
    weight: Points | None = None
    computed: Points | None = None
    points: Points | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorePaper:
    """Who evaluated what, as which kind, by which frame; line by line."""

    project: str = ""
    code: str = ""
    evaluated: str = ""
    evaluator: str = ""
    kind: str = ""
    year: FiscalYear | None = None
    frame: str = ""
    grade: str = ""
    lines: tuple[ScoreLine, ...] = ()

    @property
    def full(self) -> Points | None:
        """What all weights make together; None where a line has none."""
        return _sum([line.weight for line in self.lines])

    @property
    def total(self) -> Points | None:
        """What all points make together; None while points are missing."""
        return _sum([line.points for line in self.lines])


@dataclass(frozen=True, slots=True, kw_only=True)
class MarksRead:
    """The marks that a paper holds, and what of it was left out or is to be looked at."""

    marks: tuple[Mark, ...]
    problems: tuple[Problem, ...]


def score_lines(score: SheetScore) -> tuple[ScoreLine, ...]:
    """The lines of a sheet as the paper states them."""
    return tuple(
        ScoreLine(
            level1=each.line.level1.zh,
            level2=each.line.level2.zh,
            name=each.line.name.zh,
            criterion=each.line.criterion.zh,
            evidence=each.line.evidence.zh,
            weight=each.line.weight,
            computed=None if each.computed is None else each.computed.points,
            points=each.points,
            reason=each.reason,
        )
        for each in score.lines
    )


def marks_in(paper: ScorePaper, *, frame: Frame, where: Where) -> MarksRead:
    """The marks of a paper for the lines of a frame; each line by its headings, else its name."""
    marks: dict[str, Mark] = {}
    seen: set[str] = set()
    problems: list[Problem] = []
    for number, stated in enumerate(paper.lines):
        place = replace(where, indicator=number)
        line = _line_of(stated, frame=frame)
        if line is None:
            what = Said("评价指标体系中没有“{name}”，没有读入", {"name": stated.name})
            problems.append(Problem(where=place, what=what, hint=CHECK_IT))
            continue
        if line.code in seen:
            what = Said("“{name}”出现了两次，只读入前面的一次", {"name": stated.name})
            problems.append(Problem(where=place, what=what, hint=CHECK_IT))
            continue
        seen.add(line.code)
        problems += _of_weight(stated, line=line, where=place)
        if stated.points is not None:
            marks[line.code] = Mark(line=line.code, points=stated.points, reason=stated.reason)
        elif stated.reason:
            what = Said("“{name}”只写了理由，没有得分，没有读入", {"name": stated.name})
            problems.append(Problem(where=place, what=what, hint=CHECK_IT))
    problems += _absent(frame, seen=seen, where=where)
    return MarksRead(marks=tuple(marks.values()), problems=tuple(problems))


def _line_of(stated: ScoreLine, *, frame: Frame) -> FrameLine | None:
    """The line that is meant: whose headings and name are these, else the only one so named."""
    named = [line for line in frame.lines if canonical(line.name.zh) == canonical(stated.name)]
    heads = canonical(stated.level1), canonical(stated.level2)
    exact = [
        line for line in named if (canonical(line.level1.zh), canonical(line.level2.zh)) == heads
    ]
    found = exact or named
    return found[0] if len(found) == 1 else None


def _of_weight(stated: ScoreLine, *, line: FrameLine, where: Where) -> Iterator[Problem]:
    if stated.weight is not None and stated.weight != line.weight:
        values: Mapping[str, Points | str] = {
            "name": stated.name,
            "stated": stated.weight,
            "weight": line.weight,
        }
        what = Said("“{name}”的分值写成 {stated}，体系中是 {weight}", dict(values))
        yield Problem(where=where, what=what, hint=BY_THE_FRAME)


def _absent(frame: Frame, *, seen: set[str], where: Where) -> Iterator[Problem]:
    for line in frame.lines:
        if line.code not in seen:
            what = Said("表里没有“{name}”这一行，原来填的不变", {"name": line.name.zh})
            yield Problem(where=where, what=what, hint=CHECK_IT)


def _sum(points: list[Points | None]) -> Points | None:
    known = [each for each in points if each is not None]
    if not points or len(known) < len(points):
        return None
    first, *others = known
    return sum(others, start=first)
