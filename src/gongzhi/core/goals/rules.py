"""What goals are checked by, as values; the data stands in rules/goals."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from gongzhi.core.terms import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalRule:
    """One check's thresholds and words from a day on, with its names and where they are from."""

    code: str
    name: Text
    meaning: Text
    since_on: date
    numbers: Mapping[str, Decimal]
    patterns: Mapping[str, re.Pattern[str]]
    words: tuple[str, ...]
    source: Text
    verified: bool

    @property
    def clause(self) -> str:
        """The rule's address: its code and since when."""
        return f"goals/{self.code}@{self.since_on.isoformat()}"


GoalRules: TypeAlias = Mapping[str, GoalRule]


@dataclass(frozen=True, slots=True, kw_only=True)
class CostNorm:
    """A norm of spending (预算支出标准): at most so many yuan per measure, by which text.

    An indicator falls under it whose name holds the norm's and whose unit is 元 per measure.
    """

    name: str
    measure: str
    most: Decimal
    clause: str
