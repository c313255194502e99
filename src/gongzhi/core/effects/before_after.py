"""Before and after: the mean afterwards against the course that the time before would go on.

The interval is of a prediction: it grows with the distance from the periods before and, where
their residuals run together, with their first autocorrelation.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import sqrt

from gongzhi.core.effects.effect import LEVEL, Design, Effect, Point
from gongzhi.core.effects.student import bound, p_of
from gongzhi.core.terms import Said

BEFORE_LEAST = 4
AUTOCORRELATION_MOST = 0.9
FEW = 8


def before_after(
    series: Sequence[tuple[int, float]], *, since: int, level: float = LEVEL
) -> Effect | Said:
    """The effect on one series of period and value; since is the first period with the project."""
    ordered = sorted(series)
    if len({period for period, _ in ordered}) < len(ordered):
        return Said("同一期有两个数")
    before = [each for each in ordered if each[0] < since]
    after = [each for each in ordered if each[0] >= since]
    if len(before) < BEFORE_LEAST or not after:
        values = {"before": BEFORE_LEAST, "after": 1}
        return Said("之前至少要有 {before} 期，之后至少要有 {after} 期", values)
    middle, level_there, slope, squares = _line(before)
    course = tuple(
        Point(period=at, seen=seen, without=level_there + slope * (at - middle))
        for at, seen in ordered
    )
    residuals = [point.seen - point.without for point in course[: len(before)]]
    gaps = [point.seen - point.without for point in course[len(before) :]]
    estimate = sum(gaps) / len(gaps)
    degrees = len(before) - 2
    variance = sum(each * each for each in residuals) / degrees
    far = sum(at for at, _ in after) / len(after) - middle
    spread = variance * (1 / len(after) + 1 / len(before) + far * far / squares)
    error = sqrt(spread * _running_together(residuals))
    reach = bound(level, degrees=degrees) * error
    return Effect(
        design=Design.BEFORE_AFTER,
        estimate=estimate,
        low=estimate - reach,
        high=estimate + reach,
        level=level,
        p=p_of(estimate / error, degrees=degrees) if error else None,
        course=course,
        fit=sqrt(sum(each * each for each in residuals) / len(residuals)),
        cautions=_cautions(len(before)),
    )


def _line(points: Sequence[tuple[int, float]]) -> tuple[float, float, float, float]:
    """Least squares: the middle period, the level there, the slope, the squares of periods."""
    middle = sum(at for at, _ in points) / len(points)
    level = sum(value for _, value in points) / len(points)
    squares = sum((at - middle) ** 2 for at, _ in points)
    slope = sum((at - middle) * (value - level) for at, value in points) / squares
    return middle, level, slope, squares


def _running_together(residuals: Sequence[float]) -> float:
    """By how much the variance of a mean grows where neighbours are alike; never below 1."""
    squares = sum(each * each for each in residuals)
    if not squares:
        return 1.0
    alike = sum(a * b for a, b in pairwise(residuals)) / squares
    alike = min(max(alike, 0.0), AUTOCORRELATION_MOST)
    return (1 + alike) / (1 - alike)


def _cautions(before: int) -> tuple[Said, ...]:
    if before >= FEW:
        return ()
    return (Said("之前只有 {before} 期，原来的走势不可靠", {"before": before}),)
