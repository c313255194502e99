"""Personal data is found where it is, and only there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.strategies import WORDS
from gongzhi.core.privacy import PersonalKind, personal_in, redacted


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("联系人：王小明，电话13800138000", "联系人：王**，电话138********"),
        ("负责人: 欧阳海", "负责人: 欧**"),
        ("拨打010-12345678咨询", "拨打010-********咨询"),
        ("身份证号11010519491231002X。", "身份证号110***************。"),
        ("联系电话+86-13800138000", "联系电话+86-138********"),
        ("两人：13800138000、13900139000", "两人：138********、139********"),
    ],
)
def test_personal_data_is_masked(text, masked):
    assert redacted(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "项目代码51000021R000000019951",
        "编号110105194912310021",  # wrong check digit
        "编号110105194913310023",  # no such month
        "支出13800138000.5元",
        "证书A13800138000",
        "负责人：王局长负责组织",
        "联系人：财政局",
        "统一社会信用代码91110000100000000X",
        "2021年1月至12月",
        "",
    ],
)
def test_what_only_looks_like_it_stays(text):
    assert redacted(text) == text


def test_a_finding_tells_its_kind():
    kinds = [each.kind for each in personal_in("姓名：李四 13800138000")]
    assert kinds == [PersonalKind.NAME, PersonalKind.MOBILE]


@given(st.lists(st.sampled_from(WORDS), max_size=20).map("".join))
def test_a_masked_text_keeps_its_length_and_holds_nothing_personal(text):
    masked = redacted(text)
    assert len(masked) == len(text)
    assert personal_in(masked) == []
