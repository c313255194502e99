"""The community centre's surveys and its panel: what is told is what is asked, drawn, answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations

import pytest

import city_hall
from gongzhi.city.invented.panelled import load_panelled
from gongzhi.city.invented.surveyed import load_surveyed
from gongzhi.city.living.happenings import Happening, in_order
from gongzhi.city.living.people import People
from gongzhi.city.living.sitting import TRIES, Panels, panel_of
from gongzhi.city.living.surveying import Surveying, survey_of
from gongzhi.core.participating.sortition.asking import Sought, Volunteer
from gongzhi.core.participating.sortition.drawing import holds, successor
from gongzhi.core.working_days import due_on
from gongzhi.cycle.models import Evidence, Project
from gongzhi.forum.actions.survey_results import results
from gongzhi.forum.models import PanelAttendance, PanelOpinion
from gongzhi.parties.actions.setting_up import move_business_date
from gongzhi.rules.calendar import load_calendar
from gongzhi.trust.sequencing import sequence

STREET, ANSWER_DAYS = "YH-301", 15  # clause 5.19


@dataclass(frozen=True, slots=True)
class Street:
    """The street office and its people, with a project that is published."""

    people: People


@pytest.fixture
def street(region, settings) -> Street:
    settings.DEMO = True
    unit = city_hall.unit(STREET, within=region)
    city_hall.published(unit)
    Project.objects.filter(pk=unit.project.pk).update(code=load_panelled()[0].project)
    return Street(people=People.known())


def lived(happenings: Iterable[Happening]) -> list[Happening]:
    """Each on its day, with the log sealed every night; those that could not be done."""
    left_out = []
    for each in in_order(happenings):
        move_business_date(to=each.on)
        if not each.do():
            left_out.append(each)
        sequence()
    return left_out


def test_a_sample_of_the_neighbourhood_becomes_a_reading(street: Street):
    assert lived(Surveying(people=street.people).happenings()) == []
    told = next(each for each in load_surveyed() if each.sample)
    survey = survey_of(told)
    assert survey is not None
    assert told.sample is not None
    reading = survey.result.reading
    assert (reading.indicator, reading.source) == ("content", "survey")
    assert 88 < reading.value < 89
    grounds = Evidence.objects.get(reading=reading)
    assert (grounds.asked, grounds.answered) == (told.sample.asked, len(told.sample.papers))
    assert all(word in grounds.shows for word in ("误差", "回收率 72.7%", "加权"))


def test_who_came_by_themselves_are_a_lead_and_few_are_withheld(street: Street):
    lived(Surveying(people=street.people).happenings())
    told = next(each for each in load_surveyed() if not each.sample)
    survey = survey_of(told)
    assert survey is not None
    assert survey.result.reading is None
    sample = survey_of(next(each for each in load_surveyed() if each.sample))
    assert sample is not None
    rows = [row for each in results(sample).questions for row in each.rows]
    assert any(None in row.counts for row in rows), "three wish for clearer charges: too few"


def test_a_panel_is_drawn_by_the_log_and_its_opinions_are_closed(street: Street):
    (told,) = load_panelled()
    left_out = lived(Panels(people=street.people).happenings())
    tries = {told.drawn_from + timedelta(days=later) for later in range(1, TRIES)}
    assert {each.on for each in left_out} == tries, "it is drawn once"
    panel = panel_of(told)
    assert panel is not None
    assert panel.lottery.drawn_on == told.drawn_from
    assert panel.lottery.checkpoint
    assert panel.volunteers.filter(stage="seated").count() == told.size
    assert panel.volunteers.filter(stage="declined").count() == 1
    away = PanelAttendance.objects.filter(volunteer__panel=panel, present=False).count()
    assert away == sum(len(each.absent) for each in told.sittings)
    opinions = PanelOpinion.objects.filter(panel=panel).order_by("number")
    assert [(each.stage, each.outcome) for each in opinions] == [
        ("answered", each.outcome) for each in told.opinions
    ]


def test_what_the_panel_says_is_answered_in_time():
    for told in load_panelled():
        for each in told.opinions:
            due = due_on(each.on, working_days=ANSWER_DAYS, calendar=load_calendar())
            assert each.on < each.answered_on <= due.on
        assert max(each.on for each in told.volunteers) <= told.until < told.closed_on
        assert told.closed_on < told.drawn_from < told.declined_on < told.accepted_on


def test_whoever_is_drawn_and_declines_has_a_successor_whatever_the_lot_says():
    for told in load_panelled():
        sought = Sought(size=told.size, quotas=told.quotas)
        everybody = [
            Volunteer(
                code=each.username, features=dict(zip(told.features, each.stated, strict=True))
            )
            for each in told.volunteers
        ]
        for panel in combinations(everybody, told.size):
            if holds(panel, sought=sought):
                rest = [each for each in everybody if each not in panel]
                for each in panel:
                    assert successor(each, panel=panel, reserve=rest, sought=sought)
