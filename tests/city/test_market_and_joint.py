"""Solar roofs and the flood: every step of market and joint project can be taken on its day."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction

import pytest

from gongzhi.city.invented import CityYear
from gongzhi.city.invented.calendar import LAST_DAY
from gongzhi.city.invented.carried import load_carried
from gongzhi.city.invented.consulted import load_processes
from gongzhi.city.invented.market import load_market, load_market_said
from gongzhi.core.participating.joint import Agreement, Side, Stated, side_by_side
from gongzhi.core.participating.market import MarketRange, Quoted, market_range
from gongzhi.core.participating.processes import planned
from gongzhi.rules.calendar import load_calendar
from gongzhi.rules.participation.market import market_rules
from gongzhi.rules.participation.processes import load_templates

ASKED = [pytest.param(each, id=each.key) for each in load_market()]


def test_everybody_acts_on_a_working_day_of_the_year(city: CityYear):
    bodies, calendar = {body.code for body in city.bodies}, load_calendar()
    told = [*load_market(), *load_market_said(), load_carried()]
    deeds = [deed for each in told for deed in each.deeds()]
    assert deeds
    for deed in deeds:
        assert deed.by in bodies, deed
        assert calendar.works_on(deed.on), deed
        assert city.venture(deed.project).since_on <= deed.on <= LAST_DAY


@pytest.mark.parametrize("asked", ASKED)
def test_a_range_is_told_where_enough_firms_quoted_and_nowhere_else(asked, city: CityYear):
    kinds = {body.code: body.kind for body in city.bodies}
    assert {kinds[quote.by] for quote in asked.quotes} == {"enterprise"}
    assert all(asked.on < quote.on <= asked.due_on for quote in asked.quotes)
    quotes = [Quoted(firm=each.by, price=each.price) for each in asked.quotes]
    found = market_range(quotes, former=(), rules=market_rules(asked.due_on))

    assert isinstance(found, MarketRange) is bool(asked.published_on)
    if isinstance(found, MarketRange):
        assert asked.published_on >= asked.due_on
        assert found.owners == len(asked.quotes)
        assert not any(str(each.price) in str(found) for each in asked.quotes)


def test_the_solar_goal_rests_on_the_range(city: CityYear):
    asked = next(each for each in load_market() if each.key == "per-watt")
    days = {each.since_on for each in city.venture(asked.project).adjusted}
    assert days & {use.on for use in asked.used}
    assert Fraction(max(q.price for q in asked.quotes)) < Fraction("3.2"), "the file was too dear"


def test_who_bids_has_declared_it_before_saying_anything():
    said = load_market_said()
    bids = {(each.by, each.project): each.on for each in said if each.verb == "declare_bidding"}
    assert bids
    for each in said:
        if (each.by, each.project) in bids and each.verb != "declare_bidding":
            assert bids[each.by, each.project] < each.on


def test_nobody_acts_in_the_joint_project_before_joining():
    joined = {}
    for step in load_carried().steps:
        if step.verb in {"start_joint_project", "join_joint_project"}:
            joined[step.by] = step.on
        elif step.verb != "record_charity_licence":
            assert step.by in joined, step


def test_no_more_is_accepted_or_pledged_than_there_is():
    steps = load_carried().steps
    needed = {s.given["item"]: s.given["quantity"] for s in steps if s.verb == "state_need"}
    offered = {s.given["need"]: s.given["quantity"] for s in steps if s.verb == "offer_supply"}
    accepted: Counter[str] = Counter()
    for step in steps:
        if step.verb == "accept_offer":
            accepted[step.given["offer"]] += step.given["quantity"]
    for item, quantity in accepted.items():
        assert quantity <= min(needed[item], offered[item])
    raised = [s for s in steps if s.verb == "pledge_contribution" and s.given["raised"]]
    licensed = {s.given["organisation"]: s.on for s in steps if s.verb == "record_charity_licence"}
    assert raised
    assert all(licensed[step.by] < step.on for step in raised)


def test_september_differs_and_october_agrees():
    steps = [s for s in load_carried().steps if s.verb == "confirm_delivery"]
    stated = [
        Stated(
            thing=s.given["offer"],
            side=Side.RECEIVER if s.by == "YH-302" else Side.GIVER,
            quantity=s.given["quantity"],
            on=s.on,
        )
        for s in steps
    ]
    months = [s for s in load_carried().steps if s.verb == "reconcile_joint_month"]
    for step in months:
        until = step.given["month"].replace(day=28)
        found = {e.thing: e for e in side_by_side(stated, until=until)}["水泥"]
        is_september = step.given["month"].month == 9
        assert (found.agreement is Agreement.DIFFER) is is_september
        assert bool(step.given.get("note")) is is_september
    both = side_by_side(stated)
    assert all(each.agreement is Agreement.AGREE for each in both)
    assert sum((each.gave or Decimal(0) for each in both), start=Decimal(0)) == Decimal(1445)


def test_the_market_and_the_joint_project_fall_into_the_phases_of_their_processes():
    """Else they would stand alone: a process takes what its running phase is for."""
    solar = next(each for each in load_market() if each.key == "per-watt")
    homes = load_carried()
    of = {"submit_cost_quote": [solar.on, solar.due_on]} | {
        verb: [step.on for step in homes.steps if step.verb == verb]
        for verb in ("join_joint_project", "offer_supply")
    }
    of["join_joint_project"].append(homes.steps[0].on)
    for verb, days in of.items():
        project = solar.project if verb == "submit_cost_quote" else homes.project
        (process,) = (each for each in load_processes() if each.project == project)
        template = load_templates()[process.template]
        phases = planned(template, opens_on=process.on, calendar=load_calendar())
        (phase,) = (
            dates for plan, dates in zip(template.phases, phases, strict=True) if verb in plan.verbs
        )
        assert phase.opens_on <= min(days) <= max(days) <= phase.closes_on, verb
