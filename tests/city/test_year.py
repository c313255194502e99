"""The invented year is whole: its sums meet, its days are working days, nothing clashes."""

import subprocess
import sys
import time
import tomllib
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from stdnum.cn import uscc

import gongzhi.city as city_before
from gongzhi.city.invented import CityYear, invent
from gongzhi.city.invented.answering import usual_steps
from gongzhi.city.invented.catalogue import load_names
from gongzhi.city.invented.goals import EXECUTION_WEIGHT
from gongzhi.core.goals.checking import check_goal
from gongzhi.core.monitoring import Level, Signal, Spot
from gongzhi.core.monitoring.alert import Alert, Stage, advanced, why_not
from gongzhi.core.terms import Said
from gongzhi.core.working_days import Calendar
from gongzhi.rules.calendar import load_calendar
from gongzhi.rules.goals import load_goal_rules
from gongzhi.rules.indicators import load_classes
from gongzhi.rules.packs import load_packs
from gongzhi.rules.packs.monitoring import load_monitoring
from real_input import real_input

SECONDS_MAX = 3
STORY = Path(city_before.__file__).parent / "yunhe.toml"
# A few that everybody has heard of: an invented payee must not sound like one of them.
WELL_KNOWN = (
    "中建",
    "中铁",
    "中交",
    "华为",
    "中兴",
    "腾讯",
    "阿里",
    "百度",
    "京东",
    "浪潮",
    "用友",
    "金蝶",
    "联影",
    "迈瑞",
    "海尔",
    "美的",
    "隆基",
    "宁德时代",
    "比亚迪",
    "万科",
    "碧桂园",
    "保利",
    "中粮",
    "蒙牛",
    "伊利",
    "国家电网",
    "中国电信",
    "中国移动",
    "工商银行",
    "建设银行",
)
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


def warned(*, on: date, level: Level) -> Alert:
    signal = Signal(
        code="goal_late",
        level=level,
        where=Spot(),
        said=Said("“{name}”"),
        arithmetic=None,
        clause="",
        since=on,
        warns=True,
    )
    return Alert(key="1", project="p", year=2026, round=6, opened_on=on, signals=(signal,))


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
        [one.number for each in of for past in each.earlier for one in past.payments],
        [one.number for each in of for past in each.earlier for one in past.contracts],
        [one.number for each in of for past in each.earlier for one in past.budget],
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


def test_who_was_in_the_city_before_keeps_code_name_and_place(city: CityYear):
    before = tomllib.loads(STORY.read_text())
    bodies = {body.code: body.name.zh for body in city.bodies}
    seats = {seat.username: (seat.name, seat.organisation) for seat in city.seats}
    for each in before["organisation"]:
        assert bodies.get(each["code"], each["name"]) == each["name"]
        for who in each["cast"]:
            known = (who["name"], each["code"])
            assert seats.get(who["username"], known) == known
    taken = {who["name"] for each in before["organisation"] for who in each["cast"]}
    newcomers = [seat.name for seat in city.seats if not seat.number]
    assert taken.isdisjoint(newcomers)


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


def test_projects_that_began_earlier_bring_the_money_of_those_years(city: CityYear):
    rules, calendar = load_monitoring("mof-2020-10").forecasting, load_calendar()
    began = [each for each in city.ventures if (each.fact.starts_on or date.max).year < city.year]
    assert list(city.earlier) == [2024, 2025]
    assert all(len(rows) >= rules.least for rows in city.earlier.values())
    assert {each.code for rows in city.earlier.values() for each, _ in rows} == {
        each.code for each in began
    }
    for year, rows in city.earlier.items():
        for venture, past in rows:
            budget = sum((line.initial or Decimal(0)) for line in past.budget)
            paid = sum(payment.amount for payment in past.payments)
            days = [payment.paid_on for payment in past.payments]
            assert {line.year for line in past.budget} == {day.year for day in days} == {year}
            assert Decimal("0.6") < paid / budget <= 1, venture.name.zh
            assert 8 <= len(days) <= 30, venture.name.zh
            assert days == sorted(days)
            assert all(calendar.works_on(day) for day in days)


def test_projects_keep_their_codes_so_that_a_demo_begun_before_goes_on(city: CityYear):
    untold = [each for each in city.ventures if not each.story]
    assert {each.code[:8] for each in untold} == {"99010026"}


def test_contracts_of_earlier_years_are_paid_and_raise_no_question_now(city: CityYear):
    for venture, past in (each for rows in city.earlier.values() for each in rows):
        paid: Counter[str] = Counter()
        signed = {contract.number: contract.signed_on for contract in past.contracts}
        for payment in past.payments:
            assert not payment.contract or payment.paid_on >= (signed[payment.contract] or date.max)
            paid[payment.contract] += payment.amount
        worth = {contract.number: contract.amount for contract in past.contracts}
        for number, amount in worth.items():
            assert 0 <= (amount or 0) - paid[number] < 1, venture.name.zh


def test_a_projects_cost_covers_all_its_years(city: CityYear):
    for venture in city.ventures:
        years = [*(past.budget for past in venture.earlier), venture.budget]
        given = sum((line.initial or Decimal(0)) for lines in years for line in lines)
        assert given <= (venture.fact.total or 0), venture.name.zh


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


def test_goals_were_examined_before_they_were_approved(city: CityYear):
    pack, rules = load_packs()["mof-2020-10"], load_goal_rules(on=date(2026, 1, 5))
    found = {
        (finding.code, each.slip)
        for each in city.ventures
        for finding in check_goal(each.goal, pack=pack, rules=rules)
    }
    assert found == {("not_beyond_baseline", "already_reached")}


def test_no_payee_has_the_name_of_a_firm_that_everybody_knows(city: CityYear):
    names = {payment.payee for each in city.ventures for payment in each.payments}
    names |= {contract.supplier for each in city.ventures for contract in each.contracts}
    names |= {body.name.zh for body in city.bodies}
    assert {name for name in names for known in WELL_KNOWN if known in name} == set()


def test_places_are_on_no_official_list():
    divisions = real_input("regions") / "china_divisions"
    names = "".join(path.read_text() for path in sorted(divisions.glob("*.csv")))
    invented = {place.zh[:2] for place in load_names().places} - {"全市"}
    assert {name for name in invented if name in names} == set()


def test_codes_of_payees_have_their_check_digits(city: CityYear):
    codes = {payment.payee_id for each in city.ventures for payment in each.payments}
    assert all(uscc.is_valid(code) for code in codes if code)


def test_classes_are_known(city: CityYear):
    classes, economic = load_classes(), load_names().economic
    for each in city.ventures:
        for line in each.budget:
            assert len(line.functional) == 7
            assert classes[line.functional[:3]].has_indicators
            assert line.economic in economic


@pytest.mark.parametrize("level", ["yellow", "red"])
def test_the_usual_steps_after_a_warning_can_be_taken(city: CityYear, level: str):
    clocks = load_monitoring("mof-2020-10").clocks
    for unit in city.units:
        alert = warned(on=date(2026, 6, 30), level=Level(level))
        for step in usual_steps(alert, unit=unit, clocks=clocks):
            assert why_not(alert, step) is None, (unit.code, step)
            alert = advanced(alert, step)
        assert alert.stage is Stage.CLOSED
