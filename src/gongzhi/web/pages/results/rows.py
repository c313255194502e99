"""The projects of a judged year as lines: proposed ones as they are kept, others as of today."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from gongzhi.core.charter import Member
from gongzhi.core.parts import in_parts
from gongzhi.core.results.proposing import USES, ResultProposal
from gongzhi.core.results.rules import UseOfResult
from gongzhi.core.terms import FiscalYear, Money, Ratio, Said
from gongzhi.cycle import models as rows
from gongzhi.cycle.result_facts import BASES, BaseOf, Known, known_of, proposed
from gongzhi.cycle.result_record import facts_from_record, proposal_from_record
from gongzhi.parties.models import Organisation
from gongzhi.web.pages.results.seen import decision_of, step_name

AT_ONCE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step in a cell: what it is called, what it takes."""

    name: Any
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A project as a line; row is None for one that nothing is proposed for yet.

    What stands in the line of such a one is what the data of the day say.
    """

    project: rows.Project
    row: rows.ResultProposal | None
    decision: rows.ResultDecision | None
    budget: Money | None
    execution: Ratio | None
    grade: str | None
    score: Any
    base: Money | None
    base_of: Said | None
    use: Said | None
    steps: tuple[Step, ...]
    result: Money | None
    unfinished: int

    @property
    def differs(self) -> bool:
        """Whether it was decided otherwise than proposed."""
        return self.decision is not None and self.decision.amount != self.result


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What is proposed and decided together; of a department, or of all."""

    name: str
    department: UUID | None
    count: int
    base: Money
    result: Money
    decided: int
    decided_base: Money
    amount: Money

    @property
    def difference(self) -> Money:
        """How much less than the base is proposed, as a negative amount."""
        return self.result - self.base


def projects_in(member: Member, year: FiscalYear, *, proposing: bool) -> Any:
    """The projects of which something is proposed; who proposes sees all that have a budget."""
    mine = proposals_for(member, year).filter(project=OuterRef("pk"))
    decided = rows.ResultDecision.objects.standing().filter(proposal=OuterRef("proposal"))
    visible = rows.Project.objects.visible_to(member).annotate(
        proposal=Subquery(mine.values("pk")[:1]),
        state=Subquery(mine.values("stage")[:1]),
        use=Subquery(mine.values("use")[:1]),
        proposed=Subquery(mine.values("result")[:1]),
    )
    found = visible.annotate(amount=Subquery(decided.values("amount")[:1]))
    if not proposing:
        return found.filter(proposal__isnull=False)
    funded = rows.BudgetLine.objects.filter(project=OuterRef("pk"), fiscal_year=year)
    return found.filter(Q(proposal__isnull=False) | Exists(funded))


def proposals_for(member: Member, year: FiscalYear) -> Any:
    """The proposals that stand on a judged year."""
    return rows.ResultProposal.objects.visible_to(member).standing().filter(fiscal_year=year + 1)


def in_state(found: Any, state: str) -> Any:
    """Those that got so far; all of them where none is named."""
    match state:
        case "unproposed":
            return found.filter(proposal__isnull=True)
        case "proposed" | "decided":
            return found.filter(state=state)
        case "differs":
            return found.filter(amount__isnull=False).exclude(amount=F("proposed"))
    return found


def lines_of(
    member: Member, projects: Sequence[Any], *, year: FiscalYear, today: date, proposing: bool
) -> Iterator[Line]:
    """The projects of a page; what isn't proposed yet is worked out for who may propose it."""
    named = [each.proposal for each in projects if each.proposal]
    mine = rows.ResultProposal.objects.visible_to(member).filter(pk__in=named)
    kept = mine.with_facts().in_bulk()
    missing = [each.pk for each in projects if not each.proposal] if proposing else []
    known = {each.project: each for each in known_of(missing, year=year + 1, today=today)}
    for project in projects:
        row = kept.get(project.proposal)
        yield _kept(project, row) if row else _as_of_today(project, known[project.pk])


def every_line(
    member: Member, found: Any, *, year: FiscalYear, today: date, proposing: bool
) -> Iterator[Line]:
    """The lines of all projects, some at a time: as many are kept as are asked for together."""
    for some in in_parts(found.iterator(AT_ONCE), size=AT_ONCE):
        yield from lines_of(member, list(some), year=year, today=today, proposing=proposing)


