"""Weights that make the answers look like the population, and how exact an estimate is.

Post-stratification: an answer of stratum h weighs W_h / (n_h / n), W_h being the stated share of
the population. The design effect of unequal weights and the effective number of answers are Kish's:
deff = n Σw² / (Σw)², n / deff. The margin of error is that of a simple random sample with finite
population correction: z · √(v / (n_eff - 1) · (1 - n / N)), v = Σ w (x - m)² / Σ w.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from gongzhi.core.participating.surveying.questions import Frame, Question, SurveyRules
from gongzhi.core.terms import Ratio

PLACES = Decimal("0.0001")
HUNDREDTHS = Decimal("0.01")


Group: TypeAlias = tuple[Fraction, Fraction, int]  # a value, its weight, how many gave it


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighting:
    """How answers are weighted: by which question, and what an answer of each stratum weighs.

    `empty`: strata that nobody answered for, because of which no answer is weighted.
    """

    by: int | None
    counts: Mapping[int, int]
    weights: Mapping[int, Fraction]
    empty: tuple[int, ...] = ()

    @property
    def design_effect(self) -> Decimal:
        """By how much unequal weights raise the variance; 1 where they are equal."""
        return rounded(self._effect, to=HUNDREDTHS)

    @property
    def effective(self) -> Fraction:
        """Of how many equally weighted answers these are worth."""
        return Fraction(sum(self.counts.values())) / self._effect

    @property
    def _effect(self) -> Fraction:
        each = [(self.weights[h], n) for h, n in self.counts.items() if n]
        total = Fraction(sum(weight * n for weight, n in each))
        squares = Fraction(sum(weight**2 * n for weight, n in each))
        return sum(n for _, n in each) * squares / total**2 if total else Fraction(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A mean or a share, with its margin of error where chance chose who was asked."""

    value: Ratio
    margin: Ratio | None


def weighting_of(by: Question | None, counts: Mapping[int, int]) -> Weighting:
    """The weights of the strata's answers; equal ones where the shares aren't known."""
    equal = {stratum: Fraction(1) for stratum in counts}
    if by is None:
        return Weighting(by=None, counts=counts, weights=equal)
    empty = tuple(stratum for stratum, count in counts.items() if not count)
    if empty:
        return Weighting(by=by.number, counts=counts, weights=equal, empty=empty)
    answered = sum(counts.values())
    shares = {h: Fraction(option.share or 0) for h, option in enumerate(by.options, start=1)}
    weights = {h: share * answered / counts[h] for h, share in shares.items()}
    return Weighting(by=by.number, counts=counts, weights=weights)


def estimated(groups: Sequence[Group], *, frame: Frame, rules: SurveyRules) -> Estimate:
    """The weighted mean of values and its margin of error."""
    total = Fraction(sum(weight * count for _, weight, count in groups))
    assert total, "of no values there is no mean"
    mean = Fraction(sum(weight * count * value for value, weight, count in groups)) / total
    return Estimate(
        value=rounded(mean),
        margin=_margin(groups, total=total, mean=mean, frame=frame, rules=rules),
    )


def _margin(
    groups: Sequence[Group], *, total: Fraction, mean: Fraction, frame: Frame, rules: SurveyRules
) -> Ratio | None:
    """None where nobody was drawn by chance, or a single answer says nothing of its spread."""
    if not frame.sampled:
        return None
    effective = total**2 / Fraction(sum(weight**2 * count for _, weight, count in groups))
    if effective <= 1:
        return None
    spread = Fraction(sum(weight * n * (value - mean) ** 2 for value, weight, n in groups))
    answered = sum(count for _, _, count in groups)
    variance = spread / total / (effective - 1) * _left(answered, frame.population)
    root = (Decimal(variance.numerator) / Decimal(variance.denominator)).sqrt()
    return (rules.z * root).quantize(PLACES)


def _left(count: int, population: int | None) -> Fraction:
    """The finite population correction: the part of the population that nobody answered for."""
    if population is None:
        return Fraction(1)
    return max(Fraction(0), 1 - Fraction(count, max(population, 1)))


def rounded(value: Fraction, *, to: Decimal = PLACES) -> Decimal:
    """The value as a decimal."""
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(to)
