"""What waits about next year's money: proposing, deciding, telling what became of evaluations."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Exists, Max, Min, OuterRef

from gongzhi.core.charter import Member
from gongzhi.core.evaluating.stages import EvaluationStage
from gongzhi.core.terms import Said
from gongzhi.core.waiting import Waiting
from gongzhi.cycle.judgements import CONCLUDING
from gongzhi.cycle.models import Evaluation, EvaluationStep, Project, ResultProposal
from gongzhi.cycle.result_record import evaluations_to_account_for
from gongzhi.parties.clocks import due_by_clause
from gongzhi.parties.models import Region

BUDGET, ISSUER = "budget", "issuer"
PROPOSING, DECIDING, TELLING = "propose_results", "decide_results", "account_for_use"
DECIDED_BY, TOLD_BY = "4.17", "5.10"


def waiting_for(member: Member, *, today: date) -> Iterator[Waiting]:
    """What waits for the budget office of a region, and for who signs for its government."""
    if member.organisation is None or not member.roles & {BUDGET, ISSUER}:
        return
    region = Region.objects.filter(pk__in=member.regions[:1]).first()
    if region is None:
        return
    yield from _to_decide(member, region=region)
    if BUDGET in member.roles:
        yield from _to_propose(member, region=region, today=today)
        yield from _to_tell(member, since=today.year - 1)


def _to_decide(member: Member, *, region: Region) -> Iterator[Waiting]:
    """The years with proposals that wait for somebody else than who asked for them: one each."""
    proposals = ResultProposal.objects.visible_to(member).filter(stage="proposed")
    mine = proposals.exclude(made_by=member.person).order_by("fiscal_year")
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


def _to_tell(member: Member, *, since: int) -> Iterator[Waiting]:
    """Decided ones of which some evaluation hasn't been accounted for."""
    proposals = ResultProposal.objects.visible_to(member).with_facts()
    decided = proposals.filter(stage="decided", fiscal_year__gte=since).exclude(record__without={})
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


def _to_propose(member: Member, *, region: Region, today: date) -> Iterator[Waiting]:
    """The years of which something was concluded and nothing is proposed yet: one for a year."""
    for year, concluded_on, count in unproposed(member, since=today.year - 1):
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
    last = ends.values_list("evaluation__fiscal_year", "evaluation__project").annotate(
        on=Max("done_on")
    )
    years: dict[int, list[date]] = {}
    for year, _, day in last:
        years.setdefault(year, []).append(day)
    return [(year, min(days), len(days)) for year, days in sorted(years.items())]
