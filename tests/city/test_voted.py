"""The community centre's votes as they are told: rules first, two to check, a roll, papers."""

import pytest

from gongzhi.city.invented import CityYear
from gongzhi.city.invented.calendar import LAST_DAY
from gongzhi.city.invented.voted import ToldVote, load_voted
from gongzhi.core.participating.voting import Choice
from gongzhi.rules.calendar import load_calendar
from gongzhi.rules.participation.votes import load_votes

VOTES = pytest.mark.parametrize("told", load_voted(), ids=lambda told: told.key)


def test_one_vote_is_about_an_approved_sum_and_one_about_the_next_years_budget():
    assert {told.use for told in load_voted()} == {"approved_pool", "draft_budget"}


@VOTES
def test_each_step_comes_after_the_one_before_on_a_working_day(told: ToldVote):
    roll, box, papers = told.roll, told.box, told.papers
    asked = sorted(proposal.on for proposal in told.proposals)
    assert [each.on for each in told.proposals] == asked, "numbers go by the day"
    days = [
        *(told.on, asked[0], asked[-1], told.proposals_until, told.checked_on, told.examined_on),
        *(roll.enrolled_on, roll.confirmed_on, box.kept_on, told.opens_on),
        *(papers.keyed_on, papers.keyed_again_on, told.closes_on),
        *(box.unlocked_on, told.closed_on, told.adopted_on),
    ]
    assert days == sorted(days)
    calendar = load_calendar()
    by_offices = {*days} - {asked[0], asked[-1], told.closes_on}
    assert all(calendar.works_on(day) for day in by_offices)
    assert told.adopted_on <= LAST_DAY
    assert all(told.opens_on <= each.on <= told.closes_on for each in told.cast)


@VOTES
def test_enough_of_the_roll_vote_and_nobody_by_two_links(told: ToldVote):
    by_links = sum(each.count for each in told.cast if each.by is None)
    named = {each.by.username for each in told.cast if each.by}
    assert by_links <= told.roll.residents
    assert len(told.papers.filled) <= told.roll.papers
    assert named < set(told.roll.citizens)
    assert (
        by_links + len(named) + len(told.papers.filled) >= told.least >= load_votes().ballots_least
    )
    assert "shimin" not in named, "whoever tries the demo as a citizen votes themselves"


@VOTES
def test_ballots_choose_what_stands_on_the_ballot(told: ToldVote):
    on_it = {number for number, each in enumerate(told.proposals, start=1) if each.lawful}
    chosen = [*(each.chosen for each in told.cast), *told.papers.filled]
    for each in (Choice(projects=numbers) for numbers in chosen):
        assert set(each.projects) <= on_it
        assert 1 <= len(each.projects) <= told.ballot.most
    assert len(on_it) < len(told.proposals), "one was refused, with its reason"


@VOTES
def test_whoever_acts_is_there(told: ToldVote, city: CityYear):
    bodies = {body.code for body in city.bodies}
    assert {told.holder, *(code for code, _ in told.box.keepers)} <= bodies
    assert {each.by.code for each in told.proposals if each.by.code} <= bodies
    assert told.holder not in {each.by.code for each in told.proposals}
    assert len({code for code, _ in told.box.keepers}) >= load_votes().keepers_least


def test_goals_that_are_told_add_up_to_ninety():
    for goals in (goals for told in load_voted() for goals in told.budgeting.goals):
        assert sum(line.weight for line in goals.lines) == 90, goals.number
        assert len({line.key for line in goals.lines}) == len(goals.lines)
