"""A score sheet 评分表: what one evaluator gives to the lines of a frame, and why.

Nobody types a total. A mark is given line by line, within the line's weight; where a person gives
something else than the facts, the computed value stays beside it and the person says why.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from gongzhi.core.indicators.reach import plain
from gongzhi.core.scoring.frame import Frame, FrameLine
from gongzhi.core.scoring.pack import Pack
from gongzhi.core.scoring.points import NOTHING, Earned
from gongzhi.core.terms import Points, Said

PLACES = 2  # of decimals


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What a person gives to a line, and why where it isn't all or isn't what was computed."""

    line: str
    points: Points
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The marks of an evaluator against a frame, with what facts gave to some of its lines."""

    frame: Frame
    marks: tuple[Mark, ...] = ()
    computed: Mapping[str, Earned] = field(default_factory=dict)


class Origin(StrEnum):
    """Where the points of a line come from."""

    COMPUTED = "computed"
    JUDGED = "judged"
    OVERRIDDEN = "overridden"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetProblem:
    """What keeps a sheet from being handed in, and in which line."""

    line: str
    said: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredLine:
    """A line with its points: what was computed stays, whatever a person gave."""

    line: FrameLine
    points: Points | None
    computed: Earned | None
    origin: Origin
    reason: str

    @property
    def deducted(self) -> Points:
        """What is missing to the weight."""
        return NOTHING if self.points is None else self.line.weight - self.points


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetScore:
    """What a sheet adds up to; total and grade only once every line has its points.

    arithmetic is the sum by headings of level 1. The grade is taken of a hundred.
    """

    lines: tuple[ScoredLine, ...]
    by_level1: Mapping[str, Points]
    total: Points | None
    grade: str | None
    said: Said
    arithmetic: str | None


def problems_of(sheet: Sheet) -> tuple[SheetProblem, ...]:
    """Everything that has to be mended before the sheet is handed in."""
    return tuple(_of_marks(sheet)) + tuple(_of_lines(sheet))


def points_by_line(
    weights: Mapping[str, Points],
    *,
    marks: Mapping[str, Points],
    facts: Mapping[str, Points | None],
) -> Mapping[str, Points | None]:
    """What each line of a weight gets; marks outside it count as missing, then facts stand."""
    found: dict[str, Points | None] = {}
    for code, weight in weights.items():
        given = marks.get(code)
        fits = given is not None and _fits(given, weight)
        found[code] = given if fits else facts.get(code)
    return found


def score_sheet(sheet: Sheet, *, pack: Pack) -> SheetScore:
    """The points of a sheet, added up, with all that explains them."""
    lines = _scored(sheet)
    by_level1: dict[str, Points] = {}
    for each in lines:
        heading = each.line.level1.zh
        by_level1[heading] = by_level1.get(heading, NOTHING) + (each.points or NOTHING)
    missing = sum(each.points is None for each in lines)
    total = sum(by_level1.values(), start=NOTHING)
    if missing or not lines:
        said = Said("还有 {missing} 行没有得分，总分未定", {"missing": missing})
        return SheetScore(
            lines=lines, by_level1=by_level1, total=None, grade=None, said=said, arithmetic=None
        )
    grade = pack.grade(total / sheet.frame.full * pack.limits.full_marks)
    said = Said("{total} 分，等级为{grade}", {"total": total, "grade": Said(grade)})
    terms = " + ".join(map(plain, by_level1.values()))
    return SheetScore(
        lines=lines,
        by_level1=by_level1,
        total=total,
        grade=grade,
        said=said,
        arithmetic=f"{terms} = {plain(total)}",
    )


def _marks(sheet: Sheet) -> Mapping[str, Mark]:
    """The marks by their lines; of two in one line the first."""
    return {mark.line: mark for mark in reversed(sheet.marks)}


def _scored(sheet: Sheet) -> tuple[ScoredLine, ...]:
    """Every line of the frame with its points, and whose they are."""
    marks = _marks(sheet)
    points = points_by_line(
        {line.code: line.weight for line in sheet.frame.lines},
        marks={code: mark.points for code, mark in marks.items()},
        facts={code: each.points for code, each in sheet.computed.items()},
    )
    return tuple(
        ScoredLine(
            line=line,
            points=points[line.code],
            computed=(computed := sheet.computed.get(line.code)),
            origin=_origin(points[line.code], facts=computed.points if computed else None),
            reason=marks[line.code].reason.strip() if line.code in marks else "",
        )
        for line in sheet.frame.lines
    )


def _origin(points: Points | None, *, facts: Points | None) -> Origin:
    """Whose the points are; a mark that gives what facts give is theirs."""
    if points is None:
        return Origin.MISSING
    if points == facts:
        return Origin.COMPUTED
    return Origin.JUDGED if facts is None else Origin.OVERRIDDEN


def _of_marks(sheet: Sheet) -> Iterator[SheetProblem]:
    """Marks that stand nowhere, twice, or outside what the line allows."""
    seen: set[str] = set()
    for mark in sheet.marks:
        line = sheet.frame.line(mark.line)
        if line is None:
            yield SheetProblem(line=mark.line, said=Said("评价指标体系中没有这一行"))
        elif mark.line in seen:
            yield SheetProblem(line=mark.line, said=Said("这一行打了两次分"))
        elif not _fits(mark.points, line.weight):
            values = {"weight": line.weight}
            said = Said("得分应在 0 与 {weight} 之间，最多两位小数", values)
            yield SheetProblem(line=mark.line, said=said)
        seen.add(mark.line)


def _of_lines(sheet: Sheet) -> Iterator[SheetProblem]:
    """Lines without points, and points that a person gave without saying why."""
    marks = _marks(sheet)
    for each in _scored(sheet):
        line = each.line
        if each.origin is Origin.MISSING and line.code not in marks:
            yield SheetProblem(line=line.code, said=Said("这一行还没有打分"))
        elif each.origin is Origin.OVERRIDDEN and not each.reason:
            computed = sheet.computed[line.code].points
            assert computed is not None, "only what was computed can be overridden"
            values = {"computed": computed}
            said = Said("改了计算出的 {computed} 分，请写明理由；原分数保留", values)
            yield SheetProblem(line=line.code, said=said)
        elif each.origin is Origin.JUDGED and each.deducted and not each.reason:
            values = {"deducted": each.deducted}
            yield SheetProblem(line=line.code, said=Said("扣了 {deducted} 分，请写明理由", values))


def _fits(points: Points, weight: Points) -> bool:
    """Whether a mark lies within the weight, in hundredths."""
    if not points.is_finite() or not NOTHING <= points <= weight:
        return False
    return points == round(points, PLACES)
