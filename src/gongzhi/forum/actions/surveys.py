"""A survey from its questions to its result; answers are deeds of which nobody sees whose they are.

One respondent answers once: a digest made under a key of the survey's own (parties/answer_links)
is unique with it, whichever way somebody comes. What was answered waits locked and enters the log
at the close, as one shuffled batch; then the key is destroyed.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from gongzhi.core.charter import Member
from gongzhi.core.participating.surveying import (
    Answers,
    Question,
    answers_to,
    faults_of_questions,
    sealable,
)
from gongzhi.core.sealed import Sealable, canonical, digest
from gongzhi.core.terms import Said
from gongzhi.cycle.models import Project
from gongzhi.forum.held_open import is_held_open
from gongzhi.forum.models import (
    Process,
    Survey,
    SurveyAnswer,
    SurveyMark,
    SurveyPaper,
    SurveyQuestion,
)
from gongzhi.forum.phases import keep_to_the_phase
from gongzhi.parties.actions.batches import close_pool
from gongzhi.parties.answer_links import (
    AnswerLinkOver,
    forget_respondents,
    respondent_of,
    use_answer_link,
)
from gongzhi.parties.business_date import business_date
from gongzhi.parties.deeds import act, act_unseen
from gongzhi.parties.models import Organisation, Person
from gongzhi.parties.unseen import Pool, rows_of, shuffled
from gongzhi.parties.unsuitable import Unsuitable

PURPOSE = "survey"
QUESTIONS_MAX = 40
ROWS_AT_ONCE = 2000
NO_TITLE = Said("请写明标题")
NO_METHOD = Said("请写明问了谁、怎样选出来的、怎样问")
BACKWARDS = Said("结束日期早于开始日期")
OVER_ALREADY = Said("结束日期已经过去")
NOT_ASKED = Said("抽样调查请写明问多少人、他们代表多少人；问的人不会多于总体")
NO_INDICATOR = Said("选了指标，也要选它的项目")
MANY = Said("最多 {most} 题", {"most": QUESTIONS_MAX})
NOT_OPEN = Said("这份问卷现在不收回答")
NO_VOICE = Said("请先登录，或者凭短信、邮件里的链接或纸质问卷上的编号回答：一人一份")
ONLY_SAMPLED = Said("这是抽样调查，凭收到的链接或者纸质问卷上的编号回答")
LINK_OVER = Said("这个链接已经用过、换过新的或者过期了；用过的，您的回答已经收到")
NO_PAPER = Said("没有这个编号的问卷，请核对")
PAPER_TAKEN = Said("这个编号的问卷已经回答过，没有再记")
ASKED_FEWER = Said("收回 {count} 份，多于发出的份数，请写明实际问了多少人")


class AnsweredAlready(Exception):
    """This respondent answered before; that answer stands and nothing was added."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A survey as it is planned: about what, of whom, from when to when, with which questions."""

    title: str
    method: str
    opens_on: date
    closes_on: date
    sampled: bool
    questions: tuple[tuple[str, Question], ...]  # its code in the bank, or nothing
    about: str = ""
    project: Project | None = None
    process: Process | None = None
    indicator: str = ""
    asked: int | None = None
    population: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """By which right somebody answers: a link's token, a paper's number, or an account."""

    token: str = ""
    paper: str = ""
    person: Person | None = None


def start_survey(
    *, by: Member, organisation: Organisation, planned: Planned, key: str | None = None
) -> Survey:
    """Prepare a survey with its questions."""
    survey = Survey(
        title=planned.title.strip(),
        about=planned.about or (planned.project.thing().name if planned.project else ""),
        project=planned.project,
        process=planned.process,
        organisation=organisation,
        indicator=planned.indicator,
        sampled=planned.sampled,
        asked=planned.asked if planned.sampled else None,
        population=planned.population,
        method=planned.method.strip(),
        opens_on=planned.opens_on,
        closes_on=planned.closes_on,
    )
    with act(by, "start_survey", on=survey.thing(), key=key) as record:
        _refuse_unfit(survey, planned, today=record.business_date)
        survey.save(force_insert=True)
        for code, each in planned.questions:
            _add_question(survey, code, each)
        record["survey"] = str(survey.pk)
        record["count"] = len(planned.questions)
        record.private("text", digest(canonical(_said(survey, planned))))
    return survey


def open_survey(*, by: Member, survey: Survey, key: str | None = None) -> Survey:
    """Let people answer."""
    with act(by, "open_survey", on=survey, key=key) as record:
        if survey.closes_on < record.business_date:
            raise Unsuitable({"closes_on": OVER_ALREADY})
        survey.stage = Survey.Stage.OPEN
        survey.opens_on = record.business_date
        survey.save(update_fields=["stage", "opens_on"])
        record["until"] = survey.closes_on.isoformat()
    return survey


def answer_survey(
    *, by: Member, survey: Survey, given: Mapping[int, Sequence[str]], voice: Voice
) -> None:
    """Answer once; raises Unsuitable by question, AnsweredAlready where that was done before."""
    thing = survey.thing()
    with act_unseen(by, "answer_survey", on=thing, closes_with=thing) as record:
        today = business_date()
        if not is_held_open(survey, today=today):
            raise Unsuitable({"": NOT_OPEN})
        keep_to_the_phase(by, "answer_survey", on=survey, process=survey.process, today=today)
        questions = [each.question() for each in survey.questions.all()]
        answers, faults = answers_to(questions, given)
        if faults:
            raise Unsuitable({f"q{number}": said for number, said in faults.items()})
        way, respondent = _respondent(survey, voice)
        _mark(survey, way=way, respondent=respondent)
        record["survey"] = str(survey.pk)
        record.private("answers", sealable(answers))


