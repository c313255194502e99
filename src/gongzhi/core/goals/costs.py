"""What one beneficiary and one unit cost: money divided, exact and in cents."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from gongzhi.core.goals.aspects import Aspect
from gongzhi.core.goals.drafts import DraftGoal, DraftIndicator
from gongzhi.core.indicators.amounts import TEN_THOUSAND
from gongzhi.core.indicators.numbers import Number, number
from gongzhi.core.indicators.reach import plain
from gongzhi.core.terms import Money

PRICE = re.compile(r"(万?)元(?:/|每)(.+)")
CENT = Decimal("0.01")
DIGITS_MAX = 25  # a larger quotient has no room for cents in 28 digits


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """The budget over what it is for: an amount per measure, with its sum in figures."""

    what: str
    measure: str
    amount: Money
    arithmetic: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """A target that is a price: so many yuan per measure."""

    yuan: Money
    measure: str


def unit_price(target: Number | None) -> Price | None:
    """The price that a target states: 2万元/件, 475元/亩."""
    match = None if target is None else PRICE.fullmatch(target.unit)
    if target is None or match is None:
        return None
    return Price(yuan=target.value * (TEN_THOUSAND if match[1] else 1), measure=match[2])


def cost_per_beneficiary(goal: DraftGoal) -> tuple[Cost, ...]:
    """The budget divided by each group that was counted; the groups may overlap."""
    if goal.budget is None:
        return ()
    counted = [(group, group.count) for group in goal.beneficiaries if group.count is not None]
    return tuple(
        _cost(goal.budget, count, what=group.who, measure=group.measure)
        for group, count in counted
        if count > 0
    )


def cost_per_unit(goal: DraftGoal) -> tuple[Cost, ...]:
    """The budget divided by each quantity that was promised, as if all of it went there."""
    if goal.budget is None:
        return ()
    return tuple(
        _cost(goal.budget, target.value, what=indicator.name, measure=target.unit)
        for indicator, target in _quantities(goal)
    )


def _quantities(goal: DraftGoal) -> Iterator[tuple[DraftIndicator, Number]]:
    for indicator in goal.indicators:
        target = number(indicator.target_text)
        if indicator.aspect is not Aspect.QUANTITY or target is None or target.is_per_cent:
            continue
        if target.value > 0 and target.unit:
            yield indicator, target


def _cost(budget: Money, count: Decimal, *, what: str, measure: str) -> Cost:
    amount = budget / count
    if amount.adjusted() < DIGITS_MAX:
        amount = amount.quantize(CENT, rounding=ROUND_HALF_UP)
    figures = f"{_grouped(budget)} ÷ {_grouped(count)} = {_grouped(amount)}"
    return Cost(what=what, measure=measure, amount=amount, arithmetic=figures)


def _grouped(value: Decimal) -> str:
    """The figure as it is, its thousands apart."""
    return f"{Decimal(plain(value)):,f}"
