"""Weights from the figures themselves: a criterion that tells options apart weighs more (Shannon).

E = −Σ p ln p / ln n over the n options, w ∝ 1 − E. It says what differs, not what matters.
"""

from collections.abc import Sequence

import numpy as np

from gongzhi.core.terms import Said

TOO_FEW = Said("至少要有两个方案，才谈得上熵权")
NOT_NUMBERS = Said("熵权要不小于零的数，每项至少有一个大于零")
ALL_ALIKE = Said("各方案的数都一样，分不出哪项更重要")
ALIKE = 1e-12


def by_entropy(figures: Sequence[Sequence[float]]) -> tuple[float, ...] | Said:
    """The weight of each column of figures, option by option; or why there is none."""
    if len(figures) < 2 or len({len(row) for row in figures}) != 1 or not figures[0]:
        return TOO_FEW
    given = np.array(figures, dtype=np.float64)
    if not np.isfinite(given).all() or given.min() < 0 or given.sum(axis=0).min() <= 0:
        return NOT_NUMBERS
    shares = given / given.max(axis=0)
    shares /= shares.sum(axis=0)
    logs = np.log(shares, out=np.zeros_like(shares), where=shares > 0)
    apart = np.clip(1 + (shares * logs).sum(axis=0) / np.log(len(given)), 0, None)
    if apart.sum() < ALIKE:
        return ALL_ALIKE
    return tuple(float(each) for each in apart / apart.sum())
