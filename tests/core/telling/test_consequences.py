"""What a judged year did to the next one's money: every number once, nothing that isn't known."""

from decimal import Decimal

import pytest

from gongzhi.core.telling import (
    Consequences,
    NextMoney,
    Standing,
    amount_said,
    told_of_consequences,
)
from gongzhi.core.telling.consequences import told_of_next
from gongzhi.words import say

COUNTS = {Standing.KEPT: 2, Standing.MISSED: 1}


def paragraph(**known: object) -> str:
    found = Consequences(year=2026, standings=COUNTS, **known)  # type: ignore[arg-type]
    return "".join(say(each, "zh") for each in told_of_consequences(found))


def test_before_anything_is_decided_it_says_so():
    assert paragraph() == (
        "3 个项目里，2 项已做到、1 项没有全做到。2027 年的钱还没有按结果定下来。"
    )


def test_who_lost_and_who_gained_is_told_with_the_money():
    told = paragraph(decided=3, less=1, taken=Decimal(105_000), more=1, added=Decimal(5_000))
    assert "按结果，2027 年定了 3 个项目的钱。" in told
    assert "1 个减少，一共减 10.5 万元。" in told
    assert "1 个增加，一共加 5,000 元。" in told


def test_money_that_stays_is_told_as_that():
    assert "定了 3 个项目的钱，都没有变。" in paragraph(decided=3)


def test_what_is_still_put_right_is_counted():
    assert paragraph(decided=3, unfinished=2).endswith("还有 2 项问题在整改。")
    assert "整改" not in paragraph(decided=3)


@pytest.mark.parametrize(
    ("amount", "told"),
    [
        (900_000, "按结果，2027 年的钱定为 90 万元，比基数少 10 万元。"),
        (1_000_000, "按结果，2027 年的钱定为 100 万元，没有减。"),
        (1_100_000, "按结果，2027 年的钱定为 110 万元，比基数多 10 万元。"),
    ],
)
def test_a_project_s_next_money_is_told_against_its_base(amount, told):
    money = NextMoney(year=2027, base=Decimal(1_000_000), amount=Decimal(amount))
    assert [say(each, "zh") for each in told_of_next(money, amount=amount_said)] == [told]


def test_the_judgement_that_the_money_rests_on_is_told_first():
    money = NextMoney(
        year=2027, base=Decimal(1), amount=Decimal(1), score=Decimal("71.360"), grade="中"
    )
    first, _money = told_of_next(money, amount=amount_said)
    assert say(first, "zh") == "合起来得 71.36 分，等级为中。"
