"""What several parties thought, told in sentences: only what is open, nothing guessed."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.telling import Judgement, told_of_judgements
from gongzhi.words import say

JUDGED = st.builds(
    Judgement,
    who=st.sampled_from(["甲局", "乙会", "丙所"]),
    year=st.sampled_from([2025, 2026]),
    points=st.one_of(st.none(), st.decimals(0, 100, places=2)),
)


def paragraph(judged: list[Judgement], language: str = "zh") -> str:
    return " ".join(say(each, language) for each in told_of_judgements(judged))


def test_who_gave_how_many_points_and_who_is_still_at_it():
    judged = [
        Judgement(who="某研究会", year=2025, points=Decimal("82.50")),
        Judgement(who="某事务所", year=2025, points=Decimal(90)),
        Judgement(who="财政局", year=2025),
    ]
    assert paragraph(judged) == (
        "2025 年的工作，某研究会评了 82.5 分、某事务所评了 90 分。 还有 1 方的评价没有公开。"
    )
    assert "82.5 points" in paragraph(judged, "en")


def test_nothing_is_told_where_nobody_judged():
    assert paragraph([]) == ""


def test_of_several_years_the_newest_is_told():
    judged = [
        Judgement(who="甲局", year=2025, points=Decimal(10)),
        Judgement(who="乙会", year=2026, points=Decimal(90)),
    ]
    assert "甲局" not in paragraph(judged)


@given(st.lists(JUDGED, max_size=8))
def test_all_of_the_newest_year_are_named_or_counted(judged):
    told = list(told_of_judgements(judged))
    if not judged:
        assert told == []
        return
    newest = max(each.year for each in judged)
    mine = [each for each in judged if each.year == newest]
    known = [each for each in mine if each.points is not None]
    named = sum(say(each, "zh").count("评了") for each in told)
    counts = [each.values["count"] for each in told if "count" in each.values]
    assert named == min(len(known), 4)
    assert named + sum(counts) == len(mine)
