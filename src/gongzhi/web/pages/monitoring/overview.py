"""All projects of a year at once, as far as the reader may see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.core.monitoring.figures import in_percent, percent
from gongzhi.cycle.models import Watched
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.filters import chosen_in, filter_of
from gongzhi.web.here import about
from gongzhi.web.pages.monitoring.seen import LEVELS, Level, level_of
from gongzhi.web.shown import Filter

ROWS = 30
GREEN = "green"
ORDER = {"red": 0, "yellow": 1, "blue": 2, "": 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A project as a line: how its money and its goals stand, and how far apart."""

    row: Watched
    level: Level
    money: str
    goals: str
    gap: str


@require_safe
def monitoring(request: MemberRequest) -> HttpResponse:
    """The projects that the filters leave, the gravest first."""
    about(request)
    readable = Watched.objects.visible_to(request.member)
    filters = _filters(readable, request.GET)
    chosen = chosen_in(filters)
    rows = _chosen(readable, chosen)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    query = urlencode({name: value for name, value in chosen.items() if value})
    context = {
        "filters": filters,
        "page": page,
        "rows": [listed(row) for row in page],
        "query": f"{query}&" if query else "",
        "filtered": len(filters) > 1 and any(chosen[word.name] for word in filters[1:]),
    }
    return render(request, "pages/monitoring/overview.html", context)


def _filters(readable: QuerySet[Any], asked: Mapping[str, str]) -> tuple[Filter, ...]:
    years = readable.order_by("-fiscal_year").values_list("fiscal_year", flat=True).distinct()
    known = {str(year): _("%(year)s 年") % {"year": year} for year in years} or {"": _("所有年度")}
    year = filter_of(_("年度"), name="year", values=known, asked=asked)
    levels = {"": _("所有颜色")} | {
        code or GREEN: _(name.text) for code, (_state, name) in LEVELS.items()
    }
    return (year, filter_of(_("颜色"), name="level", values=levels, asked=asked))


def _chosen(readable: QuerySet[Any], chosen: Mapping[str, str]) -> QuerySet[Any]:
    rows = readable.select_related("project__unit")
    if chosen["year"]:
        rows = rows.filter(fiscal_year=int(chosen["year"]))
    if level := chosen["level"]:
        rows = rows.filter(level="" if level == GREEN else level)
    graveness = Case(
        *(When(level=code, then=Value(place)) for code, place in ORDER.items()),
        output_field=IntegerField(),
    )
    return rows.order_by(graveness, "-budget", "project__code")


def listed(row: Watched) -> Listed:
    """A project as a line of a list."""
    money, goals = row.money_now, row.goals_now
    return Listed(
        row=row,
        level=level_of(row.level),
        money=_shown(money),
        goals=_shown(goals),
        gap="" if money is None or goals is None else f"{percent(goals - money):+}",
    )


def _shown(share: Decimal | None) -> str:
    return "—" if share is None else in_percent(share)
