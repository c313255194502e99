"""Where a year will end, with an interval, and how good last year's forecasts were.

Three methods, the first that can be used:

seasonal: finished courses of the same class that stood where this one stands (the nearest ones in
    that month), each with what still came afterwards. The middle of those ends is expected; the
    interval leaves out the same number of ends on both sides, so that it holds the stated share of
    them. It assumes that this year behaves like those: neighbours are alike, not the cause.
planned: no history, but a plan by month: what is still planned comes at the pace kept so far, at
    most as planned.
even: neither: the pace so far goes on.

The last two have no past to measure themselves against: their interval reaches from half of what
is expected to come to twice as much, and states no share (level is None). A year isn't foreseen to
end above the whole unless it stands there already: a budget and a target are limits. Shares are
floats here: they are estimates, not money.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from math import ceil, floor
from statistics import fmean
from typing import SupportsFloat

from gongzhi.core.monitoring.figures import percent
from gongzhi.core.monitoring.plan import MONTHS
from gongzhi.core.terms import Ratio, SaidValues

HALF = 0.5
PLACES = 1000
TWICE = 2
EVERY_CLASS = ""
WHOLE = 1.0


class Method(StrEnum):
    """How a year's end was foreseen."""

    SEASONAL = "seasonal"
    PLANNED = "planned"
    EVEN = "even"


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """A year's end as a share, from low to high; level is the share of ends it should hold.

    courses is how many finished courses stand behind it.
    """

    expected: float
    low: float
    high: float
    method: Method
    level: float | None = None
    courses: int = 0

    def in_words(self) -> SaidValues:
        """The three shares in per cent, for a sentence."""
        return {
            "expected": percent(in_points(self.expected)),
            "low": percent(in_points(self.low)),
            "high": percent(in_points(self.high)),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Seasons:
    """Finished courses by class and month: where each stood, in order, and what came after."""

    level: float
    neighbours: int
    least: int
    stood: Mapping[tuple[str, int], tuple[float, ...]]
    came: Mapping[tuple[str, int], tuple[float, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """How forecasts did: the share of ends inside the interval, and the errors of the middle.

    bias is above 0 where more was foreseen than came; width is the mean width of the interval.
    """

    count: int
    coverage: float
    mean_abs_error: float
    bias: float
    width: float


def in_points(share: float) -> Ratio:
    """An estimate as a share to a tenth of a point, which is more than it is worth."""
    return Decimal(round(share * PLACES)) / PLACES


def seasons_of(
    courses: Iterable[tuple[str, Sequence[float]]], *, level: float, neighbours: int, least: int
) -> Seasons:
    """The history of finished courses: each a class and its twelve shares."""
    pairs: dict[tuple[str, int], list[tuple[float, float]]] = {}
    for category, shares in courses:
        assert len(shares) == MONTHS, "only finished years are history"
        end = shares[-1]
        for month, share in enumerate(shares, start=1):
            for name in {category, EVERY_CLASS}:
                pairs.setdefault((name, month), []).append((share, end - share))
    ordered = {key: sorted(found) for key, found in pairs.items()}
    return Seasons(
        level=level,
        neighbours=neighbours,
        least=least,
        stood={key: tuple(stood for stood, _ in found) for key, found in ordered.items()},
        came={key: tuple(came for _, came in found) for key, found in ordered.items()},
    )


def forecast(
    now: float,
    *,
    month: int,
    category: str = EVERY_CLASS,
    seasons: Seasons | None = None,
    planned: Sequence[SupportsFloat] = (),
) -> Forecast:
    """The end of a year that stands at a share when so many months are over (1 to 12)."""
    assert 0 < month <= MONTHS, "before the first month is over nothing can be foreseen"
    if month == MONTHS:
        return Forecast(expected=now, low=now, high=now, method=Method.EVEN)
    if seasons is not None:
        for name in (category, EVERY_CLASS):
            if len(seasons.stood.get((name, month), ())) >= seasons.least:
                return _seasonal(now, key=(name, month), seasons=seasons)
    due = float(planned[month - 1]) if planned else 0.0
    if due > 0:
        to_come = (float(planned[-1]) - due) * min(now / due, WHOLE)
        return _widened(now, to_come=to_come, method=Method.PLANNED)
    return _widened(now, to_come=now / month * (MONTHS - month), method=Method.EVEN)


def how_good(forecasts: Sequence[Forecast], actual: Sequence[float]) -> Quality | None:
    """Coverage and errors of forecasts against what came; None for no forecast."""
    pairs = list(zip(forecasts, actual, strict=True))
    if not pairs:
        return None
    return Quality(
        count=len(pairs),
        coverage=fmean(each.low <= end <= each.high for each, end in pairs),
        mean_abs_error=fmean(abs(each.expected - end) for each, end in pairs),
        bias=fmean(each.expected - end for each, end in pairs),
        width=fmean(each.high - each.low for each, _ in pairs),
    )


def _seasonal(now: float, *, key: tuple[str, int], seasons: Seasons) -> Forecast:
    stood = seasons.stood[key]
    near = _nearest(stood, now, count=seasons.neighbours, among=_alike(stood, now, seasons.least))
    came, most = sorted(seasons.came[key][near]), max(WHOLE, now)
    count = len(came)
    outside = (WHOLE - seasons.level) * HALF * (count + 1)
    return Forecast(
        expected=min(now + (came[(count - 1) // 2] + came[count // 2]) * HALF, most),
        low=min(now + came[max(floor(outside) - 1, 0)], most),
        high=min(now + came[min(ceil(count + 1 - outside) - 1, count - 1)], most),
        method=Method.SEASONAL,
        level=seasons.level,
        courses=count,
    )


def _alike(stood: Sequence[float], now: float, least: int) -> tuple[int, int]:
    """The range of courses that had begun if this one has, or hadn't either; all if too few."""
    begun = bisect_right(stood, 0.0)
    first, last = (begun, len(stood)) if now > 0 else (0, begun)
    return (first, last) if last - first >= least else (0, len(stood))


def _nearest(stood: Sequence[float], now: float, *, count: int, among: tuple[int, int]) -> slice:
    """Where the courses are that stood nearest: at least so many, with all that stood as near.

    Of very many that stood alike (at nothing, in spring) an even sample is taken.
    """
    start, end = among
    low, high = start, max(end - count, start)
    while low < high:
        middle = (low + high) // 2
        if now - stood[middle] > stood[middle + count] - now:
            low = middle + 1
        else:
            high = middle
    over = min(low + count, end)
    width = max(now - stood[low], stood[over - 1] - now)
    first = min(bisect_left(stood, now - width, start, end), low)
    last = max(bisect_right(stood, now + width, start, end), over)
    return slice(first, last, max((last - first) // count, 1))


def _widened(now: float, *, to_come: float, method: Method) -> Forecast:
    most = max(WHOLE, now)
    ends = (min(now + to_come * times, most) for times in (HALF, 1, TWICE))
    low, expected, high = sorted(ends)
    return Forecast(expected=expected, low=low, high=high, method=method)
