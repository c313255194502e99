"""What happened to a project: money that left, contracts, readings of its indicators."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from gongzhi.core.indicators.lexicon import Degree
from gongzhi.core.terms import Money


class Payment(NamedTuple):
    """Money that left the treasury; a refund is negative. Sums of a month may stand for many.

    payee and contract are keys; economic is the economic class (302, 30201 …) where it is known.
    """

    paid_on: date
    amount: Money
    payee: str = ""
    contract: str = ""
    economic: str = ""
    key: str = ""


class Contract(NamedTuple):
    """A contract of a project: its number, amount, supplier and the day it was signed."""

    key: str
    amount: Money
    signed_on: date
    supplier: str = ""


class Reading(NamedTuple):
    """What a source read of an indicator on a day: a figure, or how far words say it got.

    A settled reading is the one that stands where sources disagreed.
    """

    indicator: str
    read_on: date
    value: Decimal | None = None
    degree: Degree | None = None
    source: str = ""
    settled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything known of a project in a year; the order of payments and readings is nothing."""

    initial: Money | None = None
    adjusted: Money | None = None
    received: Money | None = None
    carried_over: Money | None = None
    payments: tuple[Payment, ...] = ()
    contracts: tuple[Contract, ...] = ()
    readings: tuple[Reading, ...] = ()

    @property
    def budget(self) -> Money | None:
        """The budget that money is measured against: adjusted, else initial."""
        return self.adjusted if self.adjusted is not None else self.initial
