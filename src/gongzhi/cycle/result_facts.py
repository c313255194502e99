"""What is known of projects when next year's money is proposed, and what the rules make of it.

What was judged is the year before the one that the money is for. Any number of projects takes the
same questions to the database.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from gongzhi.core.monitoring import curves
from gongzhi.core.results.measures import MeasuredLine, measures
from gongzhi.core.results.proposing import (
    ResultFacts,
    ResultProposal,
    propose,
    propose_for_institution,
)
from gongzhi.core.results.rules import InstitutionFormula, ResultRules
from gongzhi.core.scoring.execution import rate_of_budget
from gongzhi.core.scoring.panel import MoneyScore
from gongzhi.core.terms import FiscalYear, Money, Ratio, Said
from gongzhi.cycle.any_of import any_of
from gongzhi.cycle.followed import budgets_of, followed, paid_of
from gongzhi.cycle.judgements import Judgement, judgements
from gongzhi.cycle.models import GoalIndicator, GoalVersion, Profile
from gongzhi.cycle.open_matters import NOTHING_OPEN, OpenMatters, open_matters
from gongzhi.rules.packs import load_packs
from gongzhi.rules.packs.monitoring import load_monitoring
from gongzhi.rules.packs.results import load_results

NOTHING = Decimal(0)
PERCENT = ("%", "％")
ASKED = ("submitted", "forwarded", "asked", "approved")


class BaseOf(StrEnum):
    """What a proposal starts from."""

    ASKED = "asked"
    NEXT = "next"
    BUDGET = "budget"


BASES: Mapping[BaseOf, Said] = {
    BaseOf.ASKED: Said("单位申报的下年预算"),
    BaseOf.NEXT: Said("已编列的下年预算"),
    BaseOf.BUDGET: Said("本年预算"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """The money that a proposal starts from, and the goals that ask for it."""

    of: BaseOf
    amount: Money
    goals: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Everything known of a project; year is the one that the money is for.

    base is None where no budget is known: nothing can be proposed then. reached are the figures
    of the formula that the project falls under.
    """

    project: UUID
    year: FiscalYear
    judgement: Judgement
    base: Base | None
    budget: Money | None
    paid: Money | None
    matters: OpenMatters
    formula: InstitutionFormula | None = None
    reached: Mapping[str, Ratio | None] = field(default_factory=dict)

    @property
    def execution(self) -> Ratio | None:
        """What was paid of the judged year's budget, to six places."""
        rate = rate_of_budget(executed=self.paid or NOTHING, budget=self.budget)
        return None if rate is None else rate.ratio

    @property
    def rules(self) -> ResultRules:
        """The rules that it falls under."""
        return load_results(self.judgement.pack)

    def facts(self, money: MoneyScore) -> ResultFacts:
        """What the rules ask about."""
        assert self.base is not None, "without a base nothing is proposed"
        return ResultFacts(
            base=self.base.amount,
            grade=grade_of(money, pack=self.judgement.pack),
            score=money.for_money,
            execution=self.execution,
            rectifications_open=len(self.matters.rectifications),
            duties_unmet=len(self.matters.duties),
        )


def grade_of(money: MoneyScore, *, pack: str) -> str | None:
    """The grade that money goes by."""
    return None if money.for_money is None else load_packs()[pack].grade(money.for_money)


def proposed(
    facts: ResultFacts,
    *,
    rules: ResultRules,
    formula: InstitutionFormula | None,
    reached: Mapping[str, Ratio | None],
) -> ResultProposal:
    """What the rules propose: by the formula where the project falls under one."""
    if formula is None:
        return propose(facts, rules=rules)
    return propose_for_institution(facts, formula=formula, reached=reached, rules=rules)


