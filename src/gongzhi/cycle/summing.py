"""From what each project shows to what many show as one: kept by unit, added by the database."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    Aggregate,
    DecimalField,
    Expression,
    ExpressionWrapper,
    F,
    Max,
    QuerySet,
    Sum,
    UUIDField,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf

from gongzhi.core.monitoring import Sums, sums_of
from gongzhi.core.monitoring.plan import MONTHS
from gongzhi.cycle.models import Project, Watched, WatchedSum
from gongzhi.cycle.watched_record import curves_of

MONTHLY = ("money", "goals", "goals_weight", "money_planned", "goals_planned")
WHOLE = ("projects", "goals_of", "budget", "paid", "money_planned_weight", "goals_planned_weight")
Key = tuple[UUID, UUID, str, str]
ZERO = Value(0, output_field=DecimalField())


class SumByMonth(Aggregate):
    """Sums month by month, as one column: the framework writes five of these and not sixty."""

    template = f"ARRAY[{', '.join(f'SUM(%(expressions)s[{at}])' for at in range(1, MONTHS + 1))}]"
    output_field = ArrayField(DecimalField())


class Summing:
    """Adds up project after project; what comes of it is a few rows for each unit."""

    def __init__(self, projects: Sequence[UUID]) -> None:
        known = Project.objects.filter(pk__in=projects).order_by()
        self._places = {
            project: (unit, region, stage)
            for project, unit, region, stage in known.values_list(
                "pk", "unit_id", "unit__region", "stage"
            )
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
        for (unit, region, stage, level), sums in self._sums.items():
            place = {"unit_id": unit, "region_id": region, "stage": stage, "level": level}
            yield _row(sums, place=place, on=on)


def wider(year: int) -> Iterator[WatchedSum]:
    """The kept sums of a year's units as those of their departments and regions."""
    units = WatchedSum.objects.filter(fiscal_year=year, unit__isnull=False).order_by()
    for whose in (Per.DEPARTMENT.body, NOBODYS):
        keyed = units.annotate(whose=whose).values("region", "whose", "stage", "level")
        for row in keyed.annotate(newest=Max("on"), **totals()):
            sums = sums_from(row)
            assert sums is not None, "what is grouped has rows"
            place = {
                "region_id": row["region"],
                "department_id": row["whose"],
                "stage": row["stage"],
                "level": row["level"],
            }
            yield _row(sums, place=place, on=row["newest"])


def _row(sums: Sums, *, place: Mapping[str, Any], on: date) -> WatchedSum:
    columns = {name: getattr(sums, name) for name in (*WHOLE, *MONTHLY, "month", "ended")}
    return WatchedSum(fiscal_year=sums.year, on=on, **columns, **place)


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A unit, or a department, with what its projects show as one."""

    id: UUID
    name: str
    sums: Sums


class Per(Enum):
    """By whom sums are told apart: the unit, or the department above it, itself if it has none."""

    UNIT = "unit"
    DEPARTMENT = "department"

    @property
    def body(self) -> Combinable:
        """The body's identifier, as the database finds it."""
        if self is Per.UNIT:
            return F("unit_id")
        return Coalesce("department_id", "unit__parent_id", "unit_id")

    @property
    def called(self) -> Combinable:
        """What the body is called."""
        if self is Per.UNIT:
            return F("unit__name")
        return Coalesce("department__name", "unit__parent__name", "unit__name")


NOBODYS = Value(None, output_field=UUIDField())  # the sums of a whole region


def added(rows: QuerySet[Any]) -> Sums | None:
    """Kept sums of one year as one; None where there are none."""
    return sums_from(rows.order_by().aggregate(**totals()))


def lagging(rows: QuerySet[Any], *, per: Per, month: int, at_most: int) -> tuple[Body, ...]:
    """Those whose goals lag most behind their money by a month first; of sums of one year."""
    ranked = rows.order_by().annotate(body=per.body).values("body").annotate(gap=_gap(month - 1))
    order = [row["body"] for row in ranked.order_by("gap", "body")[:at_most]]
    # A province has more units than anybody adds up whole to see sixty.
    named = rows.order_by().annotate(body=per.body, name=per.called).filter(body__in=order)
    found = {row["body"]: row for row in named.values("body", "name").annotate(**totals())}
    known = ((body, found[body]["name"], sums_from(found[body])) for body in order)
    return tuple(Body(id=body, name=name, sums=its) for body, name, its in known if its)


def bodies(rows: QuerySet[Any], *, per: Per) -> int:
    """How many units or departments there are."""
    found: int = rows.order_by().annotate(body=per.body).values("body").distinct().count()
    return found


def by_level(rows: QuerySet[Any]) -> Mapping[str, int]:
    """How many projects have each colour."""
    counts = rows.order_by().values("level").annotate(count=Sum("projects"))
    return {row["level"]: row["count"] for row in counts}


def _gap(at: int) -> Expression:
    """Goals minus money at the end of a month; what isn't known lags behind nothing."""
    share = ExpressionWrapper(
        Sum(f"goals__{at}") / NullIf(Sum(f"goals_weight__{at}"), ZERO)
        - Sum(f"money__{at}") / NullIf(Sum("budget"), ZERO),
        output_field=DecimalField(),
    )
    return Coalesce(share, ZERO, output_field=DecimalField())


def totals() -> dict[str, Any]:
    """What the database adds up of kept sums, for `aggregate` and `annotate`."""
    monthly = {f"all_{name}": SumByMonth(name) for name in MONTHLY}
    days = {f"last_{name}": Max(name) for name in ("fiscal_year", "month", "ended")}
    return {f"all_{name}": Sum(name) for name in WHOLE} | monthly | days


def sums_from(found: Mapping[str, Any]) -> Sums | None:
    """The sums that the database added up."""
    if found["last_fiscal_year"] is None:
        return None
    whole: dict[str, Any] = {name: found[f"all_{name}"] for name in WHOLE}
    whole |= {name: tuple(found[f"all_{name}"]) for name in MONTHLY}
    return Sums(
        year=found["last_fiscal_year"],
        month=found["last_month"],
        ended=found["last_ended"],
        **whole,
    )
