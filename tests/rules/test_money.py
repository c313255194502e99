"""Currencies: known by what files call them, named on pages in both languages."""

import pytest

from gongzhi.rules.money import USUAL, load_currencies, unit_of
from gongzhi.words import translate

YUAN = load_currencies()[USUAL]


@pytest.mark.parametrize(
    ("written", "unit"),
    [("", "元"), ("CNY", "元"), ("rmb", "元"), ("￥", "元"), ("brl", "雷亚尔"), ("R$", "雷亚尔"),
     ("€", "欧元"), ("XXX", "XXX")],
)  # fmt: skip
def test_a_currency_is_known_by_what_files_call_it(written, unit):
    assert unit_of(written, usual=YUAN) == unit


def test_nothing_written_is_the_money_of_the_place():
    assert unit_of("", usual=load_currencies()["BRL"]) == "雷亚尔"


def test_no_two_currencies_are_called_the_same():
    spellings = [name for each in load_currencies().values() for name in each.also]
    assert sorted({name for name in spellings if spellings.count(name) > 1}) == []


def test_every_unit_has_its_english():
    units = [each.unit for each in load_currencies().values()]
    assert [unit for unit in units if translate(unit, "en") == unit] == []
