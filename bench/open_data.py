"""Open data of 1,000, 10,000 and 100,000 rows: how long a file takes, how much memory it needs.

    python bench/open_data.py

Rows are made up, so that only reading them out of the database is left out.
"""

import sys
import time
import tracemalloc
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from gongzhi.papers.streamed_workbook import write_streamed
from gongzhi.rules.open_data import load_open_data
from gongzhi.web.open_files import csv_lines, json_lines

SIZES = (1_000, 10_000, 100_000)
ROW = ("P1", "km", date(2026, 1, 1), date(2026, 1, 31), Decimal("1.5"), "unit", "某局", None, 1, 2)
MB = 1_000_000


def rows(count: int) -> Iterator[tuple[object, ...]]:
    """As many rows as asked for."""
    for _ in range(count):
        yield ROW


def measured(kind: str, count: int) -> tuple[float, int]:
    """Seconds without, and the peak of memory with, every allocation watched."""
    started = time.perf_counter()
    write(kind, count)
    seconds = time.perf_counter() - started
    tracemalloc.start()
    write(kind, count)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return seconds, peak


def write(kind: str, count: int) -> None:
    """Write a file of that kind."""
    dataset = load_open_data().datasets["readings"]
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"open.{kind}"
        if kind == "xlsx":
            write_streamed(path, name="r", heads=[f.code for f in dataset.fields], rows=rows(count))
            return
        lines = csv_lines if kind == "csv" else json_lines
        with path.open("w", encoding="utf-8") as file:
            file.writelines(lines(dataset, rows(count)))


def main() -> int:
    """Print a line for each format and size."""
    for kind in ("csv", "json", "xlsx"):
        for count in SIZES:
            seconds, peak = measured(kind, count)
            sys.stdout.write(f"{kind:5} {count:8,} rows {seconds:7.2f} s {peak / MB:7.1f} MB\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
