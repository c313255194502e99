"""Citizens speak on the stories' topics and take stances; the unit opens and ends them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from uuid import UUID

from gongzhi.city.citizens import citizen_called
from gongzhi.city.invented.heard import name_of
from gongzhi.city.invented.talked import Sentence, Taken, Talk, load_talks
from gongzhi.city.living.attempts import decided_on
from gongzhi.city.living.happenings import Happening
from gongzhi.city.living.people import People
from gongzhi.core.charter import Member
from gongzhi.cycle.models import Project
from gongzhi.forum.actions import topics
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
            if talk.closed_on:
                yield decided_on(talk.closed_on, partial(self._close, talk))

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
        if row is not None and known.get(row.pk) is not stance:
            topics.take_stance(by=by, statement=row, stance=stance.word)


def _citizen(username: str) -> Member:
    return citizen_called(username=username, name=name_of(username))
