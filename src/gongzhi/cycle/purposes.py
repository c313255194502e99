"""What projects are for, added up by the database: by class of function and aim, of each unit."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields
from typing import Any
from uuid import UUID

from django.db.models import Count, DecimalField, F, Q, Sum, Value
from django.db.models.functions import Coalesce, Least, Left

from gongzhi.core.monitoring.plan import MONTHS
from gongzhi.core.telling import Parts, Standing
from gongzhi.cycle.described import described
from gongzhi.cycle.models import PurposeSum, Watched
from gongzhi.cycle.models.sums import CLASS
from gongzhi.cycle.standing import SHARE, goals_due, months_over
from gongzhi.cycle.summing import NOBODYS, Per

FUNDED = Q(budget__gt=0)
MEASURED = FUNDED & Q(goals_now__isnull=False)
AMOUNT = DecimalField(max_digits=30, decimal_places=8)
REACHED = Least(Coalesce(F("goals_now"), Value(0)), Value(1), output_field=SHARE)


def _sum(what: Any, *, among: Q | None = None) -> Coalesce:
    return Coalesce(Sum(what, filter=among, output_field=AMOUNT), Value(0), output_field=AMOUNT)


# Each column of a sum, as it is counted or added up of what was watched.
SUMS: Mapping[str, Any] = {
    "projects": Count("pk"),
    "red": Count("pk", filter=Q(level="red")),
    "yellow": Count("pk", filter=Q(level="yellow")),
    **{str(each): Count("pk", filter=Q(standing=each)) for each in Standing},
    "budget": _sum("budget"),
    "paid": _sum("paid"),
    "paid_of_budget": _sum("paid", among=FUNDED),
    "goals_weight": _sum("budget", among=MEASURED),
    "goals": _sum(F("goals_now") * F("budget"), among=MEASURED),
    "read": Count("goals_now"),
    "dated": Count("owed"),
    "over": Count("pk", filter=Q(ended=MONTHS)),
    "reached": _sum(REACHED * F("budget")),
    "reached_evenly": _sum(REACHED),
    "due": _sum(F("owed") * F("budget")),
    "due_evenly": _sum("owed"),
}
PLACE = ("region", "stage")
KEYS = ("unit", *PLACE, "of_class", "aim")


def purposes(year: int, *, units: Collection[UUID] | None = None) -> Iterator[PurposeSum]:
    """What is kept of a year: of all units, or of these."""
    rows = Watched.objects.filter(fiscal_year=year)
    if units is not None:
        rows = rows.filter(project__unit__in=units)
    told = rows.order_by().annotate(
        unit=F("project__unit"),
        region=F("project__unit__region"),
        stage=F("project__stage"),
        of_class=Left(Coalesce(described("functional"), Value("")), CLASS),
        aim=described("aim"),
        owed=goals_due(),
        ended=months_over(),
    )
    sums = {f"sum_{name}": each for name, each in SUMS.items()}
    for row in told.values(*KEYS).annotate(**sums).iterator():
        yield PurposeSum(
            unit_id=row["unit"],
            region_id=row["region"],
            stage=row["stage"],
            functional=row["of_class"],
            aim_id=row["aim"],
            fiscal_year=year,
            **{name: row[f"sum_{name}"] for name in SUMS},
        )


def wider(year: int) -> Iterator[PurposeSum]:
    """The sums of units as those of their regions; as those of departments, for all purposes."""
    units = PurposeSum.objects.filter(fiscal_year=year, unit__isnull=False).order_by()
    of_regions = units.annotate(whose=NOBODYS).values("whose", *PLACE, "functional", "aim")
    of_departments = units.annotate(whose=Per.DEPARTMENT.body).values("whose", *PLACE)
    for keyed in (of_regions, of_departments):
        for row in keyed.annotate(**added()):
            yield PurposeSum(
                region_id=row["region"],
                department_id=row["whose"],
                stage=row["stage"],
                functional=row.get("functional", ""),
                aim_id=row.get("aim"),
                fiscal_year=year,
                **{name: row[f"sum_{name}"] for name in SUMS},
            )


def added() -> dict[str, Any]:
    """The columns of kept sums as the database adds them up, for `aggregate` and `annotate`."""
    return {f"sum_{name}": Sum(name) for name in SUMS}


def parts_from(row: Mapping[str, Any]) -> Parts:
    """What was added up, as the core weighs it."""
    return Parts(**{each.name: row[f"sum_{each.name}"] for each in fields(Parts)})
