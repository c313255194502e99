"""From what each project shows to what many show as one: kept by unit, added by the database."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max, QuerySet, Sum

from gongzhi.core.monitoring import Sums, sums_of
from gongzhi.core.monitoring.plan import MONTHS
from gongzhi.cycle.models import Project, Watched, WatchedSum
from gongzhi.cycle.watched_record import curves_of

MONTHLY = ("money", "goals", "goals_weight", "money_planned", "goals_planned")
WHOLE = ("projects", "goals_of", "budget", "paid", "money_planned_weight", "goals_planned_weight")
Key = tuple[UUID, str, str]


class Summing:
    """Adds up project after project; what comes of it is a few rows for each unit."""

    def __init__(self, projects: Sequence[UUID]) -> None:
        known = Project.objects.filter(pk__in=projects).order_by()
        self._places = {
            project: (unit, stage)
            for project, unit, stage in known.values_list("pk", "unit_id", "stage")
        }
        self._sums: dict[Key, Sums] = {}

    def add(self, row: Watched) -> None:
        """Count one project in."""
        key = (*self._places[row.project_id], row.level)
        mine = sums_of(curves_of(row))
        before = self._sums.get(key)
        self._sums[key] = mine if before is None else before + mine

    def rows(self, *, on: date) -> Iterator[WatchedSum]:
        """What is kept."""
        for (unit, stage, level), sums in self._sums.items():
            yield WatchedSum(
                unit_id=unit,
                stage=stage,
                level=level,
                fiscal_year=sums.year,
                on=on,
                month=sums.month,
                ended=sums.ended,
                **{name: getattr(sums, name) for name in (*WHOLE, *MONTHLY)},
            )


def added(rows: QuerySet[Any]) -> Sums | None:
    """Kept sums of one year as one; None where there are none."""
    return sums_from(rows.order_by().aggregate(**totals()))


def totals() -> dict[str, Any]:
    """What the database adds up of kept sums, for `aggregate` and `annotate`."""
    monthly = {f"{name}_{at}": Sum(f"{name}__{at}") for name in MONTHLY for at in range(MONTHS)}
    days = {f"last_{name}": Max(name) for name in ("fiscal_year", "month", "ended")}
    return {f"all_{name}": Sum(name) for name in WHOLE} | monthly | days


def sums_from(found: Mapping[str, Any]) -> Sums | None:
    """The sums that the database added up."""
    if found["last_fiscal_year"] is None:
        return None
    whole: dict[str, Any] = {name: found[f"all_{name}"] for name in WHOLE}
    for name in MONTHLY:
        whole[name] = tuple(found[f"{name}_{at}"] for at in range(MONTHS))
    return Sums(
        year=found["last_fiscal_year"],
        month=found["last_month"],
        ended=found["last_ended"],
        **whole,
    )
