"""All self-evaluations of a unit's year on one page: drafted, read in from a file, published."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.self_evaluating import SelfEvaluation
from gongzhi.core.terms import FiscalYear, Problem, Said
from gongzhi.cycle.actions import forms_at_once as actions
from gongzhi.cycle.drafts_of_year import OfProject, drafts_of_year
from gongzhi.cycle.models import FormVersion, Project
from gongzhi.cycle.self_evaluating import facts_of
from gongzhi.cycle.self_evaluations_due import SELF_EVALUATION, due_of_year, newest_due
from gongzhi.papers.forms import SELF_EVALUATION as PAPER
from gongzhi.parties.business_date import business_date
from gongzhi.parties.deeds import insist
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Organisation
from gongzhi.web.filled import KeyForm, new_key, shown, take
from gongzhi.web.filters import identifiers_asked
from gongzhi.web.here import about
from gongzhi.web.limits import ALLOWED, within_limit
from gongzhi.web.official_files import ENDINGS, YEAR
from gongzhi.web.pages import refusals
from gongzhi.web.pages.self_evaluation.fields import on_promises
from gongzhi.web.papers_in import if_guessed, is_about, received
from gongzhi.web.readable import readable_thing
from gongzhi.web.told import Told, told

REVIEW_MAX, YEARS = 2000, (2000, 2099)
NOT_OURS = Said("“{name}”不是这个单位这一年要自评的项目，没有读入")
NEVER_PROMISED = Said("“{project}”的指标“{name}”没有承诺过，没有读入")
CHECK_IT = Said("请逐项核对")


class ManyForm(KeyForm):
    """Which year's."""

    fiscal_year = forms.IntegerField(min_value=YEARS[0], max_value=YEARS[1])


class ReviewForm(ManyForm):
    """Publishing: what the examination before disclosure found."""

    review = forms.CharField(max_length=REVIEW_MAX)


@require_safe
def self_evaluation_batch(request: MemberRequest, organisation: UUID) -> HttpResponse:
    """The unit's self-evaluations that aren't published, each with what it lacks."""
    return _page(request, readable_thing(request, "organisation", organisation))


@require_POST
def draft_forms(request: MemberRequest, organisation: UUID) -> HttpResponse:
    """Draft those that were chosen from the facts, all that are due, or those of a file."""
    unit = readable_thing(request, "organisation", organisation)
    insist(request.member, "draft_forms", unit)
    year = _year(request)
    found: list[Told] = []
    if "paper" in request.FILES or request.POST.get("do") == "read":
        if not within_limit(request, act="paper", times_a_minute=ALLOWED["times"]):
            return refusals.too_often(request)
        due = [row.project for row in _rows(request, unit, year)]
        sheets, problems = _of_file(request, due, year=year)
        found = told(problems)
        projects = [each for each in due if each.pk in sheets]
    else:
        sheets, projects = {}, _chosen(request, unit, year=year)
    if found and not projects:
        return _page(request, unit, of_file=found, unread=True)

    def deed(given: Mapping[str, Any]) -> object:
        return actions.draft_forms(
            by=request.member, organisation=unit, projects=projects, sheets=sheets, **given
        )

    answer = take(
        request,
        ManyForm(request.POST),
        deed,
        done=_("已起草 %(count)s 份自评表，缺的和要写理由的标在下面。") % {"count": len(projects)},
        page=lambda request, *, faults: _page(request, unit, faults=faults),
        then=f"{reverse('self-evaluation-batch', args=[unit.pk])}?year={year}",
    )
    return _page(request, unit, of_file=found) if found and answer.status_code == 302 else answer


