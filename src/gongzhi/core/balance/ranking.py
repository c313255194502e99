"""Options in order by many criteria: TOPSIS, how near each is to the best and far from the worst.

As published (Hwang & Yoon 1981): columns by their length, times weights; closeness = distance from
the worst ÷ (distance from the worst + from the best).
"""

from collections.abc import Sequence

import numpy as np

from gongzhi.core.terms import Said

NOTHING = Said("没有方案或者没有指标，排不出先后")
NOT_NUMBERS = Said("有的数不是数，排不出先后")
WEIGHTS = Said("权重应当与指标一样多，不小于零，加起来大于零")


def topsis(
    figures: Sequence[Sequence[float]],
    *,
    weights: Sequence[float],
    more_is_better: Sequence[bool],
) -> tuple[float, ...] | Said:
    """The closeness of each option, from 0 to 1; or why it can't be told."""
    if not figures or not figures[0] or len({len(row) for row in figures}) != 1:
        return NOTHING
    given, share = np.array(figures, dtype=np.float64), np.array(weights, dtype=np.float64)
    if not np.isfinite(given).all():
        return NOT_NUMBERS
    fits = len(share) == len(more_is_better) == given.shape[1] and np.isfinite(share).all()
    if not fits or share.min() < 0 or share.sum() <= 0:
        return WEIGHTS
    scale = np.abs(given).max(axis=0)
    given /= np.where(scale > 0, scale, 1)
    length = np.sqrt((given**2).sum(axis=0))
    placed = given / np.where(length > 0, length, 1) * share / share.sum()
    placed *= np.where(np.array(more_is_better), 1, -1)
    from_best = np.sqrt(((placed - placed.max(axis=0)) ** 2).sum(axis=1))
    from_worst = np.sqrt(((placed - placed.min(axis=0)) ** 2).sum(axis=1))
    whole = from_best + from_worst
    close = np.where(whole > 0, from_worst / np.where(whole > 0, whole, 1), 1.0)
    return tuple(float(each) for each in close)
