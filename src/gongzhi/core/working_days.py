"""Which days are working days, as far as a calendar knows."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Days off, weekends that are worked all the same, and the years that are known at all."""

    holidays: frozenset[date]
    extra_workdays: frozenset[date]
    years: frozenset[int]
