"""When a follow-up is due."""

from datetime import date

from gongzhi.core.evaluating.follow_up import years_later


def test_a_follow_up_is_due_on_the_same_day_years_later():
    assert years_later(date(2026, 9, 30), years=3) == date(2029, 9, 30)


def test_of_a_leap_day_it_is_the_first_of_march():
    assert years_later(date(2024, 2, 29), years=3) == date(2027, 3, 1)
    assert years_later(date(2024, 2, 29), years=4) == date(2028, 2, 29)
