"""A case to be negotiated: who sits at the table, between which plans, and what each states.

Worth is what a plan brings a side before anybody is paid for it: yuan, or points where no price can
be named. The limit is what a side gets if nothing is agreed. Payments come on top of worth.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from gongzhi.core.terms import Money, Points

SIDES_MAX, OPTIONS_MAX, CRITERIA_MAX, ROUNDS_MAX, COSTS_MAX = 100, 10_000, 15, 20, 50
CELLS_MAX = 50_000  # sides times options
AMOUNT_MAX = Decimal(10) ** 13  # a worth or a payment in yuan
NOTHING = Decimal(0)
CLOSE_ENOUGH = Decimal("0.8")


class Standing(StrEnum):
    """Institutions pay and are paid by agreement; residents get what law and the plan give."""

    INSTITUTION = "institution"
    RESIDENT = "resident"


class Measure(StrEnum):
    """What a side states worth in; only money can be made up for by money."""

    MONEY = "money"
    POINTS = "points"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A plan that the sides may agree on."""

    code: str
    name: str
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """What plans are looked at for; scores go from 0 to 100, more is better."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Of two criteria the first is so many times as important as the second (AHP: 1/9 to 9)."""

    first: str
    second: str
    times: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of the table, and what it states; mappings go by the codes of options.

    worth: yuan or points for each option; empty where scores by criteria stand for it, which are
    weighed by points or, where there are judgements, by AHP. limit: what it gets if nothing is
    agreed, in the same measure; None where it is kept to itself, then accepts may name the options
    that it could agree to. floors: the least that law has it paid, option by option. offered: what
    the plan pays a resident, no less than the floor. pays_most, gets_most: bounds on payments of an
    institution; None is no bound. alike: the group within which law asks for equal treatment, by
    size (square metres, say). weight: α of the Nash product.
    """

    code: str
    name: str
    standing: Standing = Standing.INSTITUTION
    measure: Measure = Measure.MONEY
    worth: Mapping[str, Decimal] = field(default_factory=dict)
    limit: Decimal | None = None
    accepts: frozenset[str] | None = None
    floors: Mapping[str, Money] = field(default_factory=dict)
    offered: Mapping[str, Money] = field(default_factory=dict)
    pays_most: Money | None = None
    gets_most: Money | None = None
    alike: str = ""
    size: Decimal = Decimal(1)
    weight: Decimal = Decimal(1)
    points: Mapping[str, Points] = field(default_factory=dict)
    judgements: tuple[Judgement, ...] = ()
    scores: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)
    evidence: str = ""

    @property
    def is_resident(self) -> bool:
        """Whether its limit is never an objective, and its payments aren't bargained over."""
        return self.standing is Standing.RESIDENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One round of talks: how much each side supports each option, 0 to 100; side by side."""

    support: Mapping[str, Mapping[str, Decimal]]
    dissents: Mapping[str, str] = field(default_factory=dict)  # reasons by side


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedCost:
    """Something that several institutions need, the larger including the smaller: what each needs.

    A road, a pipe: needs are the yuan that it would cost for each side alone, by sides' codes.
    """

    name: str
    needs: Mapping[str, Money]


@dataclass(frozen=True, slots=True, kw_only=True)
class Objecting:
    """Who led the talks, until when objections are heard, and who looks at them."""

    until: date | None = None
    mediator: str = ""
    reviewer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The whole case.

    subsidy: what may come from outside the table at most, in yuan. close_enough (γ): how near
    support has to come, 0 to 1, for talks to end before rounds_most.
    """

    name: str
    options: tuple[Option, ...]
    sides: tuple[Side, ...]
    criteria: tuple[Criterion, ...] = ()
    subsidy: Money = NOTHING
    costs: tuple[SharedCost, ...] = ()
    rounds: tuple[Round, ...] = ()
    close_enough: Decimal = CLOSE_ENOUGH
    rounds_most: int = 5
    objecting: Objecting = Objecting()

    def option(self, code: str) -> Option:
        """The option of a code that is in the case."""
        return next(each for each in self.options if each.code == code)

    def side(self, code: str) -> Side:
        """The side of a code that is in the case."""
        return next(each for each in self.sides if each.code == code)
