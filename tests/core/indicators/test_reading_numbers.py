"""Numbers as the forms' rules read them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.strategies import WORDS
from gongzhi.core.indicators.canonical import canonical, gives_no_reason, says_nothing
from gongzhi.core.indicators.dates import last_date
from gongzhi.core.indicators.numbers import Number, bare_number, number, rate


@pytest.mark.parametrize(
    ("text", "sign", "value", "unit"),
    [
        ("≥95%", "≥", "95", "%"),
        ("≧ 735 人次", "≥", "735", "人次"),
        (">=735", "≥", "735", ""),
        ("≤0.9‰", "≤", "0.9", "‰"),
        ("═8个", "=", "8", "个"),
        ("＞8", ">", "8", ""),
        ("不少于１２种", "≥", "12", "种"),
        ("不低于 12", "≥", "12", ""),
        ("大于等于12", "≥", "12", ""),
        ("不超过30万元", "≤", "30", "万元"),
        ("不高于30", "≤", "30", ""),
        ("小于等于30", "≤", "30", ""),
        ("98%以上", "≥", "98", "%"),
        ("3天以内", "≤", "3", "天"),
        ("3次以下", "≤", "3", "次"),
        ("1,234,567.8元", "", "1234567.8", "元"),
        ("530元/人*月", "", "530", "元/人*月"),
        ("≥100百分比", "≥", "100", "百分比"),
        ("-5%", "", "-5", "%"),
        ("12个月", "", "12", "个月"),
    ],
)
def test_a_text_that_is_one_number(text, sign, value, unit):
    assert number(text) == Number(sign, Decimal(value), unit)


@pytest.mark.parametrize(
    "text",
    [None, "", "及时", "2021年", "9月前", "15日内", "年底", "3月底100%", "5个村12公里", "10-15天",
     "约95%", "高于95", "1,23", "≥", "１２３４５６７８９０１２３４５６７８９"],
)  # fmt: skip
def test_a_text_that_is_no_number(text):
    assert number(text) is None


@pytest.mark.parametrize(
    ("text", "per_cent"),
    [("86.5%", "86.5"), ("0.865", "86.5"), ("1", "100"), ("1.2", "120"), ("1.3", "1.3"),
     ("79.27", "79.27"), ("0", "0"), ("0.5%", "0.5"), ("１００％", "100")],
)  # fmt: skip
def test_a_printed_rate(text, per_cent):
    assert rate(text) == Decimal(per_cent)


@pytest.mark.parametrize("text", [None, "", "—", "见附表", "50%（上半年）"])
def test_what_is_no_rate(text):
    assert rate(text) is None


@pytest.mark.parametrize(("text", "value"), [("12.5", "12.5"), ("１２", "12"), ("1,000", "1000")])
def test_a_bare_number(text, value):
    assert bare_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["12个", "≥12", "12%", "", None])
def test_a_number_with_anything_else_is_not_bare(text):
    assert bare_number(text) is None


@pytest.mark.parametrize("text", [None, "", " ", "/", "—", "——", "-", "--", "一", "－"])
def test_an_empty_cell_says_nothing(text):
    assert says_nothing(text)


def test_nothing_and_nought_are_no_reason_but_they_are_values():
    assert [gives_no_reason(text) for text in ("无", "0", "/", "疫情")] == [True, True, True, False]
    assert not says_nothing("0")


@given(st.lists(st.sampled_from(WORDS), max_size=80).map(" ".join))
def test_canonical_form_is_stable(text):
    assert canonical(canonical(text)) == canonical(text)


@given(st.decimals(min_value=0, max_value=10**9, places=2), st.sampled_from("≥≤=><"))
def test_a_number_is_read_as_it_was_written(value, sign):
    assert number(f"{sign}{value:,f}人") == Number(sign, value, "人")


@pytest.mark.parametrize("text", ["13月", "2月45日", "2021-13-01", "底线思维", "成立月子中心"])
def test_what_is_no_date(text):
    assert last_date(text) is None
