"""The self-evaluation of a project (项目支出绩效自评表): what it states, as the form has it.

Money is yuan; rates and totals are always computed and never typed. Texts are as typed, "" is an
empty box. The columns are those of the usual form since 2020 (DOMAIN.md § 6: published forms).
"""

from dataclasses import dataclass
from decimal import Decimal

from gongzhi.core.official import MoneyLine, Sources
from gongzhi.core.official.money import NO_MONEY, fund_rows_of, money_of_form
from gongzhi.core.terms import FiscalYear, Form, FormType, Indicator, Points

LAYOUT = "self_evaluation"


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluatedIndicator:
    """A line: promised, done, its points; why it deviates and what is done about it."""

    level1: str = ""
    level2: str = ""
    name: str = ""
    target: str = ""
    done: str = ""
    weight: Points | None = None
    score: Points | None = None
    reason: str = ""

    @property
    def heads(self) -> tuple[str, str, str]:
        """What tells the line from others."""
        return self.level1, self.level2, self.name

    def as_indicator(self) -> Indicator:
        """The line as forms and their checks know it."""
        return Indicator(
            level1=self.level1 or None,
            level2=self.level2 or None,
            level3=self.name or None,
            target_text=self.target or None,
            actual_text=self.done or None,
            weight=self.weight,
            score=self.score,
            reason=self.reason or None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfEvaluation:
    """What a unit states of a project when its year is over."""

    project: str = ""
    code: str = ""
    department: str = ""
    unit: str = ""
    year: FiscalYear | None = None
    money: Sources[MoneyLine] = NO_MONEY
    execution_weight: Points | None = None
    execution_score: Points | None = None
    goal: str = ""
    goal_done: str = ""
    indicators: tuple[EvaluatedIndicator, ...] = ()

    @property
    def total_weight(self) -> Points | None:
        """What all weights make together; None where a line has none."""
        return _sum(self.execution_weight, [line.weight for line in self.indicators])

    @property
    def total(self) -> Points | None:
        """What all points make together; None while points are missing."""
        return _sum(self.execution_score, [line.score for line in self.indicators])

    def as_form(self) -> Form:
        """The self-evaluation as forms and their checks know it; only sums are computed."""
        total = self.money.total
        return Form(
            form_type=FormType.SELF_EVALUATION,
            layout=LAYOUT,
            project=self.project or None,
            department=self.department or None,
            unit=self.unit or None,
            fiscal_year=self.year,
            money_unit="万元",
            budget_initial=total.initial,
            budget_adjusted=total.adjusted,
            executed=total.paid,
            execution_weight=self.execution_weight,
            execution_score=self.execution_score,
            fund_rows=fund_rows_of(self.money),
            goal_text=self.goal or None,
            goal_actual_text=self.goal_done or None,
            indicators=tuple(line.as_indicator() for line in self.indicators),
            has_total_row=True,
            total_weight=self.total_weight,
            stated_total=self.total,
        )


def self_evaluation_of_form(form: Form) -> SelfEvaluation:
    """What a form of any layout states, as far as it says it."""
    return SelfEvaluation(
        project=form.project or "",
        department=form.department or "",
        unit=form.unit or "",
        year=form.fiscal_year,
        money=money_of_form(form),
        execution_weight=form.execution_weight,
        execution_score=form.execution_score,
        goal=form.goal_text or "",
        goal_done=form.goal_actual_text or "",
        indicators=tuple(map(_of_indicator, form.indicators)),
    )


def _of_indicator(line: Indicator) -> EvaluatedIndicator:
    return EvaluatedIndicator(
        level1=line.level1 or "",
        level2=line.level2 or "",
        name=line.level3 or "",
        target=line.target_text or "",
        done=line.actual_text or "",
        weight=line.weight,
        score=line.score,
        reason=line.reason or "",
    )


def _sum(first: Points | None, others: list[Points | None]) -> Decimal | None:
    """The sum of points, those for the use of the budget first; None where one is missing."""
    known = [points for points in others if points is not None]
    if not others or len(known) < len(others):
        return None
    return sum(known, start=first or Decimal(0))
