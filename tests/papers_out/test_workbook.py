"""The one writer of workbooks never lets text become anything else."""

import re
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.papers.workbook import CELL_CHARACTERS_MAX, Column, Kind, Sheet, workbook

TEXT = Column("文本")
MONEY = Column("金额", Kind.MONEY)
DANGEROUS = [
    "=1+1",
    "=cmd|'/C calc'!A0",
    '=HYPERLINK("http://example.invalid","看")',
    "+1+1",
    "-2+3",
    "@SUM(1,1)",
    "\t=1",
    "\r=1",
    "http://example.invalid/",
    "{=1}",
    "0012",
    "1e5",
]


def written(value: str | Decimal | None, column: Column = TEXT) -> bytes:
    return workbook([Sheet(name="表", columns=[column], rows=[[value]])])


def cell(content: bytes) -> openpyxl.cell.Cell:
    return openpyxl.load_workbook(BytesIO(content)).active["A2"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_s44_no_text_becomes_a_formula_a_link_or_a_number(text: str) -> None:
    content = written(text)

    found = cell(content)
    assert found.data_type == "s"
    assert found.value.strip() == text.strip()
    parts = ZipFile(BytesIO(content))
    assert "<f>" not in parts.read("xl/worksheets/sheet1.xml").decode()
    assert not any("hyperlink" in name or "external" in name.lower() for name in parts.namelist())


@given(st.text(max_size=200))
def test_s44_whatever_the_text_is_the_workbook_opens_and_holds_no_formula(text: str) -> None:
    found = cell(written(text))

    assert found.data_type in ("s", "n")  # an empty text is an empty cell
    assert found.hyperlink is None


def test_money_stays_a_number_that_can_be_added_up() -> None:
    found = cell(written(Decimal("387664.62"), MONEY))

    assert found.value == 387664.62
    assert found.number_format == "#,##0.00"


def test_what_is_absent_is_an_empty_cell_and_not_a_zero() -> None:
    assert cell(written(None, MONEY)).value is None


def test_a_text_longer_than_a_cell_is_cut_to_what_the_cell_holds() -> None:
    assert len(cell(written("长" * 40_000)).value) == CELL_CHARACTERS_MAX


def test_the_same_result_gives_the_same_bytes() -> None:
    assert written("一") == written("一")


def test_a_workbook_says_nothing_of_who_made_it() -> None:
    core = ZipFile(BytesIO(written("一"))).read("docProps/core.xml").decode()

    assert not re.search(r"<dc:creator>[^<]+", core)
