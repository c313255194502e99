"""A place's rules of monitoring as values; the data stands in rules/packs/…/monitoring.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from gongzhi.core.indicators.lexicon import Degree
from gongzhi.core.terms import Ratio, Text

AMOUNTS = frozenset(("amount", "limit"))  # thresholds that are money


class Level(StrEnum):
    """How a signal is coloured; green is the absence of signals."""

    RED = "red"  # 严重滞后
    YELLOW = "yellow"  # 需要关注
    BLUE = "blue"  # 目标可能偏低, or a figure to be looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A signal's thresholds, from a day on, with where they were read.

    numbers are its thresholds by name, marks shares by month, words its list of words. currency is
    the unit of those that are amounts, empty where none is. warns tells whether the signal opens a
    warning, with its clocks.
    """

    code: str
    pack: str
    level: Level
    warns: bool
    in_force_from: date
    in_force_until: date | None
    numbers: Mapping[str, Decimal]
    marks: Mapping[int, Ratio]
    words: tuple[str, ...]
    source: Text
    verified: bool
    currency: str = ""

    def __getitem__(self, name: str) -> Decimal:
        """A threshold by its name."""
        return self.numbers[name]

    @property
    def clause(self) -> str:
        """The rule's address: its pack, its code and since when."""
        return f"{self.pack}/{self.code}@{self.in_force_from.isoformat()}"

    def judges(self, currency: str) -> bool:
        """Whether its thresholds mean something for money of a currency, by its unit."""
        return self.currency in ("", currency)

    def holds_on(self, day: date) -> bool:
        """Whether the rule is in force on a day."""
        until = self.in_force_until
        return self.in_force_from <= day and (until is None or day <= until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """How many working days each step after a warning may take, and what follows of itself.

    suspends: whether suspension is proposed where no answer came in time; publishes_late: whether
    what stays unanswered becomes public. visit_after: so many rounds in a row that warned end in a
    visit; rounds are the months that are judged at their end.
    """

    answer: int
    plan: int
    report: int
    check: int
    suspends: bool
    publishes_late: bool
    visit_after: int
    rounds: tuple[int, ...]
    source: Text
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Degrees:
    """What words count for where an indicator has no figure, and where that was read."""

    shares: Mapping[Degree, Ratio]
    source: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecasting:
    """How the end of a year is foreseen: the share of past ends that intervals hold.

    least is the number of finished courses of a class below which their history isn't used.
    """

    level: Ratio
    neighbours: int
    least: int
    source: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringRules:
    """The rules of a pack: signals with their thresholds, clocks, words, forecasting.

    kept_under are words of headings whose figures are levels to be kept, not totals; carried_over
    are words in the name of a source of funds that say it came over from an earlier year.
    """

    pack: str
    title: Text
    rules: tuple[Rule, ...]
    clocks: Clocks
    words: Degrees
    kept_under: tuple[str, ...]
    carried_over: tuple[str, ...]
    forecasting: Forecasting

    def in_force(self, day: date) -> Mapping[str, Rule]:
        """The rules of a day by code; of two that hold, the later one."""
        holding = (rule for rule in self.rules if rule.holds_on(day))
        return {rule.code: rule for rule in sorted(holding, key=lambda rule: rule.in_force_from)}

    def rule_of(self, clause: str) -> Rule | None:
        """The rule that a signal's clause names."""
        return next((rule for rule in self.rules if rule.clause == clause), None)
