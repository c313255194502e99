"""Rows into facts: a million payments of CSV, 200,000 rows of xlsx, beside plain readers.

    ./run bench importing

Each program runs as a whole on the same file, in turn; medians. The product finds the layout,
reads every cell as what it is, checks it, knows duplicates again and makes batches for COPY; the
peers only take cells out: csv.DictReader with Decimal and date for two of them, openpyxl and
calamine without any. Growth: the time of ten times the rows over ten times the time.
"""

import csv
import os
import random
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from measuring import Run, fingerprint, median, run, table
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from gongzhi.connectors.template import template_header
from gongzhi.connectors.trying import Wanted, try_file
from gongzhi.core.facts import as_row

CSV_ROWS = {10_000: 5, 100_000: 3, 1_000_000: 3}
XLSX_ROWS = {20_000: 3, 200_000: 3}
FIRST_DAY = date(2026, 1, 1)


def rows(count: int, prefix: str = "") -> Iterator[list[str]]:
    """Payments as a treasury exports them: thirteen columns, some of them the same again."""
    chance = random.Random(1)
    for n in range(count):
        firm = chance.randrange(5000)
        yield [
            f"ZF2026{prefix}{n:08}", f"530100260T{n % 300:012}", f"{301000 + n % 40}",
            (FIRST_DAY + timedelta(n % 365)).isoformat(),
            f"{chance.randrange(100, 90_000_000) / 100:.2f}", f"云河市第{firm}建筑有限公司",
            f"91530100MA{firm:08}", f"205020{n % 9}", f"302{n % 30:02}", "一般公共预算",
            f"第{n % 1000}期工程进度款", f"HT{n % 2000}", "CNY",
        ]  # fmt: skip


def write_csv(path: Path, count: int, prefix: str = "") -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(template_header("payment"))
        writer.writerows(rows(count, prefix))


def write_xlsx(path: Path, count: int) -> None:
    with Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("支付")
        sheet.write_row(0, 0, template_header("payment"))
        for at, cells in enumerate(rows(count), start=1):
            for column, cell in enumerate(cells):
                if column == 4:
                    sheet.write_number(at, column, float(cell))
                else:
                    sheet.write_string(at, column, cell)


def product(path: str) -> None:
    """What `gongzhi import --check` does, with every fact laid out for COPY."""
    tried = try_file(path, Path(path), Wanted())
    assert tried.result is not None, tried.problems
    assert tried.result.is_accepted, tried.result.problems[:1]
    assert as_row(tried.examples[0])


def dict_reader(path: str) -> None:
    """Two cells of each row as what they are, the others as text; no checks, nothing kept."""
    total = Decimal(0)
    with Path(path).open(newline="", encoding="utf-8") as file:
        for line in csv.DictReader(file):
            total += Decimal(line["支付金额"])
            date.fromisoformat(line["支付日期"])
    print(total)


def openpyxl_rows(path: str) -> None:
    sheet = load_workbook(path, read_only=True).worksheets[0]
    print(sum(1 for _ in sheet.iter_rows(values_only=True)))


def calamine_rows(path: str) -> None:
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    print(sum(1 for _ in sheet.iter_rows()))


PROGRAMS = {
    "csv": {"gongzhi": product, "csv.DictReader": dict_reader},
    "xlsx": {"gongzhi": product, "calamine": calamine_rows, "openpyxl": openpyxl_rows},
}


def main() -> None:
    print(fingerprint())
    with tempfile.TemporaryDirectory() as folder:
        for ending, write, rounds in (
            ("csv", write_csv, CSV_ROWS),
            ("xlsx", write_xlsx, XLSX_ROWS),
        ):
            print(table(HEADS, list(measured(Path(folder), ending, write, rounds))), "\n")


HEADS = ["rows", "program", "wall s", "CPU s", "rows/CPU s", "peak MB", "time ×", "growth"]


def measured(folder, ending, write, rounds) -> Iterator[list[str]]:
    before: dict[str, tuple[int, Run]] = {}
    for count, times in rounds.items():
        path = folder / f"{count}.{ending}"
        write(path, count)
        runs: dict[str, list[Run]] = {name: [] for name in PROGRAMS[ending]}
        for _ in range(times):
            for name, own in runs.items():
                own.append(run([sys.executable, __file__, ending, name, os.fspath(path)]))
        middle = {name: median(own) for name, own in runs.items()}
        *_, peer = middle.values()
        for name, own in middle.items():
            yield line(count, name, own, peer, before.get(name))
            before[name] = count, own
        path.unlink()


def line(count: int, name: str, own: Run, peer: Run, before: tuple[int, Run] | None) -> list[str]:
    growth = "" if before is None else f"{own.cpu_s / before[1].cpu_s / (count / before[0]):.2f}"
    return [
        f"{count:,}", name, f"{own.wall_s:.1f}", f"{own.cpu_s:.1f}", f"{count / own.cpu_s:,.0f}",
        f"{own.peak_mb:.0f}", f"{own.cpu_s / peer.cpu_s:.2f}", growth,
    ]  # fmt: skip


if __name__ == "__main__":
    if len(sys.argv) > 1:
        PROGRAMS[sys.argv[1]][sys.argv[2]](sys.argv[3])
    else:
        main()
