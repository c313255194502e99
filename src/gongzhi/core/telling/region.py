"""A region's public money of a year in a few sentences."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gongzhi.core.monitoring.figures import NOTHING, percent
from gongzhi.core.telling.figures import YUAN, amount_said, day_said
from gongzhi.core.telling.promises import Standing, counts_said
from gongzhi.core.terms import FiscalYear, Money, Ratio, Said, SaidValues


@dataclass(frozen=True, slots=True, kw_only=True)
class Spending:
    """What a region's public projects have, and what was paid of it by a day.

    largest is the class of function that has most of the money, in the reader's words.
    """

    year: FiscalYear
    today: date
    projects: int
    budget: Money
    paid: Money
    largest: str = ""
    largest_budget: Money = NOTHING
    currency: Said = YUAN

    def amount(self, amount: Money) -> Said:
        """An amount in words."""
        return amount_said(amount, unit=self.currency)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A project of several: its budget, the share of its goals that was reached and was due.

    is_over tells whether its year is.
    """

    budget: Money | None
    reached: Ratio | None
    due: Ratio | None
    is_over: bool = False


def told_of_spending(spending: Spending) -> tuple[Said, ...]:
    """How much there is, how much was paid, where most of it goes."""
    return tuple(_of_spending(spending))


def _of_spending(spending: Spending) -> Iterator[Said]:
    day = day_said(spending.today, today=spending.today)
    values: SaidValues = {
        "year": spending.year,
        "count": spending.projects,
        "day": day,
        "budget": spending.amount(spending.budget),
        "paid": spending.amount(spending.paid),
    }
    if spending.budget <= 0:
        yield Said("{year} 年有 {count} 个公开的项目，到 {day}付了 {paid}。", values)
        return
    share = {"share": percent(spending.paid / spending.budget)}
    yield Said(
        "{year} 年有 {count} 个公开的项目，预算一共 {budget}，到 {day}付了 {paid}，占 {share}%。",
        values | share,
    )
    if spending.largest and spending.largest_budget > 0:
        yield Said(
            "钱最多的是{largest}：{budget}，占 {share}%。",
            {
                "largest": spending.largest,
                "budget": spending.amount(spending.largest_budget),
                "share": percent(spending.largest_budget / spending.budget),
            },
        )


def told_of_promises(counts: Mapping[Standing, int]) -> tuple[Said, ...]:
    """How the announced promises stand; nothing where there is none."""
    total = sum(counts.values())
    if not total:
        return ()
    return (Said("{all} 项承诺里，{counts}。", {"all": total, "counts": counts_said(counts)}),)


def weighed(parts: Iterable[Part]) -> tuple[Ratio | None, Ratio | None]:
    """What several projects reached and should have reached, as one: weighed by their budgets.

    A project without a reading counts as nothing reached as soon as another was read; without
    budgets all weigh the same.
    """
    every = tuple(parts)
    if all(part.reached is None for part in every):
        return None, None
    budgets = [part.budget or NOTHING for part in every]
    if not sum(budgets):
        budgets = [Decimal(1)] * len(every)
    whole = sum(budgets, start=NOTHING)
    reached = _sum((part.reached for part in every), budgets) / whole
    if all(part.due is None for part in every):
        return reached, None
    return reached, _sum((part.due for part in every), budgets) / whole


def _sum(shares: Iterable[Ratio | None], weights: Iterable[Money]) -> Decimal:
    pairs = zip(shares, weights, strict=True)
    return sum((min(share or NOTHING, Decimal(1)) * weight for share, weight in pairs), NOTHING)
