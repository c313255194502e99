"""Compensation: never below its floor, like cases alike, followed until it is paid.

Amounts are compared as shares of their floor: who has twice the appraised value gets twice the
money and is treated alike. What everybody is told comes in whole groups, so that no total tells
what a single household gets.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from gongzhi.core.terms import Money, Said, SaidValues

BELOW = Said("金额 {amount} 元低于下限 {floor} 元：下限是法定标准和评估价值中较高的一个")
UNEQUAL = Said(
    "同类情况（{situation}）已经有 {count} 笔按别的标准约定，最近的一笔是下限的 {rate} 倍；"
    "标准相同，或者写明区别对待的理由"
)
PARTS_DIFFER = Said("各期合计 {parts} 元，与补偿加奖励的合计 {whole} 元不一致")
RATE_PLACES = Decimal("0.0001")


@dataclass(frozen=True, slots=True, kw_only=True)
class CompensationRules:
    """Days to object and to answer, payees in a public group, and how near rates are alike."""

    objection_days: int
    answer_days: int
    payees_least: int
    rate_tolerance: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Treated:
    """How somebody is treated: their situation, the standard applied, the money and its floor."""

    situation: str
    standard: str
    amount: Money
    floor: Money
    difference: str = ""

    @property
    def rate(self) -> Fraction | None:
        """How many times the floor it is; None where nothing sets a floor."""
        return Fraction(self.amount) / Fraction(self.floor) if self.floor else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """The cases of one situation: how many, between which rates, by which standards, and why."""

    situation: str
    count: int
    standards: tuple[str, ...]
    rates: tuple[Decimal, Decimal] | None
    is_equal: bool
    differences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What everybody is told: so many payees, and their sum."""

    count: int
    total: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """An instalment: due when, paid when, and what was promised each time that it was late.

    `explained` are pairs: the day of the explanation, and the new day that it names.
    """

    due_on: date
    amount: Money
    paid_on: date | None = None
    explained: tuple[tuple[date, date], ...] = ()


def why_below(amount: Money, *, floor: Money) -> Said | None:
    """Why an amount can't be promised: it is below the floor that the law and an appraisal set."""
    if amount >= floor:
        return None
    return Said(BELOW.text, {"amount": amount, "floor": floor})


def why_not_parted(parts: Iterable[Money], *, whole: Money) -> Said | None:
    """Why instalments don't make up the whole."""
    together = sum(parts, start=Decimal(0))
    if together == whole:
        return None
    return Said(PARTS_DIFFER.text, {"parts": together, "whole": whole})


def why_unequal(case: Treated, others: Sequence[Treated], *, tolerance: Fraction) -> Said | None:
    """Why a case isn't like the usual ones of its situation, unless it carries a reason.

    Those that differ for a reason of their own are nobody's measure.
    """
    usual = (each for each in others if not each.difference.strip())
    of_it = [each for each in usual if each.situation == case.situation]
    unlike = [each for each in of_it if not is_alike(case, each, tolerance=tolerance)]
    if not unlike or case.difference.strip():
        return None
    rate = unlike[-1].rate
    values: SaidValues = {
        "situation": case.situation,
        "count": len(unlike),
        "rate": "—" if rate is None else str(_rounded(rate).normalize()),
    }
    return Said(UNEQUAL.text, values)


def is_alike(one: Treated, other: Treated, *, tolerance: Fraction) -> bool:
    """Whether two cases are treated by the same standard, at the same rate."""
    if one.standard != other.standard or (one.rate is None) != (other.rate is None):
        return False
    if one.rate is None or other.rate is None:
        return True
    return abs(one.rate - other.rate) <= tolerance


def by_situation(cases: Iterable[Treated], *, tolerance: Fraction) -> list[Alike]:
    """The cases situation by situation: whether they are treated alike, and if not, why."""
    ordered = sorted(cases, key=lambda each: each.situation)
    grouped = groupby(ordered, key=lambda each: each.situation)
    return [_alike(name, list(of_it), tolerance=tolerance) for name, of_it in grouped]


def _alike(situation: str, cases: Sequence[Treated], *, tolerance: Fraction) -> Alike:
    rates = sorted(each.rate for each in cases if each.rate is not None)
    first = cases[0]
    return Alike(
        situation=situation,
        count=len(cases),
        standards=tuple(sorted({each.standard for each in cases})),
        rates=(_rounded(rates[0]), _rounded(rates[-1])) if rates else None,
        is_equal=all(is_alike(first, each, tolerance=tolerance) for each in cases)
        and (not rates or rates[-1] - rates[0] <= tolerance),
        differences=tuple(sorted({each.difference for each in cases if each.difference})),
    )


def _rounded(rate: Fraction) -> Decimal:
    return (Decimal(rate.numerator) / Decimal(rate.denominator)).quantize(RATE_PLACES)


def in_groups(shares: Iterable[tuple[str, Money]], *, least: int) -> Told | None:
    """The sum over whole groups, in the order in which they came; None below the first group.

    A group ends when it has so many different payees: a sum that grew by a single one would tell
    what that one gets.
    """
    told: Told | None = None
    count, total, payees = 0, Decimal(0), set[str]()
    for payee, amount in shares:
        count, total = count + 1, total + amount
        payees.add(payee)
        if len(payees) >= least:
            told = Told(count=count, total=total)
            payees.clear()
    return told


def is_late(part: Part, *, today: date) -> bool:
    """Whether its day has passed and it isn't paid."""
    return part.paid_on is None and part.due_on < today


def to_explain_since(part: Part, *, today: date) -> date | None:
    """Since when an explanation is owed; each new day that passes unpaid owes another one."""
    last_day = part.explained[-1][1] if part.explained else part.due_on
    return last_day if part.paid_on is None and last_day < today else None