def known_of(projects: Sequence[UUID], *, year: FiscalYear, today: date) -> Iterator[Known]:
    """What is known of each of the projects, one by one."""
    before = year - 1
    judged = judgements(projects, year=before)
    budgets = budgets_of(projects, year=before, today=today)
    paid = paid_of(projects, year=before, today=today)
    bases = _bases(projects, budgets, year=year, today=today)
    matters = open_matters(projects, year=before, today=today)
    formulas = _formulas(projects, judged)
    reached = _reached(formulas, year=before, today=today)
    for project in projects:
        yield Known(
            project=project,
            year=year,
            judgement=judged[project],
            base=bases.get(project),
            budget=budgets.get(project),
            paid=paid.get(project),
            matters=matters.get(project, NOTHING_OPEN),
            formula=formulas.get(project),
            reached=reached.get(project, {}),
        )


def _bases(
    projects: Sequence[UUID], budgets: Mapping[UUID, Money], *, year: FiscalYear, today: date
) -> Mapping[UUID, Base]:
    """First what the unit asks for, then what next year's budget has, then this year's."""
    now = {each: Base(of=BaseOf.BUDGET, amount=amount) for each, amount in budgets.items()}
    lines = budgets_of(projects, year=year, today=today)
    next_year = {each: Base(of=BaseOf.NEXT, amount=amount) for each, amount in lines.items()}
    found = {**now, **next_year, **_asked(projects, year=year)}
    return {project: base for project, base in found.items() if base.amount >= 0}


def _asked(projects: Sequence[UUID], *, year: FiscalYear) -> Mapping[UUID, Base]:
    """The budgets in the goals that were handed in for the year; of several the newest."""
    rows = GoalVersion.objects.filter(
        any_of("project", projects), fiscal_year=year, stage__in=ASKED
    )
    found: dict[UUID, Base] = {}
    values = rows.order_by("id").values_list("project", "pk", "record__goal__budget")
    for project, version, budget in values:
        if budget is not None:
            amount = Decimal(str(budget)).quantize(Decimal("0.01"))
            found[project] = Base(of=BaseOf.ASKED, amount=amount, goals=version)
    return found


def _formulas(
    projects: Sequence[UUID], judged: Mapping[UUID, Judgement]
) -> Mapping[UUID, InstitutionFormula]:
    """The formula of each project whose class of function falls under one."""
    newest = Profile.objects.filter(any_of("project", projects)).order_by("project", "-id")
    classes = newest.distinct("project").values_list("project", "functional")
    found = {
        project: load_results(judged[project].pack).formula_for(functional)
        for project, functional in classes
    }
    return {project: formula for project, formula in found.items() if formula is not None}


def _reached(
    formulas: Mapping[UUID, InstitutionFormula], *, year: FiscalYear, today: date
) -> Mapping[UUID, Mapping[str, Ratio | None]]:
    """The figures of the formulas, by the readings of the judged year."""
    tied = sorted(formulas)
    if not tied:
        return {}
    lines = _lines(tied, year=year, today=today)
    return {
        project: measures(formula, lines=lines.get(project, ()))
        for project, formula in formulas.items()
    }


def _lines(
    projects: Sequence[UUID], *, year: FiscalYear, today: date
) -> Mapping[UUID, list[MeasuredLine]]:
    """The indicators of the goals in force, each where it stands."""
    versions = GoalVersion.objects.in_force_on(today)
    promised = GoalIndicator.objects.filter(
        version__in=versions.filter(any_of("project", projects), fiscal_year=year)
    )
    values = promised.values_list("version__project", "key", "heading", "measure")
    named = {(project, key): rest for project, key, *rest in values}
    found: dict[UUID, list[MeasuredLine]] = {}
    for each in followed(projects, year=year, today=today):
        degrees = load_monitoring(each.pack).words.shares
        for line in curves(each.plan, each.facts, today=today, degrees=degrees).indicators:
            key = line.promised.key
            heading, measure = named.get((each.project, key), ("", ""))
            found.setdefault(each.project, []).append(
                MeasuredLine(
                    key=key,
                    heading=heading,
                    weight=line.promised.weight,
                    value=line.value if measure in PERCENT else None,
                    reached=line.reached[-1] if line.reached else None,
                )
            )
    return found
