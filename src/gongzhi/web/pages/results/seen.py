"""A proposal as its pages show it: what it starts from, its steps, what stands behind each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.urls import reverse

from gongzhi.core.charter import Member
from gongzhi.core.results.proposing import USES, ResultProposal, ResultStep
from gongzhi.core.results.rules import UseOfResult
from gongzhi.core.terms import Money, Ratio, Said, Text
from gongzhi.cycle import models
from gongzhi.cycle.models import Evaluation
from gongzhi.cycle.open_matters import Matter
from gongzhi.cycle.result_facts import BASES, BaseOf
from gongzhi.cycle.result_record import matters_from_record, proposal_from_record
from gongzhi.rules.packs.evaluation import load_evaluation
from gongzhi.rules.packs.results import load_results
from gongzhi.web.clauses import ShownClause, clause_shown
from gongzhi.web.places import places

# What a step of the general rules is called; those of a formula bring their names.
STEPS: Mapping[str, Said] = {
    "grade": Said("评价等级"),
    "execution": Said("预算执行"),
    "rectification": Said("整改"),
    "duty": Said("义务"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownStep:
    """A step: what it is called, what it takes, its words and sum, its clause, its finding."""

    name: Said | Text
    step: ResultStep
    clause: ShownClause
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownMatter:
    """Something that was open, and where it can be looked up."""

    matter: Matter
    clause: ShownClause
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownParty:
    """An evaluation that counted: by whom, of which kind, its total, its page.

    citizens: how many of them, where it is their mean.
    """

    name: str
    kind: Text
    total: Decimal
    address: str
    citizens: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Without:
    """What would have been proposed without a kind of evaluation."""

    kind: Text
    score: Decimal | None
    grade: str | None
    result: Money
    difference: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A proposal with everything that it rests on."""

    row: models.ResultProposal
    kept: ResultProposal
    base_of: Said
    goals: str
    use: Said | None
    grade: str | None
    score: Decimal | None
    execution: Ratio | None
    budget: Money | None
    paid: Money | None
    steps: tuple[ShownStep, ...]
    rectifications: tuple[ShownMatter, ...]
    duties: tuple[ShownMatter, ...]
    parties: tuple[ShownParty, ...]
    without: tuple[Without, ...]
    formula: Text | None

    @property
    def judged_year(self) -> int:
        """The year that was judged."""
        return self.row.fiscal_year - 1

    @property
    def said(self) -> Said:
        """What the proposal comes to, in a sentence; all of its values are amounts."""
        kept = self.kept.said
        amounts = {name: f"{Decimal(str(each)):,.2f}" for name, each in kept.values.items()}
        return Said(kept.text, amounts)

    @property
    def unfinished(self) -> int:
        """How many evaluations weren't concluded and don't count."""
        return int(self.row.record["score"]["unfinished"])

    @property
    def unexplained(self) -> int:
        """How many gaps weren't explained, so that the score doesn't count."""
        return int(self.row.record["score"]["unexplained"])


def seen_proposal(member: Member, row: models.ResultProposal) -> Seen:
    """The proposal for a reader: with the places that they may go to."""
    kept, facts = proposal_from_record(row.record["proposal"]), row.record["facts"]
    formula = load_results(row.pack).institutions.get(row.record["formula"])
    return Seen(
        row=row,
        kept=kept,
        base_of=BASES[BaseOf(row.record["base_of"])],
        goals=_goals(member, row),
        use=USES[UseOfResult(row.use)] if row.use else None,
        grade=facts["grade"],
        score=_figure(facts["score"]),
        execution=_figure(facts["execution"]),
        budget=_figure(row.record["money"]["budget"]),
        paid=_figure(row.record["money"]["paid"]),
        steps=tuple(_steps(row, kept)),
        rectifications=_matters(member, row.record["rectifications"]),
        duties=_matters(member, row.record["duties"]),
        parties=tuple(_parties(member, row)),
        without=tuple(_without(row)),
        formula=formula.name if formula else None,
    )


