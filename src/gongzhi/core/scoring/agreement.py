"""Whether several judges agree: Kendall's W and the intraclass correlations, exactly.

Kendall's W with the correction for ties (Kendall & Babington Smith 1939; Siegel 1956) compares the
orders in which judges put things; its p-value by chi-square is an approximation that is rough for
fewer than eight things. ICC(2,1) and ICC(2,k) (Shrout & Fleiss 1979, case 2: judges drawn from
many, absolute agreement) compare the figures themselves, of one judge and of their mean.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import erfc, exp, pi, sqrt

from gongzhi.core.terms import Said

Ratings = Sequence[Sequence[Decimal]]  # judge by judge, the things in the same order
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
    ranked = [_ranks(each) for each in ratings]
    sums = [sum((ranks[at] for ranks in ranked), start=Fraction(0)) for at in range(things)]
    middle = Fraction(judges * (things + 1), 2)
    spread = sum((_square(each - middle) for each in sums), start=Fraction(0))
    ties = sum(_tied(each) for each in ratings)
    most = judges**2 * (things**3 - things) - judges * ties
    if most == 0:
        return Concordance(said=Said("每位评价人给各项的分都一样，谈不上排序是否一致"))
    w = 12 * spread / most
    chi_square = judges * (things - 1) * w
    p = chi_square_above(float(chi_square), degrees=things - 1)
    return Concordance(said=_said_of_order(w, p=p, things=things), w=w, chi_square=chi_square, p=p)


def intraclass(ratings: Ratings) -> Intraclass:
    """How near the judges' figures are, things and judges both taken as drawn from many."""
    found = _too_few(ratings)
    if found is not None:
        return Intraclass(said=found)
    judges, things = len(ratings), len(ratings[0])
    between_things, between_judges, rest = _mean_squares(ratings)
    excess = between_things - rest
    judged = judges * (between_judges - rest) / things
    below = between_things + (judges - 1) * rest + judged
    below_mean = between_things + (between_judges - rest) / things
    if below <= 0 or below_mean <= 0:
        return Intraclass(said=Said("各项得分没有差别，算不出组内相关系数"))
    single, mean = excess / below, excess / below_mean
    return Intraclass(said=_said_of_figures(single, mean=mean), single=single, mean=mean)


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


def _ranks(values: Sequence[Decimal]) -> list[Fraction]:
    """Ranks from 1, equal ones sharing their mean."""
    ordered = sorted(values)
    first = {value: at for at, value in reversed(list(enumerate(ordered, start=1)))}
    count = {value: ordered.count(value) for value in first}
    return [first[value] + Fraction(count[value] - 1, 2) for value in values]


def _tied(values: Sequence[Decimal]) -> int:
    """What ties take away: t³ − t for each group of t equal ones."""
    return sum((times := values.count(value)) ** 3 - times for value in set(values))


def _mean_squares(ratings: Ratings) -> tuple[Fraction, Fraction, Fraction]:
    """The two-way table without repetition: between things, between judges, what is left."""
    judges, things = len(ratings), len(ratings[0])
    exact = [[Fraction(value) for value in each] for each in ratings]
    count = judges * things
    whole = sum((value for each in exact for value in each), start=Fraction(0))
    correction = _square(whole) / count
    every = (
        sum((_square(value) for each in exact for value in each), start=Fraction(0)) - correction
    )
    by_thing = sum(
        (_square(sum(each, start=Fraction(0))) for each in zip(*exact, strict=True)),
        start=Fraction(0),
    )
    by_judge = sum((_square(sum(each, start=Fraction(0))) for each in exact), start=Fraction(0))
    of_things, of_judges = by_thing / judges - correction, by_judge / things - correction
    left = every - of_things - of_judges
    return (
        of_things / (things - 1),
        of_judges / (judges - 1),
        left / ((things - 1) * (judges - 1)),
    )


def _square(value: Fraction) -> Fraction:
    return value * value


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