def _kept(project: rows.Project, row: rows.ResultProposal) -> Line:
    made, facts = proposal_from_record(row.record["proposal"]), row.record["facts"]
    frozen = facts_from_record(facts)
    budget = row.record["money"]["budget"]
    return Line(
        project=project,
        row=row,
        decision=decision_of(row),
        budget=None if budget is None else Money(budget),
        execution=frozen.execution,
        grade=frozen.grade,
        score=frozen.score,
        base=row.base,
        base_of=BASES[BaseOf(row.record["base_of"])],
        use=USES[UseOfResult(row.use)] if row.use else None,
        steps=_steps(made),
        result=row.result,
        unfinished=row.record["score"]["unfinished"],
    )


def _as_of_today(project: rows.Project, known: Known) -> Line:
    money = known.judgement.money()
    facts = known.facts(money) if known.base else None
    made = (
        proposed(facts, rules=known.rules, formula=known.formula, reached=known.reached)
        if facts
        else None
    )
    return Line(
        project=project,
        row=None,
        decision=None,
        budget=known.budget,
        execution=known.execution,
        grade=facts.grade if facts else None,
        score=money.for_money,
        base=known.base.amount if known.base else None,
        base_of=BASES[known.base.of] if known.base else None,
        use=USES[made.use] if made and made.use else None,
        steps=_steps(made) if made else (),
        result=made.result if made else None,
        unfinished=known.judgement.unfinished,
    )


def _steps(made: ResultProposal) -> tuple[Step, ...]:
    return tuple(Step(name=step_name(step), amount=step.amount) for step in made.steps)


def totals_of(member: Member, proposals: Any) -> list[Totals]:
    """By department, those with the most money first."""
    body = Coalesce("project__unit__parent", "project__unit")
    by = proposals.order_by().annotate(body=body).values("body")
    sums = by.annotate(count=Count("pk"), base=Sum("base"), result=Sum("result"))
    decided = {each["body"]: each for each in _decided(proposals, body)}
    found = list(sums)
    bodies = Organisation.objects.visible_to(member).filter(pk__in=[each["body"] for each in found])
    names = dict(bodies.values_list("pk", "name"))
    shown = [
        _totals(each, decided.get(each["body"]), name=names.get(each["body"], "")) for each in found
    ]
    return sorted(shown, key=lambda each: (-each.base, each.name))


def _decided(proposals: Any, body: Any) -> Any:
    standing = rows.ResultDecision.objects.standing().filter(proposal=OuterRef("pk"))
    amount = Subquery(standing.values("amount")[:1])
    made = proposals.filter(stage="decided").order_by().annotate(body=body, amount=amount)
    return made.values("body").annotate(count=Count("pk"), base=Sum("base"), total=Sum("amount"))


def _totals(each: Mapping[str, Any], decided: Mapping[str, Any] | None, *, name: str) -> Totals:
    return Totals(
        name=name,
        department=each["body"] if name else None,
        count=each["count"],
        base=each["base"],
        result=each["result"],
        decided=decided["count"] if decided else 0,
        decided_base=decided["base"] if decided else Money(0),
        amount=decided["total"] if decided else Money(0),
    )


def together(found: Iterable[Totals]) -> Totals:
    """All departments as one."""
    each = list(found)
    return Totals(
        name="",
        department=None,
        count=sum(one.count for one in each),
        base=sum((one.base for one in each), start=Money(0)),
        result=sum((one.result for one in each), start=Money(0)),
        decided=sum(one.decided for one in each),
        decided_base=sum((one.decided_base for one in each), start=Money(0)),
        amount=sum((one.amount for one in each), start=Money(0)),
    )


def bodies_in(member: Member, projects: Any) -> Mapping[str, str]:
    """The departments that some projects are of, by name; a unit without one stands for itself."""
    of = projects.order_by().annotate(body=Coalesce("unit__parent", "unit")).values("body")
    named = (
        Organisation.objects.visible_to(member)
        .filter(pk__in=of)
        .order_by("code")
        .values_list("pk", "name")
    )
    return {str(key): name for key, name in named}


def years_judged(member: Member) -> list[int]:
    """The years of which something is proposed, the newest first."""
    standing = rows.ResultProposal.objects.visible_to(member).standing().order_by()
    return sorted({year - 1 for year in standing.values_list("fiscal_year", flat=True).distinct()})
