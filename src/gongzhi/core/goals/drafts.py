"""A goal while it is being written: what the money shall do, for whom, and how one will know.

Texts are as typed; "" is a field nobody has filled in. Money is yuan. Keys tell activities and
indicators apart across versions, and name what leads to what.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from gongzhi.core.goals.aspects import Aspect, aspect_of
from gongzhi.core.indicators.numbers import number
from gongzhi.core.monitoring.plan import Course
from gongzhi.core.terms import FiscalYear, Form, FormType, Indicator, Money, Points


class Ground(StrEnum):
    """What a target was derived from."""

    PLAN = "plan"  # 计划标准
    SECTOR = "sector"  # 行业标准
    HISTORY = "history"  # 历史标准
    NORM = "norm"  # 预算支出标准


class Measured(StrEnum):
    """How one will know what was reached."""

    DIRECTLY = "directly"  # 直接证明
    STATISTICS = "statistics"  # 情况统计
    ACCOUNT = "account"  # 情况说明
    SURVEY = "survey"  # 问卷调查
    TREND = "trend"  # 趋势判断


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How satisfaction will be found out: of whom, of how many, by which instrument."""

    who: str = ""
    how_many: int | None = None
    instrument: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Past:
    """What an indicator promised and reached in an earlier year."""

    year: FiscalYear
    target: Decimal | None = None
    result: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Beneficiaries:
    """A group that the money is for, and how many of them; measure is what is counted (人, 户)."""

    who: str
    count: Decimal | None = None
    measure: str = "人"


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """Something that is done with the money; leads_to names indicators by key."""

    key: str
    name: str
    money: Money | None = None
    leads_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Funds:
    """Where money comes from, as far as somebody says it."""

    fiscal: Money | None = None  # 当年财政拨款
    carried: Money | None = None  # 上年结转资金
    other: Money | None = None  # 其他资金


@dataclass(frozen=True, slots=True, kw_only=True)
class Medium:
    """What is promised over the medium term (中期), for how much and from where."""

    text: str = ""
    budget: Money | None = None
    funds: Funds = Funds()


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftIndicator:
    """A line of a drafted goal; leads_to names the indicators of effect that it is for.

    less_is_better is None where the sign or the heading says so, course where the library or the
    target does; medium is the target over the medium term; standard is what a target in words will
    be held against; library is the code of the entry that it was taken from.
    """

    name: str = ""
    level1: str = ""
    level2: str = ""
    target: str = ""
    measure: str = ""
    weight: Points | None = None
    less_is_better: bool | None = None
    baseline: Decimal | None = None
    history: tuple[Past, ...] = ()
    ground: Ground | None = None
    measured: Measured | None = None
    standard: str = ""
    source: str = ""
    evidence: str = ""
    asked: Asked | None = None
    is_core: bool = False
    key: str = ""
    library: str = ""
    leads_to: tuple[str, ...] = ()
    medium: str = ""
    course: Course | None = None

    @property
    def aspect(self) -> Aspect | None:
        """The level-2 kind, as the headings say."""
        return aspect_of(level1=self.level1, level2=self.level2)

    @property
    def target_text(self) -> str:
        """The target with its unit, as a form prints it: ≥120 and 公里 are ≥120公里."""
        printed = number(self.target)
        return self.target if printed is None or printed.unit else self.target + self.measure

    def as_indicator(self) -> Indicator:
        """The line as forms and their checks know it."""
        return Indicator(
            level1=self.level1 or None,
            level2=self.level2 or None,
            level3=self.name or None,
            target_text=self.target_text or None,
            weight=self.weight,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftGoal:
    """What a project promises for a year; functional is its class, 3 to 7 digits.

    nature is 新增项目 or 延续项目; funds are the sources of the budget.
    """

    project: str = ""
    year: FiscalYear | None = None
    functional: str = ""
    text: str = ""
    budget: Money | None = None
    people: Decimal | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    beneficiaries: tuple[Beneficiaries, ...] = ()
    activities: tuple[Activity, ...] = ()
    indicators: tuple[DraftIndicator, ...] = ()
    nature: str = ""
    funds: Funds = Funds()
    medium: Medium = Medium()

    def as_form(self, *, execution_weight: Points | None = None) -> Form:
        """The goal as a form, so that the checks of forms can look at it."""
        return Form(
            form_type=FormType.GOAL,
            layout="draft",
            project=self.project or None,
            fiscal_year=self.year,
            budget_initial=self.budget,
            execution_weight=execution_weight,
            goal_text=self.text or None,
            indicators=tuple(each.as_indicator() for each in self.indicators),
            has_total_row=True,
        )


def draft_of(form: Form) -> DraftGoal:
    """The goal that an official form declares, or once declared."""
    return DraftGoal(
        project=form.project or "",
        year=form.fiscal_year,
        text=form.goal_text or "",
        budget=form.budget,
        indicators=tuple(_drafted(each) for each in form.indicators),
    )


def _drafted(indicator: Indicator) -> DraftIndicator:
    return DraftIndicator(
        name=indicator.level3 or "",
        level1=indicator.level1 or "",
        level2=indicator.level2 or "",
        target=indicator.target_text or "",
        weight=indicator.weight,
    )
