"""A report: every chapter as the data have it, people's words written beside, signed at the end."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.reporting import Chapter
from gongzhi.core.terms import Said
from gongzhi.cycle.actions import reports as actions
from gongzhi.cycle.models import Report
from gongzhi.cycle.reporting import own_words, report_for, subject_of
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.beside import beside
from gongzhi.web.filled import KeyForm, new_key, shown, take
from gongzhi.web.here import about
from gongzhi.web.pages.reports.papers import DOCUMENTS
from gongzhi.web.pages.reports.seen import shown_chapters
from gongzhi.web.readable import readable_thing
from gongzhi.web.seals import seals_on


class WritingForm(KeyForm):
    """What is written in a chapter, and from which version; its field is named by the chapter."""

    chapter = forms.ChoiceField(choices=[(str(each), str(each)) for each in Chapter])
    seen = forms.IntegerField(min_value=0)


class SigningForm(KeyForm):
    """Which version is signed."""

    seen = forms.IntegerField(min_value=0)


@require_safe
def report(request: MemberRequest, report: UUID) -> HttpResponse:
    """The report."""
    return _page(request, readable_thing(request, "report", report))


def _page(
    request: MemberRequest, row: Report, *, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    side = beside(request.member, row)
    here = about(request, row, *side.made_here)
    version = row.versions.order_by("number").last()
    drafted = report_for(request.member, row, today=business_date())
    chapters = shown_chapters(
        drafted,
        own_words(version),
        subject=subject_of(row),
        given=request.POST,
        faults=faults or {},
    )
    context: dict[str, Any] = {
        "report": row,
        "project": row.project,
        "version": version,
        "chapters": list(chapters),
        "figures": drafted.figures,
        "documents": DOCUMENTS.values(),
        "seal": seals_on([row], verbs=["sign_report"]).get(row.thing().name),
        "write": here["write_report"],
        "sign": here["sign_report"],
        "faults": shown(faults or {}),
        "key": new_key(),
        "beside": side,
    }
    return render(request, "pages/reports/report.html", context, status=422 if faults else 200)


@require_POST
def write_report(request: MemberRequest, report: UUID) -> HttpResponse:
    """Keep what is written in a chapter."""
    row = readable_thing(request, "report", report)
    chapter = request.POST.get("chapter", "")

    def deed(given: Mapping[str, Any]) -> object:
        return actions.write_report(
            by=request.member,
            report=row,
            chapter=given["chapter"],
            text=request.POST.get(f"text-{given['chapter']}", ""),
            seen=given["seen"],
            key=given["key"],
        )

    return take(
        request,
        WritingForm(request.POST),
        deed,
        done=_("这一章已经保存。"),
        page=lambda request, *, faults: _page(request, row, faults=faults),
        then=f"{reverse('report', args=[row.pk])}#{chapter}",
    )


@require_POST
def sign_report(request: MemberRequest, report: UUID) -> HttpResponse:
    """Sign the report."""
    row = readable_thing(request, "report", report)

    def deed(given: Mapping[str, Any]) -> object:
        return actions.sign_report(
            by=request.member, report=row, seen=given["seen"], key=given["key"]
        )

    return take(
        request,
        SigningForm(request.POST),
        deed,
        done=_("报告已经签发，内容不再改变。"),
        page=lambda request, *, faults: _page(request, row, faults=faults),
        then=reverse("report", args=[row.pk]),
    )
