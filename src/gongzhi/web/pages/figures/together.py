"""A number of many projects as one: of all that the reader may see, of a department, of a unit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.db.models import Max, QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.core.figure import Figure, Part
from gongzhi.core.monitoring import sums_of
from gongzhi.core.monitoring.answering_together import TOGETHER, Counted, answered_together
from gongzhi.core.terms import Said, SaidValues
from gongzhi.cycle.models import Watched, WatchedSum
from gongzhi.cycle.recomputing import recomputed
from gongzhi.cycle.summing import sums_from, totals
from gongzhi.cycle.watched_record import curves_of
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Organisation
from gongzhi.rules.packs.folders import USUAL
from gongzhi.rules.packs.monitoring import load_monitoring
from gongzhi.web.figures import figure_address
from gongzhi.web.here import about
from gongzhi.web.pages.figures.answer import (
    CHANGED,
    HOLDS,
    UNKNOWN,
    Answer,
    Check,
    measure_of,
    shown_parts,
    text_of,
    work_of,
)
from gongzhi.web.pages.figures.asked import Asked, asked_in
from gongzhi.web.pages.figures.checking import is_close
from gongzhi.web.pages.figures.hands import hands_of
from gongzhi.web.pages.figures.page import answer_page
from gongzhi.web.pages.figures.sources import rule_source
from gongzhi.web.pages.monitoring.gathered import narrowed
from gongzhi.web.pages.monitoring.seen import watching_deed
from gongzhi.web.places import Place

ROUTE = "monitoring-figure"
ANEW_MAX = 60  # so many projects are computed anew while their reader waits
ADDED_MAX = 2000  # so many are added up anew
EQUAL = Said("刚才把 {count} 个项目从原始数据重新计算，得数相同")
MOVED = Said("刚才把 {count} 个项目从原始数据重新计算，现在得 {now}：点开各项目看来了什么数据")
EQUAL_PARTS = Said("由 {count} 个项目保存的数重新相加，得数相同；点开单位，从原始数据复算")
OTHER_DAY = Said("这一天的合计没有保存：是刚才从 {count} 个项目的原始数据算出的")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which projects a number is about: those of a year, kept on a day, that its address names."""

    rows: QuerySet[Any]
    sums: QuerySet[Any]
    asked: Asked
    year: int
    kept_on: date
    on: date


@require_safe
def together_figure(request: MemberRequest, figure: str) -> HttpResponse:
    """The answer to a number of many projects."""
    about(request)
    if figure not in TOGETHER:
        raise Http404
    asked = asked_in(request.GET)
    scope = _scope(request, asked)
    if scope is None:
        return answer_page(request, _nothing())
    kept = scope.on == scope.kept_on
    counted = _kept(scope) if kept else list(_anew(scope, _projects(scope)))
    found = answered_together(counted, asked.name(figure))
    if found is None:
        raise Http404
    check = _check(scope, found) if kept else _other_day(len(counted))
    return answer_page(request, _answer(request, scope, found, check))


def _scope(request: MemberRequest, asked: Asked) -> Scope | None:
    """The projects that are meant; None where the reader may see none."""
    rows = Watched.objects.visible_to(request.member)
    sums = WatchedSum.objects.visible_to(request.member)
    year = asked.year or rows.aggregate(newest=Max("fiscal_year"))["newest"]
    chosen = {
        "year": year,
        "department": asked.department,
        "unit": asked.unit,
        "level": asked.level,
    }
    rows, sums = rows.filter(narrowed(chosen, way="project__")), sums.filter(narrowed(chosen))
    kept_on = sums.aggregate(newest=Max("on"))["newest"]
    if year is None or kept_on is None:
        return None
    if asked.on is not None and not date(year, 1, 1) <= asked.on <= business_date():
        raise BadRequest
    return Scope(
        rows=rows, sums=sums, asked=asked, year=year, kept_on=kept_on, on=asked.on or kept_on
    )


def _nothing() -> Answer:
    said = Said("还没有您能看到的项目")
    return Answer(
        title=Said("合在一起"), about=_about(), text="—", check=Check(state=UNKNOWN, said=said)
    )


