"""The declaration of a project's goals (项目支出绩效目标申报表), as its author filled it in.

Money is yuan, None where a box is empty; texts are as typed, "" where a box is empty.
"""

from dataclasses import dataclass, replace
from datetime import date

from gongzhi.core.goals.drafts import DraftGoal, DraftIndicator, Funds, Medium
from gongzhi.core.official.filler import Filler
from gongzhi.core.official.periods import period_of, period_text
from gongzhi.core.official.sources import Sources
from gongzhi.core.terms import FiscalYear, Form, FormType, FundRow, Indicator, Money, Points

NO_MONEY: Sources[Money | None] = Sources.of(lambda _: None)
NOTHING_KNOWN = DraftGoal()
LABELS = Sources(
    total="年度资金总额", fiscal="其中：财政拨款", carried="上年结转资金", other="其他资金"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredIndicator:
    """A line of the declaration, with its value over the medium term and for the year."""

    level1: str = ""
    level2: str = ""
    name: str = ""
    medium: str = ""
    annual: str = ""
    weight: Points | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalDeclaration:
    """What a unit declares of a project: nature is 新增 or 延续, period is 项目期."""

    project: str = ""
    code: str = ""
    department: str = ""
    unit: str = ""
    year: FiscalYear | None = None
    functional: str = ""
    nature: str = ""
    period: str = ""
    medium: Sources[Money | None] = NO_MONEY
    annual: Sources[Money | None] = NO_MONEY
    goal_medium: str = ""
    goal: str = ""
    indicators: tuple[DeclaredIndicator, ...] = ()

    def as_form(self) -> Form:
        """The declaration as forms and their checks know it; nothing is computed."""
        return Form(
            form_type=FormType.GOAL,
            layout="declaration",
            project=self.project or None,
            department=self.department or None,
            unit=self.unit or None,
            fiscal_year=self.year,
            money_unit="万元",
            budget_initial=self.annual.total,
            fund_rows=tuple(
                FundRow(label=LABELS.named[source], initial=amount)
                for source, amount in self.annual.named.items()
            ),
            goal_text=self.goal or self.goal_medium or None,
            indicators=tuple(_as_indicator(each, each.annual) for each in self.indicators),
            long_term_indicators=tuple(
                _as_indicator(each, each.medium) for each in self.indicators if each.medium
            ),
        )


def declared(goal: DraftGoal, *, by: Filler) -> GoalDeclaration:
    """The declaration of a drafted goal; what the draft doesn't know is left to be filled in."""
    return GoalDeclaration(
        project=goal.project,
        code=by.code,
        department=by.department,
        unit=by.unit,
        year=goal.year,
        functional=goal.functional,
        nature=goal.nature,
        period=period_text(goal),
        medium=_by_source(goal.medium.budget, goal.medium.funds),
        annual=_by_source(goal.budget, goal.funds),
        goal_medium=goal.medium.text,
        goal=goal.text,
        indicators=tuple(
            DeclaredIndicator(
                level1=each.level1,
                level2=each.level2,
                name=each.name,
                medium=each.medium,
                annual=each.target_text,
                weight=each.weight,
            )
            for each in goal.indicators
        ),
    )


def taken_from(declaration: GoalDeclaration, *, known: DraftGoal = NOTHING_KNOWN) -> DraftGoal:
    """The draft as a declaration states it; what a form has no box for stays as it was known.

    So do the sources of funds and the medium term where it says nothing of them: many forms have
    no such boxes.

    Lines are known again by headings and name, else by name alone; each keeps its key, history,
    evidence and whatever else, and its number and unit apart where the target reads the same.
    """
    left = list(known.indicators)
    starts_on, ends_on = _days(declaration.period, known)
    medium = Medium(
        text=declaration.goal_medium or known.medium.text,
        budget=known.medium.budget
        if declaration.medium.total is None
        else declaration.medium.total,
        funds=_funds(declaration.medium, known=known.medium.funds),
    )
    return replace(
        known,
        project=declaration.project,
        year=declaration.year,
        functional=declaration.functional,
        text=declaration.goal,
        budget=declaration.annual.total,
        starts_on=starts_on,
        ends_on=ends_on,
        indicators=tuple(_taken(each, left) for each in declaration.indicators),
        nature=declaration.nature or known.nature,
        funds=_funds(declaration.annual, known=known.funds),
        medium=medium,
    )


def _by_source(total: Money | None, funds: Funds) -> Sources[Money | None]:
    return Sources(total=total, fiscal=funds.fiscal, carried=funds.carried, other=funds.other)


def _funds(stated: Sources[Money | None], *, known: Funds) -> Funds:
    found = Funds(fiscal=stated.fiscal, carried=stated.carried, other=stated.other)
    return known if found == Funds() else found


def declaration_of_form(form: Form) -> GoalDeclaration:
    """What a form of any layout declares, as far as a form says it."""
    long_term = {
        (each.level1, each.level2, each.level3): each for each in form.long_term_indicators
    }
    return GoalDeclaration(
        project=form.project or "",
        department=form.department or "",
        unit=form.unit or "",
        year=form.fiscal_year,
        annual=_sources(form),
        goal=form.goal_text or "",
        indicators=tuple(
            DeclaredIndicator(
                level1=each.level1 or "",
                level2=each.level2 or "",
                name=each.level3 or "",
                medium=_target(long_term.get((each.level1, each.level2, each.level3))),
                annual=each.target_text or "",
                weight=each.weight,
            )
            for each in form.indicators
        ),
    )


def _as_indicator(line: DeclaredIndicator, target: str) -> Indicator:
    return Indicator(
        level1=line.level1 or None,
        level2=line.level2 or None,
        level3=line.name or None,
        target_text=target or None,
        weight=line.weight,
    )


def _days(printed: str, known: DraftGoal) -> tuple[date | None, date | None]:
    """The days of a period; where it is printed as it is known, the days that are known."""
    found = None if printed == period_text(known) else period_of(printed)
    return found or (known.starts_on, known.ends_on)


def _taken(line: DeclaredIndicator, left: list[DraftIndicator]) -> DraftIndicator:
    """A line as a draft; the known line that it continues is taken out of those left."""
    headed = (each for each in left if _heads(each) == (line.level1, line.level2, line.name))
    named = (each for each in left if each.name == line.name)
    known = next(headed, None) or next(named, None)
    if known is None:
        known = DraftIndicator()
    else:
        left.remove(known)
    same = known.target_text == line.annual
    return replace(
        known,
        name=line.name,
        level1=line.level1,
        level2=line.level2,
        target=known.target if same else line.annual,
        measure=known.measure if same else "",
        weight=line.weight,
        medium=line.medium or known.medium,
    )


def _heads(line: DraftIndicator) -> tuple[str, str, str]:
    return line.level1, line.level2, line.name


def _target(line: Indicator | None) -> str:
    return (line.target_text or "") if line else ""


def _sources(form: Form) -> Sources[Money | None]:
    return Sources(
        total=form.budget,
        fiscal=_amount(form.fund_rows, "财政拨款"),
        carried=_amount(form.fund_rows, "结转"),
        other=_amount(form.fund_rows, "其他资金"),
    )


def _amount(rows: tuple[FundRow, ...], word: str) -> Money | None:
    return next((row.initial for row in rows if word in row.label), None)
