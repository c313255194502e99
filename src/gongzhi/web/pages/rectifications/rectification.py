"""One thing to put right: what was found, the plan, the report with its evidence, the check."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from gongzhi.core.rectifying.letters import LineFound
from gongzhi.core.rectifying.stages import RectificationStage
from gongzhi.core.terms import Said
from gongzhi.core.waiting import clock_of
from gongzhi.cycle.actions import rectifications as actions
from gongzhi.cycle.models import Evaluation, Rectification, WorkingPaper
from gongzhi.cycle.rectification_waiting import due_of
from gongzhi.desk.models import Attachment
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.rights import may
from gongzhi.rules.calendar import load_calendar
from gongzhi.web.beside import beside
from gongzhi.web.clauses import clause_shown
from gongzhi.web.filled import KeyForm, new_key, shown
from gongzhi.web.here import about
from gongzhi.web.limits import ALLOWED, within_limit
from gongzhi.web.official_files import ENDINGS
from gongzhi.web.pages import refusals
from gongzhi.web.pages.rectifications.measures import (
    measures_given,
    planned_fields,
    reported_fields,
    reports_given,
)
from gongzhi.web.pages.rectifications.papers import FromPaper, read_report
from gongzhi.web.pages.rectifications.seen import line_name, shown_steps, stations
from gongzhi.web.readable import readable_thing
from gongzhi.web.seals import seals_on
from gongzhi.web.stepping import step_on
from gongzhi.web.told import told

REASON_MAX = 4000
CLAUSE = "4.16"
# What a file that is sent fills in, by how far it got.
FILLED_IN: Mapping[RectificationStage, str] = {
    RectificationStage.OPEN: "plan_rectification",
    RectificationStage.PLANNED: "report_rectification",
}


class PlanForm(KeyForm):
    """A plan: its measures stand in fields of their own, a word on the whole is welcome."""

    reason = forms.CharField(max_length=REASON_MAX, required=False)


class WordsForm(KeyForm):
    """A step with its words."""

    reason = forms.CharField(max_length=REASON_MAX)


class DeadlineForm(WordsForm):
    """Another day, and why."""

    until = forms.DateField()


@require_http_methods(["GET", "HEAD", "POST"])
def rectification(request: MemberRequest, rectification: UUID) -> HttpResponse:
    """The rectification, with the deeds that the reader may do; a POST fills them from a file."""
    row = readable_thing(request, "rectification", rectification)
    wanted = FILLED_IN.get(RectificationStage(row.stage))
    if request.method != "POST" or wanted is None or not may(request.member, wanted, row):
        return page_of(request, row)
    if not within_limit(request, act="paper", times_a_minute=ALLOWED["times"]):
        return refusals.too_often(request)
    return page_of(request, row, read=read_report(row, file=request.FILES.get("paper")))


def page_of(
    request: MemberRequest,
    row: Rectification,
    *,
    faults: Mapping[str, Said] | None = None,
    read: FromPaper | None = None,
) -> HttpResponse:
    """The page of a rectification, perhaps with what a form or a file brought."""
    side = beside(request.member, row)
    here = about(request, row, *side.made_here)
    measures = row.measures()
    given = (read.given if read else None) or request.POST
    waiting = due_of(row)
    context: dict[str, Any] = {
        "row": row,
        "letter": row.feedback,
        "line": line_name(row),
        "line_told": _line_told(row),
        "evaluation_readable": _reads_evaluation(request, row),
        "papers": _papers(request, row),
        "files": Attachment.objects.visible_to(request.member, beside=row.thing().name),
        "stations": list(stations(row)),
        "clock": _clock(row) if waiting else None,
        "clause": clause_shown(CLAUSE),
        "measures": measures,
        "plan_fields": planned_fields(given, measures),
        "report_fields": reported_fields(given, measures),
        "steps": list(shown_steps(request.member, row)),
        "seals": seals_on([row.feedback]),
        "deeds": here,
        "faults": shown(faults or {}),
        "given": given,
        "of_file": told(read.problems) if read else None,
        "unread": read is not None and read.given is None,
        "endings": ENDINGS.values(),
        "key": new_key(),
        "beside": side,
    }
    status = 422 if faults or context["unread"] else 200
    return render(request, "pages/rectifications/rectification.html", context, status=status)


def _clock(row: Rectification) -> Any:
    waiting = due_of(row)
    assert waiting is not None, "what has passed has no clock"
    return clock_of(waiting, today=business_date(), calendar=load_calendar())


def _line_told(row: Rectification) -> LineFound | None:
    key = f"{row.evaluation_id}:{row.line}"
    return next((each for each in row.feedback.found() if each.key == key), None)


def _reads_evaluation(request: MemberRequest, row: Rectification) -> bool:
    if row.evaluation_id is None:
        return False
    return Evaluation.objects.visible_to(request.member).filter(pk=row.evaluation_id).exists()


def _papers(request: MemberRequest, row: Rectification) -> Any:
    """The working papers about the line: what the evaluator looked at."""
    if not row.line:
        return ()
    papers = WorkingPaper.objects.visible_to(request.member)
    return papers.filter(evaluation=row.evaluation_id, line=row.line)


# ── the deeds, each an address ──


def _take(
    request: MemberRequest,
    identifier: UUID,
    deed: Callable[[Rectification, Mapping[str, Any]], object],
    *,
    form: type[forms.Form] = WordsForm,
) -> HttpResponse:
    """Take a step with what the form carries; what doesn't suit leads back to it."""
    return step_on(request, "rectification", identifier, form(request.POST), deed, page=page_of)


@require_POST
def plan_rectification(request: MemberRequest, rectification: UUID) -> HttpResponse:
    """Say what will be done."""

    def deed(row: Rectification, given: Mapping[str, Any]) -> object:
        return actions.plan_rectification(
            by=request.member,
            rectification=row,
            measures=measures_given(request.POST),
            **given,
        )

    return _take(request, rectification, deed, form=PlanForm)


@require_POST
def report_rectification(request: MemberRequest, rectification: UUID) -> HttpResponse:
    """Report what was done."""

    def deed(row: Rectification, given: Mapping[str, Any]) -> object:
        return actions.report_rectification(
            by=request.member,
            rectification=row,
            measures=reports_given(request.POST, count=len(row.measures())),
            **given,
        )

    return _take(request, rectification, deed)


@require_POST
def extend_rectification(request: MemberRequest, rectification: UUID) -> HttpResponse:
    """State another deadline."""

    def deed(row: Rectification, given: Mapping[str, Any]) -> object:
        return actions.extend_rectification(by=request.member, rectification=row, **given)

    return _take(request, rectification, deed, form=DeadlineForm)


@require_POST
def return_rectification(request: MemberRequest, rectification: UUID) -> HttpResponse:
    """Send a plan or a report back."""

    def deed(row: Rectification, given: Mapping[str, Any]) -> object:
        return actions.return_rectification(by=request.member, rectification=row, **given)

    return _take(request, rectification, deed)


@require_POST
def pass_rectification(request: MemberRequest, rectification: UUID) -> HttpResponse:
    """Find that a report holds."""

    def deed(row: Rectification, given: Mapping[str, Any]) -> object:
        return actions.pass_rectification(by=request.member, rectification=row, **given)

    return _take(request, rectification, deed)
