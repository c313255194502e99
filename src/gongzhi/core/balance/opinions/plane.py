"""The plane of opinions: two axes along which participants differ most, and where each stands.

A cell where nothing was said takes its statement's mean, so it is nothing once the mean is taken
away: the centred matrix is as sparse as the stances. Few statements: their products whole, by
eigenvalues; many: Lanczos' steps, each two passes over the stances.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from gongzhi.core.balance.opinions.matrix import (
    KINDS,
    Cells,
    Flags,
    Numbers,
    Places,
    StanceMatrix,
)

AXES = 2
WHOLE_MOST = 128  # statements up to which all products are computed
BLOCK = 1 << 20  # stances that are looked at together
ROWS = 4096
STEPS_MOST, STEPS_BETWEEN = 80, 5
SETTLED, COARSELY = 1e-7, 1e-3  # of the greatest variance, between two looks
NOTHING = 1e-12


class Centred:
    """The stances with their statements' means taken away; participants may have weights."""

    def __init__(self, matrix: StanceMatrix, *, weights: Numbers | None = None) -> None:
        """Leave out the statements that were moderated out, and find the means."""
        self.people, self.width = len(matrix.participants), len(matrix.statements)
        self.starts, self.cells = _without(matrix)
        self.answered = np.diff(self.starts)
        self.weights = weights
        self.counts = self._summed(np.ones(self.people)).reshape(self.width, KINDS)
        self.seen = self.counts.sum(axis=1)
        self.means = (self.counts[:, 2] - self.counts[:, 0]) / np.maximum(self.seen, NOTHING)
        self.centred = (np.array([-1.0, 0.0, 1.0]) - self.means[:, None]).ravel()

    @property
    def variance(self) -> float:
        """All of it, along every axis together."""
        return float((self.counts.ravel() * self.centred**2).sum())

    def times(self, vector: Numbers) -> Numbers:
        """The matrix times a vector of statements: a number for each participant."""
        table = self.centred * np.repeat(vector, KINDS)
        found = np.zeros(self.people)
        for rows, cells in self._blocks():
            some = self.answered[rows] > 0
            if some.any():
                begins = (self.starts[rows] - self.starts[rows.start])[some]
                found[rows][some] = np.add.reduceat(table[cells], begins)
        return found

    def back(self, vector: Numbers) -> Numbers:
        """The matrix turned, times a vector of participants: a number for each statement."""
        products = self.centred * self._summed(vector)
        found: Numbers = products.reshape(self.width, KINDS).sum(axis=1)
        return found

    def products(self) -> Numbers:
        """Statement by statement: how they go together."""
        found = np.zeros((self.width, self.width))
        for start in range(0, self.people, ROWS):
            rows = slice(start, min(start + ROWS, self.people))
            cells = self.cells[self.starts[rows.start] : self.starts[rows.stop]]
            whole = np.zeros((rows.stop - rows.start, self.width))
            at = np.repeat(np.arange(len(whole)), self.answered[rows])
            whole[at, cells // KINDS] = self.centred[cells]
            if self.weights is not None:
                whole *= np.sqrt(self.weights[rows])[:, None]
            found += whole.T @ whole
        return found

    def _summed(self, vector: Numbers) -> Numbers:
        """For each statement and stance the sum over those who took it."""
        weighed = vector if self.weights is None else vector * self.weights
        found = np.zeros(KINDS * self.width)
        for rows, cells in self._blocks():
            each = np.repeat(weighed[rows], self.answered[rows])
            found += np.bincount(cells, weights=each, minlength=KINDS * self.width)
        return found

    def _blocks(self) -> Iterator[tuple[slice, Places]]:
        """Rows with their cells, so many that the working memory stays small."""
        start = 0
        while start < self.people:
            most = int(np.searchsorted(self.starts, self.starts[start] + BLOCK, side="right")) - 1
            stop = min(max(most, start + 1), self.people)
            cells = self.cells[self.starts[start] : self.starts[stop]]
            yield slice(start, stop), cells.astype(np.int64)
            start = stop


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Plane:
    """The axes (2 × statements), the variance along each and in all, and the statements' means."""

    axes: Numbers
    variances: tuple[float, float]
    variance: float
    means: Numbers

    @property
    def told(self) -> float:
        """Which share of all differences the plane shows."""
        return sum(self.variances) / self.variance if self.variance > NOTHING else 0.0


def plane_of(centred: Centred) -> Plane:
    """The plane along which participants differ most; axes of no variance are nothing."""
    values, vectors = _strongest(centred)
    axes = np.zeros((AXES, centred.width))
    floor = NOTHING * max(centred.variance, 1.0)
    for at, (value, vector) in enumerate(zip(values, vectors, strict=True)):
        if value > floor:
            axes[at] = _turned(vector)
    found = [max(float(value), 0.0) for value in values] + [0.0] * AXES
    return Plane(
        axes=axes,
        variances=(found[0], found[1]),
        variance=centred.variance,
        means=centred.means,
    )


def variance_in_plane(centred: Centred) -> float:
    """The variance along both axes together, roughly."""
    values, _ = _strongest(centred, fine=COARSELY)
    return float(values.sum())


def positions(centred: Centred, plane: Plane, *, statements: int, out: int) -> Numbers:
    """Where each participant stands: further from the middle, the fewer statements it answered.

    As in Polis a statement that was moderated out counts as one on which everybody passed.
    """
    cast = np.maximum(centred.answered + out, 1)
    scale = np.sqrt(statements / cast)
    placed = np.stack([centred.times(axis) for axis in plane.axes], axis=1)
    found: Numbers = placed * scale[:, None]
    return found


def _strongest(centred: Centred, *, fine: float = SETTLED) -> tuple[Numbers, Numbers]:
    """The greatest variances and their axes, row by row."""
    if centred.width <= WHOLE_MOST:
        values, vectors = _descending(centred.products())
        return values[:AXES], vectors[:AXES]
    return _by_steps(centred, fine=fine)


def _by_steps(centred: Centred, *, fine: float) -> tuple[Numbers, Numbers]:
    """Lanczos with every direction kept apart from all before it."""
    chance = np.random.default_rng(0).standard_normal(centred.width)
    start = chance * np.sqrt((centred.counts * centred.centred.reshape(-1, KINDS) ** 2).sum(axis=1))
    length = float(np.linalg.norm(start))
    if length <= NOTHING:
        return np.zeros(0), np.zeros((0, centred.width))
    basis = [start / length]
    diagonal: list[float] = []
    beside: list[float] = []
    before: Numbers = np.zeros(AXES)
    for step in range(1, min(STEPS_MOST, centred.width) + 1):
        onward = centred.back(centred.times(basis[-1]))
        diagonal.append(float(onward @ basis[-1]))
        known = np.array(basis)
        onward -= known.T @ (known @ onward)
        onward -= known.T @ (known @ onward)
        length = float(np.linalg.norm(onward))
        ends = length <= NOTHING * max(diagonal[0], 1.0)
        if ends or step % STEPS_BETWEEN == 0:
            values = _ritz(diagonal, beside)[0][:AXES]
            if ends or (len(values) == AXES and _settled(values, before, fine=fine)):
                break
            before = values
        basis.append(onward / length)
        beside.append(length)
    size = len(diagonal)
    values, vectors = _ritz(diagonal, beside[: size - 1])
    axes: Numbers = vectors[:AXES] @ np.array(basis[:size])
    return values[:AXES], axes


def _settled(values: Numbers, before: Numbers, *, fine: float) -> bool:
    return len(before) == len(values) and bool((np.abs(values - before) <= fine * values[0]).all())


def _ritz(diagonal: list[float], beside: list[float]) -> tuple[Numbers, Numbers]:
    """The eigenvalues so far, the greatest first, and their vectors row by row."""
    banded = np.diag(np.array(diagonal))
    for at, value in enumerate(beside):
        banded[at, at + 1] = banded[at + 1, at] = value
    return _descending(banded)


def _descending(square: Numbers) -> tuple[Numbers, Numbers]:
    values, vectors = np.linalg.eigh(square)
    return values[::-1].astype(np.float64), vectors[:, ::-1].T.astype(np.float64)


def _turned(axis: Numbers) -> Numbers:
    """The axis in the one of its two directions that doesn't depend on names or their order."""
    lean = float((axis**3).sum())
    if abs(lean) <= NOTHING:
        lean = float(axis[int(np.argmax(np.abs(axis)))])
    return axis if lean >= 0 else -axis


def _without(matrix: StanceMatrix) -> tuple[Places, Cells]:
    """The starts and cells without the statements that were moderated out."""
    if not matrix.out:
        return matrix.starts, matrix.cells
    gone: Flags = np.zeros(len(matrix.statements), dtype=np.bool_)
    gone[list(matrix.out)] = True
    kept = ~gone[matrix.columns]
    counts = np.bincount(matrix.rows[kept], minlength=len(matrix.participants))
    return np.concatenate(([0], np.cumsum(counts))).astype(np.int64), matrix.cells[kept]
