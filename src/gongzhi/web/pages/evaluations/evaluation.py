"""An evaluation: what it is about, its sheet and how it is filled, its papers, its hearing."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from gongzhi.core.charter import Thing
from gongzhi.core.evaluating.stages import OPEN, EvaluationStage
from gongzhi.core.scoring.records import frame_from_record
from gongzhi.core.scoring.sheet import Mark, Sheet
from gongzhi.core.terms import Said
from gongzhi.core.waiting import Clock, clock_of
from gongzhi.cycle.actions import evaluations as actions
from gongzhi.cycle.actions import gaps, reports
from gongzhi.cycle.declared import DECLARED
from gongzhi.cycle.evaluated_facts import computed_for
from gongzhi.cycle.evaluation_waiting import due_of
from gongzhi.cycle.models import Evaluation, Objection, Project, Report
from gongzhi.cycle.reporting import Subject
from gongzhi.desk.models import Attachment
from gongzhi.intake.limits import LIMITS
from gongzhi.parties.business_date import business_date
from gongzhi.parties.members import own_organisation
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.rights import may
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.rules.calendar import load_calendar
from gongzhi.web.beside import beside
from gongzhi.web.filled import KeyForm, ReasonForm, new_key, shown
from gongzhi.web.given_files import file_given
from gongzhi.web.here import NEW, about
from gongzhi.web.limits import ALLOWED, within_limit
from gongzhi.web.official_files import ENDINGS
from gongzhi.web.pages import refusals
from gongzhi.web.pages.congress.trace import trace
from gongzhi.web.pages.evaluations.gaps import shown_explanations, to_explain
from gongzhi.web.pages.evaluations.papers import FromPaper, read_sheet
from gongzhi.web.pages.evaluations.seen import (
    closed_because,
    declared_of,
    kind_name,
    lacking,
    shown_objections,
    shown_papers,
    shown_sheet,
    shown_steps,
    stations,
)
from gongzhi.web.pages.participation.voices.beside import voices_on
from gongzhi.web.pages.rectifications.telling import telling_of, to_be, to_tell_of
from gongzhi.web.readable import readable_thing
from gongzhi.web.stepping import step_on
from gongzhi.web.told import told

TEXT_MAX, DECLARED_MAX, SOURCE_MAX, DIGITS_MAX = 4000, 1000, 300, 12
NOT_A_NUMBER = Said("得分请填数字，例如 3.5")
ACCEPTING = ("funding", "ties")
HANDING_IN = ("method", "sample", "sources", "period", "responsible")


class DeclaringForm(KeyForm):
    """What is declared when an evaluation is taken on."""

    independence = forms.CharField(max_length=DECLARED_MAX)
    funding = forms.CharField(max_length=DECLARED_MAX, required=False)
    ties = forms.CharField(max_length=DECLARED_MAX, required=False)


class HandInForm(KeyForm):
    """How it was evaluated, stated with the signature."""

    method = forms.CharField(max_length=DECLARED_MAX, required=False)
    sample = forms.CharField(max_length=DECLARED_MAX, required=False)
    sources = forms.CharField(max_length=DECLARED_MAX, required=False)
    period = forms.CharField(max_length=DECLARED_MAX, required=False)
    responsible = forms.CharField(max_length=DECLARED_MAX, required=False)


class SheetForm(KeyForm):
    """Which version the marks were changed from; they stand in fields of their own."""

    seen = forms.IntegerField(min_value=0)


class ExplainingForm(KeyForm):
    """Why points lie far apart, in a line or in total."""

    line = forms.CharField(max_length=60, required=False)
    reason = forms.CharField(max_length=2000)


class PaperForm(KeyForm):
    """A working paper."""

    line = forms.CharField(max_length=60, required=False)
    text = forms.CharField(max_length=TEXT_MAX)
    source = forms.CharField(max_length=SOURCE_MAX, required=False)
    label = forms.ChoiceField(choices=Attachment.Label.choices, required=False)


@require_http_methods(["GET", "HEAD", "POST"])
def evaluation(request: MemberRequest, evaluation: UUID) -> HttpResponse:
    """The evaluation, with what of it is open to the reader; a POST fills it from a sheet."""
    row = readable_thing(request, "evaluation", evaluation)
    if request.method != "POST" or not may(request.member, "draft_sheet", row):
        return page_of(request, row)
    if not within_limit(request, act="paper", times_a_minute=ALLOWED["times"]):
        return refusals.too_often(request)
    lines = [line.code for line in frame_from_record(row.frame).lines]
    stood = tuple(_filled(lines, request.POST))
    return page_of(request, row, read=read_sheet(row, file=request.FILES.get("paper"), base=stood))


def page_of(
    request: MemberRequest,
    row: Evaluation,
    *,
    faults: Mapping[str, Said] | None = None,
    read: FromPaper | None = None,
) -> HttpResponse:
    """The page of an evaluation; perhaps with what a form lacked, or what a paper filled in."""
    side = beside(request.member, row)
    to_tell = to_tell_of(request.member, row, own=own_organisation(request.member))
    prefetch_related_objects([row], "steps")
    report = _report_to_be(request, row)
    made = [*side.made_here, *to_be(to_tell), *([report] if report else [])]
    here = about(request, row, *made)
    fresh = _fresh(row) if here["draft_sheet"] else None
    papers = shown_papers(request.member, row)
    sheet = shown_sheet(
        request.member, row, given=_given(request, read), fresh=fresh,
        filled=read.sheet if read else None, papers=papers,
    )  # fmt: skip
    context: dict[str, Any] = {
        "evaluation": row,
        **_told_of(row),
        "sheet": sheet,
        "closed": "" if sheet else closed_because(row),
        "papers": papers,
        **_said_of(request, row),
        "telling": telling_of(request, here, row, told=to_tell),
        "deeds": here,
        "faults": shown(faults or {}),
        "given": request.POST,
        **_of_file(read),
        "begin_report": here.on(report, "draft_report") if report else None,
        "key": new_key(),
        "beside": side,
        "voices": voices_on(request.member, row),
    }
    status = 422 if faults or context["unread"] else 200
    return render(request, "pages/evaluations/evaluation.html", context, status=status)


def _given(request: MemberRequest, read: FromPaper | None) -> Mapping[str, str]:
    """What stands in the fields: what was typed, over it what a paper filled in."""
    return {**request.POST.dict(), **(read.given if read else {})}


def _report_to_be(request: MemberRequest, row: Evaluation) -> Thing | None:
    """The report that the reader's organisation could write about it, if it evaluates."""
    own = own_organisation(request.member)
    if row.project is None or own is None or own.pk != row.evaluator_id:
        return None
    if EvaluationStage(row.stage) not in OPEN:
        return None
    subject = Subject(project=row.project, year=row.fiscal_year, evaluation=row)
    return replace(reports.thing_to_be(reports.report_to_be(subject, writer=own)), id=NEW)


