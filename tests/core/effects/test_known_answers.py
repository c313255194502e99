"""Effects with published answers: a minimum wage, a tobacco law, a conflict."""

import csv
from collections.abc import Iterator

import pytest

from gongzhi.core.effects import (
    Observed,
    Outcomes,
    difference_in_differences,
    differences,
    outcomes_of,
    synthetic_control,
    synthetic_differences,
)
from real_input import real_input


def rows_of(name: str) -> Iterator[dict[str, str]]:
    with (real_input("impact") / name).open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


@pytest.fixture(scope="module")
def tobacco():
    rows = [
        (row["state"], int(float(row["year"])), float(row["cigsale"]))
        for row in rows_of("smoking_data.csv")
    ]
    found = outcomes_of(rows, treated=frozenset({"California"}), since=1989)
    assert isinstance(found, Outcomes)
    return found


def test_a_minimum_wage_and_employment_as_card_and_krueger_found():
    observed = [
        Observed(
            unit=row["id"],
            with_project=row["nj"] == "1",
            after=row["d"] == "1",
            value=float("nan") if row["fte"] == "NA" else float(row["fte"]),
        )
        for row in rows_of("card-krueger.csv")
    ]
    found = difference_in_differences(observed)
    assert found.estimate == pytest.approx(2.7536, abs=5e-5)
    assert found.low < found.estimate < found.high
    assert 1 < (found.high - found.low) / 2 / 1.96 < 2  # the paper: 1.36 and, by cells, 1.69


def test_a_tobacco_law_by_difference_in_differences(tobacco):
    assert differences(tobacco).estimate == pytest.approx(-27.35, abs=5e-3)


def test_a_tobacco_law_by_synthetic_difference_in_differences(tobacco):
    found = synthetic_differences(tobacco)
    assert found.estimate == pytest.approx(-15.60, abs=1e-2)
    assert 6 < (found.high - found.low) / 2 / 1.96 < 11  # the paper's placebo error: 8.4


def test_a_tobacco_law_by_synthetic_control(tobacco):
    found = synthetic_control(tobacco)
    assert found.estimate == pytest.approx(-19.6, abs=0.15)  # the paper rounds: −19.6
    assert next(iter(found.weights)) == "Utah"
    assert sum(found.weights.values()) == pytest.approx(1, abs=0.01)
    assert found.fit < 2


def test_a_conflict_and_income_by_synthetic_control():
    """The Basque country from 1970; pysyncon 1.7.0 on the incomes of 1955–1969 says the same."""
    rows = [
        (row["regionname"], int(float(row["year"])), float(row["gdpcap"]))
        for row in rows_of("basque.csv")
        if row["regionname"] != "Spain (Espana)"
    ]
    basque = "Basque Country (Pais Vasco)"
    found = synthetic_control(outcomes_of(rows, treated=frozenset({basque}), since=1970))
    assert found.estimate == pytest.approx(-0.8946, abs=5e-4)  # thousands of 1986 dollars
    assert {unit: round(share, 3) for unit, share in found.weights.items()} == {
        "Madrid (Comunidad De)": 0.483,
        "Baleares (Islas)": 0.311,
        "Rioja (La)": 0.206,
    }
