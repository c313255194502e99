"""What the parties of the stories say, what is answered, and the figures that it moves."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from gongzhi.city.citizens import citizen_called
from gongzhi.city.invented import CityYear
from gongzhi.city.invented.spoken import Offered, Speaker, Spoken, load_spoken
from gongzhi.city.living.attempts import decided_on, unless_settled
from gongzhi.city.living.happenings import Happening, When
from gongzhi.city.living.people import People
from gongzhi.core.charter import Member
from gongzhi.cycle.goal_record import goal_from_record
from gongzhi.cycle.models import GoalVersion, Project
from gongzhi.forum.actions import answers, voices
from gongzhi.forum.actions.voices import Speaking
from gongzhi.forum.models import Voice
from gongzhi.forum.things import Subject, subject_of
from gongzhi.parties.models import Region

SUGGESTION = "suggestion"


@dataclass(frozen=True, slots=True, kw_only=True)
class Voices:
    """The voices of the stories, for those who give, support and answer them."""

    city: CityYear
    people: People

    def happenings(self) -> Iterator[Happening]:
        """Each is given, supported and answered on its day; what goals became of it is noted."""
        for told in load_spoken():
            yield decided_on(told.on, partial(self._say, told))
            for speaker in told.supported:
                yield decided_on(told.on, partial(self._support, told, speaker))
            if told.offered:
                yield decided_on(told.offered.on, partial(self._offer, told, told.offered))
            if told.merged_on:
                yield decided_on(told.merged_on, partial(self._merge, told))
            if told.answered_on:
                yield decided_on(told.answered_on, partial(self._answer, told))
        for day in self._days_of_changes():
            noted = partial(unless_settled, answers.note_changes)
            yield Happening(on=day, when=When.STEPS, do=noted)

    def _days_of_changes(self) -> Iterator[date]:
        """The days on which adjustments are approved of projects that somebody spoke about."""
        spoken = {told.project for told in load_spoken() if told.kind == SUGGESTION}
        for venture in self.city.ventures:
            if venture.code in spoken:
                yield from (each.since_on for each in venture.adjusted)

    def _say(self, told: Spoken) -> None:
        by, subject = member_speaking(self.people, told.by), self._subject(told)
        if _known(told) is not None:
            return  # by hand before
        voices.submit_voice(
            by=by,
            subject=subject,
            speaking=Speaking(
                kind=told.kind,
                title=told.title,
                text=told.text,
                grounds=told.grounds,
                place=Region.objects.filter(code=told.place).first(),
                figure="target" if told.indicator else "",
                indicator=_key_of(told, subject.version) if told.indicator else "",
                asked=told.asked,
            ),
        )

    def _support(self, told: Spoken, speaker: Speaker) -> None:
        voices.support_voice(by=member_speaking(self.people, speaker), voice=_voice(told))

    def _offer(self, told: Spoken, offered: Offered) -> None:
        voices.offer_resources(
            by=self.people.anybody(offered.by), voice=_voice(told), text=offered.text
        )

    def _merge(self, told: Spoken) -> None:
        kept = next(each for each in load_spoken() if each.key == told.merged_into)
        answers.merge_voices(
            by=self._officer(told),
            voice=_voice(kept),
            voices=[_voice(told).pk],
            reason=told.merged_because,
        )

    def _answer(self, told: Spoken) -> None:
        voice, by = _voice(told), self._officer(told)
        if told.kind == SUGGESTION:
            answers.adopt_suggestion(by=by, voice=voice, reason=told.answer)
        else:
            answers.answer_voice(by=by, voice=voice, outcome=told.outcome, reason=told.answer)

    def _subject(self, told: Spoken) -> Subject:
        project = Project.objects.get(code=told.project)
        found = subject_of(member_speaking(self.people, told.by), f"project:{project.pk}")
        if found is None:
            raise Project.DoesNotExist
        return found

    def _officer(self, told: Spoken) -> Member:
        unit = Project.objects.select_related("unit").get(code=told.project).unit
        return self.people.member(unit.code, "officer")


def member_speaking(people: People, speaker: Speaker) -> Member:
    """A citizen, or anybody of an organisation."""
    if speaker.code:
        return people.anybody(speaker.code)
    return citizen_called(username=speaker.username, name=speaker.name)


def _known(told: Spoken) -> Voice | None:
    found: Voice | None = Voice.objects.filter(text=told.text).with_facts().first()
    return found


def _voice(told: Spoken) -> Voice:
    found = _known(told)
    if found is None:
        raise Voice.DoesNotExist
    return found


def _key_of(told: Spoken, version: GoalVersion | None) -> str:
    """The key of the indicator of that name."""
    if version is None:
        raise GoalVersion.DoesNotExist
    lines = goal_from_record(version.record).goal.indicators
    return next((line.key for line in lines if line.name == told.indicator), "")
