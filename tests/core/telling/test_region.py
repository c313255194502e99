"""A region's year in a few sentences; several projects as one."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.telling import (
    Part,
    Parts,
    Spending,
    Standing,
    parts_of,
    told_of_promises,
    told_of_spending,
    weighed,
)
from gongzhi.words import say

SPENDING = Spending(
    year=2026,
    today=date(2026, 3, 13),
    projects=308,
    budget=Decimal(2_000_000_000),
    paid=Decimal(123_400_000),
    largest="教育支出",
    largest_budget=Decimal(500_000_000),
)


def in_words(sentences, language: str = "zh") -> str:
    return " ".join(say(each, language) for each in sentences)


def test_the_money_of_a_year_is_told_with_where_most_of_it_goes():
    assert in_words(told_of_spending(SPENDING)) == (
        "2026 年有 308 个公开的项目，预算一共 20 亿元，到 3 月 13 日付了 1.23 亿元，占 6.2%。 "
        "钱最多的是教育支出：5 亿元，占 25%。"
    )
    assert "2,000 million yuan" in in_words(told_of_spending(SPENDING), "en")


def test_a_year_that_is_over_is_told_until_its_last_day():
    after = replace(SPENDING, today=date(2027, 3, 5))
    assert "到 12 月 31 日付了" in in_words(told_of_spending(after))


def test_without_a_budget_only_what_was_paid_is_told():
    bare = Spending(
        year=2026, today=date(2026, 3, 13), projects=1, budget=Decimal(0), paid=Decimal(7)
    )
    assert in_words(told_of_spending(bare)) == "2026 年有 1 个公开的项目，到 3 月 13 日付了 7 元。"


def test_promises_are_counted_only_where_there_are_any():
    assert told_of_promises({}) == ()
    told = told_of_promises({Standing.KEPT: 1, Standing.BEHIND: 2})
    assert in_words(told) == "3 项承诺里，1 项已做到、2 项落后。"


def part(budget, reached, due="0.5") -> Part:
    def figure(value):
        return None if value is None else Decimal(value)

    return Part(budget=figure(budget), reached=figure(reached), due=figure(due))


@pytest.mark.parametrize(
    ("parts", "reached", "due"),
    [
        ([part("100", "0.4")], "0.4", "0.5"),
        ([part("300", "0.8", "0.9"), part("100", "0.4", "0.5")], "0.7", "0.8"),
        ([part(None, "0.8"), part(None, "0.4")], "0.6", "0.5"),
        ([part("100", None), part("100", "0.4")], "0.2", "0.5"),
        ([part("100", "1.5", None)], "1", None),
        ([part("100", None)], None, None),
        ([], None, None),
    ],
)
def test_several_projects_are_weighed_by_their_budgets(parts, reached, due):
    found = weighed(parts)
    assert found == (
        None if reached is None else Decimal(reached),
        None if due is None else Decimal(due),
    )


shares = st.none() | st.decimals(0, 2, places=4)


several = st.lists(
    st.builds(Part, budget=st.none() | st.decimals(0, 10**9, places=2), reached=shares, due=shares),
    min_size=1,
)


@given(several, several)
def test_what_was_added_up_before_is_weighed_like_its_projects(some, others):
    kept = [sum(map(parts_of, each), Parts()) for each in (some, others)]

    assert sum(kept, Parts()).weighed == weighed([*some, *others])


@given(several)
def test_several_projects_are_never_further_than_all_of_them(parts):
    for share in weighed(parts):
        assert share is None or 0 <= share <= Decimal("1.000001")
