"""Since when a unit's year has had something to disclose, and until when that is owed."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Max, Min, Q

from gongzhi.core.charter import VISITOR
from gongzhi.core.terms import FiscalYear
from gongzhi.core.working_days import Due
from gongzhi.cycle.models import EvaluationStep, FormVersion, GoalVersion, Project
from gongzhi.cycle.self_evaluations_due import due_of_year, unpublished
from gongzhi.rules.calendar import load_calendar
from gongzhi.rules.disclosure import load_disclosure

Days = dict[UUID, date]


class Owed(NamedTuple):
    """Since when something is owed, and by when."""

    since: date
    due: Due


def owed_by(*, year: FiscalYear, occasion: str, units: Any | None = None) -> Mapping[UUID, Owed]:
    """By when units owe their first pack: the earliest day that a kind of piece sets."""
    found: dict[UUID, Owed] = {}
    for rule in load_disclosure().of(occasion):
        opened = OPENED[rule.code](year, units) if rule.code in OPENED else {}
        for unit, since in opened.items():
            due = rule.due(since, calendar=load_calendar())
            if due is not None and (unit not in found or due.on < found[unit].due.on):
                found[unit] = Owed(since, due)
    return found


def _of(units: Any | None, *, way: str) -> Q:
    return Q() if units is None else Q(**{f"{way}__in": units})


def _approved(year: FiscalYear, units: Any | None) -> Days:
    """The day on which the first goals of each unit's year were approved."""
    goals = GoalVersion.objects.visible_to(VISITOR).filter(
        _of(units, way="project__unit"),
        project__stage="disclosed",
        stage=GoalVersion.Stage.APPROVED,
        fiscal_year=year,
    )
    return dict(goals.order_by().values_list("project__unit").annotate(on=Min("approved_on")))


def complete(year: FiscalYear, units: Any | None) -> Days:
    """The day on which all self-evaluations of each unit were published, or should have been."""
    due = due_of_year(year)
    projects = Project.objects.filter(_of(units, way="unit"))
    lacking = set(unpublished(year, projects).order_by().values_list("unit", flat=True))
    forms = FormVersion.objects.visible_to(VISITOR).published().self_evaluations()
    mine = forms.filter(_of(units, way="project__unit"), number=1, fiscal_year=year)
    last = dict(mine.order_by().values_list("project__unit").annotate(on=Max("published_on")))
    found = {unit: min(on, due.on) if due else on for unit, on in last.items()}
    if due is not None:
        found |= dict.fromkeys(lacking & {*last}, due.on)
        return found
    return {unit: on for unit, on in found.items() if unit not in lacking}


def _concluded(year: FiscalYear, units: Any | None) -> Days:
    """The day on which the first public evaluation of each unit's year was concluded."""
    steps = EvaluationStep.objects.filter(
        _of(units, way="evaluation__evaluated"),
        verb="conclude_evaluation",
        evaluation__stage="concluded",
        evaluation__label="public",
        evaluation__fiscal_year=year,
    )
    return dict(steps.order_by().values_list("evaluation__evaluated").annotate(on=Min("done_on")))


# When the clock of a kind of piece starts; kinds without a line have none.
OPENED: Mapping[str, Callable[[FiscalYear, Any], Days]] = {
    "goals": _approved,
    "self_evaluation": complete,
    "evaluation": _concluded,
}
