"""Where next year's goals begin: this year's approved ones, what they reached, the money decided.

A decision on a proposal is what the next year's goals are drafted for; the version names it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from gongzhi.core.charter import Member
from gongzhi.core.goals.next_year import next_years, shared
from gongzhi.core.indicators.numbers import number
from gongzhi.core.terms import FiscalYear, Money
from gongzhi.cycle.goal_record import GoalPlan, goal_from_record
from gongzhi.cycle.models import FormVersion, GoalVersion, Project, ResultDecision
from gongzhi.papers.record import form_from_record
from gongzhi.parties.models import Organisation

Results = Mapping[str, Decimal]  # what was reached, by the names of indicators


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A project's goals of the next year as they begin, and the decision that they are for."""

    project: Project
    decision: ResultDecision
    plan: GoalPlan


def decisions_standing(projects: Iterable[UUID], *, year: FiscalYear) -> dict[UUID, UUID]:
    """The decision that stands on each project's money of a year, by project."""
    rows = ResultDecision.objects.standing().filter(
        proposal__project__in=list(projects),
        proposal__fiscal_year=year,
        proposal__stage="decided",
    )
    return dict(rows.values_list("proposal__project_id", "pk"))


def decided_for(
    member: Member, unit: Organisation, *, project: Project | None = None
) -> list[ResultDecision]:
    """The decisions on a unit's money that stand, whose year has no goals yet but drafts."""
    rows = ResultDecision.objects.visible_to(member).standing()
    mine = rows.filter(proposal__project__unit=unit, proposal__stage="decided")
    if project is not None:
        mine = mine.filter(proposal__project=project)
    found = GoalVersion.objects.exclude(stage__in=["draft", "returned", "withdrawn"])
    taken = set(found.filter(project__unit=unit).values_list("project_id", "fiscal_year"))
    whole = mine.select_related("proposal__project__unit").order_by("proposal__project__code")
    return [
        row for row in whole if (row.proposal.project_id, row.proposal.fiscal_year) not in taken
    ]


def begun(decisions: Sequence[ResultDecision], *, year: FiscalYear) -> Iterator[Begun]:
    """The goals of a year for each decision on it; a project without earlier goals is left out."""
    mine = [each for each in decisions if each.proposal.fiscal_year == year]
    projects = [each.proposal.project_id for each in mine]
    versions = {
        version.project_id: version
        for version in GoalVersion.objects.in_force().filter(
            project__in=projects, fiscal_year=year - 1
        )
    }
    reached = results_of(projects, year=year - 1)
    for each in mine:
        version = versions.get(each.proposal.project_id)
        if version is not None:
            plan = goal_from_record(version.record)
            made = carried_on(plan, budget=each.amount, reached=reached.get(version.project_id, {}))
            yield Begun(project=each.proposal.project, decision=each, plan=made)


def carried_on(plan: GoalPlan, *, budget: Money | None, reached: Results) -> GoalPlan:
    """A year's plan as the next year's begins: the money by month in its old proportions."""
    by_key = {line.key: reached[line.name] for line in plan.goal.indicators if line.name in reached}
    months = shared(plan.money_by_month, total=budget)
    return replace(
        plan,
        goal=next_years(plan.goal, budget=budget, reached=by_key),
        money_by_month=tuple(each for each in months if each is not None),
    )


def results_of(projects: Sequence[UUID], *, year: FiscalYear) -> Mapping[UUID, Results]:
    """What published self-evaluations say that each line reached."""
    rows = (
        FormVersion.objects.current()
        .self_evaluations()
        .filter(project__in=projects, fiscal_year=year)
    )
    return {project: _results(record) for project, record in rows.values_list("project", "record")}


def _results(record: Mapping[str, Any]) -> Results:
    lines = form_from_record(record).indicators
    printed = ((each.level3 or "", number(each.actual_text)) for each in lines)
    return {name: value.value for name, value in printed if name and value is not None}
