"""What has to be put right as a list, filtered as a sentence: whose, how far, what is late."""

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.cycle.models import Alert, Feedback, Rectification
from gongzhi.cycle.units_having import units_having
from gongzhi.cycle.years import years_of
from gongzhi.parties.business_date import business_date
from gongzhi.parties.members import own_organisation
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.clauses import clause_shown
from gongzhi.web.filled import new_key
from gongzhi.web.filters import chosen_in, filter_of, paged
from gongzhi.web.here import about
from gongzhi.web.official_files import ENDINGS, PAPERS_MAX
from gongzhi.web.pages.rectifications.seen import shown_rectifications
from gongzhi.web.shown import Filter

ROWS = 50
UNITS_MAX = 500
LATE, ALL = "late", "all"
# Alerts whose unit has said what it puts right, or is asked to: they are followed on their pages.
PUTTING_RIGHT = ("planned", "reported")


@require_safe
def rectifications(request: MemberRequest) -> HttpResponse:
    """What the reader may see of what has to be put right."""
    about(request)
    visible = Rectification.objects.visible_to(request.member)
    filters = _filters(request)
    chosen = chosen_in(filters)
    rows = _chosen(visible, chosen).with_facts().order_by("report_due_on", "id")
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "filters": filters,
        "page": page,
        "rows": list(shown_rectifications(page)),
        "query": paged(request.GET, of="rectifications"),
        "late": chosen["state"] == LATE,
        "alerts": Alert.objects.visible_to(request.member).filter(stage__in=PUTTING_RIGHT).count(),
        "clause": clause_shown("4.16"),
        "endings": ENDINGS.values(),
        "year": chosen["year"],
        "parts": _parts(request, chosen["year"]),
        "own": own_organisation(request.member),
        "key": new_key(),
    }
    return render(request, "pages/rectifications/list.html", context)


def _parts(request: MemberRequest, year: str) -> list[int]:
    """The files that hold a year's letters, counted from 1; none without a year."""
    if not year:
        return []
    letters = Feedback.objects.visible_to(request.member).filter(fiscal_year=int(year))
    count = letters.exclude(source=Feedback.Source.AUDIT).count()
    return list(range(1, -(-count // PAPERS_MAX) + 1))


def _filters(request: MemberRequest) -> tuple[Filter, ...]:
    asked = request.GET.dict()
    letters = Feedback.objects.visible_to(request.member)
    found = {str(year): str(year) for year in years_of(letters)}
    named = units_having(letters, at_most=UNITS_MAX, order="code")
    units = {str(key): name for key, name in named.items()}
    stages = {str(code): str(name) for code, name in Rectification.Stage.choices}
    states = {"": _("还没有完成的"), LATE: _("只看逾期"), **stages, ALL: _("所有的")}
    sources = {str(code): str(name) for code, name in Feedback.Source.choices}
    return (
        filter_of(_("年度"), name="year", values={"": _("各年度"), **found}, asked=asked),
        filter_of(_("单位"), name="unit", values={"": _("各单位"), **units}, asked=asked),
        filter_of(_("来源"), name="source", values={"": _("各种来源"), **sources}, asked=asked),
        filter_of(_("状态"), name="state", values=states, asked=asked),
    )


def _chosen(visible: Any, chosen: Mapping[str, str]) -> Any:
    rows = visible
    if chosen["year"]:
        rows = rows.filter(feedback__fiscal_year=int(chosen["year"]))
    if chosen["unit"]:
        rows = rows.filter(feedback__unit=chosen["unit"])
    if chosen["source"]:
        rows = rows.filter(feedback__source=chosen["source"])
    match chosen["state"]:
        case "":
            return rows.unfinished()
        case "late":
            return rows.overdue(today=business_date())
        case "all":
            return rows
        case stage:
            return rows.filter(stage=stage)
