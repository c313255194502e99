"""Goals carried on: the same promises, other money shared as before, one year more of past."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.goals import Activity, DraftGoal, DraftIndicator, Funds, Past
from gongzhi.core.goals.next_year import next_years, shared

BRIDGE = DraftGoal(
    project="桥",
    year=2026,
    budget=Decimal(18600),
    starts_on=date(2026, 1, 1),
    ends_on=date(2026, 12, 31),
    activities=(
        Activity(key="a1", name="吊装", money=Decimal(12400)),
        Activity(key="a2", name="焊接", money=Decimal(6200)),
        Activity(key="a3", name="检测"),
    ),
    indicators=(
        DraftIndicator(
            name="吊装节段", key="i1", target="≥96", measure="节段", history=(Past(year=2025),)
        ),
        DraftIndicator(name="带动增长", key="i2", target="明显"),
    ),
    funds=Funds(fiscal=Decimal(18600)),
)
money = st.decimals(min_value=0, max_value=10**12, places=2)


def test_a_year_later_the_promises_stand_and_what_was_reached_stands_beside_them():
    goal = next_years(BRIDGE, budget=Decimal(9300), reached={"i1": Decimal(90)})
    assert (goal.year, goal.budget) == (2027, 9300)
    assert (goal.starts_on, goal.ends_on) == (date(2027, 1, 1), date(2027, 12, 31))
    segments, growth = goal.indicators
    assert segments.target == "≥96"
    assert segments.history == (
        Past(year=2025),
        Past(year=2026, target=Decimal(96), result=Decimal(90)),
    )
    assert growth.history == (Past(year=2026),)


def test_activities_share_the_money_decided_as_they_shared_the_one_before():
    goal = next_years(BRIDGE, budget=Decimal(9300), reached={})
    assert [each.money for each in goal.activities] == [6200, 3100, None]
    assert goal.funds == Funds(), "nobody has said where the money decided comes from"


def test_without_a_decision_the_money_stays():
    goal = next_years(BRIDGE, reached={})
    assert (goal.budget, goal.activities) == (BRIDGE.budget, BRIDGE.activities)
    assert goal.funds == BRIDGE.funds


def test_a_project_that_runs_for_years_keeps_its_days():
    long = DraftGoal(year=2026, starts_on=date(2025, 3, 1), ends_on=date(2027, 6, 30))
    goal = next_years(long, reached={})
    assert (goal.starts_on, goal.ends_on) == (date(2025, 3, 1), date(2027, 6, 30))


def test_a_leap_day_is_followed_by_the_last_of_february():
    leap = DraftGoal(year=2028, starts_on=date(2028, 2, 29), ends_on=date(2028, 12, 31))
    assert next_years(leap, reached={}).starts_on == date(2029, 2, 28)


@given(amounts=st.lists(st.none() | money, max_size=12), total=money)
def test_what_is_shared_anew_adds_up_to_the_fen(amounts, total):
    found = shared(amounts, total=total)
    assert [each is None for each in found] == [each is None for each in amounts]
    if sum(each or 0 for each in amounts) > 0:
        assert sum(each or 0 for each in found) == total
        assert all(each >= 0 for each in found if each is not None)
    else:
        assert list(found) == amounts
