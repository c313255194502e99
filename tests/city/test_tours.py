"""The guided tours name pages, things and seats that there are."""

import pytest
from django.urls import reverse

from gongzhi.city.cast import ten_seats
from gongzhi.city.invented.consulted import load_processes
from gongzhi.city.invented.met import load_met, load_series
from gongzhi.city.invented.panelled import load_panelled
from gongzhi.city.invented.spoken import load_spoken
from gongzhi.city.invented.surveyed import load_surveyed
from gongzhi.city.invented.talked import load_talks
from gongzhi.city.invented.telling import story_codes
from gongzhi.city.invented.voted import load_voted
from gongzhi.city.touring import Step, load_tours

URLS = "gongzhi.city.pages.urls"
NOBODY = "00000000-0000-7000-8000-000000000000"
BY_PROJECT = (
    *("project", "alert", "goals", "evaluation"),
    *("report", "feedback", "audit", "inquiry", "effect"),
)
TOLD = {
    kind: {each.key for each in told}
    for kind, told in (
        ("process", load_processes()),
        ("voice", load_spoken()),
        ("topic", load_talks()),
        ("meeting", load_series()),
        ("panel", load_panelled()),
        ("survey", load_surveyed()),
        *((kind, load_voted()) for kind in ("vote", "proposal", "winner")),
    )
}
ADDRESSED_BY_NAME = ("clause", "part", "story")
STEPS = [(tour.seat, step) for tour in load_tours().values() for step in tour.steps]


def test_there_is_a_tour_for_each_seat_and_for_no_other():
    assert load_tours().keys() == {seat.username for seat in ten_seats()}


@pytest.mark.parametrize(("seat", "step"), STEPS)
def test_a_step_leads_to_a_page_that_there_is(seat: str, step: Step):
    kind, _, name = step.about.partition(":")
    is_asked = kind in ("", "effect")
    given = [] if is_asked else [name if kind in ADDRESSED_BY_NAME else NOBODY]

    assert reverse(step.page, args=given, urlconf=URLS)


def test_a_step_is_about_projects_and_stories_that_are_told():
    keys = {key for codes in story_codes().values() for key in codes}
    for seat, step in STEPS:
        kind, _, name = step.about.partition(":")
        if kind in BY_PROJECT:
            assert name.partition("/")[0] in keys, (seat, step.about)
        if kind in TOLD:
            assert name.partition("/")[0] in TOLD[kind], (seat, step.about)
        if kind == "story":
            assert name in story_codes(), (seat, step.about)


def test_a_meeting_of_a_tour_is_one_that_is_held_and_public_by_then():
    held = {f"{met.series}/{met.held_on.isoformat()}": met for met in load_met()}
    for seat, step in STEPS:
        kind, _, name = step.about.partition(":")
        if kind == "meeting":
            assert held[name].held_on < step.since, (seat, step.about)
