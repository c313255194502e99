"""What is known of each unit's year, from letters, rectifications and what is owed."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from gongzhi.core.charter import Member
from gongzhi.core.rectifying.stages import RectificationStage
from gongzhi.core.results.standing import YearOfUnit
from gongzhi.core.terms import FiscalYear
from gongzhi.cycle.models import Feedback, Project, Rectification
from gongzhi.cycle.open_matters import open_matters

COUNTS = ("asked", "in_time", "grave_open", "overdue", "duties")


def unit_years(member: Member, *, year: FiscalYear, today: date) -> Mapping[UUID, YearOfUnit]:
    """The units that the member sees letters of, or oversees and which owe something."""
    found: dict[UUID, dict[str, Any]] = {}
    letters = Feedback.objects.visible_to(member).filter(fiscal_year=year)
    for unit, grade in letters.exclude(grade="").order_by().values_list("unit", "grade"):
        _of(found, unit)["grades"].append(grade)
    rows = Rectification.objects.visible_to(member).filter(feedback__fiscal_year=year)
    for row in rows.with_facts():
        _count(_of(found, row.feedback.unit_id), row, today=today)
    projects = Project.objects.visible_to(member).overseen_by(member)
    units = dict(projects.order_by().values_list("pk", "unit"))
    for project, matters in open_matters(list(units), year=year, today=today).items():
        if matters.duties:
            _of(found, units[project])["duties"] += len(matters.duties)
    return {
        unit: YearOfUnit(grades=tuple(held["grades"]), **{name: held[name] for name in COUNTS})
        for unit, held in found.items()
    }


def _of(found: dict[UUID, dict[str, Any]], unit: UUID) -> dict[str, Any]:
    return found.setdefault(unit, {"grades": [], **dict.fromkeys(COUNTS, 0)})


def _count(held: dict[str, Any], row: Rectification, *, today: date) -> None:
    passed = row.stage == RectificationStage.PASSED
    held["asked"] += 1
    held["in_time"] += passed and _is_in_time(row)
    held["grave_open"] += row.grave and not passed
    late = row.due_on is not None and row.due_on < today
    held["overdue"] += late and row.stage != RectificationStage.REPORTED


def _is_in_time(row: Rectification) -> bool:
    """Whether it was reported by its day, no other having been asked for, and passed at once."""
    verbs = [step.verb for step in row.steps.all()]
    reported = [step.done_on for step in row.steps.all() if step.verb == "report_rectification"]
    again = {"extend_rectification", "return_rectification"} & set(verbs)
    return bool(reported) and not again and reported[-1] <= row.report_due_on
