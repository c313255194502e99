"""Goals with their plan by month as plain JSON and back, exact: how a version keeps them.

Version 1. Decimals are strings, dates ISO 8601; what is empty is left out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from gongzhi.core.goals import (
    Activity,
    Asked,
    Beneficiaries,
    DraftGoal,
    DraftIndicator,
    Funds,
    Ground,
    Measured,
    Medium,
    Past,
)
from gongzhi.core.monitoring.plan import MONTHS, Course
from gongzhi.core.terms import Money, Ratio

Record = dict[str, Any]
VERSION = 1
# The fields of each value that are figures, days, or words of a list.
FIGURES: Mapping[type, frozenset[str]] = {
    DraftGoal: frozenset({"budget", "people"}),
    DraftIndicator: frozenset({"weight", "baseline"}),
    Funds: frozenset({"fiscal", "carried", "other"}),
    Medium: frozenset({"budget"}),
    Past: frozenset({"target", "result"}),
    Beneficiaries: frozenset({"count"}),
    Activity: frozenset({"money"}),
}
DAYS = frozenset({"starts_on", "ends_on"})


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalPlan:
    """What is promised for a year, and by when.

    money_by_month are yuan of the single months, twelve or none; by_month is for each indicator's
    key the share of its target planned by each month's end, twelve of them.
    """

    goal: DraftGoal
    money_by_month: tuple[Money, ...] = ()
    by_month: Mapping[str, tuple[Ratio, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """A year has twelve months or isn't planned by month."""
        planned = (self.money_by_month, *self.by_month.values())
        assert all(len(months) in (0, MONTHS) for months in planned), "twelve months or none"


def goal_as_record(plan: GoalPlan) -> Record:
    """JSON-safe values that `goal_from_record` turns back into an equal plan."""
    return {
        "v": VERSION,
        "goal": _as_record(plan.goal),
        "money_by_month": [str(amount) for amount in plan.money_by_month],
        "by_month": {key: [str(part) for part in parts] for key, parts in plan.by_month.items()},
    }


def goal_from_record(record: Mapping[str, Any]) -> GoalPlan:
    """The plan that this record was made of."""
    if record.get("v") != VERSION:
        raise ValueError(f"a record of version {record.get('v')!r} is not one of goals")
    return GoalPlan(
        goal=_goal(record["goal"]),
        money_by_month=_decimals(record["money_by_month"]),
        by_month={key: _decimals(parts) for key, parts in record["by_month"].items()},
    )


def _as_record(value: Any) -> Record:
    named = ((each, getattr(value, each.name)) for each in fields(value))
    return {each.name: _plain(held) for each, held in named if held != each.default}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if is_dataclass(value):
        return _as_record(value)
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value


def _goal(record: Record) -> DraftGoal:
    values = _exact(DraftGoal, record)
    return DraftGoal(
        **{
            **values,
            **{name: date.fromisoformat(values[name]) for name in DAYS & values.keys()},
            "beneficiaries": tuple(
                Beneficiaries(**_exact(Beneficiaries, each))
                for each in values.get("beneficiaries", ())
            ),
            "activities": tuple(_activity(each) for each in values.get("activities", ())),
            "indicators": tuple(_indicator(each) for each in values.get("indicators", ())),
            "funds": _funds(values.get("funds", {})),
            "medium": _medium(values.get("medium", {})),
        }
    )


def _funds(record: Record) -> Funds:
    return Funds(**_exact(Funds, record))


def _medium(record: Record) -> Medium:
    values = _exact(Medium, record)
    return Medium(**{**values, "funds": _funds(values.get("funds", {}))})


def _activity(record: Record) -> Activity:
    values = _exact(Activity, record)
    return Activity(**{**values, "leads_to": tuple(values.get("leads_to", ()))})


def _indicator(record: Record) -> DraftIndicator:
    values = _exact(DraftIndicator, record)
    asked, ground, measured = (values.get(name) for name in ("asked", "ground", "measured"))
    course = values.get("course")
    return DraftIndicator(
        **{
            **values,
            "history": tuple(Past(**_exact(Past, each)) for each in values.get("history", ())),
            "ground": None if ground is None else Ground(ground),
            "measured": None if measured is None else Measured(measured),
            "asked": None if asked is None else Asked(**asked),
            "leads_to": tuple(values.get("leads_to", ())),
            "course": None if course is None else Course(course),
        }
    )


def _exact(kind: type, record: Record) -> Record:
    """The figures of a value as decimals again."""
    figures = FIGURES.get(kind, frozenset())
    return {name: Decimal(held) if name in figures else held for name, held in record.items()}


def _decimals(figures: Iterable[str]) -> tuple[Decimal, ...]:
    return tuple(Decimal(figure) for figure in figures)
