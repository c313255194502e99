"""My desk: what waits for me and for my organisation, the most urgent first."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.core.charter import Member
from gongzhi.core.waiting import Urgency
from gongzhi.cycle.years import year_shown
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.filters import chosen_in, filter_of, paged
from gongzhi.web.overseen import oversees
from gongzhi.web.pages.desk.kinds import names_of_verbs
from gongzhi.web.pages.desk.overseeing import cockpit
from gongzhi.web.pages.desk.own import own_work
from gongzhi.web.saved_views import views_here
from gongzhi.web.shown import Filter
from gongzhi.web.waiting import Item, shown_items, waiting_here

ROWS, ROWS_BESIDE = 30, 8  # fewer where the desk shows more than the list


@require_safe
@login_required
def desk(request: MemberRequest) -> HttpResponse:
    """What waits, with its clock; filtered by whom it waits for and by how late it is."""
    today = business_date()
    items = waiting_here(request)
    filters = _filters(items, request.GET)
    chosen = chosen_in(filters)
    kept = [item for item in items if _fits(item, chosen)]
    board = _board(request.member, today=today)
    page = Paginator(kept, ROWS_BESIDE if board else ROWS).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "page": page,
        "rows": shown_items(request.member, page),
        "query": paged(request.GET, of="desk"),
        "mine": sum(item.mine for item in items),
        "late": sum(item.clock.urgency is Urgency.OVERDUE for item in items),
        "whole": len(items),
        **board,
        "views": views_here(request),
    }
    return render(request, "pages/desk/waiting.html", context)


def _board(member: Member, *, today: date) -> Mapping[str, Any]:
    """What stands beside the list: the own projects, and those whom the member oversees."""
    year = year_shown(today)
    return {
        **({"own": own} if (own := own_work(member, year=year, today=today)) else {}),
        **({"cockpit": cockpit(member, year=year, today=today)} if oversees(member) else {}),
    }


def _filters(items: Sequence[Item], asked: Mapping[str, str]) -> tuple[Filter, ...]:
    whom = {"mine": _("等我办的"), "all": _("本单位的")}
    when = {
        "": _("不论早晚"),
        Urgency.OVERDUE: _("只看逾期"),
        Urgency.SOON: _("只看快到期的"),
    }
    kinds = names_of_verbs([item.waiting.verb for item in items if item.mine], asked=asked)
    return (
        filter_of(_("等谁"), name="who", values=whom, asked=asked),
        filter_of(_("什么事"), name="what", values=kinds, asked=asked),
        filter_of(_("期限"), name="when", values=when, asked=asked),
    )


def _fits(item: Item, chosen: Mapping[str, str]) -> bool:
    is_whose = item.mine or chosen["who"] == "all"
    is_asked = chosen["what"] in {"", item.waiting.verb}
    return is_whose and is_asked and chosen["when"] in {"", item.clock.urgency}
