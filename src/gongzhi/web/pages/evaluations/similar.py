"""What a project's outputs cost beside those of similar projects: place, spread, sums."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.core.comparing import ENOUGH, Compared
from gongzhi.cycle.models import Watched
from gongzhi.cycle.similar import Similar, UnitCost, similar_outputs
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.figures import figure_address
from gongzhi.web.frame import reader_language
from gongzhi.web.here import about
from gongzhi.web.readable import readable_project
from gongzhi.web.shown import Cell, Chart, Column, Table
from gongzhi.words import say

DRAWN_MAX = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSimilar:
    """An output with its chart, and where its costs stand as figures where that can be said."""

    similar: Similar
    planned: Compared | None
    chart: Chart


@require_safe
def project_similar(request: MemberRequest, project: UUID) -> HttpResponse:
    """The project's outputs, each among similar ones."""
    thing = readable_project(request, project)
    about(request, thing)
    rows = Watched.objects.visible_to(request.member).filter(project=thing)
    newest = rows.order_by("-fiscal_year").first()
    year = newest.fiscal_year if newest else business_date().year
    found = similar_outputs(request.member, thing, year=year)
    context: dict[str, Any] = {
        "project": thing,
        "year": year,
        "outputs": [_shown(each, number) for number, each in enumerate(found, start=1)],
        "enough": ENOUGH,
    }
    return render(request, "pages/evaluations/similar.html", context)


def _shown(similar: Similar, number: int) -> ShownSimilar:
    planned = similar.planned if isinstance(similar.planned, Compared) else None
    return ShownSimilar(similar=similar, planned=planned, chart=_chart(similar, number))


def _chart(similar: Similar, number: int) -> Chart:
    """All unit costs by the budget, from the lowest on, this one marked."""
    found = similar.planned
    mine, measure = similar.mine, similar.mine.line.measure
    costs = sorted((mine, *similar.others), key=lambda each: each.planned)
    said = found.said if isinstance(found, Compared) else found
    near = _near(costs, mine)
    return Chart(
        name=f"similar-{number}",
        title=_("每{measure}多少元（按预算）").format(measure=measure),
        sentence=say(said, reader_language()),
        option={
            "grid": {"left": 8, "right": 24, "top": 16, "bottom": 8, "containLabel": True},
            "yAxis": {"type": "category", "data": [each.project.name for each in near]},
            "xAxis": {"type": "value", "name": _("元")},
            "tooltip": {"trigger": "axis", "axisPointer": {"type": "line"}},
            "series": [_dots(near, mine, median=found), _own(near, mine)],
        },
        table=_table(costs, mine),
    )


def _near(costs: list[UnitCost], mine: UnitCost) -> list[UnitCost]:
    """So many as can be drawn, around this one."""
    at = costs.index(mine)
    start = max(0, min(at - DRAWN_MAX // 2, len(costs) - DRAWN_MAX))
    return costs[start : start + DRAWN_MAX]


def _dots(near: list[UnitCost], mine: UnitCost, *, median: object) -> dict[str, object]:
    series: dict[str, object] = {
        "name": _("同类项目"),
        "type": "scatter",
        "itemStyle": {"color": "@slate"},
        "symbol": "diamond",
        "data": [None if each is mine else float(each.planned) for each in near],
    }
    if isinstance(median, Compared):
        series["markLine"] = {
            "silent": True,
            "symbol": "none",
            "label": {"formatter": _("中位数"), "color": "@ink"},
            "lineStyle": {"color": "@line-strong"},
            "data": [{"xAxis": float(median.median)}],
        }
    return series


def _own(near: list[UnitCost], mine: UnitCost) -> dict[str, object]:
    return {
        "name": _("本项目"),
        "type": "scatter",
        "symbolSize": 14,
        "itemStyle": {"color": "@indigo"},
        "data": [float(each.planned) if each is mine else None for each in near],
    }


def _table(costs: list[UnitCost], mine: UnitCost) -> Table:
    numbers = (_("预算（元）"), _("答应的数量"), _("每单位（元）"), _("已付÷已完成（元）"))
    return Table(
        caption=_("算法：预算 ÷ 答应的数量，四舍五入到分"),
        columns=(
            Column(name=_("项目")),
            *(Column(name=name, numeric=True) for name in numbers),
        ),
        rows=tuple(tuple(_cells(each, mine)) for each in costs),
    )


def _cells(each: UnitCost, mine: UnitCost) -> Iterator[Cell]:
    """A line; the budget leads to how it came about, the promise to the goals."""
    project, line = each.project, each.line
    name = _("本项目：{name}").format(name=project.name) if each is mine else project.name
    year = line.version.fiscal_year
    yield Cell(text=name, address="" if each is mine else _page_of(project.pk))
    budget = figure_address("project-figure", project.pk, "budget", year=year)
    yield Cell(text=f"{each.budget:,.2f}", numeric=True, address=budget)
    yield Cell(text=line.target, numeric=True, address=_goals(line.version_id))
    yield Cell(text=f"{each.planned:,.2f}", numeric=True)
    yield Cell(text=f"{each.actual:,.2f}" if each.actual else "—", numeric=True)


def _page_of(project: UUID) -> str:
    return figure_address("project", project)


def _goals(version: UUID) -> str:
    return figure_address("goal-version", version)
