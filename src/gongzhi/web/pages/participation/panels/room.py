"""All panels: those that one may volunteer for first."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.forum.models import Panel
from gongzhi.parties.business_date import business_date
from gongzhi.parties.members import own_organisation
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.filters import chosen_in, filter_of, paged
from gongzhi.web.here import about
from gongzhi.web.pages.participation.panels.announcing import panel_to_be
from gongzhi.web.shown import Filter

ROWS = 50


@require_safe
def panels(request: MemberRequest) -> HttpResponse:
    """Panels by how far they got."""
    own = own_organisation(request.member)
    here = about(request, *([panel_to_be(own)] if own else []))
    filters = _filters(request)
    chosen = chosen_in(filters)
    rows: Any = Panel.objects.visible_to(request.member).with_facts()
    if chosen["stage"]:
        rows = rows.filter(stage=chosen["stage"])
    page = Paginator(rows.order_by("-announced_on", "-id"), ROWS).get_page(request.GET.get("page"))
    today = business_date()
    context: dict[str, Any] = {
        "filters": filters,
        "page": page,
        "rows": [(each, _is_open(each, today=today)) for each in page],
        "query": paged(request.GET, of="panels"),
        "clauses": clauses_shown({"5.19"}),
        "announce": here["announce_panel"] if own else None,
    }
    return render(request, "pages/participation/panels/room.html", context)


def _is_open(panel: Panel, *, today: Any) -> bool:
    return panel.stage == Panel.Stage.VOLUNTEERING and today <= panel.until


def _filters(request: MemberRequest) -> tuple[Filter, ...]:
    stages = {str(code): str(name) for code, name in Panel.Stage.choices}
    values = {"": _("各种状态"), **stages}
    return (filter_of(_("状态"), name="stage", values=values, asked=request.GET.dict()),)
