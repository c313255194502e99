"""Monitoring sheets to take away: a project's as of a day, or those of all projects of a unit."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.core.charter import Member
from gongzhi.cycle.models import Project, Watched
from gongzhi.cycle.official import SheetOf, sheets_of
from gongzhi.papers.forms import MONITORING_SHEET
from gongzhi.papers.notes import of_sheet
from gongzhi.parties.middleware import MemberRequest
from gongzhi.trust.seals import Seal
from gongzhi.web.official_files import (
    PAPERS_MAX,
    Issued,
    as_paper,
    ending_of,
    mark_of,
    no_paper,
    year_asked,
)
from gongzhi.web.pages.monitoring.project import seal_of
from gongzhi.web.pages.monitoring.seen import days_of_sheets
from gongzhi.web.readable import readable_project, readable_thing


@require_safe
def monitoring_sheet(request: MemberRequest, project: UUID, ending: str) -> HttpResponse:
    """A project's sheet as of a day of its year: the day asked for, else when it was seen last."""
    kind, thing = ending_of(ending), readable_project(request, project)
    rows = Watched.objects.visible_to(request.member).filter(project=thing)
    year = year_asked(request.GET, known=rows)
    kept = list(rows.filter(fiscal_year=year))
    if not kept:
        return _nothing(request, reverse("project-monitoring", args=[thing.pk]), kept)
    on = day_asked(request.GET, kept)
    issued = list(_issued(kept, on=on, reader=request.member))
    about, name = f"{thing.name}-{on.isoformat()}", f"gongzhi-monitoring-{on.isoformat()}"
    return as_paper(MONITORING_SHEET, issued, ending=kind, about=about, name=name)


@require_safe
def unit_sheets(request: MemberRequest, organisation: UUID, ending: str) -> HttpResponse:
    """The sheets of a unit's projects as of a day, as one file."""
    kind, unit = ending_of(ending), readable_thing(request, "organisation", organisation)
    rows = Watched.objects.visible_to(request.member).filter(project__unit=unit)
    year = year_asked(request.GET, known=rows)
    kept = list(rows.filter(fiscal_year=year).order_by("project__code")[: PAPERS_MAX + 1])
    if not 0 < len(kept) <= PAPERS_MAX:
        return _nothing(request, f"{reverse('monitoring')}?unit={unit.pk}", kept)
    on = day_asked(request.GET, kept)
    issued = list(_issued(kept, on=on, reader=request.member))
    about, name = f"{unit.name}-{on.isoformat()}", f"gongzhi-monitoring-{on.isoformat()}"
    return as_paper(MONITORING_SHEET, issued, ending=kind, about=about, name=name)


def _nothing(request: MemberRequest, address: str, kept: Sequence[Watched]) -> HttpResponse:
    return no_paper(request, address, kept, nothing=_("没有可以下载的绩效运行监控表。"))


def day_asked(asked: Mapping[str, str], kept: Sequence[Watched]) -> date:
    """The day that an address names, in the year of the rows and not to come; else their last."""
    typed, newest = asked.get("on"), max(row.on for row in kept)
    if not typed:
        return newest
    try:
        on = date.fromisoformat(typed)
    except ValueError as error:
        raise BadRequest("on") from error
    first, last = days_of_sheets(kept[0].fiscal_year)
    if not first <= on <= last:
        raise BadRequest("on")
    return on


def _issued(kept: Sequence[Watched], *, on: date, reader: Member) -> Iterator[Issued]:
    """The papers of the projects of rows; what isn't as it was sealed says so."""
    year, projects = kept[0].fiscal_year, _projects(kept, reader=reader)
    of_day = next((row for row in kept if row.on == on), None)
    seal = seal_of(reader, of_day) if of_day else None
    seen = sheets_of(projects, year=year, on=on, reader=reader)
    for row, sheet in zip(kept, seen, strict=True):
        yield Issued(value=sheet.sheet, note=_note(row, sheet, on=on, seal=seal))


def _projects(kept: Sequence[Watched], *, reader: Member) -> list[Project]:
    """The projects of rows, in their order."""
    visible: Any = Project.objects.visible_to(reader)
    found = visible.select_related("unit__parent", "unit__region")
    by_key = found.in_bulk([row.project_id for row in kept])
    return [by_key[row.project_id] for row in kept]


def _note(row: Watched, sheet: SheetOf, *, on: date, seal: Seal | None) -> str:
    """The day and the seal of its watching, if the figures are those that were sealed."""
    anew = row.on != on or (row.paid, row.budget) != (sheet.paid, sheet.budget)
    return of_sheet(day=on, seal=mark_of(seal), anew=anew)
