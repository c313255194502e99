"""The working days are those of the notices; a file that contradicts itself is refused."""

from datetime import date
from pathlib import Path

import pytest

from gongzhi.core.working_days import Due, due_on
from gongzhi.rules.calendar import load_calendar, load_years
from gongzhi.rules.calendar.reading import ROOM, read_year
from gongzhi.rules.entry import BadRules

GOOD = (ROOM / "2026.toml").read_text(encoding="utf-8")
SPRING_FESTIVAL = "first = 2026-02-15\nlast = 2026-02-23"
# What is written instead of what, and what the refusal says.
SLIPS = [
    ("year = 2026", "year = 2027", "year 应与文件同名"),
    ("year = 2026", 'year = "2026"', "year 应为数字"),
    (SPRING_FESTIVAL, "first = 2026-02-23\nlast = 2026-02-15", "last 不能早于 first"),
    (SPRING_FESTIVAL, "first = 2025-12-31\nlast = 2026-02-15", "假期应在 2026 年之内"),
    (SPRING_FESTIVAL, "first = 2026-01-03\nlast = 2026-01-05", "有一天被写进两个假期"),
    ("[2026-01-04,", "[2026-01-05,", "不是这一年的周末"),
    ("[2026-01-04,", "[2026-01-03,", "既放假又上班"),
    ("[2026-01-04,", "[2026-02-14,", "extra_workdays 中有重复"),
    ("[2026-01-04,", '["2026-01-04",', "extra_workdays 应为日期的列表"),
    ("issued_on", "issued", "issued_on"),
]


def test_a_holiday_of_the_notice_is_a_day_off_from_its_first_day_to_its_last():
    off = load_calendar().holidays

    assert {date(2026, 2, 15), date(2026, 2, 20), date(2026, 2, 23)} <= off
    assert date(2026, 2, 24) not in off


def test_a_weekend_of_the_notice_is_worked():
    assert {date(2025, 9, 28), date(2026, 10, 10)} <= load_calendar().extra_workdays


@pytest.mark.parametrize(("year", "days_off", "worked"), [(2025, 28, 5), (2026, 33, 6)])
def test_a_year_has_as_many_days_off_as_its_notice_counts(year, days_off, worked):
    off = [day for day in load_calendar().holidays if day.year == year]
    extra = [day for day in load_calendar().extra_workdays if day.year == year]

    assert (len(off), len(extra)) == (days_off, worked)


def test_a_year_is_known_only_by_its_notice():
    read = {year.year for year in load_years() if year.verified}

    assert load_calendar().years == read == {2025, 2026}


def test_a_year_without_its_notice_has_its_own_holidays_and_stays_provisional():
    calendar = load_calendar()

    assert not calendar.works_on(date(2027, 2, 8))
    assert calendar.works_on(date(2027, 2, 9)), "which weekends are moved nobody guesses"
    assert due_on(date(2026, 12, 28), working_days=3, calendar=calendar) == Due(
        on=date(2026, 12, 31), provisional=False
    )
    assert due_on(date(2026, 12, 31), working_days=1, calendar=calendar) == Due(
        on=date(2027, 1, 4), provisional=True
    )


def test_a_year_that_counts_as_verified_says_where_it_was_read():
    assert all(year.read_in.zh and year.read_in.en for year in load_years() if year.verified)


@pytest.mark.parametrize(("good", "bad", "told"), SLIPS)
def test_a_slip_in_a_year_is_refused_with_its_reason(tmp_path: Path, good, bad, told):
    assert good in GOOD
    path = tmp_path / "2026.toml"
    path.write_text(GOOD.replace(good, bad, 1), encoding="utf-8")

    with pytest.raises(BadRules, match=told):
        read_year(path)
