"""Citizens speak on the stories' topics and take stances; the unit opens and ends them.

The map of opinions is drawn once all are there and when a topic ends; the unit then says where what
they have in common went.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from uuid import UUID

from gongzhi.city.citizens import citizen_called
from gongzhi.city.invented.talked import (
    Ground,
    Sentence,
    Taken,
    Talk,
    load_talks,
    speaker_called,
)
from gongzhi.city.living.attempts import decided_on
from gongzhi.city.living.happenings import Happening
from gongzhi.city.living.people import People
from gongzhi.core.charter import Member
from gongzhi.cycle.models import GoalVersion, Project
from gongzhi.forum.actions import topics
from gongzhi.forum.actions.opinion_maps import draw_due_maps, record_common_ground
from gongzhi.forum.actions.topics import Opening
from gongzhi.forum.models import Statement, Topic
from gongzhi.forum.tallies import stances_of
from gongzhi.parties.people import counts_as


@dataclass(frozen=True, slots=True, kw_only=True)
class Talking:
    """The topics of the stories, for those who open them and those who speak."""

    people: People
    talks: tuple[Talk, ...] = field(default_factory=load_talks)

    def happenings(self) -> Iterator[Happening]:
        """Each on its day: opened, spoken on, answered, ended."""
        for talk in self.talks:
            yield decided_on(talk.on, partial(self._open, talk))
            for sentence in talk.statements:
                yield decided_on(sentence.on, partial(_say, talk, sentence))
            for taken in talk.taken:
                yield decided_on(taken.on, partial(_take, talk, taken))
            yield decided_on(max(each.on for each in talk.taken), draw_due_maps)
            if talk.closed_on:
                yield decided_on(talk.closed_on, partial(self._close, talk))
                yield decided_on(talk.closed_on, draw_due_maps)
            for ground in talk.grounds:
                yield decided_on(ground.on, partial(self._record, talk, ground))

    def _open(self, talk: Talk) -> None:
        project = Project.objects.select_related("unit__region").get(code=talk.project)
        opening = Opening(question=talk.question, closes_on=talk.closes_on, project=project)
        by = self.people.member(project.unit.code, "officer")
        topics.open_topic(by=by, owner=project.unit, opening=opening)

    def _close(self, talk: Talk) -> None:
        topic = _topic(talk)
        if topic.stage == Topic.Stage.OPEN:  # past its last day it may have ended by itself
            by = self.people.member(topic.owner.code, "officer")
            topics.close_topic(by=by, topic=topic)

    def _record(self, talk: Talk, ground: Ground) -> None:
        topic = _topic(talk)
        said = {row.text: row.pk for row in Statement.objects.filter(topic=topic)}
        goals = GoalVersion.objects.in_force().filter(project=topic.project_id)
        record_common_ground(
            by=self.people.member(topic.owner.code, "officer"),
            topic=topic,
            statements=[said[talk.statements[at].text] for at in ground.statements],
            text=ground.text,
            goal=goals.filter(fiscal_year=ground.on.year).first(),
        )


def _topic(talk: Talk) -> Topic:
    rows = Topic.objects.select_related("owner__region", "project__unit", "process")
    found: Topic = rows.get(project__code=talk.project, question=talk.question)
    return found


def _say(talk: Talk, sentence: Sentence) -> None:
    topics.submit_statement(by=_citizen(sentence.username), topic=_topic(talk), text=sentence.text)


def _take(talk: Talk, taken: Taken) -> None:
    by = _citizen(taken.username)
    said = Statement.objects.filter(topic=_topic(talk)).with_facts()
    rows = {row.text: row for row in said}
    known = stances_of(UUID(counts_as(by)), [row.pk for row in rows.values()])
    for sentence, stance in zip(talk.statements, taken.stances, strict=True):
        row = rows.get(sentence.text)
        if row is not None and stance is not None and known.get(row.pk) is not stance:
            topics.take_stance(by=by, statement=row, stance=stance.word)


def _citizen(username: str) -> Member:
    return citizen_called(username=username, name=speaker_called(username))
