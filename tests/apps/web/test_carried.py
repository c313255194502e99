"""A result that the browser carries comes back whole, or not at all."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.city.forms import sample_forms
from gongzhi.core.terms import Paper, Problem, Said, Where
from gongzhi.web import carried as carrying
from gongzhi.web.carried import Carried, packed, unpacked

PROBLEM = Problem(where=Where(sheet="表一", row=3), what=Said("{n} 行"), hint=Said("删去"))
CARRIED = Carried(
    papers=tuple(
        Paper(name=f"{sample.record}.xlsx", forms=(sample.form,), problems=(PROBLEM,))
        for sample in sample_forms()
    ),
    pack="mof-2020-10",
)


def test_what_is_carried_comes_back_equal():
    assert unpacked(packed(CARRIED)) == CARRIED


def test_all_forms_of_the_demo_fit_into_a_page():
    assert len(packed(CARRIED)) < 120_000


@given(st.integers(min_value=0), st.sampled_from("AZaz09-_:"))
def test_an_altered_character_makes_it_nothing(position: int, letter: str):
    text = packed(CARRIED)
    at = position % len(text)
    altered = text[:at] + letter + text[at + 1 :]
    assert altered == text or unpacked(altered) is None


@pytest.mark.parametrize("text", ["", ":", "a:b:c", "\x00", "甲", "=" * 1000])
def test_what_is_not_ours_is_nothing(text: str):
    assert unpacked(text) is None


def test_what_was_carried_too_long_is_nothing(monkeypatch: pytest.MonkeyPatch):
    text = packed(CARRIED)
    monkeypatch.setattr(carrying, "LIFE", timedelta(seconds=-1))
    assert unpacked(text) is None
