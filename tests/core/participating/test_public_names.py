"""Names in front (clause 5.13): anybody may choose one, none gives a number away or poses as an
authority."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.participating.public_names import fault_of_public_name, plain_public_name
from gongzhi.rules.participation.public_names import load_public_name_rules, public_name_rules

RULES = load_public_name_rules()[0]
ORGANISATIONS = ("云河市教育局", "云河市邻里互助社", "Yunhe Neighbours", "水务")


def fault(text: str) -> str:
    found = fault_of_public_name(
        plain_public_name(text),
        length=(RULES.characters_min, RULES.characters_max),
        reserved=RULES.reserved,
        organisations=ORGANISATIONS,
    )
    return found.text if found else ""


@pytest.mark.parametrize(
    "name", ["河边的人", "老张", "Li Wei", "小区3号楼", "阿·明", "Zoë", "𠮷田", "水务工"]
)
def test_ordinary_names_are_fine(name: str):
    assert fault(name) == ""


@pytest.mark.parametrize(
    "name",
    [
        "13800000000",
        "阿明13800000000",
        "138 0000 0000a",
        "１３８００００００００号",
        "a110101199003077571",
    ],
)
def test_numbers_that_lead_to_somebody_are_not_names(name: str):
    assert "号码" in fault(name) or "一个文字" in fault(name)


@pytest.mark.parametrize("name", ["云河市教育局", "我是云河市 教育局", "yunhe-neighbours 2"])
def test_the_name_of_an_organisation_is_its_own(name: str):
    assert "单位的名称" in fault(name)


@pytest.mark.parametrize("name", ["财政局", "财 政 局", "官方发布", "ADMIN", "Site Moderator"])
def test_nobody_poses_as_an_authority(name: str):
    assert "有关单位" in fault(name)


@pytest.mark.parametrize("name", ["a\u202eb", "a\u200bb", "<b>x</b>", "li@example.org", "阿明🙂"])
def test_signs_that_hide_or_mislead_are_refused(name: str):
    assert "不能有" in fault(name)


@pytest.mark.parametrize("name", ["", "一", "长" * 21])
def test_a_name_has_its_length(name: str):
    assert "到" in fault(name)


@given(st.text(max_size=30))
def test_what_is_taken_is_short_and_stays_itself(text: str):
    if not fault(text):
        plain = plain_public_name(text)
        assert plain_public_name(plain) == plain
        assert RULES.characters_min <= len(plain) <= RULES.characters_max
        assert plain.isprintable()


def test_the_rules_say_since_when_and_that_they_are_our_own():
    assert public_name_rules(on=RULES.since_on) == RULES
    assert not RULES.verified
    assert RULES.source.zh
