"""Drafted goals of any shape that the types allow, for laws that must hold on all of them."""

from hypothesis import strategies as st

from core.strategies import money, points, texts
from gongzhi.core.goals import (
    Activity,
    Asked,
    Aspect,
    Beneficiaries,
    DraftGoal,
    DraftIndicator,
    Funds,
    Ground,
    Measured,
    Medium,
    Past,
)
from gongzhi.core.monitoring.plan import Course

typed = texts.map(lambda text: text or "")
keys = st.sampled_from(["", "a", "b", "c", "money"])
level2 = st.sampled_from([aspect.level2 for aspect in Aspect]) | typed
amounts = st.decimals(min_value=0, max_value=10**9, places=2)
days = st.none() | st.dates()
indicators = st.builds(
    DraftIndicator,
    name=typed,
    level1=st.sampled_from(["产出指标", "效益指标", "满意度指标", "成本指标", ""]) | typed,
    level2=level2,
    target=typed,
    measure=typed,
    weight=points,
    less_is_better=st.none() | st.booleans(),
    baseline=points,
    history=st.lists(
        st.builds(Past, year=st.integers(2000, 2030), target=points, result=points), max_size=4
    ).map(tuple),
    ground=st.none() | st.sampled_from(Ground),
    measured=st.none() | st.sampled_from(Measured),
    standard=typed,
    source=typed,
    evidence=typed,
    asked=st.none()
    | st.builds(Asked, who=typed, how_many=st.none() | st.integers(-1, 9999), instrument=typed),
    is_core=st.booleans(),
    key=keys,
    leads_to=st.lists(keys, max_size=2).map(tuple),
    medium=typed,
    course=st.none() | st.sampled_from(Course),
)
funds = st.builds(Funds, fiscal=money, carried=money, other=money)
goals = st.builds(
    DraftGoal,
    project=typed,
    year=st.none() | st.integers(-1, 10000),
    functional=st.sampled_from(["", "205", "2050202", "?"]),
    text=typed,
    budget=money,
    people=st.none() | amounts,
    starts_on=days,
    ends_on=days,
    beneficiaries=st.lists(
        st.builds(Beneficiaries, who=typed, count=st.none() | amounts), max_size=2
    ).map(tuple),
    activities=st.lists(
        st.builds(
            Activity,
            key=st.sampled_from(["x", "y", "money"]),
            name=typed,
            money=st.none() | amounts,
            leads_to=st.lists(keys, max_size=2).map(tuple),
        ),
        max_size=3,
    ).map(tuple),
    indicators=st.lists(indicators, max_size=6).map(tuple),
    nature=typed,
    funds=funds,
    medium=st.builds(Medium, text=typed, budget=money, funds=funds),
)
