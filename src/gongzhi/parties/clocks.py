"""By when something is owed: in the working days that the clause on a deed gives."""

from datetime import date

from gongzhi.core.working_days import Due, due_on
from gongzhi.parties.rights import charter_in_force
from gongzhi.rules.calendar import load_calendar


def clause_with_clock(verb: str) -> tuple[str, int] | None:
    """The first clause on a deed that says within how many working days, and how many."""
    charter = charter_in_force()
    for number in charter.clauses_of(verb):
        owed = charter.clauses[number].owed
        if owed is not None and owed.within_days is not None and owed.working_days:
            return number, owed.within_days
    return None


def due_by_clause(verb: str, *, opened_on: date) -> Due | None:
    """By when a deed is owed that has been waiting since a day; None if no clause says."""
    found = clause_with_clock(verb)
    if found is None:
        return None
    _, days = found
    return due_on(opened_on, working_days=days, calendar=load_calendar())


def clause_of(verb: str) -> str | None:
    """The clause to name beside a deed that is owed: the one with a clock, else its first."""
    found = clause_with_clock(verb)
    if found is not None:
        return found[0]
    return next(iter(charter_in_force().clauses_of(verb)), None)
