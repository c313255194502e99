"""Rules as Markdown tables: read by people, run by tests."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

EMPTY = "—"


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of every table of a page, by the names of its columns; unmarked cells are ""."""
    rows: list[dict[str, str]] = []
    heads: list[str] | None = None
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("|"):
            heads = None
            continue
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if heads is None:
            heads = cells
        elif not set(line) <= set("|- :"):
            rows.append(dict(zip(heads, cells, strict=True)))
    return rows


def cases(folder: Path) -> list[pytest.param]:
    """Every row of every page of a folder, named by page and number."""
    return [
        pytest.param(path.stem, row, id=f"{path.stem}-{number}")
        for path in sorted(folder.glob("*.md"))
        for number, row in enumerate(rows_of(path), start=1)
    ]


def items(row: Mapping[str, str], column: str) -> list[str]:
    """What a cell lists, separated by ；; nothing in an empty one."""
    cell = row.get(column, "")
    return [item.strip() for item in cell.split("；")] if cell not in ("", EMPTY) else []


def number_in(cell: str | None) -> Decimal | None:
    """The number of a cell; None in an empty one."""
    return None if cell in (None, "", EMPTY) else Decimal(cell)
