"""Two curves at once: money and goals as shares by month, beside what was planned.

Goals are the weighted mean of the indicators that were read; one that its plan expected to have
moved by then, and that nobody read, counts as nothing. covered tells the share of all weights
that stands behind the figure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gongzhi.core.monitoring.facts import Facts, Payment, Reading
from gongzhi.core.monitoring.figures import NOTHING, WHOLE, month_of, months_ended
from gongzhi.core.monitoring.plan import MONTHS, Plan, cumulated
from gongzhi.core.monitoring.progress import DegreeShares, Progress, progress_of
from gongzhi.core.terms import FiscalYear, Money, Ratio

Shares = tuple[Ratio | None, ...]
Weighted = list[tuple[Progress, Decimal]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Curves:
    """Money and goals of a year by month, up to the present month; plans reach to December.

    month is the present one (0 before the year), ended how many are over. A share is None where
    there is no budget, no plan or no reading; paid is the amount by the present day.
    """

    year: FiscalYear
    month: int
    ended: int
    budget: Money | None
    paid: Money
    money: Shares
    money_planned: Shares
    goals: Shares
    goals_planned: Shares
    covered: Ratio | None = None
    indicators: tuple[Progress, ...] = ()

    def gap_at(self, month: int) -> Ratio | None:
        """Goals − money at the end of a month; 0.1 is ten points."""
        if not 0 < month <= self.month:
            return None
        money, goals = self.money[month - 1], self.goals[month - 1]
        return None if money is None or goals is None else goals - money

    @property
    def gap(self) -> Ratio | None:
        """Goals − money as of now."""
        return self.gap_at(self.month)

    @property
    def read_month(self) -> int:
        """The last month that is over and not later than the last reading: 0 where there is none.

        Both curves are compared there: money that moved since the last reading proves no gap.
        """
        months = (each.read_on.month for each in self.indicators if each.read_on is not None)
        return min(max(months, default=0), self.ended)

    @property
    def goals_due(self) -> Ratio | None:
        """What goals_now should be by the plans: nobody is behind for what nobody has read yet.

        A figure that gathers is held against the end of the month in which it was read last, a
        level and what nobody reads against the last month that is over. None before that.
        """
        if not self.ended:
            return None
        parts = [
            (each.planned[_read_by(each, self.ended) - 1], weight)
            for each, weight in weighted_indicators(self.indicators)
            if each.counts(self.month)
        ]
        whole = sum((weight for _, weight in parts), start=NOTHING)
        due = sum((share * weight for share, weight in parts), start=NOTHING)
        return due / whole if whole else None

    @property
    def money_now(self) -> Ratio | None:
        """The share of the budget that was spent."""
        return self.money[-1] if self.money else None

    @property
    def goals_now(self) -> Ratio | None:
        """The share of the goals that was reached."""
        return self.goals[-1] if self.goals else None


def curves(plan: Plan, facts: Facts, *, today: date, degrees: DegreeShares) -> Curves:
    """The two curves of a project by a day; facts of later days don't count."""
    month = month_of(today, year=plan.year)
    budget = facts.budget
    paid = paid_by_month(facts.payments, year=plan.year, today=today)[:month]
    indicators = _indicators(plan, facts.readings, today=today, degrees=degrees)
    weighted = weighted_indicators(indicators)
    whole = sum((weight for _, weight in weighted), start=NOTHING)
    goals, covered = _goals(weighted, month=month, whole=whole)
    return Curves(
        year=plan.year,
        month=month,
        ended=months_ended(today, year=plan.year),
        budget=budget,
        paid=paid[-1] if paid else NOTHING,
        money=_shares(paid, budget),
        money_planned=_money_planned(plan, budget),
        goals=goals,
        goals_planned=_goals_planned(weighted, whole=whole),
        covered=covered,
        indicators=indicators,
    )


def paid_by_month(
    payments: Sequence[Payment], *, year: FiscalYear, today: date
) -> tuple[Money, ...]:
    """What was paid by the end of each month of the year, as far as it is known today."""
    amounts = [NOTHING] * MONTHS
    for payment in payments:
        day = payment.paid_on
        if day.year == year and day <= today:
            amounts[day.month - 1] += payment.amount
    return cumulated(tuple(amounts))


def _shares(amounts: Sequence[Money], budget: Money | None) -> Shares:
    if budget is None or budget <= 0:
        return (None,) * len(amounts)
    return tuple(amount / budget for amount in amounts)


def _money_planned(plan: Plan, budget: Money | None) -> Shares:
    """The plan in shares of the budget as it is now; a budget that shrank caps its plan."""
    shares = _shares(plan.money, budget) or (None,) * MONTHS
    return tuple(None if share is None else min(share, WHOLE) for share in shares)


def _indicators(
    plan: Plan, readings: Sequence[Reading], *, today: date, degrees: DegreeShares
) -> tuple[Progress, ...]:
    by_key: dict[str, list[Reading]] = {promised.key: [] for promised in plan.indicators}
    year = plan.year
    for reading in readings:
        day, mine = reading.read_on, by_key.get(reading.indicator)
        if mine is not None and day.year == year and day <= today:
            mine.append(reading)
    month, ended = month_of(today, year=year), months_ended(today, year=year)
    even = plan.even
    return tuple(
        progress_of(
            promised,
            by_key[promised.key],
            month=month,
            ended=ended,
            even=even,
            degrees=degrees,
        )
        for promised in plan.indicators
    )


def weighted_indicators(indicators: Sequence[Progress]) -> Weighted:
    """Each indicator with its weight; all weigh the same where one has none."""
    weights = [each.promised.weight for each in indicators]
    known = [weight for weight in weights if weight is not None]
    if len(known) < len(weights) or not sum(known, start=NOTHING):
        return [(each, Decimal(1)) for each in indicators]
    return list(zip(indicators, known, strict=True))


def _read_by(each: Progress, ended: int) -> int:
    """The month at whose end an indicator's plan is due."""
    if each.read_on is None or not each.promised.gathers:
        return ended
    return min(each.read_on.month, ended)


def _goals(weighted: Weighted, *, month: int, whole: Decimal) -> tuple[Shares, Ratio | None]:
    """The weighted mean of what was read, by month, and the share of weights behind the last."""
    totals, behind = [NOTHING] * month, [NOTHING] * month
    is_read = [False] * month
    for each, weight in weighted:
        expected = each.promised.by_month
        for at, share in enumerate(each.progress):
            if share is not None:
                is_read[at] = True
                totals[at] += share * weight
                behind[at] += weight
            elif expected and expected[at]:
                behind[at] += weight
    goals = tuple(
        total / part if read and part else None
        for total, part, read in zip(totals, behind, is_read, strict=True)
    )
    return goals, behind[-1] / whole if month and whole else None


def _goals_planned(weighted: Weighted, *, whole: Decimal) -> Shares:
    """What the plans add up to; None where no indicator was planned by month."""
    if not any(each.promised.by_month for each, _ in weighted):
        return (None,) * MONTHS
    return tuple(
        sum((each.planned[number] * weight for each, weight in weighted), NOTHING) / whole
        for number in range(MONTHS)
    )
