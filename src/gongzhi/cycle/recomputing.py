"""A project's numbers made again from its rows as of a day, and the rows that came since.

What monitoring keeps is derived; here it is derived anew, under the pack of the project's goals and
the rules of that day, to be held against what was kept.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count

from gongzhi.core.monitoring.case import Case
from gongzhi.core.monitoring.rules import MonitoringRules
from gongzhi.core.monitoring.watching import Day, case_of, day_of
from gongzhi.core.terms import FiscalYear, Said
from gongzhi.cycle import models as rows
from gongzhi.cycle.fact_auditing import CALLED
from gongzhi.cycle.followed import followed
from gongzhi.cycle.watching import Watching
from gongzhi.parties.models import Deed
from gongzhi.rules.packs.monitoring import load_monitoring

APPROVED = "approve_goals"  # the step of a version, whether alone or with its unit's budget


@dataclass(frozen=True, slots=True, kw_only=True)
class Recomputed:
    """A project laid out anew, with the rules that it was laid out under."""

    case: Case
    rules: MonitoringRules


@dataclass(frozen=True, slots=True, kw_only=True)
class Newer:
    """Rows of a kind that came after something was computed, and the delivery that brought them."""

    kind: Said
    count: int
    delivery: UUID | None = None


def recomputed(
    projects: Sequence[UUID], *, year: FiscalYear, on: date, foresee: bool = False
) -> Iterator[Recomputed]:
    """Each of the projects as its rows tell it; with forecasts, where they are asked for."""
    watching = Watching(year=year, today=on) if foresee else None
    days: dict[str, Day] = {}
    for each in followed(projects, year=year, today=on):
        if each.pack not in days:
            rules = load_monitoring(each.pack)
            days[each.pack] = watching.day(each.pack) if watching else day_of(rules, today=on)
        day = days[each.pack]
        yield Recomputed(case=case_of(each.plan, each.facts, day=day), rules=day.rules)


def come_since(project: UUID, *, year: FiscalYear, deed: Deed) -> tuple[Newer, ...]:
    """The rows of a project that came after a deed: those of files, readings, acts, goals."""
    return (*_brought(project, deed), *_added(project, year=year, deed=deed))


def _brought(project: UUID, deed: Deed) -> Iterator[Newer]:
    later = Deed.objects.filter(verb__in=rows.DELIVERING, pk__gt=deed.pk)
    deliveries = [UUID(each["delivery"]) for each in later.values_list("public", flat=True)]
    if not deliveries:
        return
    for table, kind in CALLED.items():
        mine = table._default_manager.filter(project=project, delivery__in=deliveries)
        counts = mine.order_by("delivery").values("delivery").annotate(count=Count("pk"))
        for delivery, count in counts.values_list("delivery", "count"):
            yield Newer(kind=kind, count=count, delivery=delivery)


def _added(project: UUID, *, year: FiscalYear, deed: Deed) -> Iterator[Newer]:
    """What has identifiers of its own: they grow with time, as a deed's does."""
    approved = rows.GoalStep.objects.filter(version__project=project, verb=APPROVED)
    added: tuple[tuple[Said, Any], ...] = (
        (Said("读数"), rows.Reading.objects.filter(project=project, ends_on__year=year)),
        (Said("读数的认定"), rows.Settlement.objects.filter(reading__project=project)),
        (Said("预算调整"), rows.BudgetAct.objects.filter(project=project, fiscal_year=year)),
        (Said("批复的绩效目标"), approved.filter(version__fiscal_year=year)),
        (Said("项目情况"), rows.Profile.objects.filter(project=project)),
    )
    for kind, found in added:
        if count := found.filter(pk__gt=deed.pk).count():
            yield Newer(kind=kind, count=count)
