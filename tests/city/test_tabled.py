"""The tables of the city's stories say what the readings say that they stand behind."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from gongzhi.city.invented import the_year
from gongzhi.city.invented.tabled import load_tabled
from gongzhi.city.living.tabling import content_of
from gongzhi.connectors.figure_tables import NamedColumns, amounts_told, shares_in, units_in
from gongzhi.connectors.opening import open_source
from gongzhi.core.balance.equity import equity_of


def listing(tabled):
    return open_source(tabled.name, content_of(tabled))


@pytest.mark.parametrize("tabled", load_tabled(), ids=lambda each: f"{each.indicator}-{each.on}")
def test_each_table_is_added_after_its_reading_was_handed_in(tabled):
    read = [
        report
        for report in the_year().venture(tabled.project).reports
        if report.reading.indicator == tabled.indicator
        and report.by == tabled.by
        and report.reading.ends_on.month == tabled.month
    ]
    assert [report.submitted_on <= tabled.on for report in read] == [True]


def test_the_spread_of_the_schools_is_what_the_story_says():
    first, second = (each for each in load_tabled() if each.indicator == "spread")
    for tabled, column, spread in (
        (first, "2025年公用经费", 0.31),
        (second, "2025年公用经费", 0.31),
        (second, "2026年公用经费", 0.24),
    ):
        found = shares_in(listing(tabled), NamedColumns(amount=column))
        assert len(found.by_heads) == 32
        assert round(equity_of(found.by_heads).variation, 2) == spread


def test_amounts_are_found_by_their_heads():
    second = [each for each in load_tabled() if each.indicator == "spread"][1]
    assert amounts_told(listing(second)) == ("2025年公用经费", "2026年公用经费")


def test_the_hospitals_are_units_with_inputs_and_outputs():
    (hospitals,) = (each for each in load_tabled() if each.indicator == "visits")
    assert len(units_in(listing(hospitals)).units) == 12


def test_figures_are_figures_in_the_workbook():
    sheet = load_workbook(BytesIO(content_of(load_tabled()[0]))).active
    assert isinstance(sheet["C2"].value, int)
