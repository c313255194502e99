"""Which self-evaluations are owed when a year is over, until when, and by whom they are awaited."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongzhi.core.charter import Member
from gongzhi.core.terms import FiscalYear, FormType, Said
from gongzhi.core.waiting import Waiting
from gongzhi.core.working_days import Due
from gongzhi.cycle.models import DRAFTS, BudgetLine, FormVersion, GoalVersion, Project
from gongzhi.cycle.reading import overseen
from gongzhi.parties.clocks import clause_of, due_by_clause
from gongzhi.parties.rooms import Queue, Room

DRAFTING = "draft_form"
OFFICER = "officer"
SELF_EVALUATION = str(FormType.SELF_EVALUATION)


def newest_due(today: date) -> FiscalYear:
    """The year that was over last: the year's last day still belongs to it."""
    return today.year - 1


def ends_on(year: FiscalYear) -> date:
    """The last day of a fiscal year."""
    return date(year, 12, 31)


def due_of_year(year: FiscalYear) -> Due | None:
    """By when the self-evaluations of a year are owed; None if no clause says."""
    return due_by_clause(DRAFTING, opened_on=ends_on(year))


def of_year(year: FiscalYear) -> QuerySet[Any]:
    """The self-evaluations of a project's year, in a question about projects."""
    return FormVersion.objects.filter(
        project=OuterRef("pk"), fiscal_year=year, form_type=SELF_EVALUATION
    )


def owed_in(year: FiscalYear, projects: QuerySet[Any]) -> QuerySet[Any]:
    """The projects that owe one: whatever had goals in force in the year, or a budget.

    A budget counts that was known by the year's end: history that was brought later is no duty.
    """
    goals = GoalVersion.objects.filter(
        project=OuterRef("pk"), fiscal_year=year, stage=GoalVersion.Stage.APPROVED
    )
    budget = BudgetLine.objects.filter(
        project=OuterRef("pk"), fiscal_year=year, delivery__brought_on__lte=ends_on(year)
    )
    return projects.filter(Exists(goals) | Exists(budget))


def unpublished(year: FiscalYear, projects: QuerySet[Any]) -> QuerySet[Any]:
    """Of those that owe one, the projects whose self-evaluation isn't published."""
    return owed_in(year, projects).exclude(Exists(of_year(year).filter(stage="published")))


@Room
def waiting_for(member: Member, *, today: date) -> Iterator[Queue]:
    """The projects of the member's own unit that nobody has drafted one for yet.

    What is drafted waits to be published, as every draft does.
    """
    if member.organisation is None:
        return
    year = newest_due(today)
    own = Project.objects.visible_to(member).filter(unit=member.organisation)
    drafted = Exists(of_year(year).filter(stage__in=DRAFTS))
    undrafted = unpublished(year, own).exclude(drafted)
    yield Queue(partial(_waiting, undrafted, year), undrafted)


@Room
def waiting_within(member: Member, *, today: date) -> Iterator[Queue]:
    """The projects below the member whose self-evaluation isn't published."""
    year = newest_due(today)
    below = overseen(member, way="") & ~Q(unit=member.organisation)
    late = unpublished(year, Project.objects.visible_to(member).filter(below))
    yield Queue(partial(_waiting, late, year), late)


def _waiting(projects: QuerySet[Any], year: FiscalYear) -> Iterator[Waiting]:
    due, clause = due_of_year(year), clause_of(DRAFTING)
    for project in projects.select_related("unit__region").order_by("code"):
        yield Waiting(
            verb=DRAFTING,
            thing=project.thing(),
            said=Said("{year} 年的单位自评", {"year": year}),
            title=project.name,
            organisation=str(project.unit_id),
            role=OFFICER,
            opened_on=date(year + 1, 1, 1),
            due_on=due.on if due else None,
            provisional=due.provisional if due else False,
            clause=clause,
        )
