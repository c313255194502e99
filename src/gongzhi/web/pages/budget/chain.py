"""How a project's budget and goals of a year came to what they are: every act in its order.

Three acts are kept apart: an amendment, a transfer, a change of goals; each has who decided,
its document number and its seal. What results of the year before led to stands before them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Sum
from django.urls import reverse

from gongzhi.core.charter import Member
from gongzhi.core.terms import FiscalYear, Money, Said
from gongzhi.cycle.models import BudgetAct, BudgetLine, GoalVersion, Project, ResultDecision
from gongzhi.trust.seals import Seal
from gongzhi.web.seals import name_of, seals_naming, seals_on

APPROVED, ADJUSTED = Said("绩效目标随预算批复"), Said("绩效目标调整")
BY_RESULTS = Said("按评价结果决定的预算数")
NAMES: Mapping[str, Said] = {
    BudgetAct.Kind.AMENDMENT: Said("预算调整"),
    BudgetAct.Kind.TRANSFER: Said("预算调剂"),
}
DECIDED_ON_GOALS = ("approve_goals", "approve_budget")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An act: on which day, what it was, how much it moved, who decided by which document.

    `after` is the budget from then on; an act on goals moves no money, nor does what was
    decided by results, until lines of the budget follow it.
    """

    on: date
    name: Said
    decided: Money | None = None
    amount: Money | None = None
    after: Money | None = None
    authority: str = ""
    document_number: str = ""
    reason: str = ""
    other: Project | None = None
    address: str = ""
    seal: Seal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """The acts of a year, from the first budget to the one in force."""

    initial: Money | None
    adjusted: Money | None
    links: Sequence[Link]


def chain_of(member: Member, project: Project, *, year: FiscalYear, today: date) -> Chain:
    """The year's acts up to a day, as the member may see them."""
    lines = BudgetLine.objects.visible_to(member).standing()
    own = lines.filter(project=project, fiscal_year=year)
    initial: Money | None = own.aggregate(total=Sum("initial"))["total"]
    links = [
        *_of_results(member, project, year=year),
        *_of_money(member, project, year=year),
        *_of_goals(member, project, year=year),
    ]
    ordered = sorted((link for link in links if link.on <= today), key=lambda link: link.on)
    running = list(_running(ordered, initial=initial))
    moved = [link.after for link in running if link.amount is not None]
    return Chain(initial=initial, adjusted=moved[-1] if moved else initial, links=running)


def _running(links: Iterable[Link], *, initial: Money | None) -> Iterator[Link]:
    """Each act with the budget after it; unknown where nobody told the first budget."""
    so_far = initial
    for link in links:
        if so_far is not None and link.amount is not None:
            so_far += link.amount
        yield replace(link, after=so_far)


def _of_results(member: Member, project: Project, *, year: FiscalYear) -> Iterator[Link]:
    """What was decided on the year's money by how the year before was judged."""
    rows = ResultDecision.objects.visible_to(member).standing()
    mine = rows.filter(proposal__project=project, proposal__fiscal_year=year)
    for row in mine.select_related("office__organisation"):
        yield Link(
            on=row.decided_on,
            name=BY_RESULTS,
            decided=row.amount,
            authority=row.office.organisation.name,
            document_number=row.document_number,
            reason=row.reason,
            address=f"{reverse('result-proposal', args=[row.proposal_id])}#decision",
        )


def _of_money(member: Member, project: Project, *, year: FiscalYear) -> Iterator[Link]:
    acts = BudgetAct.objects.visible_to(member).filter(project=project, fiscal_year=year)
    rows = list(acts.select_related("other").order_by("decided_on", "id"))
    seals = _seals(member, rows)
    for row in rows:
        yield Link(
            on=row.decided_on,
            name=NAMES[row.kind],
            amount=row.amount,
            authority=row.authority,
            document_number=row.document_number,
            reason=row.reason,
            other=row.other,
            seal=seals.get(row.pk),
        )


def _seals(member: Member, rows: Sequence[BudgetAct]) -> Mapping[UUID, Seal]:
    """The seals of the deeds that recorded them, each with the rows that it names."""
    projects = {pk for row in rows for pk in (row.project_id, row.other_id) if pk}
    on = [f"project:{pk}" for pk in projects]
    return seals_naming(member, rows, verb="record_budget_act", on=on, field="acts")


def _of_goals(member: Member, project: Project, *, year: FiscalYear) -> Iterator[Link]:
    versions = GoalVersion.objects.visible_to(member).approved()
    rows = list(
        versions.filter(project=project, fiscal_year=year)
        .select_related("project__unit")
        .prefetch_related("steps")
    )
    seals = seals_on(rows, verbs=DECIDED_ON_GOALS)
    for row in rows:
        yield Link(
            on=row.approved_on,
            name=ADJUSTED if row.replaces_id else APPROVED,
            document_number=row.document_number,
            reason=_reason(row) if row.replaces_id else "",
            address=reverse("goal-version", args=[row.pk]),
            seal=seals.get(name_of(row)),
        )


def _reason(row: GoalVersion) -> str:
    return next((step.reason for step in row.steps.all() if step.verb == "adjust_goals"), "")
