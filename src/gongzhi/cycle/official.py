"""The official papers of projects: what is kept of them, laid out as the papers state it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from gongzhi.core.charter import Member
from gongzhi.core.goals import DraftGoal
from gongzhi.core.official import Filler, GoalDeclaration, MonitoringSheet, declared, monitored
from gongzhi.core.terms import FiscalYear, Money
from gongzhi.cycle.goal_record import goal_from_record
from gongzhi.cycle.models import GoalVersion, Project, Reading
from gongzhi.cycle.watching import Watching

Words = Mapping[UUID, Mapping[str, str]]  # by project and indicator


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetOf:
    """A project's monitoring sheet as of a day, the goals it is about, its budget and payments."""

    project: Project
    goal: DraftGoal
    sheet: MonitoringSheet
    paid: Money
    budget: Money | None


def declaration_of(version: GoalVersion) -> GoalDeclaration:
    """What a version of goals declares."""
    goal = goal_from_record(version.record).goal
    return declared(goal, by=filler_of(version.project))


def filler_of(project: Project) -> Filler:
    """Who fills the papers of a project in; a unit without a department is one itself."""
    unit = project.unit
    above = unit.parent or unit
    return Filler(code=project.code, department=above.name, unit=unit.name)


def sheets_of(
    projects: Sequence[Project], *, year: FiscalYear, on: date, reader: Member
) -> Iterator[SheetOf]:
    """The monitoring sheets of projects as of a day, from the facts that came in by then.

    A project without goals in force has a sheet about its money alone.
    """
    chosen = [project.pk for project in projects]
    goals = goals_by_project(chosen, year=year, on=on)
    words = words_by_project(chosen, year=year, on=on, reader=reader)
    seen = Watching(year=year, today=on).seen(chosen)
    for project, (followed, watched) in zip(projects, seen, strict=True):
        goal = goals.get(project.pk, DraftGoal(project=project.name, year=year))
        sheet = monitored(
            goal,
            facts=followed.facts,
            watched=watched,
            by=filler_of(project),
            words=words.get(project.pk, {}),
        )
        curves = watched.curves
        yield SheetOf(
            project=project, goal=goal, sheet=sheet, paid=curves.paid, budget=curves.budget
        )


def goals_by_project(
    projects: Sequence[UUID], *, year: FiscalYear, on: date
) -> Mapping[UUID, DraftGoal]:
    """The goals that were in force on a day, by project."""
    versions = GoalVersion.objects.in_force_on(on).filter(project__in=projects, fiscal_year=year)
    rows = versions.values_list("project_id", "record")
    return {project: goal_from_record(record).goal for project, record in rows}


def words_by_project(
    projects: Sequence[UUID], *, year: FiscalYear, on: date, reader: Member
) -> Words:
    """What was read in words of each indicator last, as far as the reader may read it."""
    told = Reading.objects.visible_to(reader).filter(
        project__in=projects, ends_on__year=year, read_on__lte=on, corrected_by__isnull=True
    )
    rows = told.exclude(text="").order_by("ends_on", "id")
    found: dict[UUID, dict[str, str]] = {}
    for project, indicator, text in rows.values_list("project_id", "indicator", "text"):
        found.setdefault(project, {})[indicator] = text
    return found
