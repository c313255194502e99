"""What becomes of what won: a project or a candidate for a draft budget, its goals and money."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from gongzhi.core.charter import Member
from gongzhi.cycle.goal_record import goal_from_record
from gongzhi.cycle.models import GoalVersion, Project
from gongzhi.forum.models import Vote, VoteProposal
from gongzhi.forum.winners import winner_behind


@dataclass(frozen=True, slots=True, kw_only=True)
class Becoming:
    """A winner and how far it got: the project and the goals where the reader may see them."""

    proposal: VoteProposal
    is_candidate: bool
    project: Project | None
    goals: GoalVersion | None

    @property
    def is_approved(self) -> bool:
        """Whether it stands in an approved budget."""
        return self.goals is not None and self.goals.stage == GoalVersion.Stage.APPROVED


@dataclass(frozen=True, slots=True, kw_only=True)
class WonIn:
    """The vote that a project comes from; differs: its budget beside the cost on the ballot."""

    proposal: VoteProposal
    differs: Decimal | None


def becoming(member: Member, vote: Vote, winners: Sequence[VoteProposal]) -> list[Becoming]:
    """Each winner with what became of it."""
    became = [each.became_id for each in winners if each.became_id]
    projects = Project.objects.visible_to(member).in_bulk(became)
    newest: dict[Any, GoalVersion] = {}
    if projects:
        rows = GoalVersion.objects.visible_to(member).filter(project__in=projects)
        for row in rows.exclude(stage="withdrawn").order_by("fiscal_year", "id").defer("record"):
            newest[row.project_id] = row
    return [
        Becoming(
            proposal=each,
            is_candidate=vote.use == Vote.Use.DRAFT_BUDGET,
            project=projects.get(each.became_id),
            goals=newest.get(each.became_id),
        )
        for each in winners
    ]


def won_in(member: Member, project: Project, version: GoalVersion | None = None) -> WonIn | None:
    """The vote behind a project, or behind its goals of a year, if there was one."""
    return won_by(winner_behind(member, project), version)


def won_by(winner: VoteProposal | None, version: GoalVersion | None = None) -> WonIn | None:
    """The same of what won, for who has it already."""
    if winner is None:
        return None
    budget = goal_from_record(version.record).goal.budget if version else None
    differs = None if budget is None else budget - winner.cost_yuan
    return WonIn(proposal=winner, differs=differs)
