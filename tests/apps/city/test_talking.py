"""The topics of the stories: what is told is what citizens may say and do, and what is tallied."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from city_hall import Unit
from gongzhi.city.invented.talked import Talk, load_talks
from gongzhi.city.living.happenings import in_order
from gongzhi.city.living.talking import Talking
from gongzhi.core.charter import Member
from gongzhi.cycle.models import Project
from gongzhi.forum.models import CommonGround, OpinionMap, Statement, Topic
from gongzhi.forum.tallies import tallies_of
from gongzhi.parties.business_date import business_date

pytestmark = pytest.mark.django_db


@dataclass
class Officers:
    """Who holds the offices of the one unit that there is."""

    unit: Unit

    def member(self, _code: str, _role: str) -> Member:
        return self.unit.officer


def today(talk: Talk) -> Talk:
    """The talk with an end that is to come."""
    return replace(talk, closes_on=business_date() + timedelta(days=200))


@pytest.mark.parametrize("talk", load_talks(), ids=lambda talk: talk.key)
def test_a_talk_goes_as_it_is_told(unit, talk):
    Project.objects.filter(pk=unit.project.pk).update(code=talk.project)
    talking = Talking(people=Officers(unit), talks=(today(talk),))
    assert all(each.do() for each in in_order(talking.happenings()))
    topic = Topic.objects.get()
    assert topic.stage == ("closed" if talk.closed_on else "open")
    rows = {row.text: row.pk for row in Statement.objects.filter(topic=topic)}
    last = {taken.username: taken.stances for taken in talk.taken}  # the last of each counts
    tallies = tallies_of(list(rows.values()))
    for position, sentence in enumerate(talk.statements):
        expected = [stances[position] for stances in last.values()]
        tally = tallies[rows[sentence.text]]
        assert (tally.agree, tally.disagree, tally.passed) == tuple(
            expected.count(value) for value in (1, -1, 0)
        )


@pytest.mark.parametrize("talk", load_talks(), ids=lambda talk: talk.key)
def test_nothing_is_said_or_thought_before_its_time(talk):
    spoken = [talk.on, *(each.on for each in talk.statements)]
    assert min(spoken) == talk.on
    assert min(each.on for each in talk.taken) >= max(each.on for each in talk.statements)
    assert max(each.on for each in talk.taken) <= talk.closes_on
    assert talk.closed_on is None or talk.closed_on >= talk.closes_on


def test_the_talk_on_old_cars_gives_a_map_that_shows_the_fewer_and_leads_somewhere(unit):
    talk = next(each for each in load_talks() if each.key == "old-cars")
    Project.objects.filter(pk=unit.project.pk).update(code=talk.project)
    talking = Talking(people=Officers(unit), talks=(today(talk),))
    assert all(each.do() for each in in_order(talking.happenings()))
    drawn = OpinionMap.objects.get()
    fewer = drawn.shown["groups"][1]
    assert drawn.is_published
    assert (drawn.shown["participants"], len(drawn.shown["groups"])) == (24, 2)
    assert len(fewer["minority"]) > 2
    ground, words = CommonGround.objects.get(), [each.text for each in talk.statements]
    united = {drawn.shown["statements"][each["statement"]] for each in drawn.shown["united"]}
    assert set(ground.statements) & united, "what all want is what went into the goals"
    taken_up = Statement.objects.filter(pk__in=ground.statements).order_by("pk")
    assert [row.text for row in taken_up] == [words[at] for at in talk.grounds[0].statements]
