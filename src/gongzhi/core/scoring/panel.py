"""A panel 评审组: the sheets of several parties become one score by published weights.

Several of one kind are averaged first; the weights of kinds that are absent are shared out by the
rule that the pack names. Gaps beyond the pack's limits are told, and the score counts only once
each is answered. Exact until the last step, which rounds half up to hundredths.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from math import lcm

from gongzhi.core.indicators.reach import plain
from gongzhi.core.scoring.agreement import (
    Concordance,
    Intraclass,
    concordance,
    in_whole_numbers,
    intraclass,
)
from gongzhi.core.scoring.frame import Frame, FrameLine
from gongzhi.core.scoring.points import hundredths
from gongzhi.core.terms import Points, Ratio, Said, SaidValues

PERCENT = 100
WHOLE_SCORE = ""  # the name of the gap in the total, which is no line
JUDGES_LEAST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelRules:
    """How a pack makes one score of several: weights of kinds, what absent ones leave, limits.

    weights are shares by kind's code that make 1; gap_total is in points of a hundred, gap_line a
    share of a line's weight. sparing are the kinds that take no money away by themselves.
    """

    weights: Mapping[str, Ratio]
    absent: str
    gap_total: Points
    gap_line: Ratio
    sparing: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What one evaluator came to: the total of a hundred, and the points by line of the frame.

    points is empty where the evaluator used another form, as a self-evaluation does.
    """

    kind: str
    evaluator: str
    total: Points
    points: Mapping[str, Points] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class KindScore:
    """What a kind adds: the mean of its totals, its weight once absent ones are shared out."""

    kind: str
    count: int
    mean: Fraction
    published: Ratio
    weight: Fraction

    @property
    def part(self) -> Fraction:
        """Its part of the score."""
        return self.mean * self.weight


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Two evaluators too far apart in a line (its code) or in total (no code)."""

    line: str
    low: Judged
    high: Judged
    apart: Points
    said: Said
    arithmetic: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelScore:
    """The one score with everything that made it.

    score is None where no present kind has a weight. without says what the score would be if a
    kind were absent: the difference is what that kind changed.
    for_money is the score that next year's money goes by: kinds that spare money may raise it, but
    not lower it, and alone they make none.
    """

    score: Points | None
    said: Said
    arithmetic: str | None
    for_money: Points | None
    money_said: Said
    kinds: tuple[KindScore, ...]
    without: Mapping[str, Points | None]
    lowest: Points | None
    highest: Points | None
    order: Concordance
    figures: Intraclass
    gaps: tuple[Gap, ...]

    def unanswered(self, answered: Collection[str]) -> tuple[Gap, ...]:
        """The gaps whose line isn't among those that were answered."""
        return tuple(gap for gap in self.gaps if gap.line not in answered)

    def counts(self, answered: Collection[str]) -> bool:
        """Whether the score may be used: there is one, and every gap was answered."""
        return self.score is not None and not self.unanswered(answered)


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyScore:
    """The one score, and the one that next year's money goes by, without all that explains them."""

    score: Points | None
    for_money: Points | None
    said: Said


def score_panel(judged: Sequence[Judged], *, frame: Frame, rules: PanelRules) -> PanelScore:
    """One score of what several evaluators came to, whatever their order."""
    mine = sorted(judged, key=lambda each: (each.kind, each.evaluator))
    kinds = _kinds(mine, rules=rules)
    money = score_for_money(mine, rules=rules)
    score = money.score
    whole = [each for each in mine if all(line.code in each.points for line in frame.lines)]
    ratings = _ratings(whole, frame=frame)
    present = {each.kind for each in mine}
    totals = [each.total for each in mine]
    return PanelScore(
        score=score,
        said=_said(score, kinds=kinds, totals=totals),
        arithmetic=_arithmetic(score, kinds),
        for_money=money.for_money,
        money_said=money.said,
        kinds=kinds,
        without={
            kind: _rounded(_kinds([each for each in mine if each.kind != kind], rules=rules))
            for kind in sorted(present)
        },
        lowest=min(totals, default=None),
        highest=max(totals, default=None),
        order=concordance(ratings),
        figures=intraclass(ratings),
        gaps=tuple(_gaps(mine, frame=frame, rules=rules)),
    )


def score_for_money(judged: Sequence[Judged], *, rules: PanelRules) -> MoneyScore:
    """By which score money goes; alone where nobody asks how far the evaluators agree."""
    score = _rounded(_kinds(judged, rules=rules))
    spared = [each for each in judged if each.kind not in rules.sparing]
    cutting = score if len(spared) == len(judged) else _rounded(_kinds(spared, rules=rules))
    return MoneyScore(
        score=score,
        for_money=None if cutting is None or score is None else max(cutting, score),
        said=_said_of_money(score, cutting=cutting),
    )


def _in_proportion(weights: Mapping[str, Ratio], present: Collection[str]) -> dict[str, Fraction]:
    """Each present kind gets of what absent ones leave as much as of its own weight."""
    there = {kind: Fraction(weights[kind]) for kind in present}
    whole = sum(there.values(), start=Fraction(0))
    return {kind: weight / whole for kind, weight in there.items()}


def _equally(weights: Mapping[str, Ratio], present: Collection[str]) -> dict[str, Fraction]:
    """What absent kinds leave is shared equally."""
    there = {kind: Fraction(weights[kind]) for kind in present}
    left = 1 - sum(there.values(), start=Fraction(0))
    return {kind: weight + left / len(there) for kind, weight in there.items()}


