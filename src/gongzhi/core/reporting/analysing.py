"""What the sheets of a report say line by line and heading by heading."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from gongzhi.core.indicators.reach import plain
from gongzhi.core.reporting.blocks import Bar, Bars, Block, Paragraph, Table, Words
from gongzhi.core.reporting.facts import ReportFacts, ReportSheet
from gongzhi.core.scoring.frame import FrameLine
from gongzhi.core.scoring.points import hundredths
from gongzhi.core.terms import Points, Said, SaidValues, several

WEAK = Decimal("0.6")  # of its weight: below it the usual grades say 差 (DOMAIN.md § 3)
EVALUATORS_MAX = 4  # columns that fit on a page; more are in the annexed sheets
NAMES_MAX = 8  # of lines in a sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedLine:
    """A line with everybody's points: the mean, and the reasons that were given for less."""

    line: FrameLine
    points: tuple[Points | None, ...]
    computed: Points | None
    mean: Points | None
    reasons: str


def judged_lines(facts: ReportFacts) -> tuple[JudgedLine, ...]:
    """The lines of the frame, each with the points of the sheets that were drawn up by it."""
    if facts.frame is None:
        return ()
    sheets = same_frame(facts)
    return tuple(_judged(line, sheets) for line in facts.frame.lines)


def same_frame(facts: ReportFacts) -> tuple[ReportSheet, ...]:
    """The sheets whose lines can stand side by side."""
    if facts.frame is None:
        return ()
    codes = [line.code for line in facts.frame.lines]
    return tuple(
        sheet for sheet in facts.sheets if [line.code for line in sheet.frame.lines] == codes
    )


def _judged(line: FrameLine, sheets: Sequence[ReportSheet]) -> JudgedLine:
    scored = [
        (sheet, each)
        for sheet in sheets
        for each in sheet.score.lines
        if each.line.code == line.code
    ]
    known = [each.points for _, each in scored if each.points is not None]
    computed = [each.computed for _, each in scored if each.computed is not None]
    return JudgedLine(
        line=line,
        points=tuple(each.points for _, each in scored),
        computed=computed[0].points if computed else None,
        mean=_mean(known),
        reasons="；".join(
            f"{sheet.evaluator}：{each.reason.rstrip('。；')}"
            for sheet, each in scored
            if each.reason
        ),
    )


def weak_lines(facts: ReportFacts) -> tuple[JudgedLine, ...]:
    """The lines that earn less than six tenths of their weight on the average."""
    return tuple(
        each
        for each in judged_lines(facts)
        if each.mean is not None and each.mean < WEAK * each.line.weight
    )


def experience(facts: ReportFacts) -> Iterator[Block]:
    """What went well: the lines with all of their points."""
    full = [each.line.name for each in judged_lines(facts) if each.mean == each.line.weight]
    if full:
        named = full[:NAMES_MAX]
        names = several(named)
        values: SaidValues = {"count": len(full), "names": names}
        text = "{count} 项指标得满分：{names}。"
        if len(full) > NAMES_MAX:
            text = "{count} 项指标得满分：{names}等。"
        yield Paragraph(said=(Said(text, values),))


def by_heading(facts: ReportFacts) -> Iterator[Block]:
    """What each heading of level 1 earned, as a table and as bars."""
    sheets = same_frame(facts)
    if facts.frame is None or not sheets:
        return
    names = {line.level1.zh: line.level1 for line in facts.frame.lines}
    rows: list[tuple[Words, ...]] = []
    bars: list[Bar] = []
    for heading, weight in facts.frame.weights_by_level1().items():
        earned = [sheet.score.by_level1.get(heading, Decimal(0)) for sheet in sheets]
        mean = _mean(earned)
        assert mean is not None, "there is a sheet"
        rate = hundredths(Fraction(mean) / Fraction(weight) * 100)
        shown = tuple(map(plain, earned[:EVALUATORS_MAX]))
        rows.append((names[heading], plain(weight), *shown, plain(mean), f"{plain(rate)}%"))
        figure = f"{plain(mean)} / {plain(weight)}（{plain(rate)}%）"
        bars.append(Bar(label=names[heading], share=rate / 100, figure=figure))
    evaluators = tuple(sheet.evaluator for sheet in sheets[:EVALUATORS_MAX])
    yield Table(
        caption=Said("按一级指标的得分"),
        heads=(Said("一级指标"), Said("分值"), *evaluators, Said("平均得分"), Said("得分率")),
        rows=tuple(rows),
        widths=(3, 2, *(3 for _ in evaluators), 2, 2),
        figures=frozenset(range(1, 4 + len(evaluators))),
    )
    yield Bars(caption=Said("各一级指标的得分率"), bars=tuple(bars))


def analysis(facts: ReportFacts) -> Iterator[Block]:
    """Each heading: what it weighs and earned; its lines with everybody's points and reasons."""
    sheets = same_frame(facts)
    if facts.frame is None or not sheets:
        yield Paragraph(said=(Said("评分表还没有打开。"),))
        return
    lines = judged_lines(facts)
    names = {line.level1.zh: line.level1 for line in facts.frame.lines}
    for heading, weight in facts.frame.weights_by_level1().items():
        mine = [each for each in lines if each.line.level1.zh == heading]
        means = [each.mean for each in mine if each.mean is not None]
        earned = sum(means, start=Decimal(0))
        values: SaidValues = {
            "heading": names[heading], "weight": weight, "earned": earned, "count": len(mine),
        }  # fmt: skip
        text = "{heading}：{count} 项指标，分值 {weight} 分，平均得 {earned} 分。"
        yield Paragraph(said=(Said(text, values),))
        yield Table(
            caption=Said("{heading}的各项指标", {"heading": names[heading]}),
            heads=(Said("指标"), Said("分值"), Said("计算值"), Said("平均得分"), Said("理由")),
            rows=tuple(
                (
                    each.line.name,
                    plain(each.line.weight),
                    "—" if each.computed is None else plain(each.computed),
                    "—" if each.mean is None else plain(each.mean),
                    each.reasons or "—",
                )
                for each in mine
            ),
            widths=(4, 1, 2, 2, 7),
            figures=frozenset({1, 2, 3}),
        )


def _mean(points: Sequence[Points]) -> Points | None:
    if not points:
        return None
    return hundredths(sum(map(Fraction, points), start=Fraction(0)) / len(points))
