"""Who disclosed a year, on which day, in time or late; everybody's to read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.core.charter import VISITOR
from gongzhi.core.disclosure.clock import TIMELINESS, Timeliness
from gongzhi.core.terms import FiscalYear, Said
from gongzhi.cycle.disclosure_due import Duty, duties
from gongzhi.cycle.models import DisclosurePack, FormVersion, GoalVersion
from gongzhi.cycle.units_having import names_of
from gongzhi.cycle.years import years_of
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.rules.disclosure import load_disclosure
from gongzhi.web.clauses import clause_shown
from gongzhi.web.filters import chosen_in, filter_of, paged
from gongzhi.web.frame import reader_language
from gongzhi.web.here import about
from gongzhi.web.shown import Filter

ROWS = 50
STATES: Mapping[Timeliness, str] = {
    Timeliness.IN_TIME: "kept",
    Timeliness.LATE: "watch",
    Timeliness.OVERDUE: "overdue",
    Timeliness.WAITING: "unknown",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDuty:
    """A line of the list: the unit, by when it owes, how that stands."""

    duty: Duty
    name: str
    state: str
    said: Said


@require_safe
def disclosure(request: MemberRequest) -> HttpResponse:
    """Every unit that owes the disclosure of a year, the overdue first."""
    about(request)
    filters = _filters(request)
    chosen = chosen_in(filters)
    today = business_date()
    found = duties(year=int(chosen["year"]), occasion=chosen["occasion"], today=today)
    counts = {each: sum(duty.state is each for duty in found) for each in Timeliness}
    rows = [each for each in found if chosen["state"] in ("", each.state)]
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "filters": filters,
        "page": page,
        "rows": _shown(list(page)),
        "counts": [(TIMELINESS[each], each, count) for each, count in counts.items() if count],
        "year": chosen["year"],
        "occasion": chosen["occasion"],
        "query": paged(request.GET, of="disclosure"),
        "clauses": [clause_shown(each) for each in ("4.18", "6.9", "6.10")],
    }
    return render(request, "pages/disclosure/list.html", context)


def _shown(found: list[Duty]) -> list[ShownDuty]:
    names = names_of({each.unit for each in found})
    return [
        ShownDuty(
            duty=each,
            name=names[each.unit],
            state=STATES[each.state],
            said=TIMELINESS[each.state],
        )
        for each in found
    ]


def years_known() -> list[FiscalYear]:
    """The years of which anything is public, the newest first; this year where nothing is."""
    packs = DisclosurePack.objects.visible_to(VISITOR)
    goals = GoalVersion.objects.visible_to(VISITOR)
    forms = FormVersion.objects.visible_to(VISITOR)
    found = {year for rows in (packs, goals, forms) for year in years_of(rows)}
    return sorted(found or {business_date().year}, reverse=True)


def newest_known() -> FiscalYear:
    """The year that pages begin with: the newest so far of which anything is public."""
    today = business_date().year
    return next((year for year in years_known() if year <= today), today)


def _filters(request: MemberRequest) -> tuple[Filter, ...]:
    asked = request.GET.dict()
    language = reader_language()
    years = {str(year): str(year) for year in years_known()}
    if "year" not in asked and str(newest_known()) in years:
        asked["year"] = str(newest_known())
    occasions = {
        code: name.in_language(language) for code, name in load_disclosure().occasions.items()
    }
    states = {str(code): _(said.text) for code, said in TIMELINESS.items()}
    return (
        filter_of(_("年度"), name="year", values=years, asked=asked),
        filter_of(_("哪一次公开"), name="occasion", values=occasions, asked=asked),
        filter_of(_("是否按时"), name="state", values={"": _("各种情况"), **states}, asked=asked),
    )
