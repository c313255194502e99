"""A project's monitoring sheet that comes back, beside what is kept: what is the same, what isn't.

Nothing is kept here: what is new goes on to the open call for its month, or is added by itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from gongzhi.core.charter import Member
from gongzhi.core.monitoring import Course
from gongzhi.core.monitoring.figures import end_of
from gongzhi.core.official import (
    ComparedLine,
    MonitoringSheet,
    State,
    compared,
    compared_money,
)
from gongzhi.core.terms import Problem, Said, SaidValues, Where, several
from gongzhi.cycle.asked import asked_for
from gongzhi.cycle.collecting import Given
from gongzhi.cycle.models import Collection, GoalIndicator, GoalVersion, Project, Reading
from gongzhi.cycle.official import sheets_of
from gongzhi.papers.forms import MONITORING_SHEET
from gongzhi.papers.receiving import Read
from gongzhi.parties.business_date import business_date
from gongzhi.parties.members import own_organisation
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.filled import new_key
from gongzhi.web.here import about
from gongzhi.web.limits import ALLOWED, within_limit
from gongzhi.web.pages import refusals
from gongzhi.web.pages.readings.project import reading_to_be, thing_to_be
from gongzhi.web.pages.readings.sheets_in import ADDS_UP, FILL_IN, IN_UNIT, OTHER_UNIT, given_by
from gongzhi.web.papers_in import CHECK_IT, if_guessed, is_about, received
from gongzhi.web.readable import readable_project
from gongzhi.web.told import told

YEARS = range(2000, 2100)
STATES: Mapping[State, tuple[str, Said]] = {
    State.SAME: ("kept", Said("一致")),
    State.DIFFERS: ("watch", Said("不一致")),
    State.NEW: ("unknown", Said("系统里还没有")),
    State.SILENT: ("unknown", Said("表里没有填")),
    State.UNKNOWN: ("fault", Said("目标里没有这个指标")),
    State.OTHER_UNIT: ("fault", Said("单位和目标值不同")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """The month that a sheet reaches to."""

    year: int
    month: int

    @property
    def starts_on(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def ends_on(self) -> date:
        """Its last day."""
        return end_of(self.year, self.month)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenState:
    """How something stands beside what is kept, with its shape."""

    shape: str
    name: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenLine:
    """A line of the sheet: `own` was read of its month, `offered` could become a reading."""

    line: ComparedLine
    state: SeenState
    own: Reading | None
    offered: Given | None
    name: str


@require_POST
@login_required
def reading_sheet(request: MemberRequest, project: UUID) -> HttpResponse:
    """Set a sheet beside what is kept of the project."""
    thing = readable_project(request, project)
    if not within_limit(request, act="paper", times_a_minute=ALLOWED["times"]):
        return refusals.too_often(request)
    sent = received(MONITORING_SHEET, request.FILES.get("file"))
    read = _about(sent.papers, thing)
    if read is None or isinstance(read, Problem):
        return _unread(request, thing, [*sent.problems, *([read] if read else [])])
    month = _month(read.value, asked=request.POST)
    if isinstance(month, Problem):
        return _unread(request, thing, [*sent.problems, month])
    problems = [*sent.problems, *read.problems, *if_guessed(read)]
    return _page(request, thing, read=read, month=month, problems=problems)


def _about(
    papers: Sequence[Read[MonitoringSheet]], project: Project
) -> Read[MonitoringSheet] | Problem | None:
    """The sheet of the project; None where the file has none at all."""
    if not papers:
        return None
    found = next((each for each in papers if is_about(each.value, project)), None)
    if found is not None:
        return found
    names = several((each.value.project or "?" for each in papers), most=3)
    what = Said(
        "文件里是“{names}”的监控表，没有“{project}”的", {"names": names, "project": project.name}
    )
    return Problem(where=Where(), what=what, hint=Said("请核对项目名称和项目代码"))


def _month(sheet: MonitoringSheet, *, asked: Mapping[str, str]) -> Month | Problem:
    """The month of a sheet, else the one that was asked for; one to come has nothing yet."""
    year, month = sheet.year or _whole(asked.get("year")), sheet.month or _whole(asked.get("month"))
    if year not in YEARS or month not in range(1, 13):
        what = Said("表里没有写监控截至的年份和月份")
        return Problem(where=Where(), what=what, hint=Said("请在上传时选好月份"))
    found = Month(year=year, month=month)
    if found.starts_on > business_date():
        values: SaidValues = {"year": year, "month": month}
        what = Said("这份表到 {year} 年 {month} 月，那时还没有到", values)
        return Problem(where=Where(), what=what, hint=CHECK_IT)
    return found


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) <= 4 else 0


def _unread(request: MemberRequest, project: Project, problems: Sequence[Problem]) -> HttpResponse:
    about(request, project)
    context = {"project": project, "problems": told(problems)}
    return render(request, "pages/readings/from_sheet.html", context, status=422)


def _page(
    request: MemberRequest,
    project: Project,
    *,
    read: Read[MonitoringSheet],
    month: Month,
    problems: Sequence[Problem],
) -> HttpResponse:
    new = reading_to_be(request.member, project)
    here = about(request, project, *([thing_to_be(new)] if new else []))
    on = min(month.ends_on, business_date())
    (kept,) = sheets_of([project], year=month.year, on=on, reader=request.member)
    lines = compared(read.value, kept=kept.sheet, goal=kept.goal)
    courses = _courses(request.member, project, month)
    own = _own(request.member, project, month)
    seen = [_seen(each, own=own, courses=courses, project=project) for each in lines]
    offered = [each for each in seen if each.offered]
    context: dict[str, Any] = {
        "project": project,
        "month": month,
        "on": on,
        "lines": seen,
        "money": [
            (each, _state(each.state)) for each in compared_money(read.value, kept=kept.sheet)
        ],
        "problems": told([*problems, *_notes(read, lines, courses)]),
        "call": _call(request.member, project, month) if offered else None,
        "offered": offered,
        "add": here["add_reading"] if offered else None,
        "is_own": bool(new and new.organisation.pk == project.unit_id),
        "key": new_key(),
    }
    return render(request, "pages/readings/from_sheet.html", context)


def _state(state: State) -> SeenState:
    shape, name = STATES[state]
    return SeenState(shape=shape, name=name)


def _courses(member: Member, project: Project, month: Month) -> Mapping[str, str]:
    """How the readings of each indicator in force make up its year, by key."""
    visible = GoalVersion.objects.visible_to(member).in_force()
    in_force = visible.filter(project=project, fiscal_year=month.year)
    lines = GoalIndicator.objects.visible_to(member).filter(version__in=in_force)
    return dict(lines.values_list("key", "course"))


def _own(member: Member, project: Project, month: Month) -> Mapping[str, Reading]:
    """What the own organisation read of the month and nobody corrected, by indicator."""
    own = own_organisation(member)
    if own is None:
        return {}
    rows = Reading.objects.visible_to(member).filter(
        project=project,
        organisation=own,
        corrected_by__isnull=True,
        ends_on__range=(month.starts_on, month.ends_on),
    )
    return {row.indicator: row for row in rows.order_by("ends_on", "id")}


def _seen(
    line: ComparedLine,
    *,
    own: Mapping[str, Reading],
    courses: Mapping[str, str],
    project: Project,
) -> SeenLine:
    mine = own.get(line.key)
    is_new = line.state in (State.NEW, State.DIFFERS) and mine is None
    gathers = line.figure.value is not None and courses.get(line.key) == Course.ADDS_UP
    return SeenLine(
        line=line,
        state=_state(line.state),
        own=mine,
        offered=given_by(line.stated, line.figure) if is_new and not gathers else None,
        name=f"{project.code}/{line.key}",
    )


def _notes(
    read: Read[MonitoringSheet], lines: Sequence[ComparedLine], courses: Mapping[str, str]
) -> Iterator[Problem]:
    """Which lines can't become readings as they stand."""
    for line in lines:
        name = line.stated.name
        if line.state is State.OTHER_UNIT:
            values: SaidValues = {"name": name, "said": line.stated.done}
            yield Problem(where=read.where, what=Said(OTHER_UNIT.text, values), hint=IN_UNIT)
        elif line.state in (State.NEW, State.DIFFERS) and courses.get(line.key) == Course.ADDS_UP:
            what = Said(ADDS_UP.text, {"name": name})
            yield Problem(where=read.where, what=what, hint=FILL_IN)


def _call(member: Member, project: Project, month: Month) -> Collection | None:
    """The open call for the month that asks the reader's unit for the project."""
    own = own_organisation(member)
    if own is None or own.pk != project.unit_id:
        return None
    calls = (
        Collection.objects.visible_to(member)
        .select_related("organisation")
        .filter(stage=Collection.Stage.OPEN, fiscal_year=month.year, month=month.month)
    )
    asking = (call for call in calls if asked_for(call).filter(version__project=project).exists())
    return next(asking, None)
