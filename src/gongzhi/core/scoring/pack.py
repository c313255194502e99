"""A place's rules for one span of time, as a value; the data stands in rules/packs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongzhi.core.indicators.canonical import canonical
from gongzhi.core.indicators.lexicon import Degree, Lexicon
from gongzhi.core.scoring.limits import Limits
from gongzhi.core.scoring.methods import Method
from gongzhi.core.terms import FiscalYear, Points, Ratio, Text


class Denominator(StrEnum):
    """What money spent is divided by: two rates that both occur and are not the same."""

    ADJUSTED_BUDGET = "adjusted_budget"
    MONEY_RECEIVED = "money_received"


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Where a rule was read; verified only if it was read in the rule or in a copy of it."""

    text: Text
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A level-1 or level-2 heading, its other names, its points if the rule fixes them."""

    name: str
    also: tuple[str, ...] = ()
    weight: Points | None = None
    parts: tuple["Heading", ...] = ()

    def is_called(self, name: str | None) -> bool:
        """Whether a printed heading is this one."""
        return canonical(name) in {canonical(known) for known in (self.name, *self.also)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """The share of a weight that a degree in words allows: from low to below high.

    Only the highest band includes its upper end.
    """

    degree: Degree
    low: Ratio
    high: Ratio


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """A grade and the least total that earns it; half-open, so 89.5 is not yet 90."""

    name: str
    least: Points


@dataclass(frozen=True, slots=True, kw_only=True)
class Execution:
    """How the use of the budget is scored."""

    weight: Points
    denominator: Denominator
    denominator_in_full_evaluation: Denominator
    method: Method


@dataclass(frozen=True, slots=True, kw_only=True)
class Applies:
    """By which signs a form is guessed to fall under a pack."""

    is_default: bool = False
    places: tuple[str, ...] = ()
    region_codes: tuple[str, ...] = ()
    execution_weight: Points | None = None
    prints_weights: bool | None = None
    heading: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """The rules of one place, in force from a day until another, with their sources."""

    name: str
    title: Text
    source: Text
    note: Text
    in_force_from: date
    in_force_until: date | None
    verified: bool
    applies: Applies
    execution: Execution
    tree: tuple[Heading, ...]
    bands: tuple[Band, ...]
    grades: tuple[Grade, ...]
    over_achievement_max: Ratio
    quantitative: Method
    satisfaction: Method | None
    lexicon: Lexicon
    limits: Limits
    cited: Mapping[str, Citation]

    def is_in_force_for(self, year: FiscalYear) -> bool:
        """Whether the rules held when the fiscal year ended, which is when it was scored."""
        end = date(year, 12, 31)
        ended = self.in_force_until is not None and self.in_force_until < end
        return self.in_force_from <= end and not ended

    def heading(self, name: str | None) -> Heading | None:
        """The level-1 heading that a form's heading names."""
        return next((heading for heading in self.tree if heading.is_called(name)), None)

    def band(self, degree: Degree) -> Band:
        """The band of a degree."""
        return next(band for band in self.bands if band.degree is degree)

    def grade(self, total: Points) -> str:
        """The grade of a total; the lowest one for whatever is below all cuts."""
        earned = (grade.name for grade in self.grades if total >= grade.least)
        return next(earned, self.grades[-1].name)
