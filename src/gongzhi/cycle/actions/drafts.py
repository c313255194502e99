"""Drafted goals as rows, each with the decision on its money and its indicators beside it."""

from collections.abc import Sequence

from gongzhi.core.charter import Member
from gongzhi.core.terms import FiscalYear
from gongzhi.cycle.goal_lines import keyed, lines_of
from gongzhi.cycle.goal_record import GoalPlan, goal_as_record
from gongzhi.cycle.models import GoalIndicator, GoalVersion, Project
from gongzhi.cycle.next_goals import decisions_standing
from gongzhi.parties.deeds import Record

Drafted = tuple[Project, GoalPlan]


def drafts_of(
    plans: Sequence[Drafted], *, by: Member, year: FiscalYear, pack: str, record: Record
) -> list[GoalVersion]:
    """The rows, each with the decision on its project's money that it is drafted for."""
    assert by.person is not None, "whoever drafts stands in an office"
    decided = decisions_standing([project.pk for project, _ in plans], year=year)
    if decided:
        record["by_decision"] = [*map(str, decided.values())]
    return [
        GoalVersion(
            project=project,
            fiscal_year=year,
            record=goal_as_record(keyed(plan)),
            pack=pack,
            decision_id=decided.get(project.pk),
            drafted_by_id=by.person,
            drafted_on=record.business_date,
        )
        for project, plan in plans
    ]


def keep_drafts(versions: Sequence[GoalVersion], plans: Sequence[GoalPlan]) -> None:
    """Keep the rows, and a row for each of their indicators."""
    GoalVersion.objects.bulk_create(versions)
    GoalIndicator.objects.bulk_create(
        line
        for version, plan in zip(versions, plans, strict=True)
        for line in lines_of(version, keyed(plan))
    )
