"""The room: all questions and opinions that the reader may see, filtered as a sentence."""

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.core.inquiring import InquiryStage
from gongzhi.cycle.models import Inquiry
from gongzhi.cycle.years import years_of
from gongzhi.parties.business_date import business_date
from gongzhi.parties.members import own_organisation
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.filters import chosen_in, filter_of, paged
from gongzhi.web.here import about
from gongzhi.web.pages.congress.asking import to_be
from gongzhi.web.pages.congress.seen import shown_inquiries
from gongzhi.web.shown import Filter

ROWS = 50
OVERDUE, MINE = "overdue", "mine"


@require_safe
def congress(request: MemberRequest) -> HttpResponse:
    """What was asked, by whom, until when; what is late stands first."""
    own = own_organisation(request.member)
    here = about(request, *([to_be(own)] if own else []))
    visible = Inquiry.objects.visible_to(request.member)
    filters = _filters(request, visible)
    rows = _chosen(request, visible, chosen_in(filters)).with_facts()
    page = Paginator(rows.order_by("-sent_on", "-id"), ROWS).get_page(request.GET.get("page"))
    today = business_date()
    context: dict[str, Any] = {
        "filters": filters,
        "page": page,
        "rows": shown_inquiries(page, member=request.member),
        "query": paged(request.GET, of="congress"),
        "overdue": visible.overdue(today=today).count(),
        "waiting": visible.filter(stage=InquiryStage.OPEN).count(),
        "to_assess": visible.filter(stage=InquiryStage.ANSWERED).count(),
        "clauses": clauses_shown({"2.4", "2.13", "2.14"}),
        "ask": here["ask_question"] if own else None,
    }
    return render(request, "pages/congress/room.html", context)


def _filters(request: MemberRequest, visible: Any) -> tuple[Filter, ...]:
    asked = request.GET.dict()
    years = {"": _("各年度"), **{str(year): str(year) for year in years_of(visible)}}
    kinds = {str(code): str(name) for code, name in Inquiry.Kind.choices}
    stages = {str(code): str(name) for code, name in Inquiry.Stage.choices}
    states = {"": _("各种状态"), OVERDUE: _("逾期未答复"), **stages}
    whose = {"": _("任何单位"), MINE: _("本单位")}
    return (
        filter_of(_("年度"), name="year", values=years, asked=asked),
        filter_of(_("种类"), name="kind", values={"": _("询问和审议意见"), **kinds}, asked=asked),
        filter_of(_("状态"), name="state", values=states, asked=asked),
        filter_of(_("由谁答复"), name="to", values=whose, asked=asked),
    )


def _chosen(request: MemberRequest, visible: Any, chosen: Mapping[str, str]) -> Any:
    rows = visible
    if chosen["year"]:
        rows = rows.filter(fiscal_year=int(chosen["year"]))
    if chosen["kind"]:
        rows = rows.filter(kind=chosen["kind"])
    if chosen["to"] == MINE:
        rows = rows.filter(addressed=request.member.organisation)
    if chosen["state"] == OVERDUE:
        return rows.overdue(today=business_date())
    return rows.filter(stage=chosen["state"]) if chosen["state"] else rows
