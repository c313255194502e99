"""Conversations made up for tests: camps that answer alike, and answers by chance."""

import numpy as np

from gongzhi.core.balance.opinions.matrix import StanceMatrix, matrix_of


def camps(
    *sizes: int, statements: int = 20, asked: float = 0.6, faith: float = 0.9, seed: int = 1
) -> StanceMatrix:
    """Camps with a line of their own on each statement, kept with this faith."""
    chance = np.random.default_rng(seed)
    camp = np.repeat(np.arange(len(sizes)), sizes)
    lines = chance.choice([-1, 1], size=(len(sizes), statements))
    shape = (len(camp), statements)
    kept = chance.random(shape) < faith
    values = np.where(kept, lines[camp], chance.choice([-1, 0, 1], size=shape))
    return of_cells(values, chance.random(shape) < asked)


def by_chance(people: int, *, statements: int = 20, seed: int = 1) -> StanceMatrix:
    """Everybody answers by chance."""
    chance = np.random.default_rng(seed)
    shape = (people, statements)
    return of_cells(chance.choice([-1, 0, 1], size=shape), chance.random(shape) < 0.6)


def of_cells(values: np.ndarray, asked: np.ndarray | None = None) -> StanceMatrix:
    """A matrix from a table of stances, and of which cells were asked."""
    there = np.ones(values.shape, dtype=bool) if asked is None else asked
    rows, columns = np.nonzero(there)
    return matrix_of(
        [str(each) for each in range(values.shape[0])],
        [str(each) for each in range(values.shape[1])],
        rows=rows,
        columns=columns,
        values=values[rows, columns],
    )
