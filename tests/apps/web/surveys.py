"""Surveys for the sweeps: rows at every stage, bodies, what would be made."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

import city_hall
from gongzhi.core.charter import Member, Thing
from gongzhi.core.participating.surveying.records import results_as_record
from gongzhi.forum.actions.survey_results import results
from gongzhi.forum.models import (
    PaperKeying,
    Survey,
    SurveyPaper,
    SurveyQuestion,
    SurveyResult,
)
from gongzhi.parties.business_date import business_date
from gongzhi.parties.models import Organisation

# Papers of the open survey, one for each way that a paper goes.
ONLINE, KEYED, TABLED, DIFFERING = "1000000001", "1000000002", "1000000003", "1000000004"


def surveys(unit: city_hall.Unit) -> Iterator[Survey]:
    """One at each stage."""
    today = business_date()
    for stage in ("draft", "open", "closed", "published"):
        row = Survey.objects.create(
            title="社区服务满意度调查",
            project=unit.project,
            organisation=unit.organisation,
            sampled=False,
            method="自愿参加",
            stage=stage,
            opens_on=today,
            closes_on=today + timedelta(days=20),
        )
        SurveyQuestion.objects.create(survey=row, number=1, kind="scale", text="满意吗")
        if stage == "open":
            differing_paper(row, unit)
            for number in (ONLINE, KEYED, TABLED):
                SurveyPaper.objects.create(survey=row, number=number)
        if stage == "published":
            SurveyResult.objects.create(
                survey=row,
                figures=results_as_record(results(row)),
                why_no_reading="no_indicator",
                office=unit.officer_office,
                published_on=today,
            )
        yield row


def differing_paper(row: Survey, unit: city_hall.Unit) -> SurveyPaper:
    """A form that two people keyed in differently."""
    found = SurveyPaper.objects.create(survey=row, number=DIFFERING, stage="differs")
    for position, office in enumerate((unit.officer_office, unit.reviewer_office), start=1):
        PaperKeying.objects.create(
            paper=found,
            position=position,
            person=office.person,
            answers={"1": position},
            keyed_on=business_date(),
        )
    return found


def _table(_: Any) -> dict[str, Any]:
    book, content = Workbook(), BytesIO()
    book.active.append(["问卷编号", "1. 满意吗"])
    book.active.append([TABLED, "4"])
    book.save(content)
    return {"file": SimpleUploadedFile("录入.xlsx", content.getvalue())}


SURVEY_BODIES: Mapping[str, Any] = {
    "say_understood": {"page": "home", "understood": "no"},
    "start_survey": lambda _: {
        "title": "社区服务满意度调查",
        "sampled": "no",
        "method": "自愿参加",
        "opens_on": business_date(),
        "closes_on": business_date() + timedelta(days=9),
        "bank": "overall",
    },
    "open_survey": {},
    "close_survey": {},
    "publish_survey_result": {},
    "answer_survey": {"paper": ONLINE, "q1": "4"},
    "ask_for_link": {"address": "a@example.org"},
    "invite_respondents": {"addresses": "a@example.org"},
    "issue_survey_papers": {"count": "1"},
    "key_paper_answer": {"number": KEYED, "q1": "4"},
    "key_paper_table": _table,
    "settle_paper_answer": {"number": DIFFERING, "reason": "看了原件", "q1": "4"},
}
SURVEY_OPTIONS: Mapping[str, frozenset[str]] = {
    "start_survey": frozenset({"project", "process", "indicator", "asked", "population"}),
    "close_survey": frozenset({"asked"}),
    "answer_survey": frozenset({"link"}),
}


def _survey_to_be(cast: Any, by: Member) -> Thing:
    known = Organisation.objects.filter(pk=by.organisation).first()
    return Survey(organisation=known or cast.unit.organisation, stage="draft").thing()


SURVEYS_TO_BE: Mapping[str, Callable[[Any, Member], Thing]] = {"start_survey": _survey_to_be}
