"""Which units people may look at for praise, and which for being urged: reasons, no verdict.

The product lists figures with their clauses; who is honoured or held responsible is decided by
whom the law names.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from gongzhi.core.results.rules import StandingRules
from gongzhi.core.terms import Said, SaidValues, several


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOfUnit:
    """What is known of a unit's year: what it was asked to put right, its grades, what it owes.

    in_time are those that passed and were reported by the day that was set first.
    """

    asked: int = 0
    in_time: int = 0
    grave_open: int = 0
    overdue: int = 0
    duties: int = 0
    grades: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingReason:
    """Why a unit is on a list, and the clause that the list goes by."""

    said: Said
    clause: str


def reasons_for_praise(year: YearOfUnit, *, rules: StandingRules) -> tuple[StandingReason, ...]:
    """Why a unit could be praised; none where anything speaks against it."""
    best = bool(year.grades) and all(grade in rules.best_grades for grade in year.grades)
    whole = year.asked == year.in_time
    if not best or not whole or year.overdue or year.duties:
        return ()
    return tuple(_praise(year, clause=rules.praised_by))


def _praise(year: YearOfUnit, *, clause: str) -> Iterator[StandingReason]:
    grades = several(sorted(set(year.grades)))
    values: SaidValues = {"count": len(year.grades), "grades": grades}
    yield StandingReason(said=Said("{count} 份评价都是{grades}", values), clause=clause)
    if year.asked:
        said = Said("{count} 项整改都按期完成", {"count": year.asked})
        yield StandingReason(said=said, clause=clause)


def reasons_to_urge(year: YearOfUnit, *, rules: StandingRules) -> tuple[StandingReason, ...]:
    """Why a unit could be urged, the gravest first."""
    told = (
        (year.grave_open, "{count} 项严重的问题没有整改"),
        (year.overdue, "{count} 项整改逾期"),
        (year.duties, "{count} 项义务没有按期履行"),
    )
    return tuple(
        StandingReason(said=Said(text, {"count": count}), clause=rules.urged_by)
        for count, text in told
        if count
    )
