"""A project in one paragraph: every sentence from the data, none against another."""

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.goals import Beneficiaries
from gongzhi.core.telling import (
    Awaited,
    Promise,
    Standing,
    Story,
    YearMoney,
    amount_said,
    counted,
    standing,
    told,
)
from gongzhi.core.terms import Said
from gongzhi.words import say

TODAY = date(2026, 11, 26)
FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")


def paragraph(story: Story, language: str = "zh") -> str:
    return " ".join(say(each, language) for each in told(story))


def bridge(**more: object) -> Story:
    return Story(
        **{
            "unit": "桥梁办",
            "today": TODAY,
            "year": 2026,
            "aim": "大桥年内合龙",
            "aim_kind": Said("政府工作报告"),
            "goal": "吊装 96 个节段并合龙。",
            "beneficiaries": (Beneficiaries(who="两岸居民", count=Decimal(186_000)),),
            "money": YearMoney(
                budget=Decimal(186_000_000),
                initial=Decimal(186_000_000),
                paid=Decimal(152_000_000),
                month=10,
                planned=Decimal("0.86"),
                paid_then=Decimal("0.78"),
            ),
            "promises": (
                Promise(
                    name="节段",
                    target="≥96节段",
                    figure="72节段",
                    reached=Decimal("0.75"),
                    due=Decimal("0.9375"),
                    read_on=date(2026, 10, 31),
                ),
                Promise(name="合格率", reached=Decimal(1), due=Decimal(1), gathers=False),
            ),
            "ends_on": date(2027, 6, 30),
            **more,
        }
    )


def test_a_whole_project_is_told():
    assert paragraph(bridge()) == (
        "桥梁办负责这个项目，它是政府工作报告“大桥年内合龙”的一部分。 "
        "2026 年它答应：“吊装 96 个节段并合龙”。 "
        "受益的是两岸居民 186,000 人，按当年的预算平均每人 1,000 元。 "
        "2026 年预算 1.86 亿元，到 11 月 26 日付了 1.52 亿元，占 81.7%。 "
        "按计划到 10 月底付 86%，实际慢 8 个百分点。 "
        "答应的 2 项指标里，1 项按计划、1 项落后。 "
        "离得最远的是“节段”：答应 ≥96节段，10 月 31 日的读数是 72节段。 "
        "2026 年底前，答应的都要做到。 "
        "项目按计划 2027 年 6 月 30 日结束。"
    )


def test_it_is_told_in_english_too():
    text = paragraph(bridge(), "en")
    assert "The budget of 2026 is 186 million yuan" in text
    assert "by 26 November, 152 million yuan were paid, 81.7% of it." in text
    assert "1 on plan, 1 behind" in text


def test_of_a_project_that_nobody_described_its_unit_is_told():
    assert paragraph(Story(unit="某局", today=TODAY)) == "某局负责这个项目。"


@pytest.mark.parametrize(
    ("money", "says", "is_silent_on"),
    [
        (YearMoney(), "", "预算"),
        (YearMoney(paid=Decimal(5)), "到 11 月 26 日付了 5 元，没有预算数。", "占"),
        (YearMoney(budget=Decimal(50_000)), "2026 年预算 5 万元，到 11 月 26 日还没有付钱。", "占"),
        (
            YearMoney(budget=Decimal(50_000), initial=Decimal(40_000), paid=Decimal(51_000)),
            "占 102%。 年初的预算是 4 万元，后来调整过。",
            "还没有付钱",
        ),
    ],
)
def test_money_is_told_as_far_as_it_is_known(money: YearMoney, says: str, is_silent_on: str):
    text = paragraph(Story(unit="某局", today=TODAY, year=2026, money=money))
    assert says in text
    assert is_silent_on not in text


def test_who_is_late_is_named_before_what_comes_next():
    late = Awaited(what=Said("答复预警"), who="某局", due_on=date(2026, 11, 20))
    coming = Awaited(what=Said("提出整改方案"), who="某局", due_on=date(2026, 12, 3))
    text = paragraph(Story(unit="某局", today=TODAY, awaited=(coming, late)))
    assert "某局应在 11 月 20 日前答复预警，已经逾期。" in text
    assert text.endswith("接下来，某局要在 12 月 3 日前提出整改方案。")


@pytest.mark.parametrize(
    ("amount", "zh", "en"),
    [
        ("0", "0 元", "0 yuan"),
        ("999.5", "999.50 元", "999.50 yuan"),
        ("10000", "1 万元", "10,000 yuan"),
        ("345678", "34.6 万元", "346,000 yuan"),
        ("45678901", "4,568 万元", "45,680,000 yuan"),
        ("186000000", "1.86 亿元", "186 million yuan"),
        ("-120000", "-12 万元", "-120,000 yuan"),
    ],
)
def test_an_amount_is_said_as_one_keeps_it_in_mind(amount: str, zh: str, en: str):
    assert say(amount_said(Decimal(amount)), "zh") == zh
    assert say(amount_said(Decimal(amount)), "en") == en


