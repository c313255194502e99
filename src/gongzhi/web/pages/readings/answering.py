"""A unit's answer to a call: a table to fill in here, or as a workbook elsewhere."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.charter import Member, Thing
from gongzhi.core.terms import Problem, Said, Where
from gongzhi.cycle.actions import readings as actions
from gongzhi.cycle.actions.readings import expected_submission
from gongzhi.cycle.collecting import Given, Line, lines_of, reads_of
from gongzhi.cycle.models import Collection, Reading
from gongzhi.intake.limits import LIMITS
from gongzhi.papers.collection_table import TableRow, collection_table, read_collection_table
from gongzhi.papers.forms import MONITORING_SHEET
from gongzhi.parties.deeds import insist
from gongzhi.parties.members import own_organisation
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.reading import NOBODY
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.web.downloads import XLSX, as_file
from gongzhi.web.filled import Fault, KeyForm, do_once, new_key
from gongzhi.web.here import NEW, about
from gongzhi.web.limits import within_limit
from gongzhi.web.pages import refusals
from gongzhi.web.pages.readings.collections import clock_for
from gongzhi.web.pages.readings.sheets_in import answers_of
from gongzhi.web.papers_in import received
from gongzhi.web.readable import readable_thing
from gongzhi.web.task_givers import task_inside
from gongzhi.web.told import Told, told

FIELDS = ("value", "text", "why_none", "evidence")
NOBODYS = Thing(kind="submission", id="new", owner=NOBODY, overseer=NOBODY)
NO_FILE = Problem(
    where=Where(), what=Said("还没有选文件。"), hint=Said("请选填好的填报表（xlsx 或 CSV）。")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenLine:
    """A line of the table: what is asked, what was typed, and what is wrong with it."""

    id: str
    line: Line
    given: Given
    fault: Said | None


@require_safe
@login_required
def answering(request: MemberRequest, collection: UUID) -> HttpResponse:
    """The table of what is still to be read of the month."""
    return _page(request, readable_thing(request, "collection", collection))


def _lines(member: Member, row: Collection) -> list[Line]:
    return lines_of(row, unit=UUID(member.organisation)) if member.organisation else []


def _thing(member: Member, row: Collection) -> Thing:
    own = own_organisation(member)
    return expected_submission(row, own) if own else NOBODYS


def _page(
    request: MemberRequest,
    row: Collection,
    *,
    given: Mapping[str, Given] | None = None,
    faults: Mapping[str, Said] | None = None,
    problem: Problem | None = None,
    told_of_file: Sequence[Told] = (),
) -> HttpResponse:
    lines = _lines(request.member, row)
    task = task_inside(request.member)
    answer = replace(_thing(request.member, row), id=NEW)
    here = about(request, row, answer, *([task] if task else []))
    given, faults = given or {}, faults or {}
    rows = _seen(lines, given=given, faults=faults)
    context: dict[str, Any] = {
        "call": row,
        "clock": clock_for(row),
        "open": [each for each in rows if each.line.own is None],
        "read": [each for each in rows if each.line.own is not None],
        "may_give": here["assign_task"],
        "about": row.thing().name,
        "takes": row.stage == Collection.Stage.OPEN,
        "from_table": bool(given) and not faults,
        "faults": [_told(each) for each in rows if each.fault],
        "problem": problem,
        "told_of_file": told_of_file,
        "key": new_key(),
    }
    if "" in faults:
        context["faults"].append(Fault(what=faults[""], field=""))
    status = 422 if faults or problem else 200
    return render(request, "pages/readings/answering.html", context, status=status)


def _seen(
    lines: Sequence[Line], *, given: Mapping[str, Given], faults: Mapping[str, Said]
) -> list[SeenLine]:
    """The lines with what was typed into each, and what is wrong with it."""
    return [
        SeenLine(
            id=f"line-{number}",
            line=line,
            given=given.get(line.name, Given()),
            fault=faults.get(line.name),
        )
        for number, line in enumerate(lines, start=1)
    ]


def _told(each: SeenLine) -> Fault:
    assert each.fault is not None, "only faulty lines are told of"
    name = each.line.indicator.name
    what = Said("{indicator}：{fault}", {"indicator": name, "fault": each.fault})
    return Fault(what=what, field=f"{each.id}-value")


@require_POST
@login_required
def submit_readings(request: MemberRequest, collection: UUID) -> HttpResponse:
    """Hand in what was read: all lines, or none and a word to each that doesn't suit."""
    row = readable_thing(request, "collection", collection)
    insist(request.member, "submit_readings", _thing(request.member, row))
    own, filled = own_organisation(request.member), KeyForm(request.POST)
    assert own is not None, "nobody hands in without an organisation"
    lines = _lines(request.member, row)
    given = _typed(request, lines)
    reads, faults = reads_of(lines, given, collection=row)
    if faults or not filled.is_valid():
        return _page(request, row, given=given, faults=faults or {"": actions.EMPTY})
    deed = {"by": request.member, "collection": row, "unit": own, "reads": reads}
    try:
        do_once(
            request,
            lambda: actions.submit_readings(**deed, key=filled.cleaned_data["key"]),
            done=_("已经填报，并写入存证。"),
        )
    except Unsuitable as unsuitable:
        return _page(request, row, given=given, faults={"": next(iter(unsuitable.faults.values()))})
    return redirect("collection", row.pk)


