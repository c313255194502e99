"""Every text of the published forms is found in the document that intake makes of them."""

import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from gongzhi.intake.document import Document, Paragraph, Table
from gongzhi.intake.opening import open_document
from machine import libreoffice
from real_input import real_input

NAMES = sorted(
    path.name.removesuffix(".expected.json")
    for path in (Path(__file__).parents[3] / "shared" / "data" / "forms").glob("*.expected.json")
)
TEXTS = ("project", "department", "unit", "money_unit")
LONG_TEXTS = ("goal_text", "goal_actual_text", "execution_rate_text")
INDICATOR_TEXTS = ("level1", "level2", "level3", "target_text", "actual_text", "reason")
INDICATOR_NUMBERS = ("weight", "score")
# texts that the form prints in several cells side by side; the papers join them
IN_PIECES = {
    "036-chongqing": ("≥90%", "≥28万亩", "2万亩", "≥50万亩", "≤0.9‰", "≤0.4‰"),
    "067-transfer": (
        "目标1:深入排查整治食品风险隐患目标2:加大违法行为打击力度目标3:加强基层监管人员培训目标4:加大食品安全宣传力度",
    ),
}


def canonical(text: str) -> str:
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    for printed, meant in (("≧", "≥"), ("≦", "≤"), ("═", "="), (">=", "≥"), ("<=", "≤")):
        text = text.replace(printed, meant)
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    return re.sub(r"\([≥≤<>][^()]*\*\*[^()]*\)", "", text)  # a placeholder of the template


def texts_of(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from (cell.text for cell in block.cells)


@cache
def opened(name: str) -> tuple[Document, dict[str, object]]:
    folder = real_input("forms")
    expected = json.loads((folder / f"{name}.expected.json").read_text(encoding="utf-8"))
    path = next(path for path in folder.glob(f"{name}.*") if path.suffix != ".json")
    return open_document(path.name, path.read_bytes()), expected


def expected_texts(expected: dict) -> Iterator[str]:
    for form in expected.get("forms") or [expected]:
        extra = form.get("extra") or {}
        rows = form.get("indicators", []) + (extra.get("long_term_indicators") or [])
        values = [form.get(key) for key in TEXTS]
        values += [extra.get(key) for key in LONG_TEXTS]
        values += [row.get(key) for row in rows for key in INDICATOR_TEXTS + INDICATOR_NUMBERS]
        yield from (canonical(str(value)) for value in values if value is not None)


def needs_converter(name: str) -> None:
    if (real_input("forms") / f"{name}.doc").exists():
        libreoffice()


@pytest.mark.parametrize("name", NAMES)
def test_every_expected_text_stands_in_the_document(name: str) -> None:
    needs_converter(name)
    document, expected = opened(name)
    whole = canonical("\n".join(texts_of(document)))
    in_pieces = {text for key, texts in IN_PIECES.items() if key in name for text in texts}

    missing = {text for text in expected_texts(expected) if text not in whole}

    assert document.problems == ()
    assert missing - in_pieces == set()


@pytest.mark.parametrize("name", NAMES)
def test_every_position_of_a_table_belongs_to_at_most_one_cell(name: str) -> None:
    needs_converter(name)
    document, _ = opened(name)
    for table in document.tables():
        owners: set[tuple[int, int]] = set()
        for cell in table.cells:
            positions = {
                (row, column)
                for row in range(cell.row, cell.row + cell.row_span)
                for column in range(cell.column, cell.column + cell.column_span)
            }
            assert not positions & owners, (table.number, cell)
            owners |= positions


def table_with(document: Document, text: str) -> Table:
    return next(
        table for table in document.tables() if any(text in cell.text for cell in table.cells)
    )


def test_a_hidden_row_is_reported_and_kept() -> None:
    table = table_with(opened("026-std2020-b")[0], "其他资金")
    row = next(cell.row for cell in table.cells if cell.text == "其他资金")
    assert table.hidden_rows == {row}


def test_a_table_that_goes_on_over_a_page_break_keeps_its_columns() -> None:
    tables = list(opened("034-std2020-b")[0].tables())
    assert [(table.page, table.continues) for table in tables] == [(1, False), (2, True)]
    headers = [
        next(cell.column for cell in table.cells if "三级指标" in cell.text) for table in tables
    ]
    assert headers[0] == headers[1]
