"""A unit's desk: its projects as they stand, with what each has open, and its curves as one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from gongzhi.core.charter import Member
from gongzhi.core.monitoring import said_against_plan, said_of
from gongzhi.cycle.alerts_due import unfinished
from gongzhi.cycle.models import Alert, GoalVersion, Project, Watched, WatchedSum
from gongzhi.web.figures import answers_together
from gongzhi.web.pages.monitoring.drawing import drawn
from gongzhi.web.pages.monitoring.gathered import whole
from gongzhi.web.pages.monitoring.overview import Listed, gravest_first, listed
from gongzhi.web.pages.monitoring.seen import month_table, spoken

SHOWN = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnProject:
    """A project of the unit: as it was seen last, its newest goals, the alert that is open."""

    project: Project
    seen: Listed | None
    goals: GoalVersion | None
    alert: Alert | None


def own_work(member: Member, *, year: int, today: date) -> Mapping[str, Any]:
    """What the desk shows of the organisation's own projects; nothing where it has none."""
    own = Project.objects.visible_to(member).filter(unit=member.organisation)
    keys = list(own.values_list("pk", flat=True))
    if not keys:
        return {}
    rows = Watched.objects.visible_to(member).filter(
        project__unit=member.organisation, fiscal_year=year
    )
    return {
        "projects": _projects(member, own, rows, keys=keys, year=year),
        "projects_count": len(keys),
        **_curves(member, year=year, today=today),
    }


def _projects(
    member: Member, own: QuerySet[Any], rows: QuerySet[Any], *, keys: list[UUID], year: int
) -> list[OwnProject]:
    """The gravest first, then those that nobody has seen yet."""
    seen = {row.project_id: listed(row) for row in gravest_first(rows)[:SHOWN]}
    known = {**dict.fromkeys(seen), **dict.fromkeys(keys)}
    shown = list(known)[:SHOWN]
    projects = own.in_bulk(shown)
    goals = _goals(member, shown, year=year)
    alerts = unfinished(Alert.objects.visible_to(member)).filter(project__in=shown)
    open_now = {row.project_id: row for row in alerts.order_by("opened_on").defer("signals")}
    return [
        OwnProject(
            project=projects[each],
            seen=seen.get(each),
            goals=goals.get(each),
            alert=open_now.get(each),
        )
        for each in shown
    ]


def _goals(member: Member, projects: list[UUID], *, year: int) -> Mapping[UUID, GoalVersion]:
    """The newest version of each project's goals that wasn't withdrawn."""
    versions = GoalVersion.objects.visible_to(member).filter(project__in=projects, fiscal_year=year)
    newest = versions.exclude(stage="withdrawn").order_by("project_id", "-id")
    found = newest.distinct("project_id").defer("record")
    return {version.project_id: version for version in found}


def _curves(member: Member, *, year: int, today: date) -> Mapping[str, Any]:
    sums = WatchedSum.objects.visible_to(member).filter(unit=member.organisation, fiscal_year=year)
    seen = whole(sums)
    if seen is None:
        return {}
    answers = answers_together(year=year, unit=member.organisation)
    return {
        "drawing": drawn(seen.curves, name="own-curves", today=today),
        "sentences": spoken(said_of(seen.curves), said_against_plan(seen.curves)),
        "table": month_table(seen.curves, answers=answers),
    }
