"""The curves of many projects as one: a unit's, a department's, a city's.

Money adds up: paid ÷ budget of all of them. Goals are not of one kind, so they are weighed by
money: a project counts in the goals as much as its budget, if it has a budget and a reading.
goals_of tells how many projects stand behind the goals, of how many.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongzhi.core.monitoring.curves import Curves, Shares
from gongzhi.core.monitoring.figures import NOTHING
from gongzhi.core.monitoring.plan import MONTHS
from gongzhi.core.terms import Money, Ratio


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """Curves of several projects of one year, and how many of them the goals rest on."""

    curves: Curves
    projects: int
    goals_of: int
    covered: Ratio | None


def together(parts: Iterable[Curves]) -> Together | None:
    """The curves of projects of the same year on the same day as one; None for no project.

    A project without a budget has no share in either curve.
    """
    every = tuple(parts)
    if not every:
        return None
    first = every[0]
    assert all(part.year == first.year and part.month == first.month for part in every)
    funded = [part for part in every if part.budget is not None and part.budget > 0]
    budget = _total(funded)
    goals, measured = _goals(funded, month=first.month)
    curves = Curves(
        year=first.year,
        month=first.month,
        ended=first.ended,
        budget=budget if funded else None,
        paid=sum((part.paid for part in every), start=NOTHING),
        money=_money(funded, budget=budget, months=first.month),
        money_planned=_planned(funded, [part.money_planned for part in funded]),
        goals=goals,
        goals_planned=_planned(funded, [part.goals_planned for part in funded]),
    )
    covered = _total(measured) / budget if funded else None
    return Together(curves=curves, projects=len(every), goals_of=len(measured), covered=covered)


def _total(parts: Iterable[Curves]) -> Money:
    return sum((part.budget for part in parts if part.budget is not None), start=NOTHING)


def _money(funded: Sequence[Curves], *, budget: Money, months: int) -> Shares:
    if not funded:
        return (None,) * months
    shares = [(part.money, part.budget or NOTHING) for part in funded]
    return tuple(
        sum(((money[at] or NOTHING) * whole for money, whole in shares), NOTHING) / budget
        for at in range(months)
    )


def _goals(funded: Sequence[Curves], *, month: int) -> tuple[Shares, list[Curves]]:
    """The goals by month, weighed by the budgets of the projects that were read by then."""
    goals: list[Ratio | None] = []
    read: list[Curves] = []
    for at in range(month):
        read = [part for part in funded if part.goals[at] is not None]
        weight = _total(read)
        total = sum(((p.goals[at] or NOTHING) * (p.budget or NOTHING) for p in read), NOTHING)
        goals.append(total / weight if read else None)
    return tuple(goals), read


def _planned(funded: Sequence[Curves], plans: Sequence[Shares]) -> Shares:
    """Plans weighed by budget; those without a plan are left out of both sides."""
    planned = [
        (shares, part.budget or NOTHING)
        for part, shares in zip(funded, plans, strict=True)
        if all(share is not None for share in shares)
    ]
    whole = sum((budget for _, budget in planned), start=NOTHING)
    if not planned:
        return (None,) * MONTHS
    return tuple(
        sum(((shares[at] or NOTHING) * budget for shares, budget in planned), NOTHING) / whole
        for at in range(MONTHS)
    )
