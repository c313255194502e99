"""Weights that are no less than nothing and make the whole, by least squares (HiGHS solves it)."""

import highspy
import numpy as np
from numpy.typing import NDArray

from gongzhi.core.solving import highs

Numbers = NDArray[np.float64]


def simplex_weights(columns: Numbers, target: Numbers, *, ridge: float, level: bool) -> Numbers:
    """Minimise mean (columns @ w − target)² + ridge² |w|² over w ≥ 0, Σ w = 1.

    level lets a constant between the two be free: only their courses are matched.
    """
    if level:
        columns, target = columns - columns.mean(axis=0), target - target.mean()
    rows, count = columns.shape
    square = 2 * (columns.T @ columns / rows + ridge**2 * np.eye(count))
    linear = -2 * columns.T @ target / rows
    scale = float(np.abs(square).max()) or 1.0
    solver = highs()
    solver.passModel(_whole(linear / scale, count=count))
    solver.passHessian(_lower(square / scale, count=count))
    solver.run()
    assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal, "a convex problem"
    found = np.clip(np.array(solver.getSolution().col_value), 0.0, None)
    shares: Numbers = found / found.sum()
    return shares


def _whole(linear: Numbers, *, count: int) -> highspy.HighsLp:
    """The linear part with the one constraint: the weights make the whole."""
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = count, 1
    model.col_cost_ = linear
    model.col_lower_, model.col_upper_ = np.zeros(count), np.ones(count)
    model.row_lower_ = model.row_upper_ = np.ones(1)
    model.a_matrix_.start_ = np.arange(count + 1)
    model.a_matrix_.index_ = np.zeros(count, dtype=np.int32)
    model.a_matrix_.value_ = np.ones(count)
    return model


def _lower(square: Numbers, *, count: int) -> highspy.HighsHessian:
    """The quadratic part, column by column from its diagonal on."""
    matrix = highspy.HighsHessian()
    matrix.dim_ = count
    matrix.format_ = highspy.HessianFormat.kTriangular
    matrix.start_ = np.concatenate(([0], np.cumsum(np.arange(count, 0, -1)))).astype(np.int32)
    matrix.index_ = np.concatenate([np.arange(at, count) for at in range(count)]).astype(np.int32)
    matrix.value_ = np.concatenate([square[at:, at] for at in range(count)])
    return matrix
