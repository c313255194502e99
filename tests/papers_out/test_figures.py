"""Figures are shown as people read them and lose nothing."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.papers.figures import YUAN_IN_WAN, money_text, points_text, rate_text


@pytest.mark.parametrize(
    ("amount", "unit", "shown"),
    [
        ("2518900.00", "万元", "251.89"),
        ("387664.62", "元", "387,664.62"),
        ("387664.62", "万元", "38.766462"),
        ("106067522.00", "万元", "10,606.7522"),
        ("0.00", "万元", "0.00"),
        ("300000.00", None, "300,000.00"),
        ("1000000.00", "元", "1,000,000.00"),
        ("-5.10", "元", "-5.10"),
    ],
)
def test_money_stands_in_the_unit_of_its_form(amount: str, unit: str | None, shown: str) -> None:
    assert money_text(Decimal(amount), unit) == shown


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=2, min_value=-(10**15), max_value=10**15
    )
)
def test_no_fen_is_lost_between_yuan_and_ten_thousands(amount: Decimal) -> None:
    shown = Decimal(money_text(amount, "万元").replace(",", ""))

    assert shown * YUAN_IN_WAN == amount


@pytest.mark.parametrize(
    ("points", "shown"), [("10.0", "10"), ("9.80", "9.8"), ("100", "100"), ("0", "0")]
)
def test_points_carry_no_needless_zeros(points: str, shown: str) -> None:
    assert points_text(Decimal(points)) == shown


def test_a_rate_is_shown_in_per_cent() -> None:
    assert rate_text(Decimal("1.0259")) == "102.59%"


def test_what_is_absent_is_shown_as_nothing() -> None:
    assert money_text(None, "元") == points_text(None) == rate_text(None) == ""
