"""A conversation made from a seed, and what a process holds: for both sides of bench/groups.py."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np

ASKED_LEAST, SHARE = 50, 20
KB, BLOCK = 1024, 2000
SEED = 8


def conversation(people: int, statements: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rows, columns and values: camps of 5 : 3 : 2 with lines of their own, kept in 8 of 10."""
    chance = np.random.default_rng(SEED)
    asked = min(statements, max(ASKED_LEAST, statements // SHARE))
    camp = chance.choice(3, size=people, p=[0.5, 0.3, 0.2])
    lines = chance.choice([-1, 1], size=(3, statements)).astype(np.int8)
    columns = np.empty((people, asked), dtype=np.int32)
    for first in range(0, people, BLOCK):  # a whole table of lots would fill the memory
        rows = slice(first, min(first + BLOCK, people))
        lots = chance.random((rows.stop - first, statements), dtype=np.float32)
        columns[rows] = np.argpartition(lots, asked - 1, axis=1)[:, :asked]
    values = lines[camp[:, None], columns]
    other = chance.random(columns.shape) < 0.2
    values[other] = chance.integers(-1, 2, size=int(other.sum()))
    rows = np.repeat(np.arange(people, dtype=np.int64), asked)
    return rows, columns.ravel().astype(np.int64), values.ravel()


def rest() -> float:
    """What the process holds now, in MB; from here on `reached` counts anew."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return reached()


def reached() -> float:
    """The most that the process held since `rest`, in MB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / KB


def say(
    stances: int, sizes: Iterable[int], first: float, peak: float, *, whole: float = 0.0
) -> None:
    ordered = "/".join(str(each) for each in sorted(map(int, sizes), reverse=True))
    print(f"stances={stances} sizes={ordered} groups={first:.2f} all={whole:.2f} mb={peak:.0f}")