def step_name(step: ResultStep) -> Said | Text:
    """What a step is called."""
    return step.name or STEPS[step.code]


def _steps(row: models.ResultProposal, kept: ResultProposal) -> Iterator[ShownStep]:
    for step in kept.steps:
        yield ShownStep(
            name=step_name(step),
            step=step,
            clause=clause_shown(step.clause),
            address=_finding(row, step),
        )


def _finding(row: models.ResultProposal, step: ResultStep) -> str:
    """Where the finding behind a step is looked up."""
    project, year = row.project_id, row.fiscal_year - 1
    match step.code:
        case "grade":
            return f"{reverse('project-evaluation', args=[project])}?year={year}"
        case "execution":
            return f"{reverse('project-budget', args=[project])}?year={year}"
        case "rectification" | "duty":
            return f"#{step.code}"
    return f"{reverse('project-monitoring', args=[project])}?year={year}"


def _matters(member: Member, kept: Sequence[Mapping[str, Any]]) -> tuple[ShownMatter, ...]:
    found = matters_from_record(kept)
    known = places(member, [each.thing for each in found])
    return tuple(
        ShownMatter(
            matter=each,
            clause=clause_shown(each.clause),
            address=known[each.thing].address if each.thing in known else "",
        )
        for each in found
    )


def _parties(member: Member, row: models.ResultProposal) -> Iterator[ShownParty]:
    """Who counted; a social organisation's evaluation must be annexed (clause 5.4)."""
    kept, rules = row.record["score"]["parties"], load_evaluation(row.pack)
    named = [UUID(each["evaluation"]) for each in kept if each["evaluation"]]
    readable = Evaluation.objects.visible_to(member).filter(pk__in=named)
    known = {each.pk: each for each in readable.select_related("evaluator")}
    for each in kept:
        evaluation = known.get(UUID(each["evaluation"])) if each["evaluation"] else None
        kind = rules.kind(each["kind"])
        citizens = each.get("citizens") or 0
        if evaluation:
            address = reverse("evaluation", args=[evaluation.pk])
        elif citizens:
            address = f"{reverse('citizens', args=[row.project_id])}?year={row.fiscal_year - 1}"
        else:
            address = reverse("project", args=[row.project_id])
        name = evaluation.evaluator.name if evaluation else row.project.unit.name
        yield ShownParty(
            name=name if evaluation or each["form"] else "",
            kind=kind.name if kind else Text(zh=each["kind"], en=each["kind"]),
            total=Decimal(each["total"]),
            address=address,
            citizens=citizens,
        )


def _without(row: models.ResultProposal) -> Iterator[Without]:
    rules = load_evaluation(row.pack)
    for code, left in row.record["without"].items():
        kind, result = rules.kind(code), Decimal(left["result"])
        yield Without(
            kind=kind.name if kind else Text(zh=code, en=code),
            score=_figure(left["score"]),
            grade=left["grade"],
            result=result,
            difference=row.result - result,
        )


def _goals(member: Member, row: models.ResultProposal) -> str:
    """The page of the goals that ask for the base; empty where there are none to read."""
    named = f"goal_version:{row.record['goals']}"
    place = places(member, [named]).get(named) if row.record["goals"] else None
    return place.address if place else ""


def decision_of(row: models.ResultProposal) -> models.ResultDecision | None:
    """The decision that stands."""
    return next(iter(reversed(row.decisions.all())), None)


def goals_drafted_for(member: Member, row: models.ResultProposal) -> Sequence[models.GoalVersion]:
    """The goals of the next year that were drafted for what was decided, the newest first."""
    visible = models.GoalVersion.objects.visible_to(member).filter(decision__proposal=row)
    return list(visible.exclude(stage="withdrawn").order_by("-id"))


def budget_in(version: models.GoalVersion) -> Money | None:
    """The budget that goals are for."""
    return _figure(version.record["goal"].get("budget"))


def _figure(kept: str | None) -> Decimal | None:
    return None if kept is None else Decimal(kept)
