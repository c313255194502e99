"""Bargaining over plans: Nash, Kalai–Smorodinsky, egalitarian, and the largest total.

Options are rows of utilities, side by side; the threat is what each side gets without agreement.
Over single options everything is exact. A solution of several equals is the first of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm, log
from typing import TypeAlias

import numpy as np

Utilities: TypeAlias = Sequence[Fraction | int]
EXACT_POWERS_MAX = 60  # weights whose whole multiples are larger go by logarithms


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The option that a rule chooses, what each gains over its threat, and which share of its best.

    shares: gain ÷ largest gain among the options that are acceptable to all; 1 for who can't gain.
    """

    option: int
    gains: tuple[Fraction, ...]
    shares: tuple[Fraction, ...]


def acceptable_to_all(options: Sequence[Utilities], threat: Utilities) -> tuple[int, ...]:
    """The options that leave nobody worse off than without agreement."""
    return tuple(
        at
        for at, row in enumerate(options)
        if all(u >= d for u, d in zip(row, threat, strict=True))
    )


def undominated(options: Sequence[Utilities]) -> tuple[int, ...]:
    """The Pareto set: options that none betters for somebody without worsening for another.

    Only orders matter, so each side's utilities are numbered. What dominates has the larger sum of
    numbers, so that only options before it in that order are looked at.
    """
    if not options:
        return ()
    numbered = np.array([_numbered(column) for column in zip(*options, strict=True)]).T
    kept = np.empty_like(numbered)
    places: list[int] = []
    for at in np.argsort(-numbered.sum(axis=1), kind="stable"):
        row = numbered[at]
        before = kept[: len(places)]
        if not ((before >= row).all(axis=1) & (before > row).any(axis=1)).any():
            kept[len(places)] = row
            places.append(int(at))
    return tuple(sorted(places))


def _numbered(values: Utilities) -> list[int]:
    order = {value: number for number, value in enumerate(sorted(set(values)))}
    return [order[value] for value in values]


def nash(
    options: Sequence[Utilities], threat: Utilities, *, weights: Utilities | None = None
) -> Chosen | None:
    """The largest product of gains, each to the power of its side's weight.

    Where every product is nothing, since at no option all gain, it is the option of the largest
    smallest share instead.
    """
    powers = [Fraction(each) for each in weights or [1] * len(threat)]
    assert min(powers, default=1) > 0, "every side counts"
    product = _exact_product(powers) or _logarithm(powers)
    return _chosen(
        options,
        threat,
        key=lambda gains, shares: (
            min(gains, default=1) > 0,
            product(gains) if min(gains, default=1) > 0 else 0,
            *sorted(shares),
        ),
    )


def kalai_smorodinsky(options: Sequence[Utilities], threat: Utilities) -> Chosen | None:
    """The largest smallest share of one's best; among equals the next smallest, and so on."""
    return _chosen(options, threat, key=lambda _, shares: tuple(sorted(shares)))


def egalitarian(options: Sequence[Utilities], threat: Utilities) -> Chosen | None:
    """The largest smallest gain; among equals the next smallest, and so on."""
    return _chosen(options, threat, key=lambda gains, _: tuple(sorted(gains)))


def largest_total(options: Sequence[Utilities], threat: Utilities) -> Chosen | None:
    """The largest sum of gains."""
    return _chosen(options, threat, key=lambda gains, _: (sum(gains),))


Key: TypeAlias = Callable[[tuple[Fraction, ...], tuple[Fraction, ...]], tuple[object, ...]]


def _chosen(options: Sequence[Utilities], threat: Utilities, *, key: Key) -> Chosen | None:
    places = acceptable_to_all(options, threat)
    if not places:
        return None
    all_gains = {
        at: tuple(Fraction(u) - d for u, d in zip(options[at], threat, strict=True))
        for at in places
    }
    best = [max(column) for column in zip(*all_gains.values(), strict=True)]
    candidates = [
        Chosen(
            option=at,
            gains=gains,
            shares=tuple(
                gain / most if most else Fraction(1) for gain, most in zip(gains, best, strict=True)
            ),
        )
        for at, gains in all_gains.items()
    ]
    return max(candidates, key=lambda each: key(each.gains, each.shares))


def _exact_product(powers: Sequence[Fraction]) -> Callable[[Sequence[Fraction]], Fraction] | None:
    scale = lcm(*(power.denominator for power in powers))
    whole = [int(power * scale) for power in powers]
    if sum(whole) > EXACT_POWERS_MAX:
        return None

    def product(gains: Sequence[Fraction]) -> Fraction:
        result = Fraction(1)
        for gain, power in zip(gains, whole, strict=True):
            result *= gain**power
        return result

    return product


def _logarithm(powers: Sequence[Fraction]) -> Callable[[Sequence[Fraction]], float]:
    def product(gains: Sequence[Fraction]) -> float:
        return sum(
            float(power) * (log(gain.numerator) - log(gain.denominator))
            for gain, power in zip(gains, powers, strict=True)
        )

    return product


# ── two sides along a frontier ──

Frontier: TypeAlias = Callable[[float], float]
TURNS = 200
GOLDEN = (5**0.5 - 1) / 2


def nash_on(
    frontier: Frontier,
    *,
    least: float,
    most: float,
    threat: tuple[float, float],
    weights: tuple[float, float] = (1.0, 1.0),
) -> tuple[float, float]:
    """Nash's point of two sides: the other's utility is a concave function of the first's.

    By sections in the golden ratio of the product, which has one summit; to about 1e-8.
    """

    def product(x: float) -> float:
        one, other = x - threat[0], frontier(x) - threat[1]
        return weights[0] * log(one) + weights[1] * log(other) if min(one, other) > 0 else -1e300

    low, high = _sure(frontier, least=least, most=most, threat=threat)
    for _ in range(TURNS):
        inner, outer = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
        if product(inner) < product(outer):
            low = inner
        else:
            high = outer
    x = (low + high) / 2
    return x, frontier(x)


def kalai_smorodinsky_on(
    frontier: Frontier, *, least: float, most: float, threat: tuple[float, float]
) -> tuple[float, float]:
    """Where the line from the threat to each side's best meets a frontier that falls."""
    low, high = _sure(frontier, least=least, most=most, threat=threat)
    one, other = high - threat[0], frontier(low) - threat[1]
    x = _meeting(frontier, low, high, lambda x, y: (x - threat[0]) * other > (y - threat[1]) * one)
    return x, frontier(x)


def egalitarian_on(
    frontier: Frontier, *, least: float, most: float, threat: tuple[float, float]
) -> tuple[float, float]:
    """Where both gain alike on a frontier that falls."""
    low, high = _sure(frontier, least=least, most=most, threat=threat)
    x = _meeting(frontier, low, high, lambda x, y: x - threat[0] > y - threat[1])
    return x, frontier(x)


def _sure(
    frontier: Frontier, *, least: float, most: float, threat: tuple[float, float]
) -> tuple[float, float]:
    """The stretch of the frontier where neither side is below its threat."""
    low = max(least, threat[0])
    assert frontier(low) >= threat[1], "somewhere both do no worse than without agreement"
    return low, _meeting(frontier, low, most, lambda _, y: y < threat[1])


def _meeting(
    frontier: Frontier, low: float, high: float, beyond: Callable[[float, float], bool]
) -> float:
    """By halves: the last x before `beyond`."""
    if not beyond(high, frontier(high)):
        return high
    for _ in range(TURNS):
        middle = (low + high) / 2
        if beyond(middle, frontier(middle)):
            high = middle
        else:
            low = middle
    return low