def _told_of(row: Evaluation) -> dict[str, Any]:
    """What everybody is told who sees that there is this evaluation."""
    return {
        "kind": kind_name(row),
        "stations": stations(row),
        "clock": _clock(row),
        "declared": declared_of(row),
        "lacking": lacking(row),
        "fields": {
            "accepting": [(code, DECLARED[code]) for code in ACCEPTING],
            "handing_in": [(code, DECLARED[code]) for code in HANDING_IN],
        },
        "frame": frame_from_record(row.frame),
    }


def _said_of(request: MemberRequest, row: Evaluation) -> dict[str, Any]:
    """What was said of it and done with it, as far as the reader may see it."""
    return {
        "project": row.project,
        "project_readable": _reads_project(request, row),
        "endings": ENDINGS.values(),
        "reports": list(Report.objects.visible_to(request.member).filter(evaluation=row)),
        "trace": trace(request.member, about=row.thing()),
        "gaps": to_explain(request.member, row),
        "explanations": shown_explanations(request.member, row),
        "objections": shown_objections(request.member, row),
        "outcomes": Objection.Outcome.choices,
        "labels": Attachment.Label.choices,
        "limits": ALLOWED,
        "steps": list(shown_steps(request.member, row)),
    }


def _of_file(read: FromPaper | None) -> dict[str, Any]:
    """What is to be told of a file that was sent."""
    if read is None:
        return {"of_file": None, "unread": False}
    return {"of_file": told(read.problems), "unread": read.sheet is None}


def _fresh(row: Evaluation) -> Sheet:
    """A sheet without marks: what facts give stands in it already."""
    computed = computed_for(row, today=business_date())
    return Sheet(frame=frame_from_record(row.frame), computed=computed)


def _reads_project(request: MemberRequest, row: Evaluation) -> bool:
    return Project.objects.visible_to(request.member).filter(pk=row.project_id).exists()


def _clock(row: Evaluation) -> Clock | None:
    today = business_date()
    waiting = due_of(row, today=today)
    return clock_of(waiting, today=today, calendar=load_calendar()) if waiting else None


# ── the deeds, each an address ──


