"""All projects of a year at once, as far as the reader may see them; a unit's, where one is named.

What needs a decision today stands first, then all of them as one, then what leads to a project.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Page
from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.core.charter import Member
from gongzhi.core.monitoring import Together, said_against_plan, said_of
from gongzhi.core.monitoring.figures import percent
from gongzhi.core.terms import Ratio, Said
from gongzhi.cycle.alerts_due import unfinished
from gongzhi.cycle.models import Alert, Watched, WatchedSum
from gongzhi.cycle.standing import graveness
from gongzhi.cycle.units_having import departments_having, units_having
from gongzhi.cycle.years import shown_first, years_of
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.rules.packs.folders import USUAL
from gongzhi.rules.packs.monitoring import load_monitoring
from gongzhi.trust.identifiers import identifier_in
from gongzhi.web.counted_pages import CountedPages
from gongzhi.web.figures import answers_together
from gongzhi.web.filters import chosen_in, filter_of, paged
from gongzhi.web.frame import money_unit
from gongzhi.web.here import about
from gongzhi.web.official_files import ENDINGS
from gongzhi.web.pages.monitoring.alerts import ASKED
from gongzhi.web.pages.monitoring.drawing import drawn
from gongzhi.web.pages.monitoring.gathered import (
    GREEN,
    counted,
    grid,
    narrowed,
    scatter,
    signed,
    whole,
)
from gongzhi.web.pages.monitoring.seen import (
    LEVELS,
    Level,
    days_of_sheets,
    level_of,
    month_table,
    percent_or_dash,
    spoken,
)
from gongzhi.web.shown import Filter
from gongzhi.web.sorting import Sorting, sorting_of
from gongzhi.web.waiting import ShownItem, shown_items, waiting_here

ROWS, UNITS_MAX = 30, 400
# The columns that projects are sorted by, and the figure of each.
COLUMNS = {"budget": "budget", "money": "money_now", "goals": "goals_now", "gap": "gap"}
SLOWER = "money_ahead"  # the rule whose limit marks the grid


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A project as a line: how its money and its goals stand, and how far apart."""

    row: Watched
    level: Level
    money: str
    goals: str
    gap: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many projects have a colour, and the address that shows them."""

    level: Level
    count: int
    address: str


@require_safe
def monitoring(request: MemberRequest) -> HttpResponse:
    """The projects that the filters leave, the gravest first."""
    about(request)
    of_units = WatchedSum.objects.visible_to(request.member)
    whole_sums = WatchedSum.objects.whole_for(request.member)
    filters = _filters(request.member, of_units=of_units, asked=request.GET)
    chosen = chosen_in(filters)
    of_units = of_units.filter(narrowed(chosen))
    of_some = chosen["unit"] or chosen["department"]
    sums = of_units if of_some else whole_sums.filter(narrowed(chosen))
    seen = whole(sums)
    rows = Watched.objects.visible_to(request.member).filter(narrowed(chosen, way="project__"))
    sorting = sorting_of(request.GET, of="monitoring", columns=_columns())
    pages = CountedPages(_in_order(rows, sorting), ROWS, known=seen.projects if seen else None)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "page": page,
        "rows": [listed(row) for row in page],
        "query": paged(request.GET, of="monitoring"),
        "sorting": sorting,
        "filtered": any(chosen[word.name] for word in filters[1:]),
        "decisions": _decisions(request),
        "alerts": unfinished(Alert.objects.visible_to(request.member)).count(),
    }
    if chosen["unit"] and chosen["year"]:
        context |= _sheets(page, chosen)
    if seen:
        context |= _pictures(seen, sums, of_units, rows, chosen)
    return render(request, "pages/monitoring/overview.html", context)


def _filters(
    member: Member, *, of_units: QuerySet[Any], asked: Mapping[str, str]
) -> tuple[Filter, ...]:
    years = shown_first(years_of(Watched.objects.visible_to(member)), business_date())
    of_departments = WatchedSum.objects.by_department_for(member)
    known = {str(year): _("%(year)s 年") % {"year": year} for year in years} or {"": _("所有年度")}
    year = filter_of(_("年度"), name="year", values=known, asked=asked)
    levels = {"": _("所有颜色")} | {
        code or GREEN: _(name.text) for code, (_state, name) in LEVELS.items()
    }
    department, unit = (identifier_in(asked.get(name, "")) for name in ("department", "unit"))
    departments = _named(departments_having(of_departments, at_most=UNITS_MAX, asked=department))
    units = _named(units_having(of_units, at_most=UNITS_MAX, asked=unit))
    return (
        year,
        filter_of(
            _("部门"),
            name="department",
            values={"": _("所有部门")} | departments,
            asked=asked,
        ),
        filter_of(_("单位"), name="unit", values={"": _("所有单位")} | units, asked=asked),
        filter_of(_("颜色"), name="level", values=levels, asked=asked),
    )


def _named(bodies: Mapping[UUID, str]) -> dict[str, str]:
    return {str(body): name for body, name in bodies.items()}


def gravest_first(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Projects by colour, then by budget, with their names and units."""
    ordered = rows.select_related("project__unit")
    return ordered.order_by(graveness(), "-budget", "project__code")


