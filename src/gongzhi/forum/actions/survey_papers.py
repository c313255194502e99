"""Paper forms: numbered when printed, keyed in twice by two people, differences settled.

A number stands for whoever filled the paper in, whom nobody here knows. The first keying takes the
number for paper; whoever answered by it online before keeps that answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from gongzhi.core.charter import Member
from gongzhi.core.participating.surveying import Answers, Question, answers_to, sealable
from gongzhi.core.sealed import Sealable, canonical, digest
from gongzhi.core.terms import Said
from gongzhi.forum.actions.surveys import respondent_of_paper
from gongzhi.forum.models import PaperKeying, Survey, SurveyMark, SurveyPaper
from gongzhi.forum.paper_numbers import numbers_for
from gongzhi.parties.business_date import business_date
from gongzhi.parties.deeds import act
from gongzhi.parties.unsuitable import NO_REASON, Unsuitable

PAPERS_MAX = 2000
HOW_MANY = Said("一次印 1 到 {most} 份", {"most": PAPERS_MAX})
NO_PAPER = Said("没有编号为 {number} 的问卷")
KEYED_ALREADY = Said("编号 {number} 您已经录入过；第二次由另一个人录入")
KEYED_TWICE = Said("编号 {number} 已经录入两次")
ONLINE = Said("编号 {number} 已经在网上回答，纸质的不再录入")
WRONG = Said("编号 {number} 第 {question} 题：{fault}")
NOTHING = Said("没有可以录入的问卷")
NOT_DIFFERENT = Said("这份问卷没有需要核对的不一致")


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyed:
    """What somebody keyed in from a paper; `row`: where it stood in a table, if it came by one."""

    number: str
    given: Mapping[int, Sequence[str]]
    row: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotKept:
    """A paper that could not be kept, where it stood and why."""

    keyed: Keyed
    question: int | None
    said: Said


def issue_survey_papers(
    *, by: Member, survey: Survey, count: int, key: str | None = None
) -> list[SurveyPaper]:
    """Number so many paper forms."""
    with act(by, "issue_survey_papers", on=survey, key=key) as record:
        if not 1 <= count <= PAPERS_MAX:
            raise Unsuitable({"count": HOW_MANY})
        numbers = numbers_for(survey.papers.all(), count=count)
        papers = [SurveyPaper(survey=survey, number=number) for number in numbers]
        SurveyPaper.objects.bulk_create(papers)
        record["count"] = count
    return sorted(papers, key=lambda paper: paper.number)


def key_paper_answer(
    *, by: Member, survey: Survey, papers: Sequence[Keyed], key: str | None = None
) -> tuple[list[SurveyPaper], list[NotKept]]:
    """Key papers in: those that fit are kept, of the others it is said what is wrong with them.

    Raises Unsuitable where none could be kept.
    """
    with act(by, "key_paper_answer", on=survey, key=key) as record:
        assert by.person is not None, "whoever keys is a person"
        questions = [each.question() for each in survey.questions.all()]
        kept: list[SurveyPaper] = []
        faults: list[NotKept] = []
        digests: list[Sealable] = []
        for each in papers:
            answers, fault = _fitting(each, questions)
            paper = None if fault else _kept(survey, each, answers, by=by)
            if isinstance(paper, SurveyPaper):
                kept.append(paper)
                digests.append([each.number, digest(canonical(sealable(answers)))])
            else:
                faults.append(fault or NotKept(keyed=each, question=None, said=paper or NOTHING))
        if not kept:
            told = {f"paper{place}": each.said for place, each in enumerate(faults[1:], start=2)}
            raise Unsuitable({"number": faults[0].said if faults else NOTHING, **told})
        record["count"] = len(kept)
        record.private("answers", digests)
    return kept, faults


def settle_paper_answer(
    *,
    by: Member,
    survey: Survey,
    number: str,
    given: Mapping[int, Sequence[str]],
    reason: str,
    key: str | None = None,
) -> SurveyPaper:
    """Say what a paper says where its two keyings differ; both stay beside it."""
    with act(by, "settle_paper_answer", on=survey, key=key) as record:
        if not reason.strip():
            raise Unsuitable({"reason": NO_REASON})
        held = SurveyPaper.objects.select_for_update().filter(
            survey=survey, number=number.strip(), stage=SurveyPaper.Stage.DIFFERS
        )
        paper = held.first()
        if paper is None:
            raise Unsuitable({"number": NOT_DIFFERENT})
        questions = [each.question() for each in survey.questions.all()]
        answers, faults = answers_to(questions, given)
        if faults:
            raise Unsuitable({f"q{question}": said for question, said in faults.items()})
        paper.stage, paper.answers = SurveyPaper.Stage.AGREED, answers
        paper.reason = reason.strip()
        paper.save(update_fields=["stage", "answers", "reason"])
        record["paper_number"] = paper.number
        record.private("answers", digest(canonical(sealable(answers))))
        record.private("reason", paper.reason)
    return paper


def _fitting(keyed: Keyed, questions: Sequence[Question]) -> tuple[Answers, NotKept | None]:
    answers, faults = answers_to(questions, keyed.given)
    if not faults:
        return answers, None
    question, said = next(iter(faults.items()))
    told = Said(WRONG.text, {"number": keyed.number, "question": question, "fault": said})
    return answers, NotKept(keyed=keyed, question=question, said=told)


def _kept(survey: Survey, keyed: Keyed, answers: Answers, *, by: Member) -> SurveyPaper | Said:
    """The paper with one keying more, or why it can't have it."""
    number = {"number": keyed.number}
    held = SurveyPaper.objects.select_for_update().filter(survey=survey, number=keyed.number)
    paper: SurveyPaper | None = held.first()
    if paper is None:
        return Said(NO_PAPER.text, {**number})
    if paper.stage == SurveyPaper.Stage.ONLINE:
        return Said(ONLINE.text, {**number})
    before = list(paper.keyings.all())
    if any(str(each.person_id) == by.person for each in before):
        return Said(KEYED_ALREADY.text, {**number})
    if len(before) > 1:
        return Said(KEYED_TWICE.text, {**number})
    PaperKeying.objects.create(
        paper=paper,
        position=len(before) + 1,
        person_id=UUID(by.person),
        answers=answers,
        keyed_on=business_date(),
    )
    _follow_keying(paper, before, answers)
    return paper


def _follow_keying(paper: SurveyPaper, before: Sequence[PaperKeying], answers: Answers) -> None:
    if not before:
        paper.stage = SurveyPaper.Stage.KEYED
        SurveyMark.objects.create(
            survey=paper.survey, way=SurveyMark.Way.PAPER, respondent=respondent_of_paper(paper)
        )
    elif before[0].answers == answers:
        paper.stage, paper.answers = SurveyPaper.Stage.AGREED, answers
    else:
        paper.stage = SurveyPaper.Stage.DIFFERS
    paper.save(update_fields=["stage", "answers"])
