"""The late list inside: what those whom I oversee are late with, by whom, since when."""

from collections.abc import Mapping, Sequence

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.clauses import clause_shown
from gongzhi.web.filters import chosen_in, filter_of, paged
from gongzhi.web.overseen import LateUnit, late_items, late_units
from gongzhi.web.pages.desk.kinds import names_of_verbs
from gongzhi.web.shown import Filter
from gongzhi.web.waiting import shown_items

ROWS = 50


@require_safe
@login_required
def late(request: MemberRequest) -> HttpResponse:
    """What is late with others, as far as the reader oversees them."""
    items = late_items(request.member, today=business_date())
    units = late_units(request.member, items)
    filters = _filters(units, request.GET)
    chosen = chosen_in(filters)
    kept = [
        item
        for item in items
        if chosen["unit"] in {"", item.waiting.organisation}
        and chosen["what"] in {"", item.waiting.verb}
    ]
    page = Paginator(kept, ROWS).get_page(request.GET.get("page"))
    names = {str(each.unit.pk): each.unit.name for each in units}
    shown = shown_items(request.member, page)
    context = {
        "filters": filters,
        "page": page,
        "rows": [(row, names.get(row.item.waiting.organisation or "", "")) for row in shown],
        "units": len(units),
        "whole": len(items),
        "clause": clause_shown("9.9"),
        "query": paged(request.GET, of="late"),
    }
    return render(request, "pages/desk/late.html", context)


def _filters(units: Sequence[LateUnit], asked: Mapping[str, str]) -> tuple[Filter, ...]:
    verbs = [item.waiting.verb for each in units for item in each.items]
    known = {"": _("所有单位")} | {str(each.unit.pk): each.unit.name for each in units}
    return (
        filter_of(_("单位"), name="unit", values=known, asked=asked),
        filter_of(_("什么事"), name="what", values=names_of_verbs(verbs, asked=asked), asked=asked),
    )
