"""How participation fares in a year: asked, answered, adopted, given up; the same for everybody.

Who is late stands on an internal list (clause 9.9): only those whom that clause names see it here.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.core.charter import Member
from gongzhi.core.participating.health import Asked
from gongzhi.cycle.units_having import names_of
from gongzhi.forum.health import all_asked
from gongzhi.forum.models import Remark
from gongzhi.forum.remark_figures import figures_until
from gongzhi.forum.voice_waiting import late_for
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.filters import chosen_in, filter_of
from gongzhi.web.here import about
from gongzhi.web.pages.participation.health.files import health_file
from gongzhi.web.pages.participation.health.seen import (
    COLUMN_NAMES,
    by_kind,
    by_office,
    by_process,
    whole,
)
from gongzhi.web.pages.participation.remarks.writing import limits
from gongzhi.web.table_files import file_asked


@require_safe
def participation_health(request: MemberRequest) -> HttpResponseBase:
    """A year's participation, as a page or as a file."""
    about(request)
    everything = all_asked()
    filters = (
        filter_of(_("年度"), name="year", values=_years(everything), asked=request.GET.dict()),
    )
    year = int(chosen_in(filters)["year"])
    asked = [each for each in everything if each.year == year]
    kinds, offices = by_kind(asked, year=year), by_office(asked, year=year)
    processes = by_process(asked, year=year)
    parts = (("kinds", _("方式"), kinds), ("offices", _("单位"), offices),
             ("processes", _("参与过程"), processes))  # fmt: skip
    if kind := file_asked(request.GET.get("file", "")):
        return health_file(parts, kind=kind, year=year)
    context: dict[str, Any] = {
        "year": year,
        "filters": filters,
        "columns": tuple(COLUMN_NAMES.values()),
        "whole": whole(asked, year=year) if asked else (),
        "parts": parts,
        "overdue": _overdue(request.member),
        "is_inside": request.member.organisation is not None,
        "clauses": clauses_shown({"5.3", "5.16"}),
        "late_clauses": clauses_shown({"9.9"}),
        **_remarks(),
    }
    return render(request, "pages/participation/health/page.html", context)


def _years(asked: Sequence[Asked]) -> dict[str, str]:
    """The years in which something was asked, the running one first."""
    today = business_date().year
    years = sorted({today, *(each.year for each in asked)}, reverse=True)
    return {str(year): str(year) for year in sorted(years, key=lambda year: year != today)}


def _remarks() -> dict[str, Any]:
    """What is published of remarks: of all years together, until the end of last month."""
    until, least = business_date().replace(day=1), limits().least_people
    figures = figures_until(until, least=least)
    names = dict(Remark.Outcome.choices)
    return {
        "until": until,
        "least": least,
        "received": figures.received,
        "outcomes": [(names[code], count) for code, count in figures.outcomes.items()],
    }


def _overdue(member: Member) -> list[tuple[UUID, str, int]]:
    """Who is late now with how many answers, for those whom it concerns."""
    if member.organisation is None:
        return []
    late = late_for(member, today=business_date())
    counts = Counter(late.order_by().values_list("addressed", flat=True))
    names = names_of(counts)
    return [(office, names[office], count) for office, count in counts.most_common()]
