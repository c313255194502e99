"""Processes in phases: planned one after the other, moved only ahead, asked what a day allows."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.participating.processes import (
    PhaseDates,
    PhaseState,
    planned,
    running,
    verbs_on,
    why_not_moved,
    why_not_now,
    why_not_planned,
)
from gongzhi.rules.calendar import load_calendar
from gongzhi.rules.participation.processes import load_templates

CODES = sorted(load_templates())
DAYS = st.dates(min_value=date(2026, 1, 1), max_value=date(2027, 6, 30))


def phase(first: int, last: int, *, code: str = "consulting") -> PhaseDates:
    return PhaseDates(code=code, opens_on=date(2026, 3, first), closes_on=date(2026, 3, last))


@given(code=st.sampled_from(CODES), day=DAYS)
def test_phases_follow_one_another_without_a_gap(code, day):
    template = load_templates()[code]
    phases = planned(template, opens_on=day, calendar=load_calendar())
    assert [each.code for each in phases] == [each.code for each in template.phases]
    assert phases[0].opens_on == day
    assert why_not_planned(phases) is None
    for before, after in pairwise(phases):
        assert after.opens_on == before.closes_on + timedelta(days=1)


@given(code=st.sampled_from(CODES), day=DAYS, later=st.integers(-30, 400))
def test_at_most_one_phase_runs_on_a_day(code, day, later):
    phases = planned(load_templates()[code], opens_on=day, calendar=load_calendar())
    today = day + timedelta(days=later)
    states = [each.state(today) for each in phases]
    assert states.count(PhaseState.RUNNING) == int(running(phases, today=today) is not None)
    assert states.count(PhaseState.RUNNING) <= 1
    assert sorted(states, key=["past", "running", "ahead"].index) == states


def test_a_public_consultation_is_open_for_thirty_days():
    phases = planned(load_templates()["goals"], opens_on=date(2026, 3, 2), calendar=load_calendar())
    consulting = next(each for each in phases if each.code == "consulting")
    assert (consulting.closes_on - consulting.opens_on).days + 1 >= 30


def test_a_phase_says_what_it_is_for():
    template = load_templates()["goals"]
    phases = planned(template, opens_on=date(2026, 3, 2), calendar=load_calendar())
    invited = verbs_on(template, phases, today=phases[1].opens_on)
    assert invited == ("submit_voice", "support_voice", "submit_cost_quote")
    assert verbs_on(template, phases, today=date(2026, 3, 1)) == ()


def test_phases_that_overlap_or_run_backwards_are_refused():
    assert why_not_planned([phase(1, 5), phase(6, 9)]) is None
    overlapping = why_not_planned([phase(1, 5), phase(5, 9)])
    backwards = why_not_planned([phase(5, 1)])
    assert overlapping is not None
    assert overlapping.values == {"number": 2}
    assert backwards is not None
    assert backwards.values == {"number": 1}


def test_what_is_past_stays_as_it_was():
    was = [phase(1, 5), phase(6, 9)]
    ahead = [phase(1, 5), phase(6, 20)]
    past = [phase(2, 5), phase(6, 9)]
    today = date(2026, 3, 7)
    assert why_not_moved(was, ahead, today=today) is None
    assert why_not_moved(was, past, today=today) is not None
    assert why_not_moved(was, past, today=date(2026, 3, 5)) is None


def test_a_deed_of_a_phase_is_done_in_it_alone():
    template = load_templates()["goals"]
    phases = planned(template, opens_on=date(2026, 3, 2), calendar=load_calendar())
    before, within = phases[0].opens_on, phases[1].opens_on
    refused = why_not_now(template, phases, verb="submit_voice", today=before)
    assert refused is not None
    assert refused.values == {"phase": template.phases[1].name}
    assert why_not_now(template, phases, verb="submit_voice", today=within) is None
    assert why_not_now(template, phases, verb="answer_voice", today=before) is None
    assert why_not_now(template, phases, verb="take_stance", today=before) is None
