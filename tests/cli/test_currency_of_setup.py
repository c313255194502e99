"""`gongzhi setup --currency`: only what the product can name is taken."""

import pytest

from gongzhi.cli.setting_up import known_currency
from gongzhi.cli.telling import CannotRun
from gongzhi.words import say


def test_a_currency_is_known_by_its_code_in_any_case():
    assert known_currency("brl") == "BRL"


def test_an_unknown_currency_is_refused_with_those_that_are_known():
    with pytest.raises(CannotRun) as refused:
        known_currency("XYZ")
    assert "、BRL、" in say(refused.value.said, "zh")
