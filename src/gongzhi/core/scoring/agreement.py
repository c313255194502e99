"""Whether several judges agree: Kendall's W and the intraclass correlations, exactly.

Kendall's W with the correction for ties (Kendall & Babington Smith 1939; Siegel 1956) compares the
orders in which judges put things; its p-value by chi-square is an approximation that is rough for
fewer than eight things. ICC(2,1) and ICC(2,k) (Shrout & Fleiss 1979, case 2: judges drawn from
many, absolute agreement) compare the figures themselves, of one judge and of their mean.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import erfc, exp, lcm, pi, sqrt
from typing import TypeAlias

from gongzhi.core.terms import Said

Rating: TypeAlias = Decimal | Fraction | int
Ratings: TypeAlias = Sequence[Sequence[Rating]]  # judge by judge, the things in the same order
THOUSAND = 1000
FEW_THINGS = 8
STRONG, SOME = Fraction(7, 10), Fraction(4, 10)
GOOD, MODERATE = Fraction(3, 4), Fraction(1, 2)
JUDGES_LEAST, THINGS_LEAST = 2, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Concordance:
    """Kendall's W between 0 and 1, its chi-square and p; all None where it can't be told."""

    said: Said
    w: Fraction | None = None
    chi_square: Fraction | None = None
    p: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Intraclass:
    """ICC(2,1) of one judge and ICC(2,k) of the mean of all; None where they can't be told."""

    said: Said
    single: Fraction | None = None
    mean: Fraction | None = None


def concordance(ratings: Ratings) -> Concordance:
    """How alike the judges' orders are."""
    found = _too_few(ratings)
    if found is not None:
        return Concordance(said=found)
    judges, things = len(ratings), len(ratings[0])
    ranked = [doubled_ranks(each) for each in ratings]
    middle = judges * (things + 1)
    spread = sum((sum(column) - middle) ** 2 for column in zip(*ranked, strict=True))
    ties = sum(_tied(each) for each in ratings)
    most = judges**2 * (things**3 - things) - judges * ties
    if most == 0:
        return Concordance(said=Said("每位评价人给各项的分都一样，谈不上排序是否一致"))
    w = Fraction(3 * spread, most)  # 12 times the spread, which doubled ranks make four times
    chi_square = judges * (things - 1) * w
    p = chi_square_above(float(chi_square), degrees=things - 1)
    return Concordance(said=_said_of_order(w, p=p, things=things), w=w, chi_square=chi_square, p=p)


def intraclass(ratings: Ratings) -> Intraclass:
    """How near the judges' figures are, things and judges both taken as drawn from many."""
    found = _too_few(ratings)
    if found is not None:
        return Intraclass(said=found)
    judges, things = len(ratings), len(ratings[0])
    of_things, of_judges, rest = _mean_squares(in_whole_numbers(ratings))
    excess = things * (of_things - rest)
    judged = of_judges - rest
    below = things * (of_things + (judges - 1) * rest) + judges * judged
    below_mean = things * of_things + judged
    if below <= 0 or below_mean <= 0:
        return Intraclass(said=Said("各项得分没有差别，算不出组内相关系数"))
    single, mean = Fraction(excess, below), Fraction(excess, below_mean)
    return Intraclass(said=_said_of_figures(single, mean=mean), single=single, mean=mean)


def in_whole_numbers(ratings: Ratings) -> list[list[int]]:
    """All ratings times the same number, so that they are whole; correlations stay as they are."""
    pairs = [[value.as_integer_ratio() for value in each] for each in ratings]
    scale = lcm(*(below for each in pairs for _, below in each))
    return [[above * (scale // below) for above, below in each] for each in pairs]


def chi_square_above(value: float, *, degrees: int) -> float:
    """The chance of a chi-square above a value; the closed form for whole degrees of freedom."""
    assert degrees > 0, "a chi-square has at least one degree of freedom"
    assert value >= 0, "a chi-square isn't negative"
    half, odd = value / 2, degrees % 2
    above = erfc(sqrt(half)) if odd else 0.0
    term = exp(-half) * (2 * sqrt(half / pi) if odd else 1)
    for number in range(2 + odd, degrees + 1, 2):
        above += term
        term *= value / number
    return min(above, 1.0)


def _too_few(ratings: Ratings) -> Said | None:
    assert len({len(each) for each in ratings}) <= 1, "every judge judges the same things"
    if len(ratings) < JUDGES_LEAST:
        return Said("只有一份评分，谈不上一致不一致")
    if len(ratings[0]) < THINGS_LEAST:
        return Said("可以比较的不到两项，谈不上一致不一致")
    return None


def doubled_ranks(values: Sequence[Rating]) -> list[int]:
    """Twice the ranks from 1, the least first; equal ones share their mean: still whole numbers."""
    ordered, counts = sorted(values), Counter(values)
    first = {value: at for at, value in reversed(list(enumerate(ordered, start=1)))}
    return [2 * first[value] + counts[value] - 1 for value in values]


def _tied(values: Sequence[Rating]) -> int:
    """What ties take away: t³ − t for each group of t equal ones."""
    return sum(times**3 - times for times in Counter(values).values())


def _mean_squares(ratings: Sequence[Sequence[int]]) -> tuple[int, int, int]:
    """The two-way table without repetition: between things, between judges, what is left.

    All three times the same number, which leaves their ratios.
    """
    judges, things = len(ratings), len(ratings[0])
    whole = sum(map(sum, ratings)) ** 2
    every = judges * things * sum(value * value for each in ratings for value in each)
    by_thing = things * sum(sum(column) ** 2 for column in zip(*ratings, strict=True))
    by_judge = judges * sum(sum(each) ** 2 for each in ratings)
    return (
        (by_thing - whole) * (judges - 1),
        (by_judge - whole) * (things - 1),
        every - by_thing - by_judge + whole,
    )


def _said_of_order(w: Fraction, *, p: float, things: int) -> Said:
    text = "各方对强弱的排序很不一致：肯德尔 W = {w}，p {p}"
    if w >= STRONG:
        text = "各方对强弱的排序很一致：肯德尔 W = {w}，p {p}"
    elif w >= SOME:
        text = "各方对强弱的排序部分一致：肯德尔 W = {w}，p {p}"
    said = Said(text, {"w": _three(w), "p": p_in_words(p)})
    if things < FEW_THINGS:
        return Said("{said}（比较的项少，p 只是近似）", {"said": said})
    return said


def _said_of_figures(single: Fraction, *, mean: Fraction) -> Said:
    text = "单独一方的分数不可靠：ICC(2,1) = {single}，合在一起 ICC(2,k) = {mean}"
    if single >= GOOD:
        text = "单独一方的分数也可靠：ICC(2,1) = {single}，合在一起 ICC(2,k) = {mean}"
    elif single >= MODERATE:
        text = "单独一方的分数大致可靠：ICC(2,1) = {single}，合在一起 ICC(2,k) = {mean}"
    return Said(text, {"single": _three(single), "mean": _three(mean)})


def p_in_words(p: float) -> str:
    """A p-value as papers print it."""
    return "< 0.001" if p * THOUSAND < 1 else f"= {p:.3f}"


def _three(value: Fraction) -> str:
    """Three decimals, also of a nought."""
    return f"{float(value):.3f}"
