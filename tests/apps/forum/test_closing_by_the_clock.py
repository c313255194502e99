"""Topics and surveys end once their last day has passed; what wants somebody waits on a desk."""

from datetime import timedelta

import pytest

from apps.forum import surveyed, talks
from gongzhi.core.charter import VISITOR
from gongzhi.forum.actions import survey_papers
from gongzhi.forum.actions.survey_results import publish_survey_result
from gongzhi.forum.actions.surveys import close_survey
from gongzhi.forum.survey_waiting import waiting_for
from gongzhi.forum.tasks import close_past
from gongzhi.parties.actions.setting_up import move_business_date
from gongzhi.parties.business_date import business_date
from gongzhi.parties.models import Deed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_demo(settings):
    settings.DEMO = True


def after(day) -> None:
    move_business_date(to=day + timedelta(days=1))


def waits(member) -> list[str]:
    return [each.verb for each in waiting_for(member, today=business_date())]


def test_a_topic_ends_the_day_after_its_last_and_once(unit):
    topic = talks.topic(unit)
    talks.said(topic, talks.citizen(1))
    move_business_date(to=topic.closes_on)
    assert close_past() == 0
    after(topic.closes_on)
    assert (close_past(), close_past()) == (1, 0)
    topic.refresh_from_db()
    assert topic.stage == "closed"
    deed = Deed.objects.get(verb="close_topic")
    assert deed.party == "system"
    assert deed.public["result"].startswith("sha256:")


def test_an_open_survey_ends_by_itself_and_its_results_wait(unit, other):
    survey = surveyed.opened(unit)
    surveyed.answered(survey, 1)
    last = survey.closes_on
    assert waits(unit.officer) == []
    after(last)
    assert waits(unit.officer) == ["close_survey"]
    assert close_past() == 1
    survey.refresh_from_db()
    assert (survey.stage, survey.closes_on, survey.answers.count()) == ("closed", last, 1)
    assert waits(unit.officer) == ["publish_survey_result"]
    assert waits(other.officer) == waits(VISITOR) == []
    publish_survey_result(by=unit.officer, survey=survey)
    assert waits(unit.officer) == []


def test_a_sample_waits_for_who_knows_how_many_were_asked(unit):
    survey = surveyed.sampled(unit)
    after(survey.closes_on)
    assert close_past() == 0
    assert waits(unit.officer) == ["close_survey"]
    close_survey(by=unit.officer, survey=survey, asked=90)
    assert waits(unit.officer) == ["publish_survey_result"]


def test_papers_on_their_way_are_not_lost(unit):
    survey = surveyed.opened(unit)
    survey_papers.issue_survey_papers(by=unit.officer, survey=survey, count=2)
    after(survey.closes_on)
    assert close_past() == 0
    survey.papers.update(stage="online")
    assert close_past() == 1
