"""Guizi Lane at one table: law before signatures, all sign, nobody is paid below the floor."""

from decimal import Decimal

from gongzhi.city.invented import CityYear
from gongzhi.city.invented.calendar import LAST_DAY
from gongzhi.city.invented.negotiated import load_negotiated
from gongzhi.core.working_days import due_on
from gongzhi.rules.calendar import load_calendar
from gongzhi.rules.participation.compensation import compensation_rules
from gongzhi.rules.participation.negotiations import negotiation_rules


def _steps(verb: str):
    return [each for each in load_negotiated().steps if each.verb == verb]


def test_everybody_acts_on_a_working_day_of_the_year(city: CityYear):
    bodies, calendar = {body.code for body in city.bodies}, load_calendar()
    for step in load_negotiated().steps:
        assert step.by in bodies, step
        assert calendar.works_on(step.on), step
        assert step.on <= LAST_DAY


def test_law_comes_first_and_the_list_is_open_long_enough():
    opened, rounds = _steps("open_negotiation")[0], _steps("open_round")
    rules, calendar = negotiation_rules(opened.on), load_calendar()
    closed = due_on(opened.on, working_days=rules.additions_days, calendar=calendar).on
    assert all(each.on > closed for each in rounds)
    proposed = _steps("propose_settlement")[0].on
    gates = {each.given["kind"]: each.given for each in _steps("record_legal_gate")}
    assert gates.keys() >= set(rules.gates)
    consulted = gates["consultation"]
    assert (consulted["until_on"] - consulted["from_on"]).days + 1 >= rules.consultation_days
    assert all(each["until_on"] < proposed for each in gates.values())


def test_all_five_sides_speak_answer_and_sign_and_the_mediator_is_none():
    sides = {each.given["party"] for each in _steps("seat_negotiation_party")}
    assert len(sides) == 5
    assert _steps("open_negotiation")[0].given["mediator"] not in sides
    for verb in ("state_position", "sign_settlement"):
        assert {each.by for each in _steps(verb)} == sides
    assert len(_steps("answer_round")) == len(sides) * len(_steps("open_round"))


def test_no_institution_is_worse_off_and_residents_are_not_bargained_with():
    worth = {each.by: dict(each.given["worth"]) for each in _steps("state_position")}
    settlement = _steps("propose_settlement")[0].given
    gains = {who: Decimal(each[settlement["option"]]) for who, each in worth.items()}
    for giver, getter, _reason, *parts in settlement["transfers"]:
        amount = sum(map(Decimal, parts[::2]))
        gains[giver] -= Decimal(amount)
        gains[getter] += Decimal(amount)
    assert all(gain >= 0 for gain in gains.values()), gains
    residents = {e.given["party"] for e in _steps("seat_negotiation_party") if e.given["resident"]}
    paid = {getter for _, getter, *_ in settlement["transfers"]}
    assert paid.isdisjoint(residents)


def test_houses_are_compensated_alike_or_with_a_reason_and_shown_in_sums():
    houses = [each.given for each in _steps("promise_compensation")]
    usual = {each["times"] for each in houses if "difference" not in each}
    assert len(usual) == 1
    assert all(each["times"] >= 1 for each in houses)
    assert len(houses) >= compensation_rules(LAST_DAY).payees_least


def test_a_plan_that_came_later_was_rated_by_every_side_before_it_was_withdrawn():
    added, gone = _steps("add_plan")[0], _steps("withdraw_plan")[0]
    code = gone.given["option"]
    rated = {e.by for e in _steps("state_position") if code in dict(e.given["worth"])}
    assert rated == {each.given["party"] for each in _steps("seat_negotiation_party")}
    assert added.on < gone.on < _steps("propose_settlement")[0].on
    assert code not in {each[0] for each in _steps("open_negotiation")[0].given["options"]}
