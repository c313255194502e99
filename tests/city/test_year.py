"""The invented year is whole: its sums meet, its days are working days, nothing clashes."""

import subprocess
import sys
import time
from collections import Counter
from decimal import Decimal
from random import Random

from gongzhi.city.invented import CityYear, invent
from gongzhi.city.invented.goals import EXECUTION_WEIGHT
from gongzhi.core.working_days import Calendar
from gongzhi.rules.calendar import load_calendar

SECONDS_MAX = 3
DIGEST = "from gongzhi.city.invented import digest, the_year; print(digest(the_year()))"


def digest_under(hash_seed: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", DIGEST],
        env={"PYTHONHASHSEED": hash_seed, "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_the_same_seed_gives_the_same_year_whatever_the_order_of_hashes():
    assert digest_under("1") == digest_under("2")


def test_a_year_is_made_within_three_seconds_of_work():
    began = time.process_time()

    invent(Random(1))  # noqa: S311 - a story, no secret

    assert time.process_time() - began <= SECONDS_MAX


def test_the_city_is_as_large_as_it_says(city: CityYear):
    assert 40 <= len(city.units) <= 50
    assert 290 <= len(city.ventures) <= 330
    assert 2_900 <= sum(len(each.targets) for each in city.ventures) <= 3_300
    assert 58_000 <= sum(len(each.payments) for each in city.ventures) <= 64_000


def test_no_code_stands_for_two_things(city: CityYear):
    of = city.ventures
    for codes in (
        [each.code for each in of],
        [body.code for body in city.bodies],
        [aim.code for aim in city.aims],
        [seat.username for seat in city.seats],
        [payment.number for each in of for payment in each.payments],
        [line.number for each in of for line in each.budget],
        [contract.number for each in of for contract in each.contracts],
        [(each.code, target.indicator) for each in of for target in each.targets],
        [body.name.zh for body in city.bodies],
        [each.name.zh for each in of],
    ):
        assert [code for code, times in Counter(codes).items() if times > 1] == []


def test_everything_named_exists(city: CityYear):
    bodies = {body.code for body in city.bodies}
    units = {body.code for body in city.units}
    aims = {aim.code for aim in city.aims}
    assert {body.department for body in city.bodies if body.department} <= bodies
    assert {aim.within for aim in city.aims if aim.within} <= aims
    assert {seat.organisation for seat in city.seats if seat.organisation} <= bodies
    assert sorted(seat.number for seat in city.seats if seat.number) == list(range(1, 11))
    for each in city.ventures:
        assert each.fact.unit in units
        assert each.aim in aims
        assert {report.by for report in each.reports} <= bodies
        assert {part.organisation for part in each.parts} <= bodies


def test_every_project_has_lines_of_every_level_and_a_hundred_points(city: CityYear):
    for each in city.ventures:
        headings = {line.level1 for line in each.goal.indicators}
        points = sum((line.weight or Decimal(0)) for line in each.goal.indicators)
        assert headings == {"产出指标", "效益指标", "满意度指标"}, each.name.zh
        assert points + EXECUTION_WEIGHT == 100, each.name.zh
        assert len(each.targets) == len(each.goal.indicators) >= 6, each.name.zh
        assert each.goal.beneficiaries
        assert each.reports
        assert each.payments


def test_lines_of_a_budget_add_up_to_the_budget_of_the_goal_and_of_the_plan(city: CityYear):
    for each in city.ventures:
        initial = sum(line.initial or Decimal(0) for line in each.budget)
        planned = sum(plan.amount for plan in each.plans if not plan.indicator)
        assert initial == each.goal.budget == planned, each.name.zh


def test_money_leaves_on_working_days_of_the_year(city: CityYear):
    calendar: Calendar = load_calendar()
    days = {payment.paid_on for each in city.ventures for payment in each.payments}
    assert {day for day in days if not calendar.works_on(day)} == set()
    assert {day.year for day in days} == {city.year}


def test_money_runs_to_the_years_end_as_it_does_in_a_city(city: CityYear):
    by_month: Counter[int] = Counter()
    for each in city.ventures:
        for payment in each.payments:
            by_month[payment.paid_on.month] += int(payment.amount)
    paid = sum(by_month.values())
    budget = sum(int(line.initial or 0) for each in city.ventures for line in each.budget)

    assert 0.92 <= paid / budget <= 0.99
    assert 0.28 <= (by_month[10] + by_month[11] + by_month[12]) / paid <= 0.36
    assert by_month[12] == max(by_month.values())
    assert 0.11 <= (by_month[1] + by_month[2] + by_month[3]) / paid <= 0.20


def test_payees_are_of_the_city_that_does_not_exist(city: CityYear):
    payees = {payment.payee for each in city.ventures for payment in each.payments}
    assert {name for name in payees if name and not name.startswith("云河市")} == set()


def test_reports_come_after_what_they_tell_and_a_few_come_late(city: CityYear):
    due = {call.month: call.due_on for call in city.calls}
    late = [each for each in city.submissions if each.submitted_on > due[each.month]]
    assert 0.05 <= len(late) / len(city.submissions) <= 0.35
    for each in city.ventures:
        assert all(one.submitted_on >= one.reading.ends_on for one in each.reports)
        assert all(one.submitted_on.year == city.year for one in each.reports)
