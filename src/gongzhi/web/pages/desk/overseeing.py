"""The cockpit: what a bureau or a department sees on its desk of all whom it oversees.

How many projects stand how, who is late, how this month differs from the last, which projects
stray most, units by months, money beside goals, and how good last year's forecasts were.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, QuerySet
from django.urls import reverse

from gongzhi.core.charter import Member
from gongzhi.core.monitoring import Together
from gongzhi.core.monitoring.figures import percent
from gongzhi.core.terms import Said
from gongzhi.cycle.alerts_due import unfinished
from gongzhi.cycle.models import Alert, Watched, WatchedSum
from gongzhi.cycle.summing import Per, bodies
from gongzhi.cycle.years import is_first_year
from gongzhi.parties.models import Organisation
from gongzhi.parties.rights import charter_in_force
from gongzhi.web.addresses import address_of
from gongzhi.web.overseen import LateUnit, late_items, late_units
from gongzhi.web.pages.desk.comparing import compared
from gongzhi.web.pages.monitoring.gathered import (
    GREEN,
    counted,
    grid,
    scatter,
    signed,
    whole,
)
from gongzhi.web.pages.monitoring.overview import Count, slower_limit
from gongzhi.web.pages.monitoring.seen import (
    Level,
    level_of,
    percent_or_dash,
    quality_said,
    spoken,
)

LATE_SHOWN, STRAYS_SHOWN = 8, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Stray:
    """A project whose goals and money lie far apart."""

    name: str
    unit: str
    address: str
    level: Level
    money: str
    goals: str
    gap: str


def cockpit(member: Member, *, year: int, today: date) -> Mapping[str, Any]:
    """What the desk shows of those whom the member oversees; without projects only who is late."""
    rows = Watched.objects.visible_to(member).overseen_by(member).filter(fiscal_year=year)
    late = late_items(member, today=today)
    by_unit_late = late_units(member, late)
    context: dict[str, Any] = {
        "late": [_late(each) for each in by_unit_late[:LATE_SHOWN]],
        "late_units": len(by_unit_late),
        "late_count": len(late),
        "alerts": unfinished(Alert.objects.visible_to(member).overseen_by(member)).count(),
    }
    if sums := _sums(member, year=year):
        context |= _pictures(member, sums, rows, year=year, today=today)
    return context


@dataclass(frozen=True, slots=True, kw_only=True)
class OverseenSums:
    """What the member oversees: all of it as one, as kept sums, as those of units."""

    seen: Together
    whole: QuerySet[Any]
    of_departments: QuerySet[Any]
    of_units: QuerySet[Any]


def _sums(member: Member, *, year: int) -> OverseenSums | None:
    """The kept sums of a year; None where there are none."""
    all_of_it = WatchedSum.objects.whole_for(member, overseen=True).filter(fiscal_year=year)
    seen = whole(all_of_it)
    if seen is None:
        return None
    departments = WatchedSum.objects.by_department_for(member, overseen=True)
    units = WatchedSum.objects.visible_to(member).overseen_by(member)
    return OverseenSums(
        seen=seen,
        whole=all_of_it,
        of_departments=departments.filter(fiscal_year=year),
        of_units=units.filter(fiscal_year=year),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLate:
    """A unit that is late: with what, how much of each, how late with the latest."""

    unit: Organisation
    kinds: tuple[tuple[Said, int], ...]
    count: int
    latest: LateUnit


def _late(each: LateUnit) -> ShownLate:
    kinds = Counter(item.waiting.verb for item in each.items)
    names = charter_in_force().verb_names
    return ShownLate(
        unit=each.unit,
        kinds=tuple((names[verb], count) for verb, count in kinds.most_common()),
        count=len(each.items),
        latest=each,
    )


def _pictures(
    member: Member, sums: OverseenSums, rows: QuerySet[Any], *, year: int, today: date
) -> Mapping[str, Any]:
    seen = sums.seen
    several = bodies(sums.of_departments, per=Per.DEPARTMENT) > 1
    units, more = grid(
        sums.of_departments if several else sums.of_units,
        limit=slower_limit(),
        month=seen.curves.month,
        per=Per.DEPARTMENT if several else Per.UNIT,
    )
    return {
        "counts": list(_counts(sums.whole, year=year)),
        "compared": compared(member, seen.curves, today=today),
        "strays": list(_strays(rows)),
        "by_department": several,
        "year": year,
        "units": units,
        "more_units": more,
        "unit_address": _address("department" if several else "unit", year=year),
        "months": range(1, seen.curves.month + 1),
        "scatter": scatter(rows, known=seen.goals_of),
        "quality": spoken(quality_said(_quality(rows, year=year))),
    }


def _address(word: str, *, year: int) -> str:
    return f"{reverse('monitoring')}?{urlencode({'year': year})}&{word}="


def _counts(sums: QuerySet[Any], *, year: int) -> Iterator[Count]:
    for code, count in counted(sums).items():
        asked = urlencode({"year": year, "level": code or GREEN})
        yield Count(
            level=level_of(code), count=count, address=f"{reverse('monitoring')}?{asked}#projects"
        )


def _quality(rows: QuerySet[Any], *, year: int) -> Mapping[str, float] | None:
    """How good the forecasts were a year ago; the same is kept with every project of a pack.

    Where nothing was watched before, none can be, and no row is looked through for it.
    """
    if is_first_year(year):
        return None
    kept = rows.order_by().exclude(forecasts__quality=None)
    found: Mapping[str, float] | None = kept.values_list("forecasts__quality", flat=True).first()
    return found


def _project(row: Watched) -> str:
    return address_of("project-monitoring", row.project_id)


def _strays(rows: QuerySet[Any]) -> Iterator[Stray]:
    """The projects whose goals lie furthest behind their money."""
    behind = rows.annotate(gap=F("goals_now") - F("money_now")).filter(gap__lt=0)
    for row in behind.select_related("project__unit").order_by("gap", "project__name")[
        :STRAYS_SHOWN
    ]:
        yield Stray(
            name=row.project.name,
            unit=row.project.unit.name,
            address=f"{_project(row)}?year={row.fiscal_year}",
            level=level_of(row.level),
            money=percent_or_dash(row.money_now),
            goals=percent_or_dash(row.goals_now),
            gap=signed(f"{percent(row.gap):+}"),
        )