def _kept(scope: Scope) -> list[Counted]:
    """What was kept: of a unit project by project, else unit by unit."""
    if scope.asked.unit:
        return [
            Counted(key=str(row.project_id), name=row.project.name, sums=sums_of(curves_of(row)))
            for row in _of_day(scope).select_related("project").order_by("project__code")
        ]
    grouped = scope.sums.order_by("unit__code").values("unit", "unit__name")
    counted = []
    for found in grouped.annotate(**totals()):
        sums = sums_from(found)
        assert sums is not None, "a unit has at least one project here"
        counted.append(Counted(key=str(found["unit"]), name=found["unit__name"], sums=sums))
    return counted


def _of_day(scope: Scope) -> QuerySet[Any]:
    return scope.rows.filter(on=scope.kept_on)


def _projects(scope: Scope) -> dict[UUID, str]:
    named = _of_day(scope).order_by("project__code").values_list("project", "project__name")
    found = dict(named[: ANEW_MAX + 1])
    if len(found) > ANEW_MAX:
        raise Http404  # so many are kept for their newest day alone
    return found


def _anew(scope: Scope, projects: dict[UUID, str]) -> Iterable[Counted]:
    """The projects computed anew from their rows as of the day."""
    again = recomputed(list(projects), year=scope.year, on=scope.on)
    for (project, name), each in zip(projects.items(), again, strict=True):
        yield Counted(key=str(project), name=name, sums=sums_of(each.case.curves))


def _check(scope: Scope, found: Figure) -> Check | None:
    """Of few projects from their rows; of many from what was kept of each."""
    rows = list(_of_day(scope).select_related("project")[: ADDED_MAX + 1])
    if len(rows) > ADDED_MAX:
        return None
    few = len(rows) <= ANEW_MAX
    names = {row.project_id: row.project.name for row in rows}
    again = (
        list(_anew(scope, names))
        if few
        else [Counted(key="", name="", sums=sums_of(curves_of(row))) for row in rows]
    )
    now = answered_together(again, found.name)
    value = now.value if now else None
    values: SaidValues = {"count": len(rows), "now": text_of(value, found.unit)}
    if _same(value, found):
        return Check(state=HOLDS, said=Said((EQUAL if few else EQUAL_PARTS).text, values))
    return Check(state=CHANGED, said=Said(MOVED.text, values))


def _same(value: Decimal | None, found: Figure) -> bool:
    if value is None or found.value is None:
        return value is found.value
    return is_close(value, found.value, unit=found.unit)


def _other_day(count: int) -> Check:
    return Check(state=UNKNOWN, said=Said(OTHER_DAY.text, {"count": count}))


def _answer(request: MemberRequest, scope: Scope, found: Figure, check: Check | None) -> Answer:
    deed = watching_deed(request.member, year=scope.year, on=scope.on)
    addresses = [_address(scope, part) for part in found.parts]
    return Answer(
        title=found.title,
        about=_about(scope.asked.unit or scope.asked.department),
        text=text_of(found.value, found.unit),
        measure=measure_of(found),
        on=scope.on,
        month=found.name.month,
        formula=found.formula,
        work=work_of(found),
        check=check,
        parts=shown_parts(found.parts, addresses),
        weighted=any(part.weight is not None for part in found.parts),
        sources=(rule_source(load_monitoring(USUAL)),),
        hands=hands_of(request.member, [deed] if deed else []),
    )


def _about(unit: UUID | None = None) -> Place:
    """Whose number it is: a unit's, or everybody's."""
    named = Organisation.objects.filter(pk=unit).first() if unit else None
    query = f"?unit={unit}" if named else ""
    return Place(name=named.name if named else _("运行监控"), address=reverse("monitoring") + query)


def _address(scope: Scope, part: Part) -> str:
    """A part of a sum is a unit's or a project's; a side of a difference has the same scope."""
    asked, name = scope.asked, part.figure
    assert name is not None, "every part here has a name"
    if part.key and asked.unit:
        return _of_project(scope, part)
    return figure_address(
        ROUTE,
        name.what,
        year=scope.year,
        month=name.month,
        on=scope.on,
        unit=part.key or asked.unit or "",
        department="" if part.key else asked.department or "",
        level=asked.level,
    )


def _of_project(scope: Scope, part: Part) -> str:
    assert part.figure is not None, "every part here has a name"
    what, month = part.figure.what, part.figure.month
    if what in ("projects", "goals-of"):
        return f"{reverse('project-monitoring', args=[part.key])}?year={scope.year}"
    return figure_address(
        "project-figure", part.key, what, year=scope.year, month=month, on=scope.on
    )
