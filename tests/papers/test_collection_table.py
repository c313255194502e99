"""The table of a call for readings: given out locked, filled in elsewhere, read back."""

from dataclasses import fields, replace
from io import BytesIO

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from gongzhi.papers.collection_table import (
    COLUMNS,
    TableRow,
    collection_table,
    read_collection_table,
)
from papers.official_values import ODD, as_kept

ROWS = tuple(
    TableRow(project="P1", indicator=f"i{number}", indicator_name="里程", target="≥120公里")
    for number in range(3)
)
ASKED = ("value", "text", "why_none", "evidence")
words = st.sampled_from(ODD) | st.text(max_size=20)
answers = st.fixed_dictionaries(dict.fromkeys(ASKED, words))


def read_back(content):
    read = read_collection_table("填报.xlsx", content)
    return [{name: getattr(row, name) for name in ("project", "indicator", *ASKED)} for row in read]


def kept(row):
    tidy = as_kept(row)
    return {name: getattr(tidy, name) for name in ("project", "indicator", *ASKED)}


@settings(max_examples=15, deadline=None)
@given(filled=st.lists(answers, min_size=3, max_size=3))
def test_s44_any_answers_read_back_equal(filled):
    rows = [replace(row, **answer) for row, answer in zip(ROWS, filled, strict=True)]
    assert read_back(collection_table(rows)) == [kept(row) for row in rows]


def test_only_the_answers_can_be_changed_and_figures_go_where_figures_belong():
    sheet = openpyxl.load_workbook(BytesIO(collection_table(ROWS))).active
    assert sheet.protection.sheet
    open_columns = [
        name
        for number, name in enumerate(COLUMNS, 1)
        if not sheet.cell(2, number).protection.locked
    ]
    assert open_columns == list(ASKED)
    kinds = {str(each.sqref): each.type for each in sheet.data_validations.dataValidation}
    assert kinds == {
        "G2:G4": "decimal", "H2:H4": "textLength", "I2:I4": "textLength", "J2:J4": "textLength",
    }  # fmt: skip


def test_a_figure_that_was_typed_is_read_as_it_is_shown():
    book = openpyxl.load_workbook(BytesIO(collection_table(ROWS)))
    book.active.cell(2, 7).value = 76.5
    out = BytesIO()
    book.save(out)
    assert read_back(out.getvalue())[0]["value"] == "76.5"


def test_every_part_of_a_row_has_its_column():
    assert {field.name for field in fields(TableRow)} == set(COLUMNS)
