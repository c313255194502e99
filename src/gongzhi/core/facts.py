"""Facts that come from other systems' files: what was budgeted, planned, contracted, paid, read.

A fact is a named tuple: a million of them pass through an import and go as they are into COPY.
Money is in yuan, or in the currency that the fact names; an empty text says that the source is
silent, None that it gives no figure. `corrects` is the fingerprint of the fact that this one
replaces, `origin` where it was read; both are no part of what the fact says.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from gongzhi.core.terms import FiscalYear, Money, Points, Problem


class Origin(NamedTuple):
    """Where a fact was read: the file's digest, the sheet, the row as a reader counts."""

    file: str = ""
    sheet: str = ""
    row: int = 0


NOWHERE = Origin()


class PaymentFact(NamedTuple):
    """Money that left the treasury; a refund is negative. Classes and keys are the source's."""

    number: str
    project: str
    unit: str
    paid_on: date
    amount: Money
    payee: str = ""
    payee_id: str = ""
    functional: str = ""
    economic: str = ""
    funds: str = ""
    purpose: str = ""
    contract: str = ""
    currency: str = ""
    corrects: str = ""
    origin: Origin = NOWHERE


class BudgetFact(NamedTuple):
    """A line of a budget and what became of it: initial + changed = adjusted."""

    number: str
    year: FiscalYear
    project: str
    unit: str
    name: str = ""
    functional: str = ""
    economic: str = ""
    funds: str = ""
    initial: Money | None = None
    changed: Money | None = None
    adjusted: Money | None = None
    received: Money | None = None
    committed: Money | None = None
    executed: Money | None = None
    paid: Money | None = None
    currency: str = ""
    corrects: str = ""
    origin: Origin = NOWHERE


class ProjectFact(NamedTuple):
    """A project as another system knows it; total is its whole cost."""

    code: str
    name: str
    unit: str = ""
    unit_name: str = ""
    department: str = ""
    category: str = ""
    functional: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    total: Money | None = None
    purpose: str = ""
    currency: str = ""
    corrects: str = ""
    origin: Origin = NOWHERE


class ContractFact(NamedTuple):
    """A contract; process is the procurement it came out of (the ocid of OCDS)."""

    number: str
    process: str = ""
    title: str = ""
    project: str = ""
    unit: str = ""
    supplier: str = ""
    supplier_id: str = ""
    amount: Money | None = None
    signed_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    method: str = ""
    status: str = ""
    currency: str = ""
    corrects: str = ""
    origin: Origin = NOWHERE


class TargetFact(NamedTuple):
    """What a project promised of an indicator for a year; text is the target where it is words.

    course says how readings make up the year, in the words of core.monitoring.plan.Course.
    """

    project: str
    indicator: str
    year: FiscalYear
    name: str = ""
    value: Decimal | None = None
    text: str = ""
    measure: str = ""
    less_is_better: bool = False
    course: str = ""
    weight: Points | None = None
    baseline: Decimal | None = None
    corrects: str = ""
    origin: Origin = NOWHERE


class PlanFact(NamedTuple):
    """What was planned for a month alone: money, or the figure of the indicator it names."""

    project: str
    year: FiscalYear
    month: int
    amount: Decimal
    indicator: str = ""
    part: str = ""
    currency: str = ""
    corrects: str = ""
    origin: Origin = NOWHERE


class ReadingFact(NamedTuple):
    """What a source read of an indicator for a period, both days included."""

    project: str
    indicator: str
    starts_on: date
    ends_on: date
    value: Decimal | None = None
    text: str = ""
    measure: str = ""
    unit: str = ""
    source: str = ""
    evidence: str = ""
    note: str = ""
    corrects: str = ""
    origin: Origin = NOWHERE


Fact: TypeAlias = (
    PaymentFact | BudgetFact | ProjectFact | ContractFact | TargetFact | PlanFact | ReadingFact
)

ABOUT = 2  # the fields behind the content: corrects, origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt(Problem):
    """Something that was read and kept, but that somebody should look at."""


def content_of(fact: Fact) -> tuple[object, ...]:
    """What the fact says, without where it was read and what it corrects."""
    return fact[:-ABOUT]


def as_row(fact: Fact) -> tuple[object, ...]:
    """The fact as a flat row for COPY: its fields, then file, sheet and row."""
    return (*fact[:-1], *fact.origin)


def columns_of(kind: type[Fact]) -> tuple[str, ...]:
    """The names of the columns of `as_row`."""
    return (*kind._fields[:-1], *(f"origin_{name}" for name in Origin._fields))
