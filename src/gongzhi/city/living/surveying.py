"""The stories' surveys: held, answered online or on paper keyed twice, closed, published."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial

from gongzhi.city.citizens import citizen_called
from gongzhi.city.invented.surveyed import (
    AnsweredBy,
    Sample,
    Strata,
    Surveyed,
    load_surveyed,
)
from gongzhi.city.living.attempts import decided_on
from gongzhi.city.living.happenings import Happening
from gongzhi.city.living.people import People
from gongzhi.core.charter import Member
from gongzhi.core.participating.surveying import Question
from gongzhi.cycle.models import Project
from gongzhi.forum.actions import survey_papers, survey_results, surveys
from gongzhi.forum.actions.survey_papers import Keyed
from gongzhi.forum.actions.surveys import Planned, Voice
from gongzhi.forum.models import Survey
from gongzhi.parties.models import Person
from gongzhi.rules.participation.surveys import load_question_bank


@dataclass(frozen=True, slots=True, kw_only=True)
class Surveying:
    """The stories' surveys, for those who hold and those who answer them."""

    people: People
    surveyed: tuple[Surveyed, ...] = field(default_factory=load_surveyed)

    def happenings(self) -> Iterator[Happening]:
        """Each on its day: held, answered, keyed in by two, closed, published."""
        for told in self.surveyed:
            yield decided_on(told.on, partial(self._hold, told))
            for answer in told.answered:
                yield decided_on(answer.on, partial(_answer, told, answer))
            if told.sample:
                first, second = told.sample.keyed_on, told.sample.keyed_again_on
                yield decided_on(first, partial(self._key, told, told.sample, "officer"))
                yield decided_on(second, partial(self._key, told, told.sample, "reviewer"))
            yield decided_on(told.closed_on, partial(self._close, told))
            yield decided_on(told.published_on, partial(self._publish, told))

    def _hold(self, told: Surveyed) -> None:
        """It is opened at once; a sample gets its numbered papers."""
        by, project = self._by(told), Project.objects.get(code=told.project)
        sample = told.sample
        planned = Planned(
            title=told.title,
            method=told.method,
            opens_on=told.on,
            closes_on=told.closes_on,
            sampled=sample is not None,
            questions=tuple(_questions(told)),
            project=project,
            indicator=told.indicator,
            asked=sample.asked if sample else None,
            population=sample.population if sample else None,
        )
        holder = self.people.organisations[told.organisation]
        survey = surveys.start_survey(by=by, organisation=holder, planned=planned)
        surveys.open_survey(by=by, survey=survey)
        if sample:
            survey_papers.issue_survey_papers(by=by, survey=survey, count=sample.asked)

    def _key(self, told: Surveyed, sample: Sample, role: str) -> None:
        """Each paper that came back, by its number; two people key the same."""
        survey = _held(told)
        numbers = survey.papers.order_by("number").values_list("number", flat=True)
        keyed = [
            Keyed(number=number, given=given)
            for number, given in zip(numbers, sample.papers, strict=False)
        ]
        by = self.people.member(told.organisation, role)
        survey_papers.key_paper_answer(by=by, survey=survey, papers=keyed)

    def _close(self, told: Surveyed) -> None:
        survey = _held(told)
        if survey.stage == Survey.Stage.OPEN:  # past its last day it may have ended by itself
            surveys.close_survey(by=self._by(told), survey=survey)

    def _publish(self, told: Surveyed) -> None:
        survey_results.publish_survey_result(by=self._by(told), survey=_held(told))

    def _by(self, told: Surveyed) -> Member:
        return self.people.member(told.organisation, "officer")


def survey_of(told: Surveyed) -> Survey | None:
    """The survey as it stands, if somebody held it."""
    rows = Survey.objects.with_facts().filter(project__code=told.project, title=told.title)
    found: Survey | None = rows.order_by("id").first()
    return found


def _held(told: Surveyed) -> Survey:
    found = survey_of(told)
    if found is None:
        raise Survey.DoesNotExist(told.title)
    return found


def _answer(told: Surveyed, answer: AnsweredBy) -> None:
    by = citizen_called(username=answer.username, name=answer.name)
    voice = Voice(person=Person.objects.get(username=answer.username))
    surveys.answer_survey(by=by, survey=_held(told), given=answer.given, voice=voice)


def _questions(told: Surveyed) -> Iterator[tuple[str, Question]]:
    """Those of the bank, in the order told; one of them may part the population."""
    bank = load_question_bank().questions
    for number, code in enumerate(told.questions, start=1):
        question = bank[code].numbered(number)
        strata = told.sample.strata if told.sample else None
        if strata and strata.question == code:
            question = _parted(question, strata)
        yield code, question


def _parted(question: Question, strata: Strata) -> Question:
    options = zip(question.options, strata.shares, strict=True)
    return replace(question, options=tuple(replace(each, share=share) for each, share in options))