@require_POST
def publish_forms(request: MemberRequest, organisation: UUID) -> HttpResponse:
    """Publish the drafts that were chosen, which must be whole."""
    unit = readable_thing(request, "organisation", organisation)
    insist(request.member, "publish_forms", unit)
    year = _year(request)
    wanted = identifiers_asked(request.POST.getlist("version"))
    drafts = FormVersion.objects.visible_to(request.member).filter(
        project__unit=unit, form_type=SELF_EVALUATION, stage="draft", pk__in=wanted
    )
    versions = list(drafts.with_facts().order_by("project__code"))
    return take(
        request,
        ReviewForm(request.POST),
        lambda given: actions.publish_forms(
            by=request.member,
            organisation=unit,
            versions=versions,
            review=given["review"],
            key=given["key"],
        ),
        done=_("已公开 %(count)s 份自评表，并写入存证。") % {"count": len(versions)},
        page=lambda request, *, faults: _page(request, unit, faults=faults),
        then=f"{reverse('self-evaluation-batch', args=[unit.pk])}?year={year}",
    )


def _chosen(request: MemberRequest, unit: Organisation, *, year: FiscalYear) -> list[Project]:
    """The projects that were ticked; all without a draft, if that was asked for."""
    if request.POST.get("whole"):
        return [row.project for row in _rows(request, unit, year) if row.draft is None]
    wanted = identifiers_asked(request.POST.getlist("project"))
    own = Project.objects.visible_to(request.member).filter(unit=unit, pk__in=wanted)
    return list(own.select_related("unit__parent", "unit__region").order_by("code"))


def _of_file(
    request: MemberRequest, projects: Sequence[Project], *, year: FiscalYear
) -> tuple[dict[UUID, SelfEvaluation], list[Problem]]:
    """What a file states of projects; what else is in it is told."""
    sent = received(PAPER, request.FILES.get("paper"))
    problems = list(sent.problems)
    known = {
        each.project.pk: each
        for each in facts_of(projects, year=year, on=business_date(), reader=request.member)
    }
    sheets: dict[UUID, SelfEvaluation] = {}
    for paper in sent.papers:
        project = next((each for each in projects if is_about(paper.value, each)), None)
        problems += [*paper.problems, *if_guessed(paper)]
        if project is None:
            what = Said(NOT_OURS.text, {"name": paper.value.project or paper.value.code or "?"})
            problems.append(Problem(where=paper.where, what=what, hint=CHECK_IT))
            continue
        facts = known[project.pk]
        sheet, others = on_promises(paper.value, facts=facts.facts, promised=facts.has_goals)
        sheets[project.pk] = sheet
        for name in others:
            what = Said(NEVER_PROMISED.text, {"project": project.name, "name": name})
            problems.append(Problem(where=paper.where, what=what, hint=CHECK_IT))
    return sheets, problems


def _rows(request: MemberRequest, unit: Organisation, year: FiscalYear) -> list[OfProject]:
    return list(drafts_of_year(request.member, unit, year=year))


def _page(
    request: MemberRequest,
    unit: Organisation,
    *,
    faults: Mapping[str, Said] | None = None,
    of_file: Sequence[Told] = (),
    unread: bool = False,
) -> HttpResponse:
    year = _year(request)
    here = about(request, unit)
    rows = _rows(request, unit, year)
    context = {
        "unit": unit,
        "year": year,
        "rows": rows,
        "due": due_of_year(year),
        "draft": here["draft_forms"],
        "publish": here["publish_forms"],
        "undrafted": sum(row.draft is None for row in rows),
        "whole": sum(row.is_whole for row in rows),
        "faults": shown(faults or {}),
        "of_file": of_file,
        "unread": unread,
        "given": request.POST,
        "endings": ENDINGS.values(),
        "key": new_key(),
    }
    status = 422 if faults or unread else 200
    return render(request, "pages/self_evaluation/batch.html", context, status=status)


def _year(request: MemberRequest) -> FiscalYear:
    typed = request.POST.get("fiscal_year") or request.GET.get("year") or ""
    if typed and not YEAR.fullmatch(typed):
        raise BadRequest("year")
    return int(typed) if typed else newest_due(business_date())
