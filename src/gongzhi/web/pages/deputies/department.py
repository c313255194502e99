"""A department's year for examination: money, goals, evaluations, alerts, what was asked.

What clause 4.18 sends to the people's congress stands in one place, as far as the reader may see
it; what is still missing is said.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongzhi.core.charter import Member
from gongzhi.cycle.alerts_due import OVER
from gongzhi.cycle.models import (
    Alert,
    Evaluation,
    FormVersion,
    GoalVersion,
    Project,
    ScoreSheet,
    Watched,
)
from gongzhi.cycle.years import year_shown
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Organisation
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.here import about
from gongzhi.web.pages.congress.trace import trace
from gongzhi.web.pages.deputies.promises import Line, departments
from gongzhi.web.pages.monitoring.seen import percent_or_dash

SHOWN = 100
YEARS = (2000, 2099)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectLine:
    """A project with its money and goals, and which of the year's papers there are."""

    project: Project
    watched: Watched
    money: str
    goals: str
    version: GoalVersion | None
    form: FormVersion | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationLine:
    """An evaluation, and its total where its sheet is open."""

    row: Evaluation
    total: Decimal | None


@require_safe
def department_materials(request: MemberRequest, organisation: UUID) -> HttpResponse:
    """Everything about a department in a year."""
    known = Organisation.objects.visible_to(request.member).select_related("region", "parent")
    row: Organisation | None = known.filter(pk=organisation).first()
    if row is None:
        raise Http404
    about(request)
    member, year = request.member, _year(request)
    projects = _projects(member, row, year=year)
    whole = _whole(member, row, year=year)
    context: dict[str, Any] = {
        "department": row,
        "year": year,
        "years": [year - 1, year, year + 1],
        "whole": whole,
        "projects": projects,
        "without_goals": sum(each.version is None for each in projects),
        "without_form": sum(each.form is None for each in projects),
        "evaluations": _evaluations(member, row, year=year),
        "alerts": _alerts(member, row, year=year),
        "trace": trace(member, about=row.thing()),
        "clauses": clauses_shown({"2.4", "4.18", "6.15"}),
        "shown": SHOWN,
    }
    return render(request, "pages/deputies_department.html", context)


def _year(request: MemberRequest) -> int:
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() else year_shown(business_date())
    return min(max(year, YEARS[0]), YEARS[1])


def _whole(member: Member, row: Organisation, *, year: int) -> Line | None:
    lines = departments(member, year=year)
    return next((line for line in lines if line.department == row.pk), None)


def _of(row: Organisation, *, way: str) -> Q:
    """What is the department's own, or of a unit below it."""
    return Q(**{f"{way}unit": row.pk}) | Q(**{f"{way}unit__parent": row.pk})


def _projects(member: Member, row: Organisation, *, year: int) -> list[ProjectLine]:
    """Its projects of the year, the largest budget first."""
    watched = Watched.objects.visible_to(member).filter(_of(row, way="project__"), fiscal_year=year)
    chosen = watched.select_related("project__unit").defer("curves", "signals", "forecasts")
    rows = list(chosen.order_by(F("budget").desc(nulls_last=True), "project")[:SHOWN])
    keys = [each.project_id for each in rows]
    goals = GoalVersion.objects.visible_to(member).in_force().filter(project__in=keys)
    versions = {each.project_id: each for each in goals.filter(fiscal_year=year).defer("record")}
    forms = _forms(member, keys, year=year)
    return [
        ProjectLine(
            project=each.project,
            watched=each,
            money=percent_or_dash(each.money_now),
            goals=percent_or_dash(each.goals_now),
            version=versions.get(each.project_id),
            form=forms.get(each.project_id),
        )
        for each in rows
    ]


def _forms(member: Member, keys: list[UUID], *, year: int) -> Mapping[UUID, FormVersion]:
    """The self-evaluations of the year, each with how many faults are certain."""
    current = FormVersion.objects.visible_to(member).current().self_evaluations()
    counted = current.filter(project__in=keys, fiscal_year=year).annotate(
        faults=Count("findings", filter=Q(findings__certain=True))
    )
    return {each.project_id: each for each in counted.defer("record")}


def _evaluations(member: Member, row: Organisation, *, year: int) -> list[EvaluationLine]:
    whose = Q(evaluated=row.pk) | Q(evaluated__parent=row.pk)
    visible = Evaluation.objects.visible_to(member).filter(whose, fiscal_year=year)
    rows = list(visible.select_related("project", "evaluator", "evaluated")[:SHOWN])
    sheets = ScoreSheet.objects.visible_to(member).filter(evaluation__in=rows)
    totals = dict(sheets.order_by("number").values_list("evaluation_id", "total"))
    return [EvaluationLine(row=each, total=totals.get(each.pk)) for each in rows]


def _alerts(member: Member, row: Organisation, *, year: int) -> list[Alert]:
    """Those that aren't over, the newest first."""
    visible = Alert.objects.visible_to(member).filter(_of(row, way="project__"), fiscal_year=year)
    unfinished = visible.exclude(stage__in=OVER).select_related("project")
    return list(unfinished.order_by("-opened_on", "-id")[:SHOWN])
