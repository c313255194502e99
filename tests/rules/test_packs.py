"""The packs that are shipped, and which one a form is scored under."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given

from core import strategies
from core.expected_forms import expected_forms
from gongzhi.core.indicators.lexicon import Degree
from gongzhi.core.scoring.pack import Denominator
from gongzhi.core.terms import Form, FormType, Indicator
from gongzhi.rules.checks.reading import load_limits
from gongzhi.rules.packs import guess_pack, load_packs
from gongzhi.words import say

PACKS = load_packs()
HUBEI_ROW = Indicator(level1="产出指标", target_text="6", actual_text="6", score=Decimal(20))
ROW = replace(HUBEI_ROW, weight=Decimal(20))


def form(**changes: object) -> Form:
    plain = Form(form_type=FormType.SELF_EVALUATION, layout="any", fiscal_year=2022)
    return replace(plain, **changes)


def test_the_usual_pack_is_10_50_30_10():
    pack = PACKS["mof-2020-10"]
    weights = [pack.execution.weight, *(heading.weight for heading in pack.tree)]
    assert weights == [10, 50, 30, 10]


def test_cost_stands_at_level_one_since_2021_and_says_that_nobody_checked():
    pack = PACKS["mof-2021-101"]
    weights = [pack.execution.weight, *(heading.weight for heading in pack.tree)]
    assert (weights, pack.verified) == ([10, 20, 40, 20, 10], False)


def test_hubei_divides_20_to_80_and_its_middle_band_begins_at_half():
    pack = PACKS["hubei-20-80"]
    assert (pack.execution.weight, pack.band(Degree.PART).low) == (20, Decimal("0.5"))


def test_only_what_was_checked_is_called_verified():
    assert {name for name, pack in PACKS.items() if pack.verified} == {"mof-2020-10"}
    for pack in PACKS.values():
        assert not pack.verified or pack.cited["weights"].verified
        assert not pack.cited["over_achievement"].verified  # the 30 % is ours


def test_our_own_thresholds_are_not_called_verified():
    ours = [limit for limit in load_limits() if "本系统自定" in limit.source.zh]
    assert ours
    assert not any(limit.verified for limit in ours)


def test_two_rates_are_named_apart():
    execution = PACKS["mof-2020-10"].execution
    named = (execution.denominator, execution.denominator_in_full_evaluation)
    assert named == (Denominator.ADJUSTED_BUDGET, Denominator.MONEY_RECEIVED)


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
def test_a_title_is_a_message_with_the_same_english(pack):
    guess = guess_pack(form())
    assert say(replace(guess.why, text=pack.title.zh, values={}), "en") == pack.title.en


def test_rules_hold_for_the_years_that_end_under_them():
    pack = replace(PACKS["mof-2020-10"], in_force_until=date(2024, 6, 30))
    assert [year for year in range(2018, 2027) if pack.is_in_force_for(year)] == [
        2020, 2021, 2022, 2023,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "name", "why"),
    [
        ({}, "mof-2020-10", "2022 年适用"),
        ({"fiscal_year": None}, "mof-2020-10", "表中没有年度"),
        ({"fiscal_year": 2016}, "mof-2020-10", "2016 年没有收录当年的规则"),
        (
            {"execution_weight": Decimal(20), "indicators": (HUBEI_ROW,)},
            "hubei-20-80",
            "预算执行率 20 分、没有分值列",
        ),
        (
            {"execution_weight": Decimal(20), "indicators": (HUBEI_ROW,), "unit": "四川省某局"},
            "mof-2020-10",
            "2022 年适用",
        ),
        ({"unit": "黄冈市某局"}, "hubei-20-80", "“黄冈”"),
        ({"unit": "黄冈市某局", "indicators": (ROW,)}, "mof-2020-10", "2022 年适用"),
        ({"unit": "黄冈市某局", "execution_weight": Decimal(10)}, "mof-2020-10", "2022"),
        (
            {"indicators": (replace(ROW, level1="成本指标"),)},
            "mof-2021-101",
            "一级指标中有“成本指标”",
        ),
        (
            {"indicators": (replace(ROW, level1="成本指标"),), "fiscal_year": 2020},
            "mof-2020-10",
            "2020 年适用",
        ),
        ({"unit": "成都市某局"}, "mof-2020-10", "2022 年适用"),
        ({"unit": "成都市某局", "fiscal_year": 2025}, "sichuan-2025", "“成都”"),
        (
            {"project": "51000025R000000019951-工资", "fiscal_year": 2025},
            "sichuan-2025",
            "区划 51",
        ),
    ],
)
def test_a_form_is_scored_under_the_pack_of_its_place_and_year(changes, name, why):
    guess = guess_pack(form(**changes))
    assert (guess.pack.name, why in say(guess.why, "zh")) == (name, True)


@given(any_form=strategies.forms)
def test_every_form_falls_under_some_pack(any_form):
    assert guess_pack(any_form).pack.name in PACKS


def test_real_forms_of_hubei_are_known_by_what_they_print():
    for expected in expected_forms():
        is_hubei = guess_pack(expected.form).pack.name == "hubei-20-80"
        assert is_hubei == (expected.form.layout == "hb2080"), expected.name
