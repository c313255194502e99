"""Every version of a report's words: who changed which chapter when, old and new side by side."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongzhi.core.reporting import TITLES, Chapter
from gongzhi.core.terms import Said
from gongzhi.cycle.models import ReportVersion
from gongzhi.cycle.reporting import own_words
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.differences import compared
from gongzhi.web.frame import reader_language
from gongzhi.web.here import about
from gongzhi.web.readable import readable_thing
from gongzhi.web.shown import Change
from gongzhi.words import say


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownVersion:
    """A version with what it changed; the first begins with what the data say alone."""

    row: ReportVersion
    chapter: Said | None
    changes: tuple[Change, ...]


@require_safe
def report_versions(request: MemberRequest, report: UUID) -> HttpResponse:
    """The versions, the newest first."""
    row = readable_thing(request, "report", report)
    about(request, row)
    rows = list(row.versions.select_related("written_by").order_by("number"))
    shown = [
        _shown(version, before=rows[at - 1] if at else None) for at, version in enumerate(rows)
    ]
    context = {"report": row, "project": row.project, "versions": shown[::-1]}
    return render(request, "pages/reports/versions.html", context)


def _shown(version: ReportVersion, *, before: ReportVersion | None) -> ShownVersion:
    old, new = own_words(before), own_words(version)
    changes = tuple(
        compared(say(TITLES[each], reader_language()), old=old.get(each, ""), new=new.get(each, ""))
        for each in Chapter
        if old.get(each, "") != new.get(each, "")
    )
    chapter = TITLES[Chapter(version.chapter)] if version.chapter else None
    return ShownVersion(row=version, chapter=chapter, changes=changes)
