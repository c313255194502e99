"""What waits about next year's money: proposing, deciding, telling what became of evaluations."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Max, Min, OuterRef, QuerySet

from gongzhi.core.charter import Member
from gongzhi.core.evaluating.stages import EvaluationStage
from gongzhi.core.terms import Said
from gongzhi.core.waiting import Waiting
from gongzhi.cycle.judgements import CONCLUDING
from gongzhi.cycle.models import Evaluation, EvaluationStep, Project, ResultProposal
from gongzhi.cycle.result_record import evaluations_to_account_for
from gongzhi.parties.clocks import due_by_clause
from gongzhi.parties.models import Region
from gongzhi.parties.rooms import Queue, Room

BUDGET, ISSUER = "budget", "issuer"
PROPOSING, DECIDING, TELLING = "propose_results", "decide_results", "account_for_use"
DECIDED_BY, TOLD_BY = "4.17", "5.10"


@Room
def waiting_for(member: Member, *, today: date) -> Iterator[Queue]:
    """What waits for the budget office of a region, and for who signs for its government."""
    if member.organisation is None or not member.roles & {BUDGET, ISSUER}:
        return
    since = today.year - 1
    proposals = ResultProposal.objects.visible_to(member)
    to_decide = proposals.filter(stage="proposed").exclude(made_by=member.person)
    yield Queue(partial(_to_decide, member, to_decide), to_decide)
    if BUDGET in member.roles:
        concluded = _unproposed(member, since=since)
        yield Queue(partial(_to_propose, member, since=since), concluded)
        decided = proposals.filter(stage="decided", fiscal_year__gte=since)
        to_tell = decided.exclude(record__without={}).with_facts()
        yield Queue(partial(_to_tell, member, to_tell), to_tell)


def _region(member: Member) -> Region | None:
    return Region.objects.filter(pk__in=member.regions[:1]).first()


def _to_decide(member: Member, proposals: QuerySet[Any]) -> Iterator[Waiting]:
    """The years with proposals that wait for somebody else than who asked for them: one each."""
    region = _region(member)
    if region is None:
        return
    mine = proposals.order_by("fiscal_year")
    years = mine.values_list("fiscal_year").annotate(Count("pk"), Min("made_on"), Min("due_on"))
    for year, count, made_on, due in years:
        values = {"year": year, "count": count}
        yield Waiting(
            verb=DECIDING,
            thing=region.thing(),
            said=Said("决定 {year} 年的预算安排：{count} 个项目", values),
            organisation=member.organisation,
            role=BUDGET if BUDGET in member.roles else ISSUER,
            opened_on=made_on,
            due_on=due,
            clause=DECIDED_BY,
        )


def _to_tell(member: Member, decided: QuerySet[Any]) -> Iterator[Waiting]:
    """Decided ones of which some evaluation hasn't been accounted for."""
    for row in decided.prefetch_related("accounts"):
        told = {account.evaluation_id for account in row.accounts.all()}
        if told.issuperset(evaluations_to_account_for(row.record)):
            continue
        decided_on = min(each.decided_on for each in row.decisions.all())
        due = due_by_clause(TELLING, opened_on=decided_on)
        yield Waiting(
            verb=TELLING,
            thing=row.thing(),
            said=Said("说明社会组织评价和公民评价的采用情况"),
            title=str(row.project),
            organisation=member.organisation,
            role=BUDGET,
            opened_on=decided_on,
            due_on=due.on if due else None,
            provisional=due.provisional if due else False,
            clause=TOLD_BY,
        )


def _to_propose(member: Member, *, since: int) -> Iterator[Waiting]:
    """The years of which something was concluded and nothing is proposed yet: one for a year."""
    region = _region(member)
    if region is None:
        return
    for year, concluded_on, count in unproposed(member, since=since):
        due = due_by_clause(PROPOSING, opened_on=concluded_on)
        values = {"year": year, "count": count}
        yield Waiting(
            verb=PROPOSING,
            thing=region.thing(),
            said=Said("按 {year} 年的评价提出下年预算建议：{count} 个项目", values),
            organisation=member.organisation,
            role=BUDGET,
            opened_on=concluded_on,
            due_on=due.on if due else None,
            provisional=due.provisional if due else False,
            clause=DECIDED_BY,
        )


def unproposed(member: Member, *, since: int) -> list[tuple[int, date, int]]:
    """The years with concluded evaluations of projects that nothing was proposed for.

    With the day of the first conclusion among them, and how many projects there are.
    """
    years: dict[int, list[date]] = {}
    for year, _, day in _unproposed(member, since=since):
        years.setdefault(year, []).append(day)
    return [(year, min(days), len(days)) for year, days in sorted(years.items())]


def _unproposed(member: Member, *, since: int) -> QuerySet[Any, tuple[int, UUID, date]]:
    """Year, project, and the day of its last conclusion."""
    proposed = ResultProposal.objects.standing().filter(
        project=OuterRef("project"), fiscal_year=OuterRef("fiscal_year") + 1
    )
    visible = Project.objects.visible_to(member).values("pk")
    rows = Evaluation.objects.visible_to(member).filter(
        ~Exists(proposed),
        project__in=visible,
        stage=EvaluationStage.CONCLUDED,
        fiscal_year__gte=since,
    )
    ends = EvaluationStep.objects.filter(evaluation__in=rows, verb=CONCLUDING).order_by()
    by_project = ends.values_list("evaluation__fiscal_year", "evaluation__project")
    found: QuerySet[Any, tuple[int, UUID, date]] = by_project.annotate(on=Max("done_on"))
    return found
