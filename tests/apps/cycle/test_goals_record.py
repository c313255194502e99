"""Goals and their plan by month as JSON: what was kept comes back equal."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.goals.drafts import goals
from gongzhi.core.goals import DraftGoal
from gongzhi.core.monitoring.plan import MONTHS
from gongzhi.cycle.goal_record import GoalPlan, goal_as_record, goal_from_record

months = st.lists(
    st.decimals(min_value=0, max_value=10**9, places=2), min_size=MONTHS, max_size=MONTHS
).map(tuple)
plans = st.builds(
    GoalPlan,
    goal=goals,
    money_by_month=st.just(()) | months,
    by_month=st.dictionaries(st.sampled_from(["a", "b", "钱"]), months, max_size=2),
)


@given(plans)
def test_a_plan_comes_back_equal_from_its_json(plan):
    kept = json.loads(json.dumps(goal_as_record(plan)))
    assert goal_from_record(kept) == plan


def test_a_record_of_another_version_is_refused():
    with pytest.raises(ValueError, match="version 2"):
        goal_from_record({"v": 2})


def test_a_year_has_twelve_months():
    with pytest.raises(AssertionError):
        GoalPlan(goal=DraftGoal(), money_by_month=(Decimal(1),))
