"""The voices of the stories, as data: in time, in a place that there is, about what moves."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from gongzhi.city.invented import the_year
from gongzhi.city.invented.consulted import load_processes
from gongzhi.city.invented.spoken import Spoken, load_spoken
from gongzhi.core.participating.processes import planned
from gongzhi.core.working_days import due_on
from gongzhi.rules.calendar import load_calendar
from gongzhi.rules.participation.processes import load_templates

YUNHE = Path(__file__).parents[3] / "src" / "gongzhi" / "city" / "yunhe.toml"
ANSWER_DAYS = 15  # clause 5.3


def collected_until(told: Spoken) -> date:
    """From when its clock runs: the end of the phase that collects it, else its own day."""
    for process in load_processes():
        template = load_templates()[process.template]
        phases = planned(template, opens_on=process.on, calendar=load_calendar())
        for plan, phase in zip(template.phases, phases, strict=True):
            is_in = phase.opens_on <= told.on <= phase.closes_on
            if process.project == told.project and "submit_voice" in plan.verbs and is_in:
                return phase.closes_on
    return told.on


@pytest.mark.parametrize("told", load_spoken(), ids=lambda told: told.key)
def test_a_voice_is_answered_in_time_or_merged_and_stands_somewhere(told: Spoken):
    story = tomllib.loads(YUNHE.read_text(encoding="utf-8"))
    places = {each["code"] for street in story["place"] for each in street["community"]}
    assert not told.place or told.place in places
    if told.merged_into:
        assert told.merged_on is not None
        assert told.merged_on >= told.on
        assert told.merged_into in {each.key for each in load_spoken()}
        return
    assert told.answered_on is not None
    assert told.answer
    due = due_on(collected_until(told), working_days=ANSWER_DAYS, calendar=load_calendar())
    assert told.on < told.answered_on <= due.on


def test_what_is_said_while_a_process_runs_falls_into_its_phase():
    """Else it would be refused: a process collects voices in its phases alone."""
    for told in load_spoken():
        for process in load_processes():
            ends = process.concluded_on or date.max
            if process.project == told.project and process.on <= told.on < ends:
                assert collected_until(told) > told.on, told.key


def test_the_figure_that_a_suggestion_asks_for_is_the_one_that_is_approved():
    ventures = {each.code: each for each in the_year().ventures}
    suggestions = [told for told in load_spoken() if told.kind == "suggestion"]
    assert suggestions
    for told in suggestions:
        (adjusted,) = ventures[told.project].adjusted
        assert told.answered_on is not None
        assert told.answered_on < adjusted.since_on
        assert adjusted.target.text == f"≥{told.asked}人次"
        names = {line.name for line in ventures[told.project].goal.indicators}
        assert told.indicator in names
