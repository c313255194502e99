"""The monitoring sheet of a project (项目支出绩效运行监控表): money and indicators so far.

Money is yuan; a rate is always computed and never typed. Texts are as typed, "" is an empty box.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from types import MappingProxyType

from gongzhi.core.goals.drafts import DraftGoal, DraftIndicator
from gongzhi.core.indicators.numbers import number
from gongzhi.core.monitoring import Facts, Watched
from gongzhi.core.monitoring.progress import Progress
from gongzhi.core.official.filler import Filler
from gongzhi.core.official.money import NO_MONEY, MoneyLine, fund_rows_of, money_of_form
from gongzhi.core.official.sources import Sources
from gongzhi.core.terms import FiscalYear, Form, FormType, Indicator

FEN = Decimal("0.01")
NO_WORDS: Mapping[str, str] = MappingProxyType({})


class Cause(StrEnum):
    """What a deviation comes from, in the groups of the official sheet."""

    MONEY = "经费保障"
    RULES = "制度保障"
    STAFF = "人员保障"
    EQUIPMENT = "硬件条件保障"
    OTHER = "其他"


class Likelihood(StrEnum):
    """How likely the target is to be reached by the year's end."""

    CERTAIN = "确定能"
    POSSIBLE = "有可能"
    IMPOSSIBLE = "完全不可能"


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoredIndicator:
    """A line of the sheet: promised, done, foreseen; why it deviates, what is done about it."""

    level1: str = ""
    level2: str = ""
    name: str = ""
    target: str = ""
    done: str = ""
    forecast: str = ""
    causes: tuple[Cause, ...] = ()
    reason: str = ""
    likelihood: Likelihood | None = None
    remedy: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringSheet:
    """What a unit reports of a project up to the end of a month."""

    project: str = ""
    code: str = ""
    department: str = ""
    unit: str = ""
    year: FiscalYear | None = None
    month: int | None = None
    money: Sources[MoneyLine] = NO_MONEY
    goal: str = ""
    indicators: tuple[MonitoredIndicator, ...] = ()

    def as_form(self) -> Form:
        """The sheet as forms and their checks know it; nothing is computed."""
        return Form(
            form_type=FormType.MONITORING,
            layout="monitoring",
            project=self.project or None,
            department=self.department or None,
            unit=self.unit or None,
            fiscal_year=self.year,
            money_unit="万元",
            budget_initial=self.money.total.initial,
            budget_adjusted=self.money.total.adjusted,
            executed=self.money.total.paid,
            fund_rows=fund_rows_of(self.money),
            goal_text=self.goal or None,
            indicators=tuple(map(_as_indicator, self.indicators)),
        )


def monitored(
    goal: DraftGoal,
    *,
    facts: Facts,
    watched: Watched,
    by: Filler,
    words: Mapping[str, str] = NO_WORDS,
) -> MonitoringSheet:
    """A sheet with what is known already; forecasts of indicators, reasons and remedies are asked.

    The money foreseen is the middle of the forecast, to the fen. words are what was read of
    indicators without a figure, by key.
    """
    curves, foreseen = watched.curves, watched.money_forecast
    budget, forecast = facts.budget, None
    if budget is not None and foreseen is not None:
        forecast = (budget * Decimal(str(foreseen.expected))).quantize(FEN, ROUND_HALF_UP)
    total = MoneyLine(
        initial=facts.initial, adjusted=facts.adjusted, paid=curves.paid, forecast=forecast
    )
    read = {each.promised.key: each for each in curves.indicators}
    return MonitoringSheet(
        project=goal.project,
        code=by.code,
        department=by.department,
        unit=by.unit,
        year=goal.year,
        month=curves.month or None,
        money=replace(NO_MONEY, total=total),
        goal=goal.text,
        indicators=tuple(
            _monitored(each, read, words.get(each.key, "")) for each in goal.indicators
        ),
    )


def monitoring_of_form(form: Form) -> MonitoringSheet:
    """What a form of any layout reports, as far as a form says it."""
    return MonitoringSheet(
        project=form.project or "",
        department=form.department or "",
        unit=form.unit or "",
        year=form.fiscal_year,
        money=money_of_form(form),
        goal=form.goal_text or "",
        indicators=tuple(map(_of_indicator, form.indicators)),
    )


def _monitored(
    line: DraftIndicator, read: Mapping[str, Progress], words: str
) -> MonitoredIndicator:
    return MonitoredIndicator(
        level1=line.level1,
        level2=line.level2,
        name=line.name,
        target=line.target_text,
        done=done_text(line, progress=read.get(line.key), words=words),
    )


def done_text(line: DraftIndicator, *, progress: Progress | None, words: str) -> str:
    """What was done of an indicator as papers print it: the figure with its unit, or the words.

    Of a promise in words the figure is only what the words count for.
    """
    value = None if progress is None else progress.value
    in_words = progress is not None and progress.promised.target is None
    if value is None or (in_words and words):
        return words
    return f"{value.normalize():f}{_measure(line)}"


def _measure(line: DraftIndicator) -> str:
    printed = number(line.target)
    return (printed.unit if printed else "") or line.measure


def _as_indicator(line: MonitoredIndicator) -> Indicator:
    return Indicator(
        level1=line.level1 or None,
        level2=line.level2 or None,
        level3=line.name or None,
        target_text=line.target or None,
        actual_text=line.done or None,
        reason=line.reason or None,
        possibility=None if line.likelihood is None else line.likelihood.value,
    )


def _of_indicator(line: Indicator) -> MonitoredIndicator:
    said = line.possibility or ""
    return MonitoredIndicator(
        level1=line.level1 or "",
        level2=line.level2 or "",
        name=line.level3 or "",
        target=line.target_text or "",
        done=line.actual_text or "",
        reason=line.reason or "",
        likelihood=next((each for each in Likelihood if each.value == said), None),
        note="" if said in set(Likelihood) else said,
    )
