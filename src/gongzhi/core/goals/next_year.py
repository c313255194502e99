"""Goals of a year as the next year's begin: the same promises, other money, one year more of past.

Targets stay as they were until somebody writes others; what was reached stands beside them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_DOWN, Decimal

from gongzhi.core.goals.drafts import DraftGoal, DraftIndicator, Funds, Medium, Past
from gongzhi.core.indicators.numbers import number
from gongzhi.core.terms import Money

FEN = Decimal("0.01")


def next_years(
    goal: DraftGoal, *, budget: Money | None = None, reached: Mapping[str, Decimal]
) -> DraftGoal:
    """The goals as a draft of the year after; reached are the figures of lines by their keys.

    Where a budget is named, activities share it as they shared the one before; sources of money
    are nobody's word yet.
    """
    assert goal.year is not None, "goals that were approved are of a year"
    year = goal.year + 1
    money = shared(tuple(each.money for each in goal.activities), total=budget)
    return replace(
        goal,
        year=year,
        budget=goal.budget if budget is None else budget,
        starts_on=_shifted(goal.starts_on, goal, year=year),
        ends_on=_shifted(goal.ends_on, goal, year=year),
        activities=tuple(
            replace(each, money=amount) for each, amount in zip(goal.activities, money, strict=True)
        ),
        indicators=tuple(
            _with_past(each, year=goal.year, result=reached.get(each.key))
            for each in goal.indicators
        ),
        funds=goal.funds if budget is None else Funds(),
        medium=goal.medium if budget is None else replace(goal.medium, funds=Medium().funds),
    )


def shared(amounts: Sequence[Money | None], *, total: Money | None) -> tuple[Money | None, ...]:
    """Amounts in the same proportions that add up to a total, to the fen.

    What rounding leaves goes to the last. Without a total, or without amounts, they stay.
    """
    whole = sum((each for each in amounts if each is not None), start=Decimal(0))
    if total is None or whole <= 0:
        return tuple(amounts)
    found = [
        None if each is None else (total * each / whole).quantize(FEN, rounding=ROUND_DOWN)
        for each in amounts
    ]
    last = max(at for at, each in enumerate(amounts) if each)
    given = sum((each for each in found if each is not None), start=Decimal(0))
    return tuple(
        each + total - given if at == last and each is not None else each
        for at, each in enumerate(found)
    )


def _shifted(day: date | None, goal: DraftGoal, *, year: int) -> date | None:
    """A day of goals that lie within their own year, a year later; any other stays."""
    days = (goal.starts_on, goal.ends_on)
    if day is None or any(each is None or each.year != goal.year for each in days):
        return day
    is_leap_day = (day.month, day.day) == (2, 29)
    return date(year, 2, 28) if is_leap_day else day.replace(year=year)


def _with_past(line: DraftIndicator, *, year: int, result: Decimal | None) -> DraftIndicator:
    printed = number(line.target)
    past = Past(year=year, target=printed.value if printed else None, result=result)
    earlier = tuple(each for each in line.history if each.year != year)
    return replace(line, history=(*earlier, past))
