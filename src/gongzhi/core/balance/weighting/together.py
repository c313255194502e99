"""Several people's comparisons as one: of their judgements (AIJ) or of their weights (AIP).

Both by geometric means, so that reciprocals stay reciprocals (Aczél & Saaty 1983; Forman &
Peniwati 1998). shares say how much each person counts.
"""

from collections.abc import Sequence

import numpy as np

from gongzhi.core.balance.weighting.ahp import Matrix


def judgements_together(
    matrices: Sequence[Matrix], *, shares: Sequence[float] | None = None
) -> tuple[tuple[float, ...], ...]:
    """The matrix of a group that judges as one; its entries have to be positive."""
    logs = np.log(np.array(matrices, dtype=np.float64))
    mean = np.exp(np.tensordot(_shares(len(matrices), shares), logs, axes=1))
    return tuple(tuple(float(each) for each in row) for row in mean)


def priorities_together(
    weights: Sequence[Sequence[float]], *, shares: Sequence[float] | None = None
) -> tuple[float, ...]:
    """The weights of a group whose members keep their own; they have to be positive."""
    logs = np.log(np.array(weights, dtype=np.float64))
    mean = np.exp(np.tensordot(_shares(len(weights), shares), logs, axes=1))
    return tuple(float(each) for each in mean / mean.sum())


def _shares(count: int, shares: Sequence[float] | None) -> np.ndarray:
    given = np.array(shares if shares is not None else [1.0] * count, dtype=np.float64)
    assert len(given) == count, "everybody has a share"
    assert given.min() >= 0, "a share isn't negative"
    assert given.sum() > 0, "somebody counts"
    result: np.ndarray = given / given.sum()
    return result
