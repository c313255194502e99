"""Outcomes from a file: a line each, or a column for each unit; what is wrong is told by place."""

import pytest

from gongzhi.connectors.opening import open_source
from gongzhi.connectors.outcomes import Named, OutcomeTable, outcomes_in
from gongzhi.core.effects import Grain
from gongzhi.core.terms import Problem
from gongzhi.words import say

LONG = "地区,年份,数值\n甲,2024,1.5\n乙,2024,2\n甲,2025,\n乙,2025,NA\n"
WIDE = "月份,甲,乙\n2024-01,1,2\n2024年2月,3,—\n"


def read(text: str, named: Named | None = None) -> OutcomeTable | Problem:
    listing = open_source("结果.csv", text.encode())
    return outcomes_in(listing, named)


def test_a_line_for_each_number():
    table = read(LONG)
    assert table.rows == (("甲", 2024, 1.5), ("乙", 2024, 2.0))
    assert table.grain is Grain.YEAR
    assert table.units == ("甲", "乙")


def test_a_column_for_each_unit():
    table = read(WIDE)
    assert [(unit, value) for unit, _, value in table.rows] == [("甲", 1), ("乙", 2), ("甲", 3)]
    assert [period.label for period in table.periods] == ["2024-01", "2024-02"]


def test_columns_may_be_named_and_units_marked_by_a_column():
    text = "id,nj,d,fte\n1,1,0,10\n1,1,1,12\n2,0,0,20\n2,0,1,21\n"
    table = read(text, Named(unit="id", period="d", value="fte", marked="nj=1"))
    assert table.marked == {"1"}
    assert table.grain is Grain.COUNT


@pytest.mark.parametrize(
    ("text", "row", "column"),
    [
        ("地区,年份,数值\n甲,2024,1\n甲,去年,2\n", 3, 2),
        ("地区,年份,数值\n甲,2024,1\n甲,2025,很好\n", 3, 3),
        ("年份,甲\n2024,1\n2025,inf\n", 3, 2),
    ],
)
def test_what_cant_be_read_is_told_by_row_and_column(text, row, column):
    problem = read(text)
    assert isinstance(problem, Problem)
    assert (problem.where.row, problem.where.column) == (row, column)


@pytest.mark.parametrize("text", ["地区,年份,数值\n", "年份,甲\n2024,1\n2025-01,2\n"])
def test_nothing_and_mixed_periods_are_problems(text):
    assert isinstance(read(text), Problem)


def test_a_column_that_isnt_there_is_named_with_those_that_are():
    problem = read(LONG, Named(value="人均"))
    assert problem.what.values["name"] == "人均"
    assert "年份" in say(problem.hint, "zh")
