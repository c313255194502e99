"""The nouns of performance budgeting, as frozen values.

Money is yuan with two decimals, rates are ratios from 0 to 1, absent is None.
The Chinese of every noun stands in docs/glossary.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

Money: TypeAlias = Decimal
Points: TypeAlias = Decimal
Ratio: TypeAlias = Decimal
FiscalYear: TypeAlias = int


class FormType(StrEnum):
    """Which official paper a form is."""

    SELF_EVALUATION = "self_evaluation"
    SELF_EVALUATION_DEPARTMENT = "self_evaluation_department"
    SELF_EVALUATION_TRANSFER = "self_evaluation_transfer"
    GOAL = "goal"
    GOAL_DEPARTMENT = "goal_department"
    MONITORING = "monitoring"

    @property
    def is_self_evaluation(self) -> bool:
        """Whether the form reports results with scores."""
        return self.value.startswith("self_evaluation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """A place in a document, counted from 1 as a reader counts; indicator counts from 0."""

    sheet: str | None = None
    table: int | None = None
    page: int | None = None
    row: int | None = None
    column: int | None = None
    indicator: int | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence not yet put into words: a Chinese message id and its values.

    `gongzhi.words.say` renders it in a language; values may themselves be sentences, or words that
    data brings along.
    """

    text: str
    values: Mapping[str, "SaidValue"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Words that data brings along in both languages."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """The words in the language ("zh" or "en")."""
        return self.en if language == "en" else self.zh


def several(words: Iterable[str | Text], *, most: int | None = None) -> Text:
    """Words one after another, parted as each language does; of more than `most` the first."""
    each = [word if isinstance(word, Text) else Text(zh=word, en=word) for word in words]
    more = "" if most is None or len(each) <= most else "…"
    shown = each[:most]
    return Text(
        zh="、".join(word.zh for word in shown) + more,
        en=", ".join(word.en for word in shown) + more,
    )


SaidValue: TypeAlias = str | int | Decimal | Said | Text
SaidValues: TypeAlias = dict[str, SaidValue]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that could not be read, where it stands and what to do about it."""

    where: Where
    what: Said
    hint: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a check has to say about a form; certain findings are pure arithmetic."""

    code: str
    certain: bool
    where: Where
    said: Said
    arithmetic: str | None = None
    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One scored line of a form, as printed."""

    level1: str | None = None
    level2: str | None = None
    level3: str | None = None
    target_text: str | None = None
    actual_text: str | None = None
    weight: Points | None = None
    score: Points | None = None
    reason: str | None = None
    possibility: str | None = None
    converted_score: Points | None = None
    where: Where = Where()


@dataclass(frozen=True, slots=True, kw_only=True)
class FundRow:
    """One line of the money block; the first line of a form is its total."""

    label: str
    initial: Money | None = None
    adjusted: Money | None = None
    executed: Money | None = None
    where: Where = Where()


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """An official form as its author filled it in; nothing here is computed."""

    form_type: FormType
    layout: str
    project: str | None = None
    department: str | None = None
    unit: str | None = None
    fiscal_year: FiscalYear | None = None
    money_unit: str | None = None
    budget_initial: Money | None = None
    budget_adjusted: Money | None = None
    executed: Money | None = None
    execution_rate_text: str | None = None
    execution_weight: Points | None = None
    execution_score: Points | None = None
    fund_rows: tuple[FundRow, ...] = ()
    goal_text: str | None = None
    goal_actual_text: str | None = None
    indicators: tuple[Indicator, ...] = ()
    long_term_indicators: tuple[Indicator, ...] = ()
    level1_weights: Mapping[str, Points] = field(default_factory=dict)
    weight_rule: Mapping[str, Points] = field(default_factory=dict)
    has_total_row: bool = False
    total_weight: Points | None = None
    stated_total: Points | None = None
    stated_grade: str | None = None
    where: Where = Where()

    @property
    def budget(self) -> Money | None:
        """The budget that execution is measured against: adjusted, else initial."""
        return self.budget_adjusted if self.budget_adjusted is not None else self.budget_initial


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What was read from one file: its forms, and what could not be read."""

    name: str
    forms: tuple[Form, ...] = ()
    problems: tuple[Problem, ...] = ()

    def with_problem(self, problem: Problem) -> "Paper":
        """The same paper with one more problem."""
        return replace(self, problems=(*self.problems, problem))
