"""Keying paper forms in: by hand or from a table, twice, and settling what differs."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.participating.surveying import Question
from gongzhi.core.terms import Problem, Said, Where
from gongzhi.forum.actions import survey_papers as actions
from gongzhi.forum.actions.survey_papers import Keyed, NotKept
from gongzhi.forum.models import Survey, SurveyPaper
from gongzhi.intake.limits import LIMITS
from gongzhi.papers.survey_form import KeyedRow, read_keying_table
from gongzhi.parties.deeds import AlreadyDone, insist
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.filled import EMPTY_OR_WRONG, REASON_MAX, KeyForm, new_key, shown, take
from gongzhi.web.here import about
from gongzhi.web.limits import within_limit
from gongzhi.web.pages import refusals
from gongzhi.web.pages.participation.surveys.files import printed
from gongzhi.web.pages.participation.surveys.seen import asked, given_in, questions_of
from gongzhi.web.pages.participation.surveys.survey import progress_of
from gongzhi.web.readable import readable_thing

NUMBER_MAX, ROWS, DIFFERING_MAX = 20, 100, 50
NO_FILE = Problem(
    where=Where(), what=Said("还没有选文件。"), hint=Said("请选填好的录入表（xlsx 或 CSV）。")
)


class IssuingForm(KeyForm):
    """How many papers."""

    count = forms.IntegerField(min_value=1, max_value=actions.PAPERS_MAX)


class KeyingForm(KeyForm):
    """Which paper; its answers stand in fields of their own."""

    number = forms.CharField(max_length=NUMBER_MAX)


class SettlingForm(KeyForm):
    """Which paper, and why its answers are these."""

    number = forms.CharField(max_length=NUMBER_MAX)
    reason = forms.CharField(max_length=REASON_MAX)


@require_safe
def papers(request: MemberRequest, survey: UUID) -> HttpResponse:
    """How far keying in got, and the forms for it."""
    return _page(request, readable_thing(request, "survey", survey))


def _page(
    request: MemberRequest,
    row: Survey,
    *,
    faults: Mapping[str, Said] | None = None,
    problem: Problem | None = None,
    not_kept: Sequence[NotKept] = (),
) -> HttpResponse:
    own = request.member.organisation == str(row.organisation_id)
    here, questions, faults = about(request, row), questions_of(row), faults or {}
    listed = row.papers.order_by("stage", "number") if own else row.papers.none()
    context: dict[str, Any] = {
        "survey": row,
        "questions": asked(questions, given=given_in(request.POST, questions), faults=faults),
        "page": Paginator(listed, ROWS).get_page(request.GET.get("page")),
        "query": "",
        "own": own,
        "progress": progress_of(row) if own else None,
        "differing": _differing(row, questions) if own else [],
        "deeds": here,
        "faults": shown(faults),
        "problem": problem,
        "not_kept": not_kept,
        "given": request.POST,
        "clauses": clauses_shown({"5.18"}),
        "key": new_key(),
    }
    status = 422 if faults or problem else 200
    return render(request, "pages/participation/surveys/papers.html", context, status=status)


def _differing(row: Survey, questions: Sequence[Question]) -> list[dict[str, Any]]:
    """The papers whose two keyings differ, with the first one filled in and where they differ."""
    waiting = row.papers.filter(stage=SurveyPaper.Stage.DIFFERS).prefetch_related("keyings")
    found = []
    for paper in waiting.order_by("number")[:DIFFERING_MAX]:
        first, second = (each.answers for each in paper.keyings.all())
        given = {each.number: _as_given(first.get(str(each.number))) for each in questions}
        fields = asked(questions, given=given)
        differ = [each for each in fields if _differs(each.number, first, second)]
        told = [(each, _told(each, first), _told(each, second)) for each in differ]
        kept = [each for each in fields if each not in differ]
        found.append({"paper": paper, "differ": told, "same": kept})
    return found


def _differs(number: int, first: Mapping[str, Any], second: Mapping[str, Any]) -> bool:
    return bool(first.get(str(number)) != second.get(str(number)))


def _as_given(value: Any) -> list[str]:
    if value is None:
        return []
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]


def _told(field: Any, answers: Mapping[str, Any]) -> list[Any]:
    """What a keying says to a question, in words."""
    given = _as_given(answers.get(str(field.number)))
    names = {str(each.value): each.text for each in field.choices}
    return [names.get(each, each) for each in given]


def _then(row: Survey) -> str:
    return reverse("survey-papers", args=[row.pk])


@require_POST
def issue_survey_papers(request: MemberRequest, survey: UUID) -> HttpResponse:
    """Number so many forms."""
    row = readable_thing(request, "survey", survey)
    insist(request.member, "issue_survey_papers", row)
    return take(
        request,
        IssuingForm(request.POST),
        lambda given: actions.issue_survey_papers(by=request.member, survey=row, **given),
        done=_("已编号，可以下载打印。"),
        page=lambda request, *, faults: _page(request, row, faults=faults),
        then=_then(row),
    )


@require_POST
def key_paper_answer(request: MemberRequest, survey: UUID) -> HttpResponse:
    """Key one paper in."""
    row = readable_thing(request, "survey", survey)
    insist(request.member, "key_paper_answer", row)
    given = given_in(request.POST, questions_of(row))

    def deed(filled: Mapping[str, Any]) -> object:
        keyed = Keyed(number=filled["number"].strip(), given=given)
        return actions.key_paper_answer(
            by=request.member, survey=row, papers=[keyed], key=filled["key"]
        )

    return take(
        request,
        KeyingForm(request.POST),
        deed,
        done=_("已录入。"),
        page=lambda request, *, faults: _page(request, row, faults=faults),
        then=f"{_then(row)}#key_paper_answer",
    )


@require_POST
def settle_paper_answer(request: MemberRequest, survey: UUID) -> HttpResponse:
    """Say what a paper says."""
    row = readable_thing(request, "survey", survey)
    insist(request.member, "settle_paper_answer", row)
    given = given_in(request.POST, questions_of(row))
    return take(
        request,
        SettlingForm(request.POST),
        lambda filled: actions.settle_paper_answer(
            by=request.member, survey=row, given=given, **filled
        ),
        done=_("已核定，并写入存证。"),
        page=lambda request, *, faults: _page(request, row, faults=faults),
        then=_then(row),
    )


@require_POST
def key_paper_table(request: MemberRequest, survey: UUID) -> HttpResponse:
    """Key in what a table says; bad rows are named by row and question, good ones are kept."""
    row = readable_thing(request, "survey", survey)
    insist(request.member, "key_paper_answer", row)
    times = LIMITS.uploads_per_minute_per_address_max
    if not within_limit(request, act="attach", times_a_minute=times):
        return refusals.too_often(request)
    filled, file = KeyForm(request.POST), request.FILES.get("file")
    if not filled.is_valid():
        return _page(request, row, faults={"key": EMPTY_OR_WRONG})
    read = read_keying_table(file.name or "?", file.read(), printed(row)) if file else NO_FILE
    if isinstance(read, Problem):
        return _page(request, row, problem=read)
    return _keyed_from(request, row, read, key=filled.cleaned_data["key"])


def _keyed_from(
    request: MemberRequest, row: Survey, read: Sequence[KeyedRow], *, key: str
) -> HttpResponse:
    keyed = [Keyed(number=each.number, given=each.given, row=each.line) for each in read]
    try:
        kept, not_kept = actions.key_paper_answer(
            by=request.member, survey=row, papers=keyed, key=key
        )
    except AlreadyDone:
        messages.info(request, _("这一步已经办过，没有再办一次。"), extra_tags="watch")
        return redirect(_then(row))
    except Unsuitable as unsuitable:
        return _page(request, row, faults=unsuitable.faults)
    messages.success(request, _("录入 %(count)s 份。") % {"count": len(kept)}, extra_tags="kept")
    if not not_kept:
        return redirect(_then(row))
    return _page(request, row, not_kept=not_kept)
