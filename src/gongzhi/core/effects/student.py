"""Student's t for whole degrees of freedom, by its closed form (Abramowitz & Stegun 26.7.3–4)."""

from math import atan, cos, pi, sin, sqrt

STEPS = 200


def within(value: float, *, degrees: int) -> float:
    """The chance that t lies between −value and value."""
    assert degrees > 0, "t has at least one degree of freedom"
    angle = atan(abs(value) / sqrt(degrees))
    odd = degrees % 2
    if degrees == 1:
        return 2 / pi * angle
    total = term = cos(angle) if odd else 1.0
    for number in range(1 + odd, degrees - 1, 2):
        term *= cos(angle) ** 2 * number / (number + 1)
        total += term
    if odd:
        return 2 / pi * (angle + sin(angle) * total)
    return sin(angle) * total


def bound(level: float, *, degrees: int) -> float:
    """The value between whose negative and itself t lies with that chance."""
    low, high = 0.0, 1.0
    while within(high, degrees=degrees) < level:
        high *= 2
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (low, middle) if within(middle, degrees=degrees) >= level else (middle, high)
    return high


def p_of(value: float, *, degrees: int) -> float:
    """The chance of a t at least as far from nothing."""
    return max(1 - within(value, degrees=degrees), 0.0)