def _columns() -> dict[str, str]:
    """The columns that the projects can be sorted by."""
    return {
        "budget": _("预算（%(money_unit)s）") % {"money_unit": money_unit()},
        "money": _("资金"),
        "goals": _("目标"),
        "gap": _("相差"),
    }


def _in_order(rows: QuerySet[Any], sorting: Sorting) -> QuerySet[Any]:
    """The projects in the order that is asked for; the gravest first where none is."""
    if not sorting.column:
        return gravest_first(rows)
    rows = rows.select_related("project__unit").annotate(gap=F("goals_now") - F("money_now"))
    figure = F(COLUMNS[sorting.column])
    order = figure.desc(nulls_last=True) if sorting.downwards else figure.asc(nulls_last=True)
    return rows.order_by(order, "project__code")


def _sheets(page: Page[Watched], chosen: Mapping[str, str]) -> dict[str, Any]:
    """What the form needs that takes a unit's monitoring sheets away."""
    year = int(chosen["year"])
    first, last = days_of_sheets(year)
    seen_on = max((row.on for row in page), default=last)
    days = (first, last, min(seen_on, last))
    return {"unit": chosen["unit"], "year": year, "days": days, "endings": ENDINGS.values()}


def _decisions(request: MemberRequest) -> list[ShownItem]:
    """What of monitoring waits for the reader, the most urgent first."""
    if request.member.organisation is None:
        return []
    waiting = waiting_here(request)
    mine = [each for each in waiting if each.mine and each.waiting.verb in ASKED]
    return shown_items(request.member, mine)


def _pictures(
    seen: Together,
    sums: QuerySet[Any],
    of_units: QuerySet[Any],
    rows: QuerySet[Any],
    chosen: Mapping[str, str],
) -> dict[str, Any]:
    units, more = grid(of_units, limit=slower_limit(), month=seen.curves.month)
    return {
        "counts": list(_counts(sums, chosen)),
        "sentences": _said(seen),
        "drawing": drawn(seen.curves, name="together", today=business_date()),
        "table": month_table(seen.curves, answers=_answers(chosen)),
        "year": chosen["year"],
        "level": chosen["level"],
        "scatter": scatter(rows, known=seen.goals_of),
        "months": range(1, seen.curves.month + 1),
        "units": units,
        "more_units": more,
        "unit_address": f"?{_narrowed(chosen)}&unit=",
    }


def _answers(chosen: Mapping[str, str]) -> Callable[[str, int], str]:
    """Where the numbers of what the filters leave are answered."""
    return answers_together(
        year=chosen["year"],
        unit=chosen["unit"],
        department=chosen["department"],
        level=chosen["level"],
    )


def _narrowed(chosen: Mapping[str, str]) -> str:
    """What a link to a unit keeps of the filters."""
    kept = {name: chosen[name] for name in ("year", "department") if chosen[name]}
    return urlencode(kept)


def _counts(sums: QuerySet[Any], chosen: Mapping[str, str]) -> list[Count]:
    return [
        Count(
            level=level_of(code),
            count=count,
            address="?" + urlencode({**chosen, "level": code or GREEN}),
        )
        for code, count in counted(sums).items()
    ]


def slower_limit() -> Ratio | None:
    """From how many points on goals behind money count as a fault, under the usual rules."""
    rule = load_monitoring(USUAL).in_force(business_date()).get(SLOWER)
    return rule["points"] if rule else None


def _said(seen: Together) -> list[str]:
    """What all of them show as one, and on how much of them the goals rest."""
    rests = Said(
        "目标按预算加权，依据 {measured} 个项目（共 {all} 个）",
        {"measured": seen.goals_of, "all": seen.projects},
    )
    return spoken(said_of(seen.curves), said_against_plan(seen.curves), rests)


def listed(row: Watched) -> Listed:
    """A project as a line of a list."""
    money, goals = row.money_now, row.goals_now
    return Listed(
        row=row,
        level=level_of(row.level),
        money=percent_or_dash(money),
        goals=percent_or_dash(goals),
        gap="" if money is None or goals is None else signed(f"{percent(goals - money):+}"),
    )
