"""Follow-ups: which projects are evaluated again years after completion, when, and for what.

A project is scheduled once its description says when it ends; what is looked at then is what its
goals promised as benefits, which a year's own evaluation can't see yet.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from gongzhi.core.charter import Member
from gongzhi.core.evaluating.follow_up import years_later
from gongzhi.core.evaluating.rules import Scope
from gongzhi.core.terms import Said
from gongzhi.core.waiting import Waiting
from gongzhi.cycle.candidates import choice_to_be
from gongzhi.cycle.models import Evaluation, GoalIndicator, GoalVersion, Profile, Project
from gongzhi.parties.rooms import Queue, Room
from gongzhi.rules.packs.evaluation import load_evaluation
from gongzhi.rules.packs.folders import USUAL

FOLLOW_UP, BUDGET = "follow_up", "budget"
BENEFIT = Said("效益").text  # of the headings of indicators


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """A project that is evaluated again: completed when, due when, for which promises."""

    project: Project
    completed_on: date
    due_on: date
    promises: tuple[GoalIndicator, ...]
    evaluation: Evaluation | None

    def is_due(self, today: date) -> bool:
        """Whether it can be chosen now, and nobody does it yet."""
        return self.evaluation is None and today >= self.due_on


def after_years(pack: str = USUAL) -> int:
    """How many years after completion a follow-up comes; 0 where the pack has none."""
    kind = load_evaluation(pack).kind(FOLLOW_UP)
    return kind.after_years if kind is not None and kind.scope is Scope.PROJECT else 0


def follow_up_due(project: Project, *, after_years: int) -> date | None:
    """From when on a project may be followed up; None where nobody said when it ends."""
    newest = Profile.objects.newest().filter(project=project)
    ended = newest.values_list("ends_on", flat=True).first()
    return years_later(ended, years=after_years) if ended else None


def scheduled(projects: Any, evaluations: Any) -> list[FollowUp]:
    """The follow-ups of those projects, the earliest first; evaluations as a reader sees them.

    Only those whose goals promised a benefit.
    """
    years = after_years()
    ended = Profile.objects.newest().filter(project__in=projects, ends_on__isnull=False)
    days: dict[UUID, date] = dict(ended.values_list("project_id", "ends_on"))
    promises = _promises(days)
    done = {
        row.project_id: row
        for row in evaluations.filter(project__in=days, kind=FOLLOW_UP).that_stand()
    }
    rows = Project.objects.filter(pk__in=promises).select_related("unit__region")
    found = [
        FollowUp(
            project=row,
            completed_on=days[row.pk],
            due_on=years_later(days[row.pk], years=years),
            promises=promises[row.pk],
            evaluation=done.get(row.pk),
        )
        for row in rows
    ]
    return sorted(found, key=lambda each: (each.due_on, each.project.code))


@Room
def waiting_for(member: Member, *, today: date) -> Iterator[Queue]:
    """The follow-ups that can be chosen by now and nobody does, for a budget office."""
    years = after_years()
    if member.organisation is None or BUDGET not in member.roles or not years:
        return
    ended = Profile.objects.newest().filter(ends_on__lte=years_later(today, years=-years))
    over = Project.objects.visible_to(member).filter(pk__in=ended.values("project"))
    yield Queue(partial(_to_choose, member, over, today=today), over)


def _to_choose(member: Member, over: Any, *, today: date) -> Iterator[Waiting]:
    assert member.organisation is not None, "somebody's queue"
    for each in scheduled(over, Evaluation.objects.visible_to(member)):
        if each.is_due(today):
            yield _choosing(each, commissioner=member.organisation)


def _choosing(due: FollowUp, *, commissioner: str) -> Waiting:
    """Choosing somebody to follow a project up."""
    project = due.project
    return Waiting(
        verb="choose_evaluation",
        thing=choice_to_be(project.unit, commissioner=commissioner, project=project),
        said=Said("完成满 {years} 年，选定后评价：承诺的效益来了没有", {"years": after_years()}),
        title=str(project),
        organisation=commissioner,
        role=BUDGET,
        opened_on=due.due_on,
        address_of=project.thing(),
    )


def _promises(projects: Iterable[UUID]) -> Mapping[UUID, tuple[GoalIndicator, ...]]:
    """The benefits that the newest approved goals of each promised."""
    approved = GoalVersion.objects.filter(
        project__in=list(projects), stage=GoalVersion.Stage.APPROVED
    )
    newest = approved.order_by("project_id", "-fiscal_year", "-id").distinct("project_id")
    versions = dict(newest.values_list("pk", "project_id"))
    found: dict[UUID, list[GoalIndicator]] = {}
    for line in GoalIndicator.objects.filter(version__in=versions, heading__contains=BENEFIT):
        found.setdefault(versions[line.version_id], []).append(line)
    return {project: tuple(lines) for project, lines in found.items()}
