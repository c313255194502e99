"""From this year's finding to next year's line, and back: a project's years, one after another."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongzhi.core.charter import Member
from gongzhi.core.terms import FiscalYear, Money
from gongzhi.cycle.followed import budgets_of
from gongzhi.cycle.models import (
    UNFINISHED,
    GoalVersion,
    Project,
    ResultDecision,
    ResultProposal,
    UseAccount,
)
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.clauses import clause_shown
from gongzhi.web.here import about
from gongzhi.web.pages.results.seen import Seen, budget_in, decision_of, seen_proposal
from gongzhi.web.readable import readable_project


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A year that was judged, what was proposed and decided for the next, what stands in it now.

    line is the budget of the next year; goals promise for it: in force, or on their way there.
    """

    seen: Seen
    decision: ResultDecision | None
    accounts: tuple[UseAccount, ...]
    line: Money | None
    goals: GoalVersion | None

    @property
    def differs(self) -> Money | None:
        """By how much the line is more or less than what was decided."""
        if self.line is None or self.decision is None:
            return None
        return self.line - self.decision.amount

    @property
    def promised(self) -> Money | None:
        """The budget that the goals of the next year are for."""
        return budget_in(self.goals) if self.goals else None

    @property
    def goals_differ(self) -> Money | None:
        """By how much it is more or less than what was decided."""
        if self.promised is None or self.decision is None:
            return None
        return self.promised - self.decision.amount


@require_safe
def project_results(request: MemberRequest, project: UUID) -> HttpResponse:
    """What became of a project's findings, the newest year first."""
    thing = readable_project(request, project)
    about(request, thing)
    context: dict[str, Any] = {
        "project": thing,
        "links": list(_links(request.member, thing)),
        "clauses": [clause_shown("4.17"), clause_shown("5.10")],
    }
    return render(request, "pages/results/project.html", context)


def _links(member: Member, project: Project) -> Iterator[Link]:
    visible = ResultProposal.objects.visible_to(member).filter(project=project).standing()
    today = business_date()
    for row in visible.with_facts().order_by("-fiscal_year"):
        accounts = UseAccount.objects.visible_to(member).filter(proposal=row)
        lines = budgets_of([project.pk], year=row.fiscal_year, today=today)
        yield Link(
            seen=seen_proposal(member, row),
            decision=decision_of(row),
            accounts=tuple(accounts.select_related("evaluation__evaluator")),
            line=lines.get(project.pk),
            goals=_goals(member, project, year=row.fiscal_year),
        )


def _goals(member: Member, project: Project, *, year: FiscalYear) -> GoalVersion | None:
    """The version in force, else the newest one that the reader may see of those under way."""
    versions = GoalVersion.objects.visible_to(member).filter(project=project, fiscal_year=year)
    under_way = versions.filter(stage__in=UNFINISHED).order_by("-id")
    found: GoalVersion | None = versions.in_force().first() or under_way.first()
    return found


def is_told(member: Member, project: Project, *, year: FiscalYear | None = None) -> bool:
    """Whether the reader may see what results did to a project's money, of a year or of any."""
    rows = ResultProposal.objects.visible_to(member).filter(project=project).standing()
    return bool((rows if year is None else rows.filter(fiscal_year=year)).exists())
