"""The result of a survey: figures that may be published, and the reading that they become.

A sample with enough answers is what an indicator of satisfaction is read from; whoever came by
themselves is a lead (clause 5.7), and its result says why it is no reading.
"""

from collections.abc import Iterator
from decimal import Decimal

from gongzhi.core.charter import Member
from gongzhi.core.participating.surveying import Results, results_of
from gongzhi.core.participating.surveying.records import results_as_record
from gongzhi.core.sealed import canonical, digest
from gongzhi.core.terms import Said, SaidValues
from gongzhi.cycle.actions.evidence import Shown, add_evidence
from gongzhi.cycle.actions.readings import Read, add_reading
from gongzhi.cycle.models import Evidence, Reading
from gongzhi.forum.models import Survey, SurveyResult
from gongzhi.parties.deeds import act
from gongzhi.parties.rights import may
from gongzhi.rules.participation.surveys import load_surveys
from gongzhi.words import say

PERCENT = 100
CONTENT = "zh"  # what is written down keeps its language
METHOD_MAX, SHOWS_MAX = 200, 500
# Why a result is no reading of an indicator, by the code that its row keeps.
WHY_NOT = {
    "no_indicator": Said("这次调查没有指明指标"),
    "not_sampled": Said("自愿参加的调查不是抽样，只作线索，不作为指标的读数"),
    "too_few": Said("抽样调查的回答不够，不作为指标的读数"),
    "withheld": Said("满意度因人数过少不公布，不作为指标的读数"),
    "not_allowed": Said("公布人不能填报这个项目的读数；承担项目的单位可以凭这次结果填报"),
}


def publish_survey_result(*, by: Member, survey: Survey, key: str | None = None) -> SurveyResult:
    """Publish what came of it; a satisfaction that meets the standard becomes a reading."""
    with act(by, "publish_survey_result", on=survey, key=key) as record:
        assert by.office is not None, "whoever publishes stands in an office"
        found = results(survey)
        figures = results_as_record(found)
        why = _why_no_reading(survey, found, by=by)
        reading = None if why else _read(survey, found, by=by)
        result = SurveyResult.objects.create(
            survey=survey,
            figures=figures,
            reading=reading,
            why_no_reading=why,
            office_id=by.office,
            published_on=record.business_date,
        )
        survey.stage = Survey.Stage.PUBLISHED
        survey.save(update_fields=["stage"])
        record["count"] = found.count
        record["figures"] = digest(canonical(figures))
        if reading is not None:
            record["reading"] = str(reading.pk)
    return result


def results(survey: Survey) -> Results:
    """What the answers of a closed survey come to."""
    answers = list(survey.answers.values_list("answers", flat=True))
    questions = [each.question() for each in survey.questions.all()]
    return results_of(questions, answers, frame=survey.frame(), rules=load_surveys())


def _why_no_reading(survey: Survey, found: Results, *, by: Member) -> str:
    if not survey.indicator or survey.project is None:
        return "no_indicator"
    if not survey.sampled:
        return "not_sampled"
    if found.count < load_surveys().enough:
        return "too_few"
    if found.satisfaction is None:
        return "withheld"
    to_be = Reading(project=survey.project, organisation=survey.organisation)
    if not may(by, "add_reading", to_be.thing()) or not may(by, "add_evidence", to_be.thing()):
        return "not_allowed"
    return ""


def _read(survey: Survey, found: Results, *, by: Member) -> Reading:
    """The satisfaction in per cent, with whom the survey asked, how many, and how."""
    assert found.satisfaction is not None, "asked before"
    assert survey.project is not None, "asked before"
    told = told_of(found)
    reading = add_reading(
        by=by,
        organisation=survey.organisation,
        read=Read(
            project=survey.project,
            indicator=survey.indicator,
            starts_on=survey.opens_on,
            ends_on=survey.closes_on,
            source=Reading.Source.SURVEY,
            value=found.satisfaction.value * PERCENT,
            evidence=f"《{survey.title}》{told}"[:SHOWS_MAX],
        ),
    )
    add_evidence(
        by=by,
        reading=reading,
        shown=Shown(
            kind=Evidence.Kind.SURVEY,
            shows=f"《{survey.title}》{told}"[:SHOWS_MAX],
            made_on=survey.closes_on,
            asked=survey.asked,
            answered=found.count,
            method=survey.method[:METHOD_MAX],
        ),
    )
    return reading


def told_of(found: Results) -> str:
    """The figure with its size, response, margin and weighting, as a reading states it."""
    return "，".join(say(each, CONTENT) for each in _stated(found))


def _stated(found: Results) -> Iterator[Said]:
    rules, satisfaction, weighting = load_surveys(), found.satisfaction, found.weighting
    assert satisfaction is not None, "only a figure is told of"
    yield Said("满意度 {value}", {"value": _percent(satisfaction.value)})
    if satisfaction.margin is not None:
        margin, confidence = _percent(satisfaction.margin), _percent(rules.confidence)
        values: SaidValues = {"margin": margin, "confidence": confidence}
        yield Said("误差 ±{margin}（置信度 {confidence}）", values)
    yield Said("有效回答 {count} 份", {"count": found.count})
    if found.response is not None:
        yield Said("回收率 {rate}", {"rate": _percent(found.response)})
    if weighting.by is None or weighting.empty:
        yield Said("没有加权")
    else:
        shown: SaidValues = {"number": weighting.by, "effect": weighting.design_effect}
        yield Said("按第 {number} 题分层加权，设计效应 {effect}", shown)


def _percent(ratio: Decimal) -> str:
    return f"{(ratio * PERCENT).quantize(Decimal('0.1')).normalize():f}%"
