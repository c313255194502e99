"""The frame 评价指标体系 of a full evaluation: 决策, 过程, 产出, 效益, line by line.

A line says its weight, how it is scored, by which criterion, and what evidence is asked for. Lines
that facts can score are computed; a person may override them, and says why. A full evaluation
divides what was spent by the money received, not by the budget as a self-evaluation does.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from gongzhi.core.indicators.canonical import canonical
from gongzhi.core.indicators.reach import plain
from gongzhi.core.scoring.execution import ExecutionRate, rate_of_arrival, rate_of_receipts
from gongzhi.core.scoring.pack import Pack
from gongzhi.core.scoring.points import NOTHING, Basis, Earned, certainly, share_of
from gongzhi.core.scoring.rows import row_points
from gongzhi.core.terms import Form, Money, Points, Said, Text

WHOLE = Fraction(1)


class HowScored(StrEnum):
    """What gives a line its points."""

    JUDGED = "judged"  # a person, by the criterion
    RECEIVED = "received"  # 资金到位率: money received ÷ budget
    EXECUTED = "executed"  # 预算执行率: money spent ÷ money received
    REACHED = "reached"  # the points of the self-evaluation's lines under some headings


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameLine:
    """A level-3 line of a frame; code names it for good, headings are those of self-evaluations.

    headings are read only where the line is scored by what was reached under them.
    """

    code: str
    level1: Text
    level2: Text
    name: Text
    weight: Points
    how: HowScored
    criterion: Text
    evidence: Text
    headings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The lines that a kind of evaluation scores, and where the frame was read."""

    code: str
    title: Text
    source: Text
    verified: bool
    lines: tuple[FrameLine, ...]

    @property
    def full(self) -> Points:
        """The most that can be earned."""
        return sum((line.weight for line in self.lines), start=NOTHING)

    def line(self, code: str) -> FrameLine | None:
        """A line by its code."""
        return next((line for line in self.lines if line.code == code), None)

    def weights_by_level1(self) -> Mapping[str, Points]:
        """What the headings of level 1 weigh, by their Chinese name, in order."""
        weights: dict[str, Points] = {}
        for line in self.lines:
            weights[line.level1.zh] = weights.get(line.level1.zh, NOTHING) + line.weight
        return weights


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluatedFacts:
    """What is known of a project when it is evaluated: its money, its self-evaluation.

    Money is yuan; None is what nobody knows.
    """

    budget: Money | None = None
    received: Money | None = None
    executed: Money | None = None
    form: Form | None = None


def computed_lines(frame: Frame, *, facts: EvaluatedFacts, pack: Pack) -> Mapping[str, Earned]:
    """What facts give to the lines that they can score, by code; open where a fact is missing."""
    return {
        line.code: _computed(line, facts=facts, pack=pack)
        for line in frame.lines
        if line.how is not HowScored.JUDGED
    }


def _computed(line: FrameLine, *, facts: EvaluatedFacts, pack: Pack) -> Earned:
    if line.how is HowScored.REACHED:
        return _reached(line, facts=facts, pack=pack)
    if line.how is HowScored.RECEIVED:
        found = rate_of_arrival(received=facts.received, budget=facts.budget)
        text = "资金到位率 {rate}%，得 {points} 分"
    else:
        found = rate_of_receipts(executed=facts.executed, received=facts.received)
        text = "预算执行率（÷到位资金）{rate}%，得 {points} 分"
    if found is None:
        return _open(line, Said("缺少金额，不能计算"))
    return _by_rate(line, found, text=text)


def _by_rate(line: FrameLine, found: ExecutionRate, *, text: str) -> Earned:
    points = share_of(line.weight, min(max(found.exact, Fraction(0)), WHOLE))
    sum_in_figures = f"{found.arithmetic} × {plain(line.weight)} = {plain(points)}"
    if found.exact > WHOLE:
        sum_in_figures = f"{found.arithmetic} > 1 → {plain(points)}"
    values = {"rate": found.percent, "points": points}
    return certainly(
        points, basis=Basis.COMPUTED, said=Said(text, values), arithmetic=sum_in_figures
    )


def _reached(line: FrameLine, *, facts: EvaluatedFacts, pack: Pack) -> Earned:
    """As much of the weight as the self-evaluation's lines under the headings earn of theirs."""
    wanted = {canonical(heading) for heading in line.headings}
    rows = [] if facts.form is None else facts.form.indicators
    mine = [row for row in rows if wanted & {canonical(row.level1), canonical(row.level2)}]
    if not mine:
        return _open(line, Said("自评表中没有这一类指标"))
    earned = [row_points(row, pack=pack) for row in mine]
    known = [each.points for each in earned if each.points is not None]
    weight = sum((row.weight or NOTHING for row in mine), start=NOTHING)
    if len(known) < len(mine) or weight <= 0:
        return _open(line, Said("自评表中这一类指标有的不能计分"))
    reached = sum(known, start=NOTHING)
    points = share_of(line.weight, min(Fraction(reached) / Fraction(weight), WHOLE))
    said = Said(
        "自评表中这一类 {count} 项指标得 {reached} 分，满分 {weight} 分，折合 {points} 分",
        {"count": len(mine), "reached": reached, "weight": weight, "points": points},
    )
    figures = f"{plain(reached)} ÷ {plain(weight)} × {plain(line.weight)} = {plain(points)}"
    basis = Basis.COMPUTED
    if any(each.basis is Basis.ACCEPTED for each in earned):
        basis = Basis.ACCEPTED
    return certainly(points, basis=basis, said=said, arithmetic=figures)


def _open(line: FrameLine, said: Said) -> Earned:
    return Earned(basis=Basis.OPEN, said=said, most=line.weight)
