"""Topics, surveys and votes end once their last day is over; who is wanted finds it on a desk."""

from datetime import timedelta

import pytest

from apps.forum import surveyed, talks, voted
from gongzhi.core.charter import VISITOR
from gongzhi.forum.actions import ballot_papers, ballots, survey_papers, votes
from gongzhi.forum.actions.survey_results import publish_survey_result
from gongzhi.forum.actions.surveys import close_survey
from gongzhi.forum.models import Ballot
from gongzhi.forum.survey_waiting import waiting_for
from gongzhi.forum.tasks import close_past
from gongzhi.parties.actions.setting_up import move_business_date
from gongzhi.parties.business_date import business_date
from gongzhi.parties.models import Deed
from gongzhi.parties.unsuitable import Unsuitable

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_demo(settings):
    settings.DEMO = True


@pytest.fixture
def polling(unit):
    """A vote in which enough people voted."""
    polling = voted.opened(unit)
    for number in range(voted.LEAST):
        voted.cast(polling, number, 1)
    return polling


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


def test_a_vote_takes_no_ballot_after_its_last_day(polling):
    voted.go(polling.vote.closes_on)
    voted.cast(polling, 20, 2)
    voted.go(polling.vote.closes_on + timedelta(days=1))
    with pytest.raises(Unsuitable):
        voted.cast(polling, 21, 2)
    assert Ballot.objects.count() == voted.LEAST + 1


def test_a_vote_is_counted_by_itself_once_enough_keepers_gave_their_keys(polling):
    assert close_past() == 0
    voted.unlocked(polling, count=1)
    assert close_past() == 0, "half of the key opens nothing"
    polling.vote.refresh_from_db()
    assert polling.vote.stage == "open"
    second, phrase = polling.keepers[1], polling.phrases[1]
    ballots.unlock_box(by=second, vote=polling.vote, phrase=phrase)
    assert (close_past(), close_past()) == (1, 0)
    polling.vote.refresh_from_db()
    assert polling.vote.stage == "closed"
    assert polling.vote.result.ballots == voted.LEAST
    assert not Ballot.objects.exists()
    assert Deed.objects.get(verb="close_vote").party == "system"


def test_a_vote_with_papers_that_are_not_keyed_in_waits_for_its_holder(unit):
    polling = voted.opened(unit, papers=1)
    for number in range(voted.LEAST):
        voted.cast(polling, number, 1)
    ballot_papers.issue_ballot_papers(by=voted.keyer(unit, 1), vote=polling.vote)
    voted.unlocked(polling)
    assert close_past() == 0
    votes.close_vote(by=unit.officer, vote=polling.vote)
    assert close_past() == 0