@pytest.mark.parametrize(
    ("reached", "due", "gathers", "is_over", "stands"),
    [
        (None, "0.5", True, False, Standing.UNREAD),
        (None, "0.5", True, True, Standing.UNREAD),
        ("1", "0.5", True, False, Standing.KEPT),
        ("1.2", "1", True, True, Standing.KEPT),
        ("0.495", "0.5", True, False, Standing.ON_PLAN),
        ("0.49", "0.5", True, False, Standing.BEHIND),
        ("0.99", "1", True, True, Standing.MISSED),
        ("0.1", None, True, False, Standing.ON_PLAN),
        ("1", "1", False, False, Standing.ON_PLAN),
        ("0.98", "1", False, False, Standing.BEHIND),
        ("1", "1", False, True, Standing.KEPT),
        ("0.98", "1", False, True, Standing.MISSED),
    ],
)
def test_how_a_promise_stands(reached, due, gathers, is_over, stands):
    promise = Promise(
        name="x",
        reached=None if reached is None else Decimal(reached),
        due=None if due is None else Decimal(due),
        gathers=gathers,
    )
    assert standing(promise, is_over=is_over) is stands


shares = st.decimals(0, 2, places=4)
amounts = st.decimals(0, 10**12, places=2)
days = st.dates(date(2025, 6, 1), date(2027, 12, 31))
promises = st.builds(
    Promise,
    name=st.just("某指标"),
    target=st.just("若干"),
    figure=st.just("若干"),
    reached=st.none() | shares,
    due=st.none() | st.decimals(0, 1, places=4),
    gathers=st.booleans(),
    read_on=st.none() | days,
)
money = st.builds(
    YearMoney,
    budget=st.none() | amounts,
    initial=st.none() | amounts,
    paid=amounts,
    month=st.integers(0, 12),
    planned=st.none() | shares,
    paid_then=st.none() | shares,
)
stories = st.builds(
    Story,
    unit=st.just("某局"),
    today=days,
    year=st.none() | st.integers(2025, 2027),
    aim=st.sampled_from(["", "某目标"]),
    aim_kind=st.none() | st.just(Said("民生实事")),
    goal=st.sampled_from(["", "。", "做成一件事。"]),
    partners=st.lists(st.sampled_from(["甲", "乙"]), max_size=5).map(tuple),
    beneficiaries=st.lists(
        st.builds(Beneficiaries, who=st.just("某群人"), count=st.none() | st.decimals(0, 10**6)),
        max_size=2,
    ).map(tuple),
    money=st.none() | money,
    promises=st.lists(promises, max_size=6).map(tuple),
    awaited=st.lists(
        st.builds(Awaited, what=st.just(Said("答复预警")), who=st.just("某局"), due_on=days),
        max_size=3,
    ).map(tuple),
    ends_on=st.none() | days,
)


@given(stories)
def test_a_paragraph_is_whole_sentences_in_both_languages(story: Story):
    for language, stop in (("zh", "。"), ("en", ".")):
        for each in told(story):
            text = say(each, language)
            assert text.endswith(stop)
            assert not re.search(r"[{}]|None", text)


@given(stories)
def test_a_paragraph_never_contradicts_itself(story: Story):
    text = paragraph(story)
    assert not ("还没有付钱" in text and "付了" in text)
    assert text.count("实际") <= 1
    assert not ("原定" in text and "项目按计划" in text)
    if story.is_over:
        assert "年底前" not in text
    counts = counted(standing(each, is_over=story.is_over) for each in story.promises)
    assert sum(counts.values()) == len(story.promises)
    late = [each for each in story.awaited if each.due_on < story.today]
    assert text.count("逾期") == len(late)


@given(stories)
def test_no_number_is_told_that_the_data_does_not_have(story: Story):
    """Each figure of the text is a figure of one of its sentences' own values."""
    for each in told(story):
        known = set(_figures(each))
        assert set(FIGURE.findall(say(each, "zh"))) <= known


def _figures(said: Said) -> list[str]:
    found = FIGURE.findall(said.text)  # 1 月, in the names of months
    for value in said.values.values():
        found += _figures(value) if isinstance(value, Said) else FIGURE.findall(say_value(value))
    return found


def say_value(value: object) -> str:
    return say(Said("{x}", {"x": value}), "zh")
