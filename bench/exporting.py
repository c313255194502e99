"""P02: a table of 100,000 rows and 20 columns as a workbook, how it grows, and what it needs.

    ./run bench exporting
    .venv/bin/python bench/exporting.py [rows…]

The peer is openpyxl writing row after row (write_only), in the same run; asked is 1.5 times as
fast, and memory that doesn't grow with the rows. Each size is written by a program of its own, so
that its peak is its own; `nothing` is that program without a row. A column in four is a number, one
a date; texts are Chinese, and every fourth begins with a sign that must not become a formula.
"""

import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
from measuring import Run, fingerprint, run, table

from gongzhi.papers.streamed_workbook import write_streamed

SIZES = (1_000, 10_000, 100_000)
COLUMNS = 20
HEADS = [f"第{number}列" for number in range(COLUMNS)]
WRITERS = ("ours", "openpyxl")


def rows(count: int) -> Iterator[tuple[object, ...]]:
    """Rows that differ, made as they are asked for."""
    four = (Decimal("1234.56"), "排水管网改造", date(2026, 3, 31), "=1+1")
    for number in range(count):
        yield tuple(f"{value}{number}" if value == four[1] else value for value in four * 5)


def write(writer: str, path: Path, count: int) -> None:
    """Write so many rows by one of the two."""
    if writer == "ours":
        write_streamed(path, name="表", heads=HEADS, rows=rows(count))
        return
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("表")
    sheet.append(HEADS)
    for row in rows(count):
        sheet.append(row)
    book.save(path)


def measured(writer: str, count: int) -> Run:
    """One run of a program that writes, and nothing else."""
    with TemporaryDirectory() as folder:
        return run([sys.executable, __file__, writer, str(Path(folder) / "out.xlsx"), str(count)])


def main() -> None:
    """Print a line for each size."""
    sizes = [int(given) for given in sys.argv[1:]] or SIZES
    print(fingerprint(), "\n")
    heads = ["rows", "s", "cpu s", "MB", "openpyxl s", "cpu s", "MB", "times as fast"]
    lines = []
    for count in (0, *sizes):
        ours, theirs = (measured(writer, count) for writer in WRITERS)
        told = [f"{each:.1f}" for r in (ours, theirs) for each in (r.wall_s, r.cpu_s, r.peak_mb)]
        lines.append(
            [f"{count:,}" if count else "nothing", *told, f"{theirs.cpu_s / ours.cpu_s:.2f}"]
        )
    print(table(heads, lines))


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in WRITERS:
        write(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main()
