"""The reports of a project's year, what the data say so far, and how a report is begun."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.reporting import drafted
from gongzhi.core.terms import FiscalYear, Said
from gongzhi.cycle.actions import reports as actions
from gongzhi.cycle.models import Evaluation, Project, Report
from gongzhi.cycle.reporting import Subject, facts_for
from gongzhi.cycle.years import year_shown, years_of
from gongzhi.parties.business_date import business_date
from gongzhi.parties.members import own_organisation
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.web.filled import KeyForm, do_once, faults_of, new_key, shown
from gongzhi.web.here import NEW, about
from gongzhi.web.official_files import YEAR
from gongzhi.web.pages.reports.seen import shown_chapters
from gongzhi.web.readable import readable_project, readable_thing

YEARS = (2000, 2099)


class BeginningForm(KeyForm):
    """Of which year a report is begun."""

    fiscal_year = forms.IntegerField(min_value=YEARS[0], max_value=YEARS[1])


@require_safe
def project_report(request: MemberRequest, project: UUID) -> HttpResponse:
    """The reports of a year that the reader may see, and what the data say so far."""
    return _page(request, readable_project(request, project))


def _page(
    request: MemberRequest, thing: Project, *, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    year = _year(request, thing)
    subject = Subject(project=thing, year=year)
    own = own_organisation(request.member)
    report = actions.report_to_be(subject, writer=own) if own else None
    begun = replace(actions.thing_to_be(report), id=NEW) if report else None
    here = about(request, thing, *([begun] if begun else []))
    facts = facts_for(request.member, subject, today=business_date())
    rows = Report.objects.visible_to(request.member).filter(project=thing, fiscal_year=year)
    evaluations = Evaluation.objects.visible_to(request.member).filter(project=thing)
    made = drafted(facts)
    context: dict[str, Any] = {
        "project": thing,
        "year": year,
        "years": sorted({*years_of(evaluations), year}, reverse=True),
        "reports": list(rows.with_facts().select_related("evaluation__evaluator", "writer")),
        "begin": here.on(begun, "draft_report") if begun else None,
        "chapters": list(shown_chapters(made, {}, subject=subject, given={}, faults={}))
        if facts.parties
        else [],
        "faults": shown(faults or {}),
        "key": new_key(),
    }
    return render(request, "pages/reports/project.html", context, status=422 if faults else 200)


def _year(request: MemberRequest, thing: Project) -> FiscalYear:
    asked = request.GET.get("year") or request.POST.get("fiscal_year") or ""
    if asked:
        if not YEAR.fullmatch(asked):
            raise BadRequest("year")
        return int(asked)
    mine = Evaluation.objects.visible_to(request.member).filter(project=thing)
    newest = mine.order_by("-fiscal_year").values_list("fiscal_year", flat=True).first()
    return int(newest) if newest else year_shown(business_date())


# ── the deed, at both of its addresses ──


@require_POST
def draft_report(request: MemberRequest, project: UUID) -> HttpResponse:
    """Begin the report of a project's year."""
    thing = readable_project(request, project)
    filled = BeginningForm(request.POST)
    if not filled.is_valid():
        return _page(request, thing, faults=faults_of(filled))
    subject = Subject(project=thing, year=filled.cleaned_data["fiscal_year"])
    own = own_organisation(request.member) or thing.unit
    return _begun(request, subject, writer=own, key=filled.cleaned_data["key"])


@require_POST
def draft_evaluation_report(request: MemberRequest, evaluation: UUID) -> HttpResponse:
    """Begin the report of one evaluation."""
    row = readable_thing(request, "evaluation", evaluation)
    filled = KeyForm(request.POST)
    if not filled.is_valid() or row.project is None:
        return redirect("evaluation", row.pk)
    subject = Subject(project=row.project, year=row.fiscal_year, evaluation=row)
    own = own_organisation(request.member) or row.evaluated
    return _begun(request, subject, writer=own, key=filled.cleaned_data["key"])


def _begun(request: MemberRequest, subject: Subject, *, writer: Any, key: str) -> HttpResponse:
    report = actions.report_to_be(subject, writer=writer)
    try:
        do_once(
            request,
            lambda: actions.draft_report(by=request.member, report=report, key=key),
            done=_("报告已经按数据起草，可以逐章补写。"),
        )
    except Unsuitable as unsuitable:
        return _page(request, subject.project, faults=unsuitable.faults)
    if report._state.adding:
        return redirect(
            f"{reverse('project-report', args=[subject.project.pk])}?year={subject.year}"
        )
    return redirect("report", report.pk)
