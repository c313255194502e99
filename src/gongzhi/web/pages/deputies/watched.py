"""Projects one by one, as the deputies' lines put them together: by department, by promise.

Sums are kept of units; a promise is served by projects of several, so that its line needs each.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from gongzhi.core.monitoring import Curves, Together, together
from gongzhi.cycle.watched_record import shares_from_record

FIELDS = (
    "project_id",
    "project__unit_id",
    "project__unit__name",
    "project__unit__parent_id",
    "project__unit__parent__name",
    "level",
    "budget",
    "paid",
    "fiscal_year",
    "curves__month",
    "curves__ended",
    "curves__money",
    "curves__money_planned",
    "curves__goals",
    "curves__goals_planned",
)


class Slim(NamedTuple):
    """Of a project only what is needed to put many together."""

    project: UUID
    unit: UUID
    unit_name: str
    parent: UUID | None
    parent_name: str | None
    level: str
    budget: Decimal | None
    paid: Decimal
    year: int
    month: int
    ended: int
    money: Sequence[str | None]
    money_planned: Sequence[str | None]
    goals: Sequence[str | None]
    goals_planned: Sequence[str | None]

    @property
    def curves(self) -> Curves:
        """Its two curves."""
        return Curves(
            year=self.year,
            month=self.month,
            ended=self.ended,
            budget=self.budget,
            paid=self.paid,
            money=shares_from_record(self.money),
            money_planned=shares_from_record(self.money_planned),
            goals=shares_from_record(self.goals),
            goals_planned=shares_from_record(self.goals_planned),
        )


def by_department(row: Slim) -> tuple[UUID, str]:
    """The department above its unit; one that has none is its own."""
    return row.parent or row.unit, row.parent_name or row.unit_name


def slim(rows: Any) -> list[Slim]:
    """The rows that were seen last; one that nobody has seen since stands for itself only."""
    found = [Slim._make(row) for row in rows.values_list(*FIELDS)]
    newest = max((each.month, each.ended) for each in found) if found else None
    return [each for each in found if (each.month, each.ended) == newest]


def whole(rows: Sequence[Slim]) -> Together | None:
    """All of them as one."""
    return together(each.curves for each in rows)


def counted(rows: Sequence[Slim]) -> Mapping[str, int]:
    """How many projects have each colour."""
    found = dict.fromkeys(("red", "yellow", "blue", ""), 0)
    for each in rows:
        found[each.level] += 1
    return found
