"""Surveys for the sweeps: rows at every stage, bodies, what would be made."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

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

DIGITS = 10


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
        if stage == "published":
            SurveyResult.objects.create(
                survey=row,
                figures=results_as_record(results(row)),
                why_no_reading="no_indicator",
                office=unit.officer_office,
                published_on=today,
            )
        yield row


def paper(row: Survey) -> SurveyPaper:
    """A form that nobody has answered or keyed in."""
    return SurveyPaper.objects.create(survey=row, number=str(uuid4().int)[:DIGITS])


def differing_paper(row: Survey, unit: city_hall.Unit) -> SurveyPaper:
    """A form that two people keyed in differently."""
    found = paper(row)
    for position, office in enumerate((unit.officer_office, unit.reviewer_office), start=1):
        PaperKeying.objects.create(
            paper=found,
            position=position,
            person=office.person,
            answers={"1": position},
            keyed_on=business_date(),
        )
    found.stage = "differs"
    found.save()
    return found


def _open(cast: Any) -> Survey:
    return Survey.objects.get(organisation=cast.unit.organisation, stage="open")


def _settled(cast: Any) -> dict[str, str]:
    waiting = SurveyPaper.objects.filter(stage="differs").first()
    found = waiting or differing_paper(_open(cast), cast.unit)
    return {"number": found.number, "reason": "看了原件", "q1": "4"}


def _keyed(cast: Any) -> dict[str, str]:
    return {"number": paper(_open(cast)).number, "q1": "4"}


def _table(cast: Any) -> dict[str, Any]:
    book, content = Workbook(), BytesIO()
    book.active.append(["问卷编号", "1. 满意吗"])
    book.active.append([paper(_open(cast)).number, "4"])
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
    "answer_survey": lambda cast: {"paper": paper(_open(cast)).number, "q1": "4"},
    "ask_for_link": lambda _: {"address": f"{uuid4().hex}@example.org"},
    "invite_respondents": lambda _: {"addresses": f"{uuid4().hex}@example.org"},
    "issue_survey_papers": {"count": "1"},
    "key_paper_answer": _keyed,
    "key_paper_table": _table,
    "settle_paper_answer": _settled,
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
