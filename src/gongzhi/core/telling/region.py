"""A region's public money of a year in a few sentences."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from gongzhi.core.monitoring.figures import NOTHING, percent
from gongzhi.core.telling.figures import YUAN, amount_said, told_until
from gongzhi.core.telling.promises import Standing, counts_said
from gongzhi.core.terms import FiscalYear, Money, Said, SaidValues


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


def told_of_spending(spending: Spending) -> tuple[Said, ...]:
    """How much there is, how much was paid, where most of it goes."""
    return tuple(_of_spending(spending))


def _of_spending(spending: Spending) -> Iterator[Said]:
    day = told_until(spending.year, today=spending.today)
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
