"""What became of a change that was adopted: the versions of goals that followed it tell.

The unit may draft anew what it adopted, so every later version of the year counts: the first that
is approved decides, by whether the figure stands in it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from gongzhi.core.goals.review import GoalStage
from gongzhi.core.participating.suggesting import Figure, figure_of
from gongzhi.cycle.goal_record import goal_from_record
from gongzhi.cycle.models import UNFINISHED, GoalVersion
from gongzhi.forum.models import AdoptedChange

End = AdoptedChange.End


@dataclass(frozen=True, slots=True, kw_only=True)
class Became:
    """How far a change got: the version that decides or is under way; end is empty until then."""

    version: GoalVersion
    end: str = ""


def became_of(change: AdoptedChange) -> Became:
    """How far the change got, by the goals as they stand."""
    first = change.version
    later = GoalVersion.objects.filter(
        project=first.project_id, fiscal_year=first.fiscal_year, pk__gte=first.pk
    )
    rows = list(later.with_facts().order_by("pk"))
    approved = next((row for row in rows if row.stage == GoalStage.APPROVED), None)
    if approved is not None:
        end = End.APPROVED if holds(approved, change) else _dropped_or_later(rows, change)
        return Became(version=_carrying(rows, change) or approved, end=end)
    under_way = next((row for row in reversed(rows) if row.stage in UNFINISHED), None)
    if under_way is not None:
        return Became(version=under_way)
    last = rows[-1] if rows else first
    end = End.RETURNED if last.stage == GoalStage.RETURNED else End.DROPPED
    return Became(version=last, end=end)


def _carrying(rows: Iterable[GoalVersion], change: AdoptedChange) -> GoalVersion | None:
    """The first approved version in which the figure stands."""
    approved = (row for row in rows if row.stage == GoalStage.APPROVED)
    return next((row for row in approved if holds(row, change)), None)


def _dropped_or_later(rows: Iterable[GoalVersion], change: AdoptedChange) -> str:
    return End.APPROVED if _carrying(rows, change) is not None else End.DROPPED


def holds(version: GoalVersion, change: AdoptedChange) -> bool:
    """Whether the figure that was adopted stands in a version of goals."""
    goal = goal_from_record(version.record).goal
    stands = figure_of(goal, figure=Figure(change.figure), indicator=change.indicator)
    return stands == change.new
