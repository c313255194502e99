"""Whether an outcome changed: the reader gives a table, says since when, and against whom."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from gongzhi.connectors.outcomes import OutcomeTable
from gongzhi.core.effects import Period, look, period_in, strongest
from gongzhi.core.terms import Problem, Said
from gongzhi.cycle.models import Project
from gongzhi.intake.limits import LIMITS
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.filled import Fault
from gongzhi.web.given_tables import PASTED_MAX, fault_of
from gongzhi.web.here import about
from gongzhi.web.limits import ALLOWED, within_limit
from gongzhi.web.pages import refusals
from gongzhi.web.pages.effects.drawing import course_chart, designs_chart, heaviest
from gongzhi.web.pages.effects.given import (
    TREATED,
    as_text,
    example_table,
    outcomes_given,
    readable_projects_table,
)

ENOUGH_BEFORE = 2 / 3  # where nobody says since when, the last third is taken for afterwards
UNITS_MAX = 200
NO_SINCE = Said("请写明项目从哪一期开始，写成 {like} 那样")
MANY_UNITS = Said("一次最多比较 {most} 个单位")
NO_READINGS = Said("这个指标还没有可用的读数")


@require_http_methods(["GET", "HEAD", "POST"])
def effects(request: MemberRequest) -> HttpResponse:
    """The form, with what came of it."""
    about(request)
    if request.method != "POST":
        return _from_readings(request)
    times = LIMITS.uploads_per_minute_per_address_max
    if not within_limit(request, act="effects", times_a_minute=times):
        return refusals.too_often(request)
    table = outcomes_given(request.POST, request.FILES.get("file"))
    if isinstance(table, Problem):
        pasted = request.POST.get("table", "")[:PASTED_MAX]
        return _page(request, faults=[fault_of(table)], text=pasted)
    return _looked_at(request, table, asked=request.POST)


def _from_readings(request: MemberRequest) -> HttpResponse:
    """A project's readings or the example, where the address asks for them; else the empty form."""
    if "example" in request.GET:
        example = example_table(request.GET["example"])
        assert not isinstance(example, Problem), example
        return _looked_at(request, example, asked=request.GET)
    found = readable_projects_table(request.member, asked=request.GET)
    if found is None:
        return _page(request)
    project, table = found
    if not table.rows:
        fault = Fault(what=NO_READINGS, field="table")
        return _page(request, faults=[fault], project=project, status=200)
    return _looked_at(request, table, asked=request.GET, project=project)


def _looked_at(
    request: MemberRequest,
    table: OutcomeTable,
    *,
    asked: Mapping[str, Any],
    project: Project | None = None,
) -> HttpResponse:
    if len(table.units) > UNITS_MAX:
        what = Said(MANY_UNITS.text, {"most": UNITS_MAX})
        return _page(request, faults=[Fault(what=what, field="table")], text=as_text(table))
    since = _since(asked.get("since", ""), table)
    if since is None:
        what = Said(NO_SINCE.text, {"like": table.periods[-1].label})
        return _page(
            request, faults=[Fault(what=what, field="since")], table=table, project=project
        )
    chosen = asked.getlist("treated") if hasattr(asked, "getlist") else []
    chosen = chosen or table.units[: TREATED.get(asked.get("example", ""), 1)]
    treated = frozenset(chosen) & frozenset(table.units) or frozenset(table.units[:1])
    looked = look(table.rows, treated=treated, since=since.number)
    best = strongest(looked)
    effect = best.effect if best else None
    has_course = effect is not None and bool(effect.course)
    result: dict[str, Any] = {
        "looked": looked,
        "best": best,
        "since": since,
        "treated": treated,
        "heaviest": heaviest(effect) if effect else [],
        "course": course_chart(effect, grain=table.grain, since=since)
        if effect and has_course
        else None,
        "designs": designs_chart(looked),
    }
    return _page(request, table=table, project=project, result=result)


def _since(text: str, table: OutcomeTable) -> Period | None:
    """The period that was asked for; unasked, so that most of the periods lie before it."""
    if not text.strip():
        return table.periods[int(len(table.periods) * ENOUGH_BEFORE)]
    period = period_in(text)
    return period if period is not None and period.grain is table.grain else None


def _page(
    request: MemberRequest,
    *,
    faults: list[Fault] | None = None,
    table: OutcomeTable | None = None,
    text: str = "",
    project: Project | None = None,
    result: Mapping[str, Any] | None = None,
    status: int | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "faults": faults or [],
        "text": as_text(table) if table else text,
        "units": table.units if table else (),
        "periods": [each.label for each in table.periods] if table else [],
        "since": request.POST.get("since", "") or request.GET.get("since", ""),
        "project": project,
        "result": result,
        "limits": ALLOWED,
        "example": request.GET.get("example", "") if request.method == "GET" else "",
    }
    code = status if status is not None else 422 if faults else 200
    return render(request, "pages/effects.html", context, status=code)
