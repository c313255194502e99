"""A survey: how to answer it, how it runs for whoever holds it, and what came of it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongzhi.core.terms import Said
from gongzhi.forum.actions.survey_results import WHY_NOT
from gongzhi.forum.models import Survey, SurveyMark, SurveyPaper
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.rules.participation.surveys import load_surveys
from gongzhi.web.beside import beside
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.filled import new_key, shown
from gongzhi.web.here import about
from gongzhi.web.pages.participation.surveys.seen import (
    questions_of,
    result_of,
    shown_result,
)
from gongzhi.web.qr_codes import qr_code
from gongzhi.web.readable import readable_thing

WORDS_MAX = 200


@require_safe
def survey(request: MemberRequest, survey: UUID) -> HttpResponse:
    """What is asked, of whom, and what came of it."""
    return survey_page(request, readable_thing(request, "survey", survey))


def survey_page(
    request: MemberRequest, row: Survey, *, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    """The page of a survey, with the faults of a step that could not be taken."""
    side = beside(request.member, row)
    here = about(request, row, *side.made_here)
    questions = questions_of(row)
    found = result_of(row)
    own = request.member.organisation == str(row.organisation_id)
    today = business_date()
    context: dict[str, Any] = {
        "survey": row,
        "questions": questions,
        "takes": row.stage == Survey.Stage.OPEN and row.closes_on >= today,
        "deeds": here,
        "answering": request.build_absolute_uri(reverse("answering-survey", args=[row.pk])),
        "progress": progress_of(row) if own and row.stage != Survey.Stage.DRAFT else None,
        "found": found,
        "result": row.result if found else None,
        "why_not": WHY_NOT.get(row.result.why_no_reading) if found else None,
        "shown": shown_result(found, questions) if found else [],
        "stratified": next(
            (q for q in questions if found and q.number == found.weighting.by), None
        ),
        "words": _words(row) if own and found else [],
        "rules": load_surveys(),
        "is_low": bool(
            found and found.response is not None and found.response < load_surveys().low_response
        ),
        "clauses": clauses_shown({"5.18"}),
        "faults": shown(faults or {}),
        "given": request.POST,
        "key": new_key(),
        "beside": side,
    }
    if context["takes"] and not row.sampled:
        context["qr"] = qr_code(context["answering"])
    status = 422 if faults else 200
    return render(request, "pages/participation/surveys/survey.html", context, status=status)


def progress_of(row: Survey) -> dict[str, Any]:
    """How many answered by which way, and how far keying in got; never what."""
    ways = dict(row.marks.values_list("way").annotate(Count("pk")).order_by())
    stages = dict(row.papers.values_list("stage").annotate(Count("pk")).order_by())
    total = sum(ways.values())
    return {
        "total": total,
        "asked": row.asked,
        "rate": Decimal(total) / row.asked if row.asked else None,
        "ways": [(name, ways.get(code, 0)) for code, name in SurveyMark.Way.choices],
        "papers": [(name, stages.get(code, 0)) for code, name in SurveyPaper.Stage.choices],
        "has_papers": bool(stages),
    }


def _words(row: Survey) -> list[tuple[str, list[str]]]:
    """What people wrote, by question: for whoever holds the survey alone."""
    found = []
    for question in row.questions.filter(kind="text"):
        key = str(question.number)
        told = row.answers.filter(answers__has_key=key).order_by("id")
        texts = [answers[key] for answers in told.values_list("answers", flat=True)[:WORDS_MAX]]
        found.append((question.text, texts))
    return found