def close_survey(
    *, by: Member, survey: Survey, asked: int | None = None, key: str | None = None
) -> Survey:
    """Take no more answers: all come out together, shuffled, and nothing leads to who gave them."""
    with act(by, "close_survey", on=survey, key=key) as record:
        if survey.sampled and asked:
            survey.asked = asked
        pool = Pool.of("answer_survey", survey.thing())
        answers = [*_answered_online(pool), *_answered_on_paper(survey)]
        if survey.sampled and len(answers) > (survey.asked or 0):
            raise Unsuitable({"asked": Said(ASKED_FEWER.text, {"count": len(answers)})})
        if survey.population is not None and survey.asked is not None:
            survey.population = max(survey.population, survey.asked)
        secrets.SystemRandom().shuffle(answers)
        rows = [SurveyAnswer(survey=survey, answers=each) for each in answers]
        SurveyAnswer.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)
        survey.stage = Survey.Stage.CLOSED
        survey.closes_on = min(survey.closes_on, record.business_date)
        survey.save(update_fields=["stage", "closes_on", "asked", "population"])
        forget_respondents(about=survey.thing().name)
        record["count"] = len(answers)
        record["asked"] = survey.asked
        record.then(lambda: close_pool(pool))
    return survey


def _refuse_unfit(survey: Survey, planned: Planned, *, today: date) -> None:
    faults: dict[str, Said] = {}
    if not survey.title:
        faults["title"] = NO_TITLE
    if not survey.method:
        faults["method"] = NO_METHOD
    if survey.closes_on < survey.opens_on:
        faults["closes_on"] = BACKWARDS
    elif survey.closes_on < today:
        faults["closes_on"] = OVER_ALREADY
    if survey.sampled and not 0 < (survey.asked or 0) <= (survey.population or 0):
        faults["asked"] = NOT_ASKED
    if survey.indicator and survey.project is None:
        faults["indicator"] = NO_INDICATOR
    questions = [question for _, question in planned.questions]
    if len(questions) > QUESTIONS_MAX:
        faults["questions"] = MANY
    for said in faults_of_questions(questions):
        faults.setdefault("questions", said)
    if faults:
        raise Unsuitable(faults)


def _add_question(survey: Survey, code: str, question: Question) -> None:
    SurveyQuestion.objects.create(
        survey=survey,
        number=question.number,
        kind=question.kind,
        code=code,
        text=question.text.zh,
        options=[
            {"text": each.text.zh, **({} if each.share is None else {"share": str(each.share)})}
            for each in question.options
        ],
        required=question.required,
        measures=question.measures,
    )


def _said(survey: Survey, planned: Planned) -> dict[str, Sealable]:
    return {
        "title": survey.title,
        "method": survey.method,
        "questions": [question.text.zh for _, question in planned.questions],
    }


def _respondent(survey: Survey, voice: Voice) -> tuple[str, str]:
    """By which way, and as whom: the same human being is the same respondent of this survey."""
    about = survey.thing().name
    if voice.token:
        try:
            used = use_answer_link(purpose=PURPOSE, token=voice.token)
        except AnswerLinkOver as over:
            raise Unsuitable({"": LINK_OVER}) from over
        if used.about != about:
            raise Unsuitable({"": LINK_OVER})
        return SurveyMark.Way.LINK, used.respondent
    if voice.paper:
        return SurveyMark.Way.PAPER, _of_paper(survey, voice.paper)
    if survey.sampled:
        raise Unsuitable({"": ONLY_SAMPLED})
    if voice.person is not None:
        return SurveyMark.Way.ACCOUNT, respondent_of(voice.person, about=about)
    raise Unsuitable({"": NO_VOICE})


def _of_paper(survey: Survey, number: str) -> str:
    """The respondent of a paper's number, who answers online and hands no paper in."""
    held = SurveyPaper.objects.select_for_update(of=["self"])  # the survey itself stays shared
    paper = held.filter(survey=survey, number=number.strip()).order_by("pk").first()
    if paper is None:
        raise Unsuitable({"paper": NO_PAPER})
    if paper.stage == SurveyPaper.Stage.ONLINE:
        raise AnsweredAlready
    if paper.stage != SurveyPaper.Stage.PRINTED:
        raise Unsuitable({"paper": PAPER_TAKEN})
    paper.stage = SurveyPaper.Stage.ONLINE
    paper.save(update_fields=["stage"])
    return respondent_of_paper(paper)


def respondent_of_paper(paper: SurveyPaper) -> str:
    """The respondent that a paper stands for."""
    return f"paper:{paper.number}"


def _mark(survey: Survey, *, way: str, respondent: str) -> None:
    """Note that this respondent answered; the database takes each once."""
    mark = SurveyMark(survey=survey, way=way, respondent=respondent)
    try:
        with transaction.atomic():
            mark.save(force_insert=True)
    except IntegrityError as taken:
        raise AnsweredAlready from taken


def _answered_online(pool: Pool) -> list[Answers]:
    return [dict(row.private["answers"]) for row in rows_of(shuffled(pool))]  # type: ignore[arg-type]


def _answered_on_paper(survey: Survey) -> list[Answers]:
    agreed = SurveyPaper.objects.filter(survey=survey, stage=SurveyPaper.Stage.AGREED)
    return [each for each in agreed.values_list("answers", flat=True) if each is not None]
