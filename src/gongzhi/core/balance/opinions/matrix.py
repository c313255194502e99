"""Who thinks what of which statement: the last stance counts, kept sparse, row by row."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Places = NDArray[np.int64]
Cells = NDArray[np.uint16]
Flags = NDArray[np.bool_]
KINDS = 3  # disagree, pass, agree: −1, 0, 1
DIGITS_MAX = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """A stance as it was taken: by whom, on what, which (1, 0 or −1), and when."""

    participant: str
    statement: str
    value: int
    moment: int = 0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StanceMatrix:
    """The last stances of participants (rows) on statements (columns); most cells are empty.

    cells holds, row by row, 3 × column + stance + 1; starts says where each row begins. out are
    the columns of statements that were moderated out.
    """

    participants: tuple[str, ...]
    statements: tuple[str, ...]
    starts: Places
    cells: Cells
    out: frozenset[int] = frozenset()

    @property
    def columns(self) -> NDArray[np.uint16]:
        """The column of each stance."""
        return self.cells // np.uint16(KINDS)

    @property
    def values(self) -> NDArray[np.int8]:
        """Each stance: 1, 0 or −1."""
        return (self.cells % np.uint16(KINDS)).astype(np.int8) - np.int8(1)

    @property
    def answered(self) -> Places:
        """How many stances each participant took."""
        return np.diff(self.starts)

    @property
    def rows(self) -> Places:
        """The row of each stance."""
        return np.repeat(np.arange(len(self.participants)), self.answered)

    def dense(self) -> Numbers:
        """All cells, with NaN where nothing was said."""
        whole = np.full((len(self.participants), len(self.statements)), np.nan)
        whole[self.rows, self.columns] = self.values
        return whole

    def of(self, rows: Places) -> Self:
        """The matrix of these participants only."""
        counts = self.answered[rows]
        starts = _starts(counts)
        at = np.arange(starts[-1]) + np.repeat(self.starts[rows] - starts[:-1], counts)
        return type(self)(
            participants=tuple(self.participants[row] for row in rows),
            statements=self.statements,
            starts=starts,
            cells=self.cells[at],
            out=self.out,
        )


def last_stances(cast: Iterable[Cast], *, out: Collection[str] = ()) -> StanceMatrix:
    """The matrix of stances as they were taken: of two at one moment the later in order counts."""
    given = list(cast)
    participants = sorted({each.participant for each in given}, key=natural)
    statements = sorted({each.statement for each in given}, key=natural)
    row = {name: at for at, name in enumerate(participants)}
    column = {name: at for at, name in enumerate(statements)}
    return matrix_of(
        participants,
        statements,
        rows=np.array([row[each.participant] for each in given], dtype=np.int64),
        columns=np.array([column[each.statement] for each in given], dtype=np.int64),
        values=np.array([each.value for each in given], dtype=np.int64),
        moments=np.array([each.moment for each in given], dtype=np.int64),
        out=out,
    )


def matrix_of(
    participants: Sequence[str],
    statements: Sequence[str],
    *,
    rows: Places,
    columns: Places,
    values: NDArray[np.integer],
    moments: Places | None = None,
    out: Collection[str] = (),
) -> StanceMatrix:
    """The matrix of stances given as arrays; the last of each row and column counts."""
    place = rows * len(statements) + columns
    order = np.argsort(place, kind="stable")
    if moments is not None:
        order = np.lexsort((moments, place))
    place = place[order]
    last = np.append(place[1:] != place[:-1], True)[: len(place)]
    kept = order[last]
    counts = np.bincount(rows[kept], minlength=len(participants))
    cells = KINDS * columns[kept] + values[kept] + 1
    return StanceMatrix(
        participants=tuple(participants),
        statements=tuple(statements),
        starts=_starts(counts),
        cells=cells.astype(np.uint16),
        out=frozenset(at for at, name in enumerate(statements) if name in set(out)),
    )


def natural(name: str) -> tuple[int, int, str]:
    """Numbers in the order of their size, before names in that of their letters."""
    is_number = name.isascii() and name.isdigit() and len(name) <= DIGITS_MAX
    return (0, int(name), name) if is_number else (1, 0, name)


def _starts(counts: Places) -> Places:
    return np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