def _to_heaviest(weights: Mapping[str, Ratio], present: Collection[str]) -> dict[str, Fraction]:
    """What absent kinds leave goes to those that weigh most."""
    there = {kind: Fraction(weights[kind]) for kind in present}
    left = 1 - sum(there.values(), start=Fraction(0))
    most = max(there.values())
    heaviest = [kind for kind, weight in there.items() if weight == most]
    return {
        kind: weight + (left / len(heaviest) if kind in heaviest else 0)
        for kind, weight in there.items()
    }


ABSENT: Mapping[str, Callable[[Mapping[str, Ratio], Collection[str]], dict[str, Fraction]]] = {
    "in_proportion": _in_proportion,
    "equally": _equally,
    "to_heaviest": _to_heaviest,
}


def _kinds(judged: Sequence[Judged], *, rules: PanelRules) -> tuple[KindScore, ...]:
    """The kinds that are there and weigh something, in the order of the pack."""
    totals: dict[str, list[Points]] = {}
    for each in judged:
        totals.setdefault(each.kind, []).append(each.total)
    published = tuple(rules.weights.items())
    present = tuple(kind for kind, weight in published if weight > 0 and kind in totals)
    weights = _shares(rules.absent, published, present)
    return tuple(
        KindScore(
            kind=kind,
            count=len(totals[kind]),
            mean=Fraction(sum(totals[kind])) / len(totals[kind]),
            published=rules.weights[kind],
            weight=weights[kind],
        )
        for kind in present
    )


@lru_cache(maxsize=256)
def _shares(
    absent: str, published: tuple[tuple[str, Ratio], ...], present: tuple[str, ...]
) -> Mapping[str, Fraction]:
    """The weights of those that are there: of thousands of panels most have the same kinds."""
    return ABSENT[absent](dict(published), present) if present else {}


def _rounded(kinds: Sequence[KindScore]) -> Points | None:
    """The score, half up to hundredths; None without a kind that weighs."""
    if not kinds:
        return None
    return hundredths(sum((each.part for each in kinds), start=Fraction(0)))


def _said(score: Points | None, *, kinds: Sequence[KindScore], totals: Sequence[Points]) -> Said:
    if not totals:
        return Said("还没有评分")
    if score is None:
        return Said("到场的各方在综合评分中都没有权重，没有综合得分")
    values: SaidValues = {
        "count": sum(each.count for each in kinds),
        "kinds": len(kinds),
        "score": score,
        "low": min(totals),
        "high": max(totals),
    }
    if len(totals) < JUDGES_LEAST:
        return Said("只有一方评分，综合得分 {score} 分", values)
    return Said("{kinds} 类共 {count} 份计分，综合得分 {score} 分；各方 {low}–{high} 分", values)


def _said_of_money(score: Points | None, *, cutting: Points | None) -> Said:
    """By which score next year's money goes, and why where it isn't the one score."""
    if score is None:
        return Said("没有综合得分，不作结果应用")
    if cutting is None:
        return Said("只有不单独扣减资金的评价，结果应用没有依据")
    values: SaidValues = {"score": score, "cutting": cutting}
    if cutting > score:
        return Said(
            "不单独扣减资金的评价使综合得分由 {cutting} 分降为 {score} 分，结果应用按 {cutting} 分",
            values,
        )
    return Said("结果应用按综合得分 {score} 分", values)


def _arithmetic(score: Points | None, kinds: Sequence[KindScore]) -> str | None:
    if score is None:
        return None
    terms = (
        f"{plain(hundredths(each.mean))} × {plain(hundredths(each.weight * PERCENT))}%"
        for each in kinds
    )
    return f"{' + '.join(terms)} = {plain(score)}"


def _gaps(judged: Sequence[Judged], *, frame: Frame, rules: PanelRules) -> Iterator[Gap]:
    """First the gap in total, then those of lines, each between the two farthest apart."""
    if len(judged) < JUDGES_LEAST:
        return
    low = min(judged, key=lambda each: each.total)
    high = max(judged, key=lambda each: each.total)
    apart = high.total - low.total
    if apart > rules.gap_total:
        values: SaidValues = {"apart": apart, "limit": rules.gap_total}
        said = Said("总分相差 {apart} 分，超过 {limit} 分，须说明", values)
        yield Gap(
            line=WHOLE_SCORE,
            low=low,
            high=high,
            apart=apart,
            said=said,
            arithmetic=f"{plain(high.total)} − {plain(low.total)} > {plain(rules.gap_total)}",
        )
    for line in frame.lines:
        yield from _gap_in_line(judged, line=line, rules=rules)


def _gap_in_line(judged: Sequence[Judged], *, line: FrameLine, rules: PanelRules) -> Iterator[Gap]:
    mine = [each for each in judged if line.code in each.points]
    if len(mine) < JUDGES_LEAST:
        return
    low = min(mine, key=lambda each: each.points[line.code])
    high = max(mine, key=lambda each: each.points[line.code])
    less, more = low.points[line.code], high.points[line.code]
    limit = rules.gap_line * line.weight
    if more - less > limit:
        said = Said(
            "相差 {apart} 分，超过 {limit} 分，须说明", {"apart": more - less, "limit": limit}
        )
        yield Gap(
            line=line.code,
            low=low,
            high=high,
            apart=more - less,
            said=said,
            arithmetic=f"{plain(more)} − {plain(less)} > {plain(limit)}",
        )


def _ratings(judged: Sequence[Judged], *, frame: Frame) -> list[list[int]]:
    """The points of each line as a share of its weight, so that heavy lines compare with light.

    All shares times the same number, so that they are whole; agreement stays as it is.
    """
    ratios = {line.code: line.weight.as_integer_ratio() for line in frame.lines}
    scale = lcm(*(above for above, _ in ratios.values()))
    factors = {code: scale // above * below for code, (above, below) in ratios.items()}
    shares = ([each.points[code] * factor for code, factor in factors.items()] for each in judged)
    return in_whole_numbers(list(shares))
