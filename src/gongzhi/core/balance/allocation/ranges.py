"""The range of every project in whole fen, and its weight: what the program and rounding share."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from gongzhi.core.balance.allocation.asked import (
    HUNDRED,
    Asked,
    Limit,
    LimitOf,
    Request,
)
from gongzhi.core.fen import FEN
from gongzhi.core.terms import Money

Whole = NDArray[np.int64]
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranges:
    """From floor to ceiling in fen; rigid ones have one value. weight is that of a yuan.

    stoppable: may get nothing instead.
    """

    base: Whole
    low: Whole
    high: Whole
    weight: Numbers
    rigid: NDArray[np.bool_]
    stoppable: NDArray[np.bool_]
    step: int

    @property
    def count(self) -> int:
        """How many projects there are."""
        return len(self.base)

    def caps(self) -> Numbers:
        """The most that each may grow to, as a multiple of this year's money."""
        return self.high / np.where(self.base > 0, self.base, 1)


def ranges_of(asked: Asked) -> Ranges:
    """The ranges of all projects, in their order."""
    step = fen_of(asked.step)
    pairs = [_range(each, asked, step=step) for each in asked.requests]
    low, high = (np.array(side, dtype=np.int64) for side in zip(*pairs, strict=True))
    requests = asked.requests
    rigid = np.array([each.rigid or each.fixed is not None for each in requests], dtype=np.bool_)
    can_stop = np.array([each.may_stop for each in requests], dtype=np.bool_)
    return Ranges(
        base=np.array([fen_of(each.base) for each in requests], dtype=np.int64),
        low=low,
        high=high,
        weight=np.array([weight_of(each, asked) for each in requests], dtype=np.float64),
        rigid=rigid,
        stoppable=can_stop & ~rigid & (low > 0),
        step=step,
    )


def weight_of(request: Request, asked: Asked) -> float:
    """The weight of a project's yuan."""
    score = asked.rules.unjudged_score if request.score is None else request.score
    return float((score / HUNDRED) ** 2 * request.need)


def _range(request: Request, asked: Asked, *, step: int) -> tuple[int, int]:
    base, wanted = fen_of(request.base), fen_of(request.asked)
    if request.fixed is not None:
        return fen_of(request.fixed), fen_of(request.fixed)
    if request.rigid:
        fixed = base or wanted
        return fixed, fixed
    band = asked.rules.band_of(request)
    most = fen_of(request.base * band.ceiling) if base else wanted
    high = min(wanted, most) // step * step
    minimum = fen_of(request.minimum)
    if request.may_stop and minimum > high:
        return 0, 0
    least = max(fen_of(request.base * band.floor), minimum)
    low = min(-(-least // step) * step, high)
    return low, high


def fen_of(amount: Money) -> int:
    """Yuan as whole fen."""
    return int((amount / FEN).to_integral_value())


def groups_of_score(requests: Sequence[Request], ranges: Ranges) -> list[list[list[int]]]:
    """For each department its projects in order: groups of equal score, the best first."""
    departments: dict[str, list[int]] = {}
    for at, each in enumerate(requests):
        has_order = each.score is not None and ranges.base[at] > 0 and ranges.high[at] > 0
        if has_order and not ranges.rigid[at]:
            departments.setdefault(each.department, []).append(at)
    return [_grouped(requests, members) for members in departments.values()]


def _grouped(requests: Sequence[Request], members: Sequence[int]) -> list[list[int]]:
    by_score: dict[float, list[int]] = {}
    for at in members:
        by_score.setdefault(float(requests[at].score or 0), []).append(at)
    return [by_score[score] for score in sorted(by_score, reverse=True)]


def regional_floors(asked: Asked, ranges: Ranges) -> tuple[Limit, ...]:
    """The floors of the regions' money by heads, where rules have them and no limit says more."""
    share = asked.rules.regional_least
    if share is None:
        return ()
    inside = np.array([bool(each.region) for each in asked.requests])
    told = {limit.name for limit in asked.limits if limit.of is LimitOf.REGION}
    before = int(ranges.base[inside].sum())
    heads = sum(asked.heads[region] for region in {each.region for each in asked.requests} - {""})
    if not before:
        return ()
    whole = Fraction(fen_of(asked.total), max(int(ranges.base.sum()), 1)) * before
    made = []
    for region in sorted({each.region for each in asked.requests} - {""} - told):
        members = np.array([each.region == region for each in asked.requests])
        wanted = int(whole * Fraction(share) * asked.heads[region] / heads)
        least = min(wanted, int(ranges.high[members].sum()))
        made.append(Limit(of=LimitOf.REGION, name=region, least=least * FEN))
    return tuple(made)
