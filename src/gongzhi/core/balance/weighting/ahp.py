"""Weights from comparisons of pairs: Saaty's analytic hierarchy process (1980).

A w = λ w for the largest λ; CI = (λ − n)/(n − 1), CR = CI/RI, where RI is the mean CI of matrices
filled by chance. Where judgements contradict, one of them is named that would help to think over.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import isfinite, log
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from gongzhi.core.terms import Said

Numbers: TypeAlias = NDArray[np.float64]
Matrix: TypeAlias = Sequence[Sequence[float]]
RANDOM_INDEX = {3: 0.58, 4: 0.90, 5: 1.12, 6: 1.24, 7: 1.32, 8: 1.41, 9: 1.45, 10: 1.49}
CRITERIA_MAX = max(RANDOM_INDEX)
CONSISTENT_MOST = 0.10
SCALE = (*(Fraction(1, n) for n in range(9, 1, -1)), *(Fraction(n) for n in range(1, 10)))
RECIPROCAL_WITHIN = 0.01  # 0.33 is written for a third
SUSPECTS, TURNS_MAX, STILL = 3, 1000, 1e-13
NOT_SQUARE = Said("判断矩阵应当有几项就有几行几列")
TOO_MANY = Said("两两比较最多 {most} 项，这里有 {count} 项；请分组比较", {"most": CRITERIA_MAX})
NOT_POSITIVE = Said("第 {row} 行第 {column} 列的判断应当是大于零的数")
NOT_RECIPROCAL = Said("第 {row} 行第 {column} 列与对面的判断不互为倒数：{one} 与 {other}")
BEYOND_SCALE = 1000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """A judgement to think over: that of a pair, what it is, what would fit, and the CR then."""

    first: int
    second: int
    given: float
    better: Fraction
    ratio: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The weights, λ, CI and CR; advice where CR is above 0.10."""

    weights: tuple[float, ...]
    largest: float
    index: float
    ratio: float
    advice: Advice | None = None

    @property
    def is_consistent(self) -> bool:
        """Whether the judgements contradict each other so little that weights can be told."""
        return self.ratio <= CONSISTENT_MOST


def by_pairs(matrix: Matrix) -> Compared | Said:
    """The weights that judgements of pairs give; or what is wrong with them."""
    fault = _fault(matrix)
    if fault is not None:
        return fault
    judged = np.array(matrix, dtype=np.float64)
    found = _compared(judged)
    if found.is_consistent:
        return found
    return replace(found, advice=_advice(judged, found))


def _fault(matrix: Matrix) -> Said | None:
    count = len(matrix)
    if not count or any(len(row) != count for row in matrix):
        return NOT_SQUARE
    if count > CRITERIA_MAX:
        return Said(TOO_MANY.text, {**TOO_MANY.values, "count": count})
    for row, values in enumerate(matrix):
        for column, value in enumerate(values):
            place = {"row": row + 1, "column": column + 1}
            if not isfinite(value) or not 1 / BEYOND_SCALE <= value <= BEYOND_SCALE:
                return Said(NOT_POSITIVE.text, {**place})
            if abs(log(value * matrix[column][row])) > 2 * RECIPROCAL_WITHIN:
                both = {"one": f"{value:g}", "other": f"{matrix[column][row]:g}"}
                return Said(NOT_RECIPROCAL.text, {**place, **both})
    return None


def _compared(judged: Numbers) -> Compared:
    count = len(judged)
    weights, largest = _principal(judged)
    index = max(0.0, (largest - count) / (count - 1)) if count > 1 else 0.0
    ratio = index / RANDOM_INDEX[count] if count in RANDOM_INDEX else 0.0
    return Compared(
        weights=tuple(float(each) for each in weights), largest=largest, index=index, ratio=ratio
    )


def _principal(judged: Numbers) -> tuple[Numbers, float]:
    """The eigenvector of the largest eigenvalue, its sum 1: a positive matrix has just one."""
    weights = np.full(len(judged), 1 / len(judged))
    largest = 0.0
    for _ in range(TURNS_MAX):
        turned = judged @ weights
        largest = float(turned.sum())
        turned /= largest
        moved = float(np.abs(turned - weights).max())
        weights = turned
        if moved < STILL:
            break
    return weights, largest


def _advice(judged: Numbers, found: Compared) -> Advice:
    """The pair and the value on Saaty's scale that bring CR lowest, among the oddest pairs."""
    weights = np.array(found.weights)
    off = np.abs(np.log(judged * weights[None, :] / weights[:, None]))
    above = [(at, to) for at in range(len(judged)) for to in range(at + 1, len(judged))]
    odd = sorted(above, key=lambda pair: (-off[pair], pair))[:SUSPECTS]
    tried = [
        (_with(judged, pair, value).ratio, order, place, pair, value)
        for order, pair in enumerate(odd)
        for place, value in enumerate(SCALE)
    ]
    ratio, _, _, (first, second), better = min(tried)
    given = float(judged[first, second])
    return Advice(first=first, second=second, given=given, better=better, ratio=ratio)


def _with(judged: Numbers, pair: tuple[int, int], value: Fraction) -> Compared:
    changed = judged.copy()
    changed[pair] = float(value)
    changed[pair[::-1]] = 1 / float(value)
    return _compared(changed)
