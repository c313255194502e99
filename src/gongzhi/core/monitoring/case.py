"""A project laid out for the signals, what a signal is made of, and what it yields."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from gongzhi.core.monitoring.curves import Curves
from gongzhi.core.monitoring.facts import Contract, Facts, Payment
from gongzhi.core.monitoring.figures import NOTHING, end_of
from gongzhi.core.monitoring.forecast import Forecast
from gongzhi.core.monitoring.plan import MONTHS, Plan
from gongzhi.core.monitoring.rules import Level, Rule
from gongzhi.core.terms import Money, Said

_paid_on = attrgetter("paid_on")


class Spot(NamedTuple):
    """What in a project a signal is about, by its key; nothing where it is about the whole."""

    indicator: str | None = None
    payment: str | None = None
    contract: str | None = None
    payee: str | None = None


class Sign(NamedTuple):
    """What a signal saw, in words and figures, since when; level where it isn't the rule's."""

    said: Said
    since: date
    arithmetic: str | None = None
    where: Spot = Spot()
    level: Level | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """What a plan and its facts have to say under a rule; a hint to look, not a verdict."""

    code: str
    level: Level
    where: Spot
    said: Said
    arithmetic: str | None
    clause: str
    since: date
    warns: bool


@dataclass(frozen=True, kw_only=True)
class Case:
    """What the signals look at: a project on a day, with its curves and its forecasts."""

    plan: Plan
    facts: Facts
    today: date
    curves: Curves
    money_forecast: Forecast | None = None
    goals_forecast: Forecast | None = None

    @property
    def budget(self) -> Money | None:
        """The budget, if there is any to divide by."""
        budget = self.facts.budget
        return budget if budget is not None and budget > 0 else None

    def since(self, month: int, holds: Callable[[int], bool]) -> date:
        """The end of the first month of the run, up to a month, in which something held."""
        first = month
        while first > 1 and holds(first - 1):
            first -= 1
        return end_of(self.plan.year, first)

    def month_meant(self, month: int | None) -> int | None:
        """The month that is meant, the present one if none is; None where it lies outside."""
        meant = month or self.curves.month
        return meant if 0 < meant <= self.curves.month else None

    def month_planned(self, month: int | None) -> int | None:
        """The month whose plan is meant, the last that is over if none is; None before that."""
        return month or self.curves.ended or None

    @cached_property
    def payments(self) -> tuple[Payment, ...]:
        """What was paid so far, of any year, by day."""
        known = sorted(self.facts.payments)
        return tuple(known[: bisect_right(known, self.today, key=_paid_on)])

    @cached_property
    def of_year(self) -> tuple[Payment, ...]:
        """What was paid so far in the fiscal year, by day."""
        first, last = date(self.plan.year, 1, 1), date(self.plan.year, MONTHS, 31)
        start = bisect_left(self.payments, first, key=_paid_on)
        return self.payments[start : bisect_right(self.payments, last, key=_paid_on)]

    @cached_property
    def contracts(self) -> tuple[Contract, ...]:
        """The contracts signed so far."""
        return tuple(each for each in self.facts.contracts if each.signed_on <= self.today)

    @cached_property
    def paid_on_contracts(self) -> Mapping[str, Money]:
        """What was paid on each contract."""
        sums: dict[str, Money] = {}
        for payment in self.payments:
            if payment.contract:
                sums[payment.contract] = sums.get(payment.contract, NOTHING) + payment.amount
        return sums


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """One entry of the open list SIGNALS: its names, the thresholds it needs, how it is seen.

    numbers names its thresholds; marks and words tell whether it takes shares by month or words.
    """

    code: str
    name: Said
    meaning: Said
    find: Callable[[Case, Rule], Iterator[Sign]]
    numbers: tuple[str, ...] = ()
    marks: bool = False
    words: bool = False
