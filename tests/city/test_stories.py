"""The nine stories: what they tell is what the signals show, and every step could be taken."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from city.watching import VERBS, signals, steps_that_fail
from gongzhi.city.invented import CityYear
from gongzhi.city.invented.written import load_stories
from gongzhi.core.monitoring.watches import SIGNALS
from gongzhi.rules.calendar import load_calendar

STORIES = [story.code for story in load_stories()]
NEVER_HERE = {
    "below_mark",  # a rule of another pack
    "payment_split",  # needs the place's own limit
    "carry_over_unspent",  # files of facts don't say what was carried over as such
}
OTHER_VERBS = {"tell", "settle_reading", "adjust_goal", "order_visit"}
YEARS_END = date(2026, 12, 31)


def story_of(city: CityYear, code: str):
    return next(story for story in city.stories if story.code == code)


def test_there_are_nine_stories_each_in_two_projects(city: CityYear):
    assert STORIES == [
        "bridge",
        "schools",
        "hospitals",
        "air",
        "community",
        "energy",
        "flood",
        "traffic",
        "old-town",
    ]
    assert all(len(story.projects) == 2 for story in city.stories)


@pytest.mark.parametrize("code", STORIES)
def test_each_story_shows_what_it_says_on_its_day(city: CityYear, code: str):
    for shows in story_of(city, code).shows:
        found = {
            (each.code, each.where.indicator or "")
            for each in signals(city.venture(shows.project), shows.on)
        }
        is_there = (shows.signal, shows.indicator) in found
        assert is_there is not shows.gone, (shows, sorted(found))


@pytest.mark.parametrize("code", STORIES)
def test_every_step_after_a_warning_could_be_taken_on_its_day(city: CityYear, code: str):
    story = story_of(city, code)
    for project in story.projects:
        deeds = tuple(deed for deed in story.deeds if deed.project == project)
        assert list(steps_that_fail(city.venture(project), deeds)) == []


def test_deeds_are_known_are_done_by_somebody_on_a_working_day(city: CityYear):
    bodies, calendar = {body.code for body in city.bodies} | {""}, load_calendar()
    for story in city.stories:
        assert list(story.deeds) == sorted(story.deeds, key=lambda each: each.on)
        for deed in story.deeds:
            assert deed.verb in VERBS | OTHER_VERBS
            assert deed.by in bodies
            assert deed.text or deed.told
            assert calendar.works_on(deed.on), deed


def test_what_was_settled_or_adjusted_is_there(city: CityYear):
    for story in city.stories:
        for deed in story.deeds:
            venture = city.venture(deed.project)
            if deed.verb == "settle_reading":
                by = {
                    report.by: report.reading.value
                    for report in venture.reports
                    if report.reading.indicator == deed.indicator
                    if report.reading.ends_on.month == deed.month
                    if report.submitted_on <= deed.on
                }
                assert len(by) > 1, deed
                assert deed.stands in by
            if deed.verb == "adjust_goal":
                adjusted = {(each.since_on, each.target.indicator) for each in venture.adjusted}
                assert (deed.on, deed.indicator) in adjusted


def test_parties_of_every_kind_have_a_part(city: CityYear):
    kinds = {body.code: body.kind for body in city.bodies}
    for code in ("bridge", "community", "energy", "flood", "traffic"):
        parts = [
            kinds[part.organisation]
            for project in story_of(city, code).projects
            for part in city.venture(project).parts
        ]
        assert "enterprise" in parts, code
    footings = Counter(report.footing for each in city.ventures for report in each.reports)
    assert set(footings) == {"unit", "social", "enterprise", "survey", "data"}


def test_transfers_move_money_and_make_none(city: CityYear):
    for each in city.ventures:
        for act in each.acts:
            assert act.line in {line.number for line in each.budget}
            assert act.document_number
            if act.other:
                back = [one for one in city.venture(act.other).acts if one.other == each.code]
                assert [one.amount for one in back] == [-act.amount]


def test_no_project_ends_above_its_budget_nor_a_contract_above_its_worth(city: CityYear):
    for each in city.ventures:
        lines = each.budget_on(YEARS_END)
        budget = sum((line.adjusted or Decimal(0) for line in lines), start=Decimal(0))
        assert sum(payment.amount for payment in each.payments) <= budget, each.name.zh
        paid: Counter[str] = Counter()
        for payment in each.payments:
            paid[payment.contract] += payment.amount
        over = [one.number for one in each.contracts if paid[one.number] > (one.amount or 0)]
        assert over == [] or each.slip == "contract_overpaid", each.name.zh


def test_money_on_a_contract_follows_its_signing(city: CityYear):
    for each in city.ventures:
        signed = {contract.number: contract.signed_on for contract in each.contracts}
        early = [
            payment.number
            for payment in each.payments
            if payment.contract and payment.paid_on < signed[payment.contract]
        ]
        assert len(early) == (each.fact.code == early_payer(city)), each.name.zh


def early_payer(city: CityYear) -> str:
    """The project of the story in which a firm was paid before its contract was signed."""
    return story_of(city, "community").projects[0]


def test_every_signal_that_the_place_watches_for_is_seen_somewhere(city: CityYear):
    days = (date(2026, 4, 30), date(2026, 8, 31), YEARS_END)
    seen = {
        signal.code
        for day in days
        for each in city.ventures
        if each.slip or each.story
        for signal in signals(each, day)
    }
    told = {shows.signal for story in city.stories for shows in story.shows}
    rest = {"goals_ahead", "money_early", "year_end_rush"}
    assert {each.code for each in SIGNALS} - NEVER_HERE - rest <= seen | told


def test_temper_and_rush_show_at_the_years_end(city: CityYear):
    rushed = [each for each in city.ventures if each.temper == "year_end_rush"]
    assert len(rushed) >= 5
    for each in rushed:
        assert "year_end_rush" in {signal.code for signal in signals(each, YEARS_END)}
