"""What came of an import: counts, sums by month, the first problems; the control sum."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from gongzhi.connectors.kinds import NAMES
from gongzhi.core.facts import Doubt, Fact, PaymentFact
from gongzhi.core.terms import Money, Problem, Said, Where

SHOWN_MAX = 200
Month: TypeAlias = tuple[int, int]
NOTHING = Decimal("0.00")


class Mode(StrEnum):
    """What one bad row does to the others."""

    WHOLE = "whole"  # all rows or none
    KEEP_GOOD = "keep_good"  # the good rows; the bad ones are told


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """What came of reading a file: facts by kind, what was passed over, what was wrong.

    duplicates are rows met before in this file, known ones those of earlier imports, corrections
    facts that replace an earlier one, conflicts rows that say otherwise under the same number.
    problems and doubts are the first of each, with the counts of all.
    """

    mode: Mode
    rows: int
    facts: Mapping[str, int]
    duplicates: int
    known: int
    corrections: int
    conflicts: int
    problem_count: int
    doubt_count: int
    problems: tuple[Problem, ...]
    doubts: tuple[Doubt, ...]
    total: Money
    by_month: Mapping[Month, Money]
    by_currency: Mapping[str, Money]
    earliest: date | None
    latest: date | None

    @property
    def is_accepted(self) -> bool:
        """Whether the facts may be kept."""
        if not sum(self.facts.values()):
            return False
        return self.mode is Mode.KEEP_GOOD or not self.problem_count

    def against(self, stated: Money) -> Problem | None:
        """That the payments don't add up to the total that the sender states."""
        if stated == self.total:
            return None
        difference = self.total - stated
        told = {"total": self.total, "stated": stated, "difference": difference}
        return Problem(
            where=Where(),
            what=Said("读出的支付合计 {total}，对方写的是 {stated}，相差 {difference}", {**told}),
            hint=Said("请按月核对，找出缺的或多的行"),
        )


class Tally:
    """An import's summary while it runs."""

    def __init__(self, mode: Mode) -> None:
        self.mode = mode
        self.counts: Counter[str] = Counter()
        self.facts: Counter[str] = Counter()
        self.problems: list[Problem] = []
        self.doubts: list[Doubt] = []
        self.by_month: defaultdict[Month, Money] = defaultdict(lambda: NOTHING)
        self.by_currency: defaultdict[str, Money] = defaultdict(lambda: NOTHING)
        self.row: tuple[str | None, int | None] = ("", 0)

    def keep(self, fact: Fact) -> None:
        """Count a fact that is kept."""
        self.facts[NAMES[fact.__class__]] += 1
        if isinstance(fact, PaymentFact):
            paid_on = fact.paid_on
            self.by_month[paid_on.year, paid_on.month] += fact.amount
            self.by_currency[fact.currency] += fact.amount

    def see(self, sheet: str | None, row: int | None) -> None:
        """Count the row, unless it is the one counted last."""
        if (sheet, row) != self.row and row is not None:
            self.row = (sheet, row)
            self.counts["rows"] += 1

    def tell(self, problem: Problem) -> None:
        """Count a problem or a doubt, and keep the first of them."""
        if isinstance(problem, Doubt):
            self.counts["doubts"] += 1
            if len(self.doubts) < SHOWN_MAX:
                self.doubts.append(problem)
            return
        self.see(problem.where.sheet or "", problem.where.row)
        self.counts["problems"] += 1
        if len(self.problems) < SHOWN_MAX:
            self.problems.append(problem)

    def result(self) -> Import:
        """The summary."""
        months = sorted(self.by_month)
        return Import(
            mode=self.mode, rows=self.counts["rows"], facts=dict(self.facts),
            duplicates=self.counts["duplicates"], known=self.counts["known"],
            corrections=self.counts["corrections"], conflicts=self.counts["conflicts"],
            problem_count=self.counts["problems"], doubt_count=self.counts["doubts"],
            problems=tuple(self.problems), doubts=tuple(self.doubts),
            total=sum(self.by_month.values(), NOTHING),
            by_month={month: self.by_month[month] for month in months},
            by_currency=dict(self.by_currency),
            earliest=date(*months[0], 1) if months else None,
            latest=date(*months[-1], 1) if months else None,
        )  # fmt: skip
