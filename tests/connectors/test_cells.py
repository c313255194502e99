"""Figures, days and texts as cells hold them."""

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.connectors import amounts, days, texts
from gongzhi.connectors.unreadable import Unreadable

CENTS = st.decimals(-(10**14), 10**14, places=2)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1234.5", "1234.50"),
        ("1,234,567.89", "1234567.89"),
        ("1 234 567.89", "1234567.89"),
        ("１２３４．５", "1234.50"),
        ("￥1,234.50", "1234.50"),
        ("£-5.00", "-5.00"),
        ("-£5.00", "-5.00"),
        ("(1,234.50)", "-1234.50"),
        ("（1234.5）", "-1234.50"),
        ("1234.50-", "-1234.50"),
        ("−7", "-7.00"),
        ("5.00 CR", "-5.00"),
        ("12.5万元", "125000.00"),
        ("3元", "3.00"),
        ("1.5E3", "1500.00"),
        ("0.30000000000000004", "0.30"),
        ("-0", "0.00"),
        ("'12", "12.00"),
    ],
)
def test_an_amount_is_understood_however_it_is_written(written, meant):
    assert str(amounts.money(written)) == meant


@pytest.mark.parametrize("written", ["", " ", "-", "—", "/"])
def test_a_cell_that_says_nothing_is_no_amount(written):
    assert amounts.money(written) is None


@pytest.mark.parametrize(
    "written", ["1,23", "12.345", "12,34,56", "abc", "1.2.3", "12千", "NaN", "Infinity", "9" * 30]
)
def test_what_is_no_amount_is_told(written):
    with pytest.raises(Unreadable):
        amounts.money(written)


def test_the_columns_unit_and_mark_come_from_the_mapping():
    assert amounts.money("2587.6135", unit="亿元") == Decimal("258761350000.00")
    assert amounts.money("1.234,5", mark=",") == Decimal("1234.50")
    assert amounts.money("12.345", rounds=True) == Decimal("12.35")


@given(CENTS)
def test_an_amount_with_groups_reads_back_equal(amount):
    assert amounts.money(f"{amount:,}") == amount
    assert amounts.money(f"{amount:,}".translate(str.maketrans(",.", ".,")), mark=",") == amount


@pytest.mark.parametrize(
    ("written", "order"),
    [
        ("2026-03-05", "ymd"),
        ("2026/3/5", "ymd"),
        ("2026.3.5", "ymd"),
        ("2026年3月5日", "ymd"),
        ("２０２６－０３－０５", "ymd"),
        ("二〇二六年三月五日", "ymd"),
        ("20260305", "ymd"),
        ("2026-03-05 10:20:30", "ymd"),
        ("2026-03-05T00:00:00Z", "ymd"),
        ("46086", "ymd"),
        ("46086.5", "ymd"),
        ("05/03/2026", "dmy"),
        ("5-3-26", "dmy"),
        ("3/5/2026", "mdy"),
        ("5 March 2026", "ymd"),
        ("05-Mar-26", "ymd"),
        ("Mar 5, 2026", "ymd"),
        ("Thursday, March 05, 2026", "ymd"),
        ("5 de março de 2026", "ymd"),
        ("5 de marzo de 2026", "ymd"),
    ],
)
def test_a_day_is_understood_however_it_is_written(written, order):
    assert days.day(written, order=order) == date(2026, 3, 5)


@pytest.mark.parametrize(
    "written",
    ["05/03/2026", "2026-02-30", "2026-13-01", "1026-01-01", "2026-03", "昨天", "12", "1e9"],
)
def test_what_is_no_certain_day_is_told(written):
    with pytest.raises(Unreadable):
        days.day(written)


@given(st.dates(date(1949, 1, 1), date(2100, 12, 31)))
def test_every_day_reads_back_equal(day):
    assert days.day(day.isoformat()) == day
    assert days.day(f"{day.year}年{day.month}月{day.day}日") == day
    assert days.day(f"{day.day}/{day.month}/{day.year}", order="dmy") == day


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2026", (2026, 1, 1), (2026, 12, 31)),
        ("2026年", (2026, 1, 1), (2026, 12, 31)),
        ("2026-02", (2026, 2, 1), (2026, 2, 28)),
        ("202602", (2026, 2, 1), (2026, 2, 28)),
        ("2026年2月", (2026, 2, 1), (2026, 2, 28)),
        ("2026年1-3月", (2026, 1, 1), (2026, 3, 31)),
        ("2026Q2", (2026, 4, 1), (2026, 6, 30)),
        ("2026年二季度", (2026, 4, 1), (2026, 6, 30)),
        ("2026年下半年", (2026, 7, 1), (2026, 12, 31)),
        ("2026-03-05", (2026, 3, 5), (2026, 3, 5)),
    ],
)
def test_a_period_has_its_first_and_last_day(written, first, last):
    assert days.period(written) == (date(*first), date(*last))


def test_a_month_stands_for_a_day_only_where_the_mapping_says_so():
    assert days.day("2026-02", month_as="last") == date(2026, 2, 28)
    assert days.day("2026-02", month_as="first") == date(2026, 2, 1)


def test_codes_lose_what_spreadsheets_put_around_them():
    assert texts.code("'0123") == "0123"
    assert texts.code("ＺＦ１") == "ZF1"
    assert texts.code("3204001.0") == "3204001"


def test_a_code_turned_into_an_exponent_is_told():
    with pytest.raises(Unreadable):
        texts.code("4.401E+20")


@pytest.mark.parametrize(
    "written", ["2050201-学前教育", "[2050201]学前教育", "2050201 学前教育", "2050201"]
)
def test_a_class_is_its_code(written):
    assert texts.class_code(written) == "2050201"


@given(st.text(max_size=60))
def test_any_text_is_read_or_told(written):
    readings = {
        amounts.money: Decimal | None,
        amounts.number: Decimal | None,
        amounts.year: int | None,
        amounts.month: int | None,
        days.day: date | None,
        days.period: tuple | None,
        texts.text: str,
        texts.code: str,
        texts.class_code: str,
        texts.truth: bool,
    }
    for read, kind in readings.items():
        with suppress(Unreadable):
            assert isinstance(read(written), kind)
