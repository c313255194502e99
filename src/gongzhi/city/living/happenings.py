"""What happens on which day of the lived year, in the order in which it is done."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum


class When(IntEnum):
    """The order within a day: what others rest on comes first."""

    MORNING = 0  # who is there, what is approved
    FILES = 1  # what other systems' files bring
    CALLS = 2  # calls for readings
    READINGS = 3  # what was read
    DECISIONS = 4  # budgets and targets changed, readings settled
    NIGHT = 5  # all projects seen anew, alerts opened
    STEPS = 6  # what is done about alerts
    FORMS = 7  # what the city's published forms tell, beside its year


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Something that is done on a day."""

    on: date
    when: When
    do: Callable[[], object]


def in_order(happenings: Iterable[Happening]) -> list[Happening]:
    """The happenings, by the day and the order within it; what is told first stays first."""
    return sorted(happenings, key=lambda each: (each.on, each.when))
