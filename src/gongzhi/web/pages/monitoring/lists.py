"""Lists of alerts: those of a year, and those that are late."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.core.waiting import Clock
from gongzhi.cycle.alerts_due import dues_of, late_alerts, unfinished
from gongzhi.cycle.models import Alert
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.clauses import clause_shown
from gongzhi.web.filters import chosen_in, filter_of, paged
from gongzhi.web.here import about
from gongzhi.web.pages.monitoring.alerts import clock_for
from gongzhi.web.pages.monitoring.seen import Level, level_of
from gongzhi.web.sorting import Sorting, sorting_of

ROWS = 30
LATE, OPEN, ALL = "late", "open", "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedAlert:
    """An alert as a line, with its clock."""

    alert: Alert
    level: Level
    clock: Clock | None


def listed_alerts(rows: Sequence[Alert]) -> list[ListedAlert]:
    """Alerts with their colours and clocks."""
    dues = dues_of(rows)
    return [
        ListedAlert(alert=row, level=level_of(row.level), clock=clock_for(row, dues[row.pk]))
        for row in rows
    ]


@require_safe
def alerts(request: MemberRequest) -> HttpResponse:
    """The alerts that the reader may see: the late ones, those under way, or all."""
    about(request)
    state = filter_of(
        _("状态"),
        name="state",
        values={OPEN: _("还没有办结的"), LATE: _("只看逾期"), ALL: _("所有的")},
        asked=request.GET,
    )
    chosen = chosen_in((state,))["state"]
    readable = Alert.objects.visible_to(request.member).with_facts()
    sorting = sorting_of(request.GET, of="alerts", columns={"round": _("评判"), "due": _("期限")})
    found = _sorted(_chosen(readable, chosen), sorting)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    context = {
        "filters": (state,),
        "page": page,
        "rows": listed_alerts(list(page)),
        "late": chosen == LATE,
        "clause": clause_shown("9.9"),
        "sorting": sorting,
        "query": paged(request.GET, of="alerts"),
    }
    return render(request, "pages/monitoring/alerts.html", context)


def _chosen(readable: Any, chosen: str) -> Any:
    if chosen == ALL:
        return readable
    if chosen == LATE:
        rows = list(unfinished(readable))
        return [row for row, _due in late_alerts(rows, today=business_date())]
    return unfinished(readable)


def _sorted(rows: Any, sorting: Sorting) -> Any:
    """The alerts in the order that is asked for; those that wait for nothing come last."""
    keys: Mapping[UUID, Any]
    match sorting.column:
        case "round":
            keys = {row.pk: (row.fiscal_year, row.round) for row in rows}
        case "due":
            keys = {pk: due.on if due else None for pk, due in dues_of(list(rows)).items()}
        case _:
            return rows
    waiting = [row for row in rows if keys[row.pk] is not None]
    waiting.sort(key=lambda row: keys[row.pk], reverse=sorting.downwards)
    return [*waiting, *(row for row in rows if keys[row.pk] is None)]
