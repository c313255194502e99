"""What names a place: the name that people use, without what kind of place it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.participating.near import all_called, called


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("青萍街道", "青萍"),
        ("青萍社区", "青萍"),
        ("柳河镇", "柳河"),
        ("东区", "东区"),  # of one character nothing would be left to find it by
        ("云河市", "云河市"),
        ("镇", "镇"),
    ],
)
def test_a_place_is_called_without_its_kind(name, short):
    assert called(name) == short


@given(st.text(alphabet="青萍柳河街道社区镇村", max_size=8))
def test_what_a_place_is_called_begins_its_name(name):
    assert name.startswith(called(name))


def test_places_called_alike_are_looked_for_once():
    assert all_called(["青萍街道", "青萍社区", "村"]) == ["青萍"]
