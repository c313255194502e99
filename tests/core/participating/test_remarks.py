"""Remarks: receipt codes, what isn't taken in, what becomes of one, what of counts is told."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.participating.counts import parts_shown, whole_shown
from gongzhi.core.participating.receipts import (
    LENGTH,
    RANDOM_DIGITS,
    grouped,
    plain_receipt,
    receipt_code,
)
from gongzhi.core.participating.remarks import (
    RemarkStage,
    Voice,
    clock_starts_again,
    stage_after,
    why_not_said,
)
from gongzhi.core.participating.triage import has_identity, is_accusation
from gongzhi.rules.participation.remarks import remark_limits, triage_rules

RULES = triage_rules(on=date(2026, 11, 26))
NUMBERS = st.integers(min_value=0, max_value=10**RANDOM_DIGITS - 1)
SMALL = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 12), min_size=1)


@given(NUMBERS)
def test_s61_a_receipt_code_has_sixteen_random_digits_at_least_and_reads_back(number):
    code = receipt_code(number)
    assert RANDOM_DIGITS >= 16
    assert plain_receipt(grouped(code)) == plain_receipt(f" {code[:7]}—{code[7:]}") == code


@given(NUMBERS, st.integers(0, LENGTH - 1), st.integers(1, 9))
def test_one_wrong_digit_is_no_code(number, place, off):
    code = receipt_code(number)
    wrong = str((int(code[place]) + off) % 10)
    assert plain_receipt(code[:place] + wrong + code[place + 1 :]) == ""


def test_full_width_digits_are_understood():
    code = receipt_code(1234567890123456789)
    assert plain_receipt(code.translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)})) == code


@pytest.mark.parametrize(
    "text",
    [
        "社区中心的采购里,主任收受了施工方的好处。",
        "张某某挪用了养老食堂的钱",
        "工程围标,负责人：王大明心里有数",
        "The director took a bribe from the builder.",
        "活动室很好。会计把补贴私分了!",
    ],
)
def test_an_accusation_against_somebody_is_told_apart(text):
    assert is_accusation(text, rules=RULES)


@pytest.mark.parametrize(
    "text",
    [
        "活动室的开放时间太短,建议延长到晚上九点。",
        "建议完善制度,防止挪用资金",
        "资金被挪用的风险怎么控制?预算里没有写。",
        "主任说八月完工,现在还没有动静。",
        "Please prevent misappropriation of the money by the manager.",
        "预算的钱花在哪里,请公开明细。",
    ],
)
def test_a_suggestion_is_no_accusation(text):
    assert not is_accusation(text, rules=RULES)


def test_an_identity_number_is_found_and_a_telephone_is_the_writers_own_choice():
    assert has_identity("我的身份证11010519491231002X")
    assert not has_identity("请打 13800001111")


def test_every_channel_says_where_to_go():
    assert set(RULES.channels) == {"discipline", "petition", "hotline"}
    for channel in RULES.channels.values():
        assert channel.telephone or channel.address.startswith("https://")


def test_what_was_asked_for_starts_the_clock_again_and_nothing_else_does():
    started = {
        (voice, stage)
        for voice in Voice
        for stage in RemarkStage
        if clock_starts_again(voice, stage=stage)
    }
    assert started == {(Voice.ADDITION, RemarkStage.ASKED)}
    assert [stage_after(voice) for voice in Voice] == ["open", "asked", "open", "answered"]


def test_an_answer_names_outcome_and_reason():
    assert why_not_said("已列入", outcome="adopted") is None
    assert why_not_said(" ", outcome="adopted")
    assert why_not_said("已列入", outcome="later")
    assert why_not_said("请说明是哪一间") is None


@given(SMALL)
def test_s64_what_is_withheld_cannot_be_told_from_the_rest(parts):
    least = remark_limits(on=date(2026, 11, 26)).least_people
    shown, whole = parts_shown(parts, least=least), whole_shown(parts, least=least)
    assert all(count is None or count == 0 or count >= least for count in shown.values())
    held = [parts[cell] for cell, count in shown.items() if count is None]
    if whole is not None and held:
        assert len(held) > 1
        assert sum(held) >= least


def test_large_counts_are_shown_as_they_are():
    parts = {"adopted": 9, "not": 6, "elsewhere": 0}
    assert parts_shown(parts, least=5) == parts
    assert whole_shown(parts, least=5) == 15
