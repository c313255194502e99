"""Rules by their dates: the newest that has begun holds, before the first the first."""

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from gongzhi.rules.dated import each_in_force, in_force

DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 1, 1))


@dataclass(frozen=True)
class Edition:
    since_on: date
    name: str = "one"


@given(days=st.lists(DAYS, min_size=1, unique=True), today=DAYS)
def test_the_newest_that_has_begun_holds_else_the_first(days, today):
    held = in_force([Edition(day) for day in days], on=today).since_on
    begun = [day for day in days if day <= today]
    assert held == (max(begun) if begun else min(days))


def test_of_one_day_the_last_is_meant():
    day = date(2026, 1, 1)
    editions = [Edition(day, "first"), Edition(day, "second")]
    assert in_force(editions, on=day).name == "second"


def test_each_name_has_its_own_edition():
    day = date(2026, 1, 1)
    later = day + timedelta(days=30)
    rules = [Edition(later, "a"), Edition(day, "a"), Edition(later, "b")]
    held = each_in_force(rules, name=lambda rule: rule.name, on=day)
    assert {name: each.since_on for name, each in held.items()} == {"a": day, "b": later}
