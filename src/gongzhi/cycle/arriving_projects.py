"""Projects that files tell of: registered where nobody has, and what the file says about each.

What a file is silent about stays as it was said before.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from gongzhi.core.facts import ProjectFact
from gongzhi.cycle.models import Delivery, Profile, Project

CATEGORY_MAX, FUNCTIONAL_MAX, NAME_MAX = 60, 7, 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """A project as a row of a file tells it, its unit, and how the row is known again."""

    fact: ProjectFact
    unit: UUID
    identity: str
    fingerprint: str


def keep_projects(
    told: Sequence[Described], *, known: Mapping[str, UUID], delivery: Delivery, on: date
) -> list[Project]:
    """Add what is told of each project, and those that nobody has registered; these are returned.

    known are the projects by their codes.
    """
    new = {each.fact.code: each for each in told if each.fact.code not in known}
    added = [
        Project(code=code, name=each.fact.name[:NAME_MAX], unit_id=each.unit)
        for code, each in new.items()
    ]
    Project.objects.bulk_create(added)
    projects = {**known, **{project.code: project.pk for project in added}}
    before = _before([projects[each.fact.code] for each in told if each.fact.code not in new])
    Profile.objects.bulk_create(
        Profile(
            project_id=project,
            **_said_now(each.fact, before.get(project)),
            described_on=on,
            delivery=delivery,
            identity=each.identity,
            fingerprint=each.fingerprint,
        )
        for each in told
        if (project := projects[each.fact.code])
    )
    return added


def _before(projects: Sequence[UUID]) -> Mapping[UUID, Profile]:
    newest = Profile.objects.filter(project__in=projects).order_by("project_id", "-id")
    return {each.project_id: each for each in newest.distinct("project_id")}


def _said_now(fact: ProjectFact, before: Profile | None) -> dict[str, Any]:
    """What the file says over what was said; an old day that no longer fits a new one is gone."""
    said, earlier = _said(fact), _said_before(before)
    now = {**earlier, **said}
    starts, ends = now.get("starts_on"), now.get("ends_on")
    if starts and ends and ends < starts:
        now["ends_on" if "starts_on" in said else "starts_on"] = None
    return now


def _said_before(profile: Profile | None) -> dict[str, Any]:
    if profile is None:
        return {}
    names = ("category", "functional", "basis", "starts_on", "ends_on", "total", "by_year")
    said = {name: profile.__dict__[name] for name in names}
    return {**said, "aim_id": profile.aim_id}


def _said(fact: ProjectFact) -> dict[str, Any]:
    said = {
        "category": fact.category[:CATEGORY_MAX],
        "functional": fact.functional[:FUNCTIONAL_MAX],
        "basis": fact.purpose,
        "starts_on": fact.starts_on,
        "ends_on": fact.ends_on,
        "total": fact.total,
    }
    return {name: value for name, value in said.items() if value}