def take_step(
    request: MemberRequest, identifier: UUID, deed: Any, *, form: type[forms.Form] = ReasonForm
) -> HttpResponse:
    """Take a step with what the form carries; what doesn't suit leads back to it."""
    return step_on(request, "evaluation", identifier, form(request.POST), deed, page=page_of)


@require_POST
def accept_assignment(request: MemberRequest, evaluation: UUID) -> HttpResponse:
    """Take an evaluation on."""

    def deed(row: Evaluation, given: Mapping[str, Any]) -> object:
        return actions.accept_assignment(
            by=request.member,
            evaluation=row,
            independence=given["independence"],
            declared={code: given[code] for code in ACCEPTING},
            key=given["key"],
        )

    return take_step(request, evaluation, deed, form=DeclaringForm)


@require_POST
def decline_assignment(request: MemberRequest, evaluation: UUID) -> HttpResponse:
    """Not take an evaluation on."""

    def deed(row: Evaluation, given: Mapping[str, Any]) -> object:
        return actions.decline_assignment(
            by=request.member, evaluation=row, reason=given["reason"], key=given["key"]
        )

    return take_step(request, evaluation, deed)


@require_POST
def withdraw_evaluation(request: MemberRequest, evaluation: UUID) -> HttpResponse:
    """Take an evaluation back."""

    def deed(row: Evaluation, given: Mapping[str, Any]) -> object:
        return actions.withdraw_evaluation(
            by=request.member, evaluation=row, reason=given["reason"], key=given["key"]
        )

    return take_step(request, evaluation, deed)


@require_POST
def draft_sheet(request: MemberRequest, evaluation: UUID) -> HttpResponse:
    """Keep the marks."""

    def deed(row: Evaluation, given: Mapping[str, Any]) -> object:
        return actions.draft_sheet(
            by=request.member,
            evaluation=row,
            marks=_marks(row, request.POST),
            seen=given["seen"],
            key=given["key"],
        )

    return take_step(request, evaluation, deed, form=SheetForm)


@require_POST
def file_working_paper(request: MemberRequest, evaluation: UUID) -> HttpResponse:
    """Keep what was looked at, with a file; of a photo what its camera wrote is taken off."""
    times = LIMITS.uploads_per_minute_per_address_max
    if request.FILES and not within_limit(request, act="attach", times_a_minute=times):
        return refusals.too_often(request)

    def deed(row: Evaluation, given: Mapping[str, Any]) -> object:
        told = {**given, "label": given["label"] or Attachment.Label.PUBLIC}
        file = file_given(request)
        return actions.file_working_paper(by=request.member, evaluation=row, file=file, **told)

    return take_step(request, evaluation, deed, form=PaperForm)


@require_POST
def hand_in_evaluation(request: MemberRequest, evaluation: UUID) -> HttpResponse:
    """Sign the sheet and hand it in."""

    def deed(row: Evaluation, given: Mapping[str, Any]) -> object:
        return actions.hand_in_evaluation(
            by=request.member,
            evaluation=row,
            declared={code: given[code] for code in HANDING_IN},
            key=given["key"],
        )

    return take_step(request, evaluation, deed, form=HandInForm)


@require_POST
def explain_gap(request: MemberRequest, evaluation: UUID) -> HttpResponse:
    """Say why points lie far apart."""

    def deed(row: Evaluation, given: Mapping[str, Any]) -> object:
        return gaps.explain_gap(by=request.member, evaluation=row, **given)

    return take_step(request, evaluation, deed, form=ExplainingForm)


def _marks(row: Evaluation, given: Mapping[str, str]) -> tuple[Mark, ...]:
    """The marks that were filled in; raises Unsuitable where one is no number."""
    lines = [line.code for line in frame_from_record(row.frame).lines]
    wrong = [code for code in lines if points_in(given.get(f"mark-{code}", "")) is ...]
    if wrong:
        raise Unsuitable({f"mark-{code}": NOT_A_NUMBER for code in wrong})
    return tuple(_filled(lines, given))


def _filled(lines: list[str], given: Mapping[str, str]) -> Iterator[Mark]:
    for code in lines:
        points = points_in(given.get(f"mark-{code}", ""))
        if isinstance(points, Decimal):
            reason = given.get(f"reason-{code}", "")[:DECLARED_MAX]
            yield Mark(line=code, points=points, reason=reason.strip())


def points_in(text: str) -> Any:
    """The points that were typed in: None for nothing, an ellipsis for what is no number."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return None
    try:
        points = Decimal(plain)
    except InvalidOperation:
        return ...
    return points if points.is_finite() and len(plain) <= DIGITS_MAX else ...
