"""My desk: what waits for me and for my organisation, the most urgent first."""

from collections.abc import Mapping

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.core.waiting import Urgency
from gongzhi.cycle.models import Project
from gongzhi.desk.models import Notice
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.filters import chosen_in, filter_of
from gongzhi.web.shown import Filter
from gongzhi.web.waiting import Item, shown_items, waiting_items

ROWS = 30


@require_safe
@login_required
def desk(request: MemberRequest) -> HttpResponse:
    """What waits, with its clock; filtered by whom it waits for and by how late it is."""
    items = waiting_items(request.member, today=business_date())
    filters = _filters(request.GET)
    chosen = chosen_in(filters)
    kept = [item for item in items if _fits(item, chosen)]
    page = Paginator(kept, ROWS).get_page(request.GET.get("page"))
    readable = Project.objects.visible_to(request.member)
    context = {
        "filters": filters,
        "page": page,
        "rows": shown_items(request.member, page),
        "query": "".join(f"{name}={value}&" for name, value in chosen.items()),
        "mine": sum(item.mine for item in items),
        "late": sum(item.clock.urgency is Urgency.OVERDUE for item in items),
        "whole": len(items),
        "unread": Notice.objects.visible_to(request.member).unread().count(),
        "projects": readable.filter(unit=request.member.organisation),
    }
    return render(request, "pages/desk/waiting.html", context)


def _filters(asked: Mapping[str, str]) -> tuple[Filter, ...]:
    whom = {"mine": _("等我办的"), "all": _("本单位的")}
    when = {
        "": _("不论早晚"),
        Urgency.OVERDUE: _("只看逾期"),
        Urgency.SOON: _("只看快到期的"),
    }
    return (
        filter_of(_("等谁"), name="who", values=whom, asked=asked),
        filter_of(_("期限"), name="when", values=when, asked=asked),
    )


def _fits(item: Item, chosen: Mapping[str, str]) -> bool:
    is_whose = item.mine or chosen["who"] == "all"
    return is_whose and chosen["when"] in {"", item.clock.urgency}
