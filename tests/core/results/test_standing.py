"""Praise and urging: listed with reasons and clauses, never where anything speaks against it."""

from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.results.standing import YearOfUnit, reasons_for_praise, reasons_to_urge
from gongzhi.rules.packs.folders import USUAL
from gongzhi.rules.packs.results import load_results

RULES = load_results(USUAL).standing
counts = st.integers(0, 5)
years = st.builds(
    YearOfUnit,
    asked=counts,
    in_time=counts,
    grave_open=counts,
    overdue=counts,
    duties=counts,
    grades=st.lists(st.sampled_from(("优", "良", "差")), max_size=3).map(tuple),
)


def test_the_best_grades_and_everything_in_time_are_worth_showing():
    year = YearOfUnit(asked=2, in_time=2, grades=("优", "优"))
    assert [each.clause for each in reasons_for_praise(year, rules=RULES)] == ["10.4", "10.4"]
    assert reasons_for_praise(YearOfUnit(grades=("优", "良")), rules=RULES) == ()
    assert reasons_for_praise(YearOfUnit(asked=1, grades=("优",)), rules=RULES) == ()
    assert reasons_for_praise(YearOfUnit(), rules=RULES) == ()


@given(years)
def test_nobody_is_praised_and_urged_for_what_is_late_at_once(year):
    praised = reasons_for_praise(year, rules=RULES)
    urged = reasons_to_urge(year, rules=RULES)
    assert not (praised and (year.overdue or year.duties))
    assert bool(urged) == bool(year.grave_open or year.overdue or year.duties)
    assert all(each.clause == RULES.urged_by for each in urged)
