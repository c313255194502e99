"""The use of the budget: named rates, and the points that the first one earns."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from gongzhi.core.indicators.numbers import rate
from gongzhi.core.indicators.reach import plain
from gongzhi.core.scoring.pack import Pack
from gongzhi.core.scoring.points import NOTHING, Basis, Earned, certainly, share_of
from gongzhi.core.terms import Form, Money, Ratio, Said

MILLIONTHS = 1_000_000
HUNDRED = 100
WHOLE = Fraction(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExecutionRate:
    """A rate of execution, exact, with the figures that it comes from."""

    exact: Fraction
    arithmetic: str

    @property
    def ratio(self) -> Ratio:
        """The rate to six places."""
        return Decimal(round(self.exact * MILLIONTHS)) / MILLIONTHS

    @property
    def percent(self) -> Decimal:
        """The rate in per cent, to hundredths."""
        return Decimal(round(self.exact * HUNDRED * HUNDRED)) / HUNDRED


def rate_of_budget(*, executed: Money | None, budget: Money | None) -> ExecutionRate | None:
    """全年执行数 ÷ 全年预算数, the rate of a self-evaluation."""
    return _rate(executed, budget)


def rate_of_receipts(*, executed: Money | None, received: Money | None) -> ExecutionRate | None:
    """全年执行数 ÷ 到位资金, the rate of a full evaluation."""
    return _rate(executed, received)


def rate_of_arrival(*, received: Money | None, budget: Money | None) -> ExecutionRate | None:
    """到位资金 ÷ 全年预算数: how much of the budget arrived."""
    return _rate(received, budget)


def execution_rate(form: Form) -> ExecutionRate | None:
    """The rate of the total row; its parts are added up where the total's cell is empty."""
    executed = form.executed if form.executed is not None else _sum_of_parts(form)
    return rate_of_budget(executed=executed, budget=form.budget) or _printed_rate(form)


def execution_points(form: Form, *, pack: Pack) -> Earned:
    """Points of the execution line: the rate, at most the whole, times the printed weight."""
    weight, score = form.execution_weight, form.execution_score
    if not form.form_type.is_self_evaluation:
        return Earned(basis=Basis.NOT_SCORED, said=Said("此表不评分"), most=NOTHING)
    if weight is None or weight <= 0:
        return Earned(basis=Basis.NOT_SCORED, said=Said("表中没有预算执行率分值"), most=NOTHING)
    found = execution_rate(form)
    if found is not None:
        return _earned(found, weight=weight, pack=pack)
    if score is not None and NOTHING <= score <= weight:
        said = Said("没有可以计算执行率的金额，按所报得分 {points} 分计", {"points": score})
        return certainly(score, basis=Basis.ACCEPTED, said=said, arithmetic=None)
    return Earned(basis=Basis.OPEN, said=Said("没有可以计算执行率的金额"), most=weight)


def _earned(found: ExecutionRate, *, weight: Decimal, pack: Pack) -> Earned:
    capped = min(max(found.exact, Fraction(0)), WHOLE)
    points = share_of(weight, pack.execution.method.share(capped))
    text = "执行率 {rate}%，得 {points} 分"
    if found.exact > WHOLE:
        text = "执行率 {rate}% 超过 100%，按 100% 计，得 {points} 分"
    said = Said(text, {"rate": found.percent, "points": points})
    share = "1" if found.exact > WHOLE else found.arithmetic
    sum_in_figures = f"{share} × {plain(weight)} = {plain(points)}"
    return certainly(points, basis=Basis.COMPUTED, said=said, arithmetic=sum_in_figures)


def _rate(part: Money | None, whole: Money | None) -> ExecutionRate | None:
    if part is None or whole is None or whole <= 0:
        return None
    return ExecutionRate(
        exact=Fraction(part) / Fraction(whole), arithmetic=f"{part:,f} ÷ {whole:,f}"
    )


def _printed_rate(form: Form) -> ExecutionRate | None:
    printed = rate(form.execution_rate_text)
    if printed is None:
        return None
    return ExecutionRate(exact=Fraction(printed) / HUNDRED, arithmetic=f"{plain(printed)}%")


def _sum_of_parts(form: Form) -> Money | None:
    """What the detail rows add up to, where only they were filled in."""
    parts = [row.executed for row in form.fund_rows[1:] if row.executed is not None]
    return sum(parts, start=Decimal(0)) if parts else None