def _typed(request: HttpRequest, lines: Iterable[Line]) -> Mapping[str, Given]:
    return {
        line.name: Given(**{name: request.POST.get(f"{name}:{line.name}", "") for name in FIELDS})
        for line in lines
    }


@require_safe
@login_required
def table(request: MemberRequest, collection: UUID) -> HttpResponse:
    """The lines that are still to be read, as a workbook."""
    row = readable_thing(request, "collection", collection)
    about(request, row)
    rows = [_table_row(line) for line in _lines(request.member, row) if line.own is None]
    name = f"gongzhi-{row.fiscal_year}-{row.month:02}.xlsx"
    return as_file(collection_table(rows), name=name, content_type=XLSX)


def _table_row(line: Line) -> TableRow:
    indicator = line.indicator
    return TableRow(
        project=indicator.version.project.code,
        project_name=indicator.version.project.name,
        indicator=indicator.key,
        indicator_name=indicator.name,
        target=indicator.target,
        last=_said(line.last),
    )


def _said(reading: Reading | None) -> str:
    if reading is None:
        return ""
    return f"{reading.value.normalize():f}" if reading.value is not None else reading.text


@require_POST
@login_required
def filled_table(request: MemberRequest, collection: UUID) -> HttpResponse:
    """Lay out what a table, sheets or another page say, to be looked at and handed in."""
    row = readable_thing(request, "collection", collection)
    times = LIMITS.uploads_per_minute_per_address_max
    if not within_limit(request, act="attach", times_a_minute=times):
        return refusals.too_often(request)
    lines, file = _lines(request.member, row), request.FILES.get("file")
    if file is None and (typed := _some(_typed(request, lines))):
        return _page(request, row, given=typed)
    read = read_collection_table(file.name or "?", file.read()) if file else NO_FILE
    if not isinstance(read, Problem):
        return _page(request, row, given=_of_table(read))
    sheets = received(MONITORING_SHEET, file) if file else None
    if sheets is None or not sheets.papers:
        return _page(request, row, problem=read)
    given, problems = answers_of(sheets, lines, call=row)
    return _page(request, row, given=given, told_of_file=told(problems))


def _some(given: Mapping[str, Given]) -> Mapping[str, Given]:
    """The lines with anything in them."""
    return {name: each for name, each in given.items() if each != Given()}


def _of_table(rows: Iterable[TableRow]) -> Mapping[str, Given]:
    return {
        f"{each.project}/{each.indicator}": Given(
            value=each.value,
            text=each.text,
            why_none=each.why_none,
            evidence=each.evidence,
        )
        for each in rows
    }
