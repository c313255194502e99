"""Surveys: one person one answer, nobody knows whose; what comes of them and what becomes of it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

import city_hall
from apps.forum.surveyed import (
    INDICATOR,
    answered,
    citizen,
    given,
    opened,
    planned,
    questions,
    sampled,
    started,
)
from gongzhi.core.charter import VISITOR
from gongzhi.cycle.models import Evidence, Reading
from gongzhi.forum.actions import survey_papers as papers
from gongzhi.forum.actions import surveys
from gongzhi.forum.actions.survey_papers import Keyed
from gongzhi.forum.actions.survey_results import publish_survey_result
from gongzhi.forum.actions.surveys import PURPOSE, AnsweredAlready, Voice
from gongzhi.forum.models import Survey, SurveyAnswer, SurveyMark, SurveyPaper
from gongzhi.parties.answer_links import make_answer_link
from gongzhi.parties.business_date import business_date
from gongzhi.parties.deeds import Refused
from gongzhi.parties.models import Deed, WaitingRow
from gongzhi.parties.unsuitable import Unsuitable
from verified import verified

pytestmark = pytest.mark.django_db


@pytest.fixture
def disclosed(unit):
    city_hall.published(unit)
    unit.project.refresh_from_db()
    return unit


def keyer(unit, number: int):
    return verified(city_hall.office(unit.organisation, f"keyer{number}"))


def token_for(survey: Survey, address: str = "13800000000") -> str | None:
    return make_answer_link(
        purpose=PURPOSE,
        about=survey.thing().name,
        channel="sms",
        address=address,
        expires_at=timezone.now() + timedelta(days=1),
    )


def by_link(survey: Survey, token: str | None, **answers) -> None:
    assert token
    voice = Voice(token=token)
    surveys.answer_survey(by=VISITOR, survey=survey, given=given(**answers), voice=voice)


def on_paper(survey, unit, count: int, *, level: int = 4, keyers=None) -> None:
    """So many papers, each keyed by two people alike."""
    first, second = keyers or (keyer(unit, 1), keyer(unit, 2))
    printed = papers.issue_survey_papers(by=first, survey=survey, count=count)
    keyed = [Keyed(number=paper.number, given=given(level=level)) for paper in printed]
    papers.key_paper_answer(by=first, survey=survey, papers=keyed)
    papers.key_paper_answer(by=second, survey=survey, papers=keyed)


# ── preparing ──


def test_a_survey_says_of_whom_and_how_or_is_not_taken(unit):
    with pytest.raises(Unsuitable) as wrong:
        started(unit, title=" ", method="", sampled=True, asked=10, population=5)
    assert set(wrong.value.faults) == {"title", "method", "asked"}


def test_a_survey_of_bad_questions_is_not_taken(unit):
    with pytest.raises(Unsuitable) as wrong:
        started(unit, questions=questions("overall", "overall"))
    assert set(wrong.value.faults) == {"questions"}


def test_nobody_starts_a_survey_for_another(unit, other):
    with pytest.raises(Refused):
        surveys.start_survey(by=other.officer, organisation=unit.organisation, planned=planned())


def test_a_draft_takes_no_answers(unit):
    draft = started(unit)
    member, person = citizen(1)
    with pytest.raises(Refused):
        surveys.answer_survey(by=member, survey=draft, given=given(), voice=Voice(person=person))


# ── one person, one answer (S55) ──


def test_s55_one_account_answers_once(unit):
    survey = opened(unit)
    member, person = citizen(1)
    for level in (5, 1):
        try:
            surveys.answer_survey(
                by=member, survey=survey, given=given(level=level), voice=Voice(person=person)
            )
        except AnsweredAlready:
            assert level == 1, "the first one stands"
    assert (SurveyMark.objects.count(), WaitingRow.objects.count()) == (1, 1)


def test_s55_one_link_answers_once_and_none_is_given_again(unit):
    survey = opened(unit)
    token = token_for(survey)
    by_link(survey, token)
    with pytest.raises(Unsuitable):
        by_link(survey, token)
    assert token_for(survey) is None
    assert SurveyMark.objects.count() == 1


def test_a_link_of_one_survey_answers_no_other(unit):
    one, other = opened(unit), opened(unit, title="另一份")
    token = token_for(one)
    with pytest.raises(Unsuitable):
        by_link(other, token)
    by_link(one, token)


def test_s55_a_number_answers_on_paper_or_online_and_not_both(unit):
    survey, member = opened(unit), keyer(unit, 1)
    online, keyed = papers.issue_survey_papers(by=member, survey=survey, count=2)
    surveys.answer_survey(
        by=VISITOR, survey=survey, given=given(), voice=Voice(paper=online.number)
    )
    with pytest.raises(Unsuitable):
        papers.key_paper_answer(
            by=member, survey=survey, papers=[Keyed(number=online.number, given=given())]
        )
    papers.key_paper_answer(
        by=member, survey=survey, papers=[Keyed(number=keyed.number, given=given())]
    )
    with pytest.raises(Unsuitable):
        surveys.answer_survey(
            by=VISITOR, survey=survey, given=given(), voice=Voice(paper=keyed.number)
        )
    assert SurveyMark.objects.count() == 2


def test_the_database_takes_a_respondent_once(unit):
    survey = opened(unit)
    SurveyMark.objects.create(survey=survey, respondent="x", way="link")
    with pytest.raises(IntegrityError), transaction.atomic():
        SurveyMark.objects.create(survey=survey, respondent="x", way="account")


def test_a_visitor_without_link_or_number_answers_nothing(unit):
    survey = opened(unit)
    with pytest.raises(Unsuitable):
        surveys.answer_survey(by=VISITOR, survey=survey, given=given(), voice=Voice())
    assert not WaitingRow.objects.exists()


def test_who_was_not_drawn_answers_no_sample(unit):
    survey = sampled(unit)
    member, person = citizen(1)
    with pytest.raises(Unsuitable):
        surveys.answer_survey(by=member, survey=survey, given=given(), voice=Voice(person=person))
    by_link(survey, token_for(survey))


def test_answers_that_do_not_fit_are_said_by_question_and_use_nothing_up(unit):
    survey = opened(unit)
    token = token_for(survey)
    with pytest.raises(Unsuitable) as wrong:
        by_link(survey, token, level=9)
    assert set(wrong.value.faults) == {"q1"}
    by_link(survey, token)


def test_after_its_last_day_nothing_is_taken(unit):
    survey = opened(unit)
    Survey.objects.update(opens_on=business_date() - timedelta(days=9))
    Survey.objects.update(closes_on=business_date() - timedelta(days=1))
    with pytest.raises(Unsuitable):
        answered(survey, 1)


# ── nobody knows whose (S57, S58) ──


def test_s57_before_the_close_nobody_reads_an_answer(unit):
    survey = opened(unit)
    answered(survey, 1, words="某某路的灯坏了")
    assert not SurveyAnswer.objects.exists()
    (waiting,) = WaitingRow.objects.all()
    assert "灯" not in bytes(waiting.locked).decode("utf-8", "replace")
    assert not Deed.objects.filter(verb="answer_survey").exists()


def test_s58_at_the_close_answers_come_out_together_and_lead_to_nobody(unit):
    survey = opened(unit)
    for number in range(6):
        answered(survey, number, level=1 + number % 5)
    surveys.close_survey(by=unit.officer, survey=survey)
    assert SurveyAnswer.objects.count() == 6
    assert not WaitingRow.objects.exists()
    entry = Deed.objects.get(verb="close_batch")
    assert (entry.party, entry.person) == ("system", None)
    fields = {each.name for each in SurveyAnswer._meta.get_fields()}
    assert fields == {"id", "survey", "answers"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT xmin::text) FROM forum_surveyanswer")
        assert cursor.fetchone() == (1,), "one transaction for all: none tells when it came"


def test_s58_the_order_of_answers_says_nothing_of_the_order_of_marks(unit):
    """Twenty answers in a known order: an attacker who pairs rows by place guesses by chance."""
    survey = opened(unit, questions=questions("minutes", "overall", "age"))
    for number in range(20):
        member, person = citizen(number)
        asked = {1: [str(number)], 2: ["4"], 3: ["1"]}
        surveys.answer_survey(by=member, survey=survey, given=asked, voice=Voice(person=person))
    surveys.close_survey(by=unit.officer, survey=survey)
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers ->> '1' FROM forum_surveyanswer ORDER BY ctid")
        placed = [int(text) for (text,) in cursor.fetchall()]
    assert sorted(placed) == list(range(20))
    assert sum(place == number for place, number in enumerate(placed)) < 8


# ── paper, keyed in twice ──


def test_two_people_key_a_paper_and_agree(unit):
    survey = opened(unit)
    on_paper(survey, unit, 3)
    assert set(SurveyPaper.objects.values_list("stage", flat=True)) == {"agreed"}
    surveys.close_survey(by=unit.officer, survey=survey)
    assert SurveyAnswer.objects.count() == 3


def test_one_person_does_not_key_a_paper_twice(unit):
    survey, member = opened(unit), keyer(unit, 1)
    (paper,) = papers.issue_survey_papers(by=member, survey=survey, count=1)
    keyed = [Keyed(number=paper.number, given=given())]
    papers.key_paper_answer(by=member, survey=survey, papers=keyed)
    with pytest.raises(Unsuitable):
        papers.key_paper_answer(by=member, survey=survey, papers=keyed)
    surveys.close_survey(by=unit.officer, survey=survey)
    assert not SurveyAnswer.objects.exists(), "keyed once counts nothing"


def test_what_differs_counts_only_when_settled(unit):
    survey, first, second = opened(unit), keyer(unit, 1), keyer(unit, 2)
    (paper,) = papers.issue_survey_papers(by=first, survey=survey, count=1)
    for member, level in ((first, 4), (second, 5)):
        keyed = [Keyed(number=paper.number, given=given(level=level))]
        papers.key_paper_answer(by=member, survey=survey, papers=keyed)
    paper.refresh_from_db()
    assert paper.stage == "differs"
    settled = papers.settle_paper_answer(
        by=unit.officer,
        survey=survey,
        number=paper.number,
        given=given(level=5),
        reason="看了原件，是 5",
    )
    assert settled.answers["1"] == 5
    assert [each.answers["1"] for each in settled.keyings.all()] == [4, 5]


def test_of_a_batch_bad_papers_are_named_and_good_ones_kept(unit):
    survey, member = opened(unit), keyer(unit, 1)
    good, bad = papers.issue_survey_papers(by=member, survey=survey, count=2)
    kept, faults = papers.key_paper_answer(
        by=member,
        survey=survey,
        papers=[
            Keyed(number=good.number, given=given(), row=2),
            Keyed(number=bad.number, given=given(level=7), row=3),
            Keyed(number="0", given=given(), row=4),
        ],
    )
    assert [paper.number for paper in kept] == [good.number]
    assert [(each.keyed.row, each.question) for each in faults] == [(3, 1), (4, None)]


# ── results and what becomes of them ──


def test_a_sample_becomes_the_reading_of_its_indicator(disclosed):
    survey = sampled(disclosed, project=disclosed.project, indicator=INDICATOR)
    on_paper(survey, disclosed, 40)
    surveys.close_survey(by=disclosed.officer, survey=survey)
    result = publish_survey_result(by=disclosed.officer, survey=survey)
    reading = Reading.objects.get()
    assert result.reading == reading
    assert (reading.value, reading.source, reading.indicator) == (75, "survey", INDICATOR)
    grounds = Evidence.objects.get(reading=reading)
    assert (grounds.asked, grounds.answered) == (100, 40)
    assert "误差" in grounds.shows
    assert "回收率 40%" in grounds.shows
    nested = Deed.objects.get(verb="add_reading")
    assert nested.because == Deed.objects.get(verb="publish_survey_result").pk


def test_who_came_by_themselves_feed_no_indicator(disclosed):
    survey = opened(disclosed, project=disclosed.project, indicator=INDICATOR)
    for number in range(6):
        answered(survey, number)
    surveys.close_survey(by=disclosed.officer, survey=survey)
    result = publish_survey_result(by=disclosed.officer, survey=survey)
    assert (result.reading, result.why_no_reading) == (None, "not_sampled")


def test_too_few_answers_feed_no_indicator(disclosed):
    survey = sampled(disclosed, project=disclosed.project, indicator=INDICATOR)
    on_paper(survey, disclosed, 10)
    surveys.close_survey(by=disclosed.officer, survey=survey)
    result = publish_survey_result(by=disclosed.officer, survey=survey)
    assert result.why_no_reading == "too_few"
    assert not Reading.objects.exists()


def test_more_answers_than_were_asked_want_the_true_number(unit):
    survey = sampled(unit, asked=2)
    on_paper(survey, unit, 3)
    with pytest.raises(Unsuitable):
        surveys.close_survey(by=unit.officer, survey=survey)
    survey.refresh_from_db()
    surveys.close_survey(by=unit.officer, survey=survey, asked=3)
    assert SurveyAnswer.objects.count() == 3


def test_answers_are_weighted_by_stated_shares(unit):
    survey = sampled(unit, weighted=True)
    on_paper(survey, unit, 6)
    surveys.close_survey(by=unit.officer, survey=survey)
    result = publish_survey_result(by=unit.officer, survey=survey)
    assert result.figures["empty"] == [1, 3], "nobody of these ages answered"


def test_what_was_answered_is_never_changed(unit):
    survey = opened(unit)
    answered(survey, 1)
    surveys.close_survey(by=unit.officer, survey=survey)
    with pytest.raises(IntegrityError), transaction.atomic():
        SurveyAnswer.objects.update(answers={})


# ── races (R05, S55) ──


@pytest.mark.django_db(transaction=True)
def test_s55_of_many_at_once_exactly_one_is_counted(unit):
    survey = opened(unit)
    member, person = citizen(1)
    ready = Barrier(6)

    def answer(level: int) -> str:
        ready.wait()
        try:
            surveys.answer_survey(
                by=member,
                survey=survey,
                given=given(level=1 + level % 5),
                voice=Voice(person=person),
            )
        except AnsweredAlready:
            return "already"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(6) as pool:
        outcomes = sorted(pool.map(answer, range(6)))
    assert outcomes == ["already"] * 5 + ["done"]
    assert (SurveyMark.objects.count(), WaitingRow.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_s55_many_papers_at_once_neither_wait_in_a_circle_nor_get_lost(unit):
    survey = opened(unit)
    printed = papers.issue_survey_papers(by=keyer(unit, 1), survey=survey, count=24)
    ready = Barrier(6)

    def answer(numbers) -> None:
        ready.wait()
        try:
            for paper in numbers:
                voice = Voice(paper=paper.number)
                surveys.answer_survey(by=VISITOR, survey=survey, given=given(), voice=voice)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(answer, [printed[start::6] for start in range(6)]))
    assert SurveyMark.objects.count() == WaitingRow.objects.count() == 24


@pytest.mark.django_db(transaction=True)
def test_an_answer_that_comes_while_the_survey_closes_is_counted_or_refused(unit):
    survey = opened(unit)
    people = [citizen(number) for number in range(8)]
    ready = Barrier(9)

    def answer(who) -> bool:
        member, person = who
        ready.wait()
        try:
            surveys.answer_survey(
                by=member, survey=survey, given=given(), voice=Voice(person=person)
            )
        except (Unsuitable, Refused):
            return False
        finally:
            connection.close()
        return True

    def close(_) -> None:
        ready.wait()
        try:
            surveys.close_survey(by=unit.officer, survey=Survey.objects.get())
        finally:
            connection.close()

    with ThreadPoolExecutor(9) as pool:
        closing = pool.submit(close, None)
        taken = sum(pool.map(answer, people))
        closing.result()
    assert SurveyAnswer.objects.count() == taken == SurveyMark.objects.count()
    assert not WaitingRow.objects.exists()
    assert Decimal(taken) >= 0
