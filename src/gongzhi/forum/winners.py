"""What won a vote, found from the project that it became, and how the project's goals begin."""

from collections.abc import Iterable
from uuid import UUID

from gongzhi.core.charter import Member
from gongzhi.core.goals import DraftGoal, Funds
from gongzhi.cycle.goal_record import GoalPlan
from gongzhi.cycle.models import Project
from gongzhi.forum.models import Vote, VoteProposal
from gongzhi.parties.own_words import ERASED

NEW = "新增项目"  # as the official form calls it


def winner_behind(member: Member, project: Project) -> VoteProposal | None:
    """What won a vote and became this project, if the member may read it."""
    rows = VoteProposal.objects.visible_to(member).filter(became=project)
    found: VoteProposal | None = rows.select_related("vote").first()
    return found


def won_among(member: Member, projects: Iterable[UUID]) -> frozenset[UUID]:
    """Which of these projects won a vote."""
    rows = VoteProposal.objects.visible_to(member).filter(became__in=list(projects))
    return frozenset(rows.values_list("became", flat=True))


def plan_of_winner(winner: VoteProposal, project: Project) -> GoalPlan:
    """The goals as they begin: what was proposed, for what stood on the ballot; lines to write."""
    vote, cost = winner.vote, winner.cost_yuan
    is_candidate = vote.use == Vote.Use.DRAFT_BUDGET
    goal = DraftGoal(
        project=project.name,
        year=vote.budget_year if is_candidate else vote.closes_on.year,
        text="" if winner.text == ERASED else winner.text,
        budget=cost,
        nature=NEW,
        funds=Funds(fiscal=cost),
    )
    return GoalPlan(goal=goal)
