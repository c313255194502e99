"""An entry of the indicator library, as a value; the files stand in rules/indicators."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from gongzhi.core.goals.aspects import Aspect
from gongzhi.core.goals.drafts import Measured
from gongzhi.core.monitoring.plan import Course
from gongzhi.core.terms import Text

CLASS_DIGITS = 3


class Basis(StrEnum):
    """Where a typical target was taken from; neither is a norm."""

    PUBLISHED_FORMS = "published_forms"  # 已公开的表中的例子
    OWN_JUDGEMENT = "own_judgement"  # 本库自拟


@dataclass(frozen=True, slots=True, kw_only=True)
class Typical:
    """A range in which targets usually lie, in the entry's unit, or in words; ends may be open."""

    low: Decimal | None = None
    high: Decimal | None = None
    words: Text | None = None
    basis: Basis
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryIndicator:
    """An indicator that can be taken over: what it is for, how it is counted, what proves it.

    No class is every class. kind is the name of one of core.indicators.KINDS, example a target as
    a form prints it. seen_as are names under which it stands on really published forms; without
    any, the entry is our own. checked_by is empty until somebody in the field has.
    """

    code: str
    name: Text
    aspect: Aspect
    classes: tuple[str, ...]
    kind: str
    course: Course
    unit: Text
    less_is_better: bool
    measured: Measured
    example: str
    why: Text
    formula: Text
    source: Text
    evidence: Text
    good: Text
    bad: Text
    typical: tuple[Typical, ...]
    also: tuple[str, ...]
    seen_as: tuple[str, ...]
    checked_by: str
    next_review_on: date

    @property
    def is_general(self) -> bool:
        """Whether it suits every functional class."""
        return not self.classes

    def suits(self, functional: str) -> bool:
        """Whether it is made for a functional class, given with 3 digits or more."""
        return functional[:CLASS_DIGITS] in self.classes
