"""The curves of many projects as one: a unit's, a department's, a city's.

Money adds up: paid ÷ budget of all of them. Goals are not of one kind, so they are weighed by
money: a project counts in the goals as much as its budget, if it has a budget and a reading.
goals_of tells how many projects stand behind the goals, of how many.

What is weighed can be added in any order and kept half-way: Sums of units add up to a city's.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongzhi.core.monitoring.curves import Curves, Shares
from gongzhi.core.monitoring.figures import NOTHING
from gongzhi.core.monitoring.plan import MONTHS
from gongzhi.core.terms import Money, Ratio

Weighed = tuple[Money, ...]  # by month, twelve of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """Curves of several projects of one year, and how many of them the goals rest on."""

    curves: Curves
    projects: int
    goals_of: int
    covered: Ratio | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """Projects of a year on a day, added up: shares times budgets, and the budgets behind them.

    A project without a budget counts among the projects and in what was paid, and in no share.
    goals_of counts the projects whose goals were read by the last month.
    """

    year: int
    month: int
    ended: int
    projects: int
    goals_of: int
    budget: Money
    paid: Money
    money: Weighed
    goals: Weighed
    goals_weight: Weighed
    money_planned: Weighed
    money_planned_weight: Money
    goals_planned: Weighed
    goals_planned_weight: Money

    def __add__(self, other: "Sums") -> "Sums":
        assert (self.year, self.month) == (other.year, other.month), "of one year on one day"
        return Sums(
            year=self.year,
            month=self.month,
            ended=self.ended,
            projects=self.projects + other.projects,
            goals_of=self.goals_of + other.goals_of,
            budget=self.budget + other.budget,
            paid=self.paid + other.paid,
            money=_added(self.money, other.money),
            goals=_added(self.goals, other.goals),
            goals_weight=_added(self.goals_weight, other.goals_weight),
            money_planned=_added(self.money_planned, other.money_planned),
            money_planned_weight=self.money_planned_weight + other.money_planned_weight,
            goals_planned=_added(self.goals_planned, other.goals_planned),
            goals_planned_weight=self.goals_planned_weight + other.goals_planned_weight,
        )

    @property
    def together(self) -> Together:
        """The curves of all of them."""
        measured = self.goals_weight[self.month - 1] if self.month else NOTHING
        curves = Curves(
            year=self.year,
            month=self.month,
            ended=self.ended,
            budget=self.budget or None,
            paid=self.paid,
            money=_shares(self.money[: self.month], (self.budget,) * self.month),
            money_planned=_shares(self.money_planned, (self.money_planned_weight,) * MONTHS),
            goals=_shares(self.goals[: self.month], self.goals_weight[: self.month]),
            goals_planned=_shares(self.goals_planned, (self.goals_planned_weight,) * MONTHS),
        )
        return Together(
            curves=curves,
            projects=self.projects,
            goals_of=self.goals_of,
            covered=measured / self.budget if self.budget else None,
        )


def sums_of(part: Curves) -> Sums:
    """One project, ready to be added to others."""
    budget = max(part.budget or NOTHING, NOTHING)
    money_planned, money_planned_weight = _plan(part.money_planned, budget)
    goals_planned, goals_planned_weight = _plan(part.goals_planned, budget)
    read = bool(budget) and part.month > 0 and part.goals[part.month - 1] is not None
    return Sums(
        year=part.year,
        month=part.month,
        ended=part.ended,
        projects=1,
        goals_of=int(read),
        budget=budget,
        paid=part.paid,
        money=_twelve((share or NOTHING) * budget for share in part.money),
        goals=_twelve((share or NOTHING) * budget for share in part.goals),
        goals_weight=_twelve(NOTHING if share is None else budget for share in part.goals),
        money_planned=money_planned,
        money_planned_weight=money_planned_weight,
        goals_planned=goals_planned,
        goals_planned_weight=goals_planned_weight,
    )


def together(parts: Iterable[Curves]) -> Together | None:
    """The curves of projects of the same year on the same day as one; None for no project."""
    found: Sums | None = None
    for part in parts:
        found = sums_of(part) if found is None else found + sums_of(part)
    return None if found is None else found.together


def _plan(planned: Shares, budget: Money) -> tuple[Weighed, Money]:
    """A plan weighed by the budget; without a plan a project is left out of both sides."""
    known = [share for share in planned if share is not None]
    if len(known) < MONTHS:
        return (NOTHING,) * MONTHS, NOTHING
    return tuple(share * budget for share in known), budget


def _twelve(weighed: Iterable[Money]) -> Weighed:
    known = tuple(weighed)
    return known + (NOTHING,) * (MONTHS - len(known))


def _added(some: Weighed, others: Weighed) -> Weighed:
    return tuple(one + other for one, other in zip(some, others, strict=True))


def _shares(weighed: Sequence[Money], weights: Sequence[Money]) -> Shares:
    """What was weighed over its weight; unknown where nothing weighs."""
    return tuple(
        total / weight if weight else None for total, weight in zip(weighed, weights, strict=True)
    )
