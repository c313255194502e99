"""What was decided by results becomes the next year's goals and budget, unit by unit."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from gongzhi.city.invented import CityYear
from gongzhi.city.invented.next_year import Continued, NextYear, load_next_year
from gongzhi.city.living.attempts import decided_on, unless_settled
from gongzhi.city.living.beginnings import PACK
from gongzhi.city.living.files import Files
from gongzhi.city.living.happenings import Happening, When
from gongzhi.city.living.people import People
from gongzhi.core.facts import BudgetFact, PaymentFact
from gongzhi.core.goals.next_year import shared
from gongzhi.core.monitoring.figures import end_of
from gongzhi.core.terms import Money
from gongzhi.cycle.actions import goals
from gongzhi.cycle.goal_record import GoalPlan
from gongzhi.cycle.models import GoalVersion, ResultDecision
from gongzhi.cycle.next_goals import begun, decided_for
from gongzhi.parties.business_date import business_date

NAME, PAID = "{year}年部门预算（按评价结果核定）", "国库支付-{day:%Y%m%d}"


@dataclass(frozen=True, slots=True, kw_only=True)
class NextYearsBudget:
    """The next year's goals and lines, for those who draft, examine, approve and pay."""

    city: CityYear
    people: People
    files: Files

    def happenings(self) -> Iterator[Happening]:
        """The steps of each project's goals, then the file of the budget, then its payments."""
        told = load_next_year()
        for each in told.projects:
            yield decided_on(told.drafted_on, partial(self._draft, told, each))
            yield decided_on(told.submitted_on, partial(self._submit, each))
            yield decided_on(told.forwarded_on, partial(self._forward, told, each))
            yield decided_on(told.approved_on, partial(self._approve, told, each))
        yield self._file(told.budget_on, partial(self._bring_budget, told))
        for month in (told.paid_from, told.paid_from + 1):
            day = end_of(self._year, month)
            yield self._file(day, partial(self._bring_payments, told, day))

    def _file(self, day: date, bring: partial[None]) -> Happening:
        return Happening(on=day, when=When.FILES, do=partial(unless_settled, bring))

    # ── goals ──

    def _draft(self, told: NextYear, each: Continued) -> None:
        """From what the decision begins, with the lines that were asked for."""
        by = self.people.member(self._unit(each), "officer")
        unit = self.people.organisations[self._unit(each)]
        mine = [
            row
            for row in decided_for(by, unit)
            if row.proposal.project.code == each.code and not row.goals.exists()
        ]
        for found in begun(mine, year=self._year):
            goals.draft_goals(
                by=by,
                project=found.project,
                fiscal_year=self._year,
                plan=_planned(found.plan, told, each, budget=found.decision.amount),
                pack=PACK,
            )

    def _submit(self, each: Continued) -> None:
        by = self.people.member(self._unit(each), "reviewer")
        goals.submit_goals(by=by, version=self._version(each, stage="draft"))

    def _forward(self, told: NextYear, each: Continued) -> None:
        version = self._version(each, stage="submitted")
        department = version.project.unit.parent
        assert department is not None, "goals wait for a department"
        by = self.people.member(department.code, "officer")
        goals.forward_goals(by=by, version=version, reason=told.forwarded)

    def _approve(self, told: NextYear, each: Continued) -> None:
        version = self._version(each, stage="forwarded")
        goals.approve_goals(
            by=self.people.budget, version=version, document_number=told.document_number
        )

    def _version(self, each: Continued, *, stage: str) -> GoalVersion:
        """The goals at a stage; raises DoesNotExist where somebody did otherwise by hand."""
        rows = GoalVersion.objects.with_facts().select_related("project__unit__parent")
        found: GoalVersion = rows.get(project__code=each.code, fiscal_year=self._year, stage=stage)
        return found

    # ── money ──

    def _bring_budget(self, told: NextYear) -> None:
        """The lines of this year with the money that was decided, as the bureau's system has it."""
        lines = [line for each in told.projects for line in self._lines(each)]
        self.files.bring("budget", NAME.format(year=self._year), lines)

    def _lines(self, each: Continued) -> Iterator[BudgetFact]:
        decision = self._decision(each)
        if decision is None:
            return
        before = self.city.venture(each.code).budget
        amounts = shared([line.initial for line in before], total=decision.amount)
        for line, amount in zip(before, amounts, strict=True):
            yield _line_of(line, year=self._year, amount=amount)

    def _bring_payments(self, told: NextYear, day: date) -> None:
        paid = [one for each in told.projects for one in self._payment(told, each, day)]
        self.files.bring("payment", PAID.format(day=day), paid)

    def _payment(self, told: NextYear, each: Continued, day: date) -> Iterator[PaymentFact]:
        """A month's money, to whoever got the last of the year before."""
        decision = self._decision(each)
        if decision is None:
            return
        last = self.city.venture(each.code).payments[-1]
        yield last._replace(
            number=f"{last.number}-{day:%Y%m}",
            paid_on=min(day, business_date()),
            amount=told.months(decision.amount)[day.month - 1],
            contract="",
            corrects="",
        )

    def _decision(self, each: Continued) -> ResultDecision | None:
        rows = ResultDecision.objects.standing().filter(proposal__project__code=each.code)
        found: ResultDecision | None = rows.filter(proposal__fiscal_year=self._year).first()
        return found

    def _unit(self, each: Continued) -> str:
        return self.city.venture(each.code).fact.unit

    @property
    def _year(self) -> int:
        return self.city.year + 1


def _line_of(line: BudgetFact, *, year: int, amount: Money | None) -> BudgetFact:
    """A line of the next year: the same classes, the money that was decided, nothing done yet."""
    return line._replace(
        number=f"{line.number}-{year}",
        year=year,
        initial=amount,
        changed=None,
        adjusted=None,
        received=None,
        committed=None,
        executed=None,
        paid=None,
    )


def _planned(plan: GoalPlan, told: NextYear, each: Continued, *, budget: Money) -> GoalPlan:
    goal = each.goal(plan.goal)
    due = told.reached_by_month()
    return replace(
        plan,
        goal=goal,
        money_by_month=told.months(budget),
        by_month={line.key: due for line in goal.indicators},
    )
