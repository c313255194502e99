"""A form laid out for checking: every row read once, money and scores at hand."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from gongzhi.core.indicators.canonical import canonical, gives_no_reason, says_nothing
from gongzhi.core.indicators.numbers import Number, number
from gongzhi.core.indicators.promise import Promise, promise_of
from gongzhi.core.indicators.reach import shortened
from gongzhi.core.scoring.execution import ExecutionRate, rate_of_budget
from gongzhi.core.scoring.limits import Limits
from gongzhi.core.scoring.pack import Pack
from gongzhi.core.terms import Form, FormType, Indicator, Points, Said, Where

NOTHING = Decimal(0)
GOALS = (FormType.GOAL, FormType.GOAL_DEPARTMENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What a check found, where, and its sum in figures."""

    where: Where
    said: Said
    arithmetic: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One entry of the open list CHECKS: a code, whether figures prove it, how it is found."""

    code: str
    certain: bool
    find: Callable[["Case"], Iterator[Fault]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An indicator with its target and result as numbers, where they are numbers.

    where is its place in the document, with its position among the indicators.
    """

    position: int
    where: Where
    indicator: Indicator
    promise: Promise
    result: Number | None

    @property
    def target(self) -> Number | None:
        """The target as a number."""
        return self.promise.number

    @property
    def weight(self) -> Points | None:
        """The printed weight."""
        return self.indicator.weight

    @property
    def score(self) -> Points | None:
        """The printed score."""
        return self.indicator.score

    @property
    def is_met(self) -> bool | None:
        """Whether the result meets the target; None where they cannot be compared."""
        if self.target is None or self.result is None:
            return None
        if self.promise.less_is_better:
            return self.result.value <= self.target.value
        return self.result.value >= self.target.value

    @property
    def has_reason(self) -> bool:
        """Whether a reason was written."""
        return not gives_no_reason(self.indicator.reason)

    @property
    def name(self) -> str | Said:
        """What to call the row in a sentence."""
        name = self.indicator.level3
        if says_nothing(name):
            return Said("第 {number} 项指标", {"number": self.position + 1})
        return shortened(name)


@dataclass(frozen=True, kw_only=True)
class Case:
    """What the checks look at: a form, its rows, the pack that it is judged by."""

    form: Form
    pack: Pack
    rows: tuple[Row, ...]

    @property
    def limits(self) -> Limits:
        """The thresholds of the checks."""
        return self.pack.limits

    @property
    def is_self_evaluation(self) -> bool:
        """Whether the form reports results."""
        return self.form.form_type.is_self_evaluation

    @property
    def is_goal(self) -> bool:
        """Whether the form only promises."""
        return self.form.form_type in GOALS

    @property
    def execution_weight(self) -> Decimal:
        """The weight of execution; a missing one counts as nothing in sums."""
        return self.form.execution_weight or NOTHING

    @property
    def execution_score(self) -> Decimal:
        """The score of execution; a missing one counts as nothing in sums."""
        return self.form.execution_score or NOTHING

    @cached_property
    def has_weights(self) -> bool:
        """Whether the form has a column of weights."""
        return any(row.weight is not None for row in self.rows)

    @cached_property
    def all_weights(self) -> tuple[Decimal, ...] | None:
        """Every row's weight, or None where a row has none or there is no row."""
        return _complete(row.weight for row in self.rows)

    @cached_property
    def all_scores(self) -> tuple[Decimal, ...] | None:
        """Every row's score, or None where a row has none or there is no row."""
        return _complete(row.score for row in self.rows)

    @cached_property
    def execution_rate(self) -> ExecutionRate | None:
        """Executed ÷ budget as the money block prints them, on self-evaluations."""
        if not self.is_self_evaluation:
            return None
        return rate_of_budget(executed=self.form.executed, budget=self.form.budget)

    @property
    def execution_percent(self) -> Fraction | None:
        """The rate in per cent, exact."""
        return None if self.execution_rate is None else self.execution_rate.exact * 100

    @property
    def money_where(self) -> Where:
        """The place of the money block's total row."""
        return self.form.fund_rows[0].where if self.form.fund_rows else self.form.where


def case_of(form: Form, *, pack: Pack) -> Case:
    """Read every row of a form once."""
    rows = tuple(
        _row(position, indicator, pack) for position, indicator in enumerate(form.indicators)
    )
    return Case(form=form, pack=pack, rows=rows)


def _row(position: int, indicator: Indicator, pack: Pack) -> Row:
    promise = promise_of(
        target_text=indicator.target_text, level2=indicator.level2, lexicon=pack.lexicon
    )
    result = None if says_nothing(indicator.actual_text) else number(indicator.actual_text)
    where = replace(indicator.where, indicator=position)
    return Row(position=position, where=where, indicator=indicator, promise=promise, result=result)


def _complete(values: Iterator[Decimal | None]) -> tuple[Decimal, ...] | None:
    found = tuple(values)
    known = tuple(value for value in found if value is not None)
    return known if found and len(known) == len(found) else None


def same_text(one: str | None, other: str | None) -> bool:
    """Whether both texts say something and say the same."""
    return not says_nothing(one) and canonical(one) == canonical(other)
