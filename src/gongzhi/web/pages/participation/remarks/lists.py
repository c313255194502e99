"""Remarks that the reader may see: their own, those they handle, those they oversee."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.forum.models import Remark
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.filters import chosen_in, filter_of, paged
from gongzhi.web.here import about
from gongzhi.web.pages.participation.remarks.seen import shown_remarks

ROWS = 50
MINE, RECEIVED, OVERDUE = "mine", "received", "overdue"


@require_safe
@login_required
def listed(request: MemberRequest) -> HttpResponse:
    """The list, filtered as a sentence."""
    about(request)
    asked = request.GET.dict()
    whose = {"": _("我能看的"), MINE: _("我写的"), RECEIVED: _("本单位办理的")}
    states = {"": _("各种状态"), OVERDUE: _("逾期未答复"), **_stages()}
    filters = (
        filter_of(_("谁的"), name="whose", values=whose, asked=asked),
        filter_of(_("状态"), name="state", values=states, asked=asked),
    )
    chosen = chosen_in(filters)
    visible = Remark.objects.visible_to(request.member)
    rows = _chosen(request, visible, whose=chosen["whose"], state=chosen["state"])
    page = Paginator(rows.with_facts().order_by("due_on", "id"), ROWS).get_page(
        request.GET.get("page")
    )
    context: dict[str, Any] = {
        "filters": filters,
        "page": page,
        "rows": shown_remarks(page, member=request.member),
        "query": paged(request.GET, of="remark-list"),
    }
    return render(request, "pages/participation/remarks/list.html", context)


def _stages() -> dict[str, str]:
    return {str(code): str(name) for code, name in Remark.Stage.choices}


def _chosen(request: MemberRequest, visible: Any, *, whose: str, state: str) -> Any:
    rows = visible
    if whose == MINE:
        rows = rows.filter(person=request.member.person)
    if whose == RECEIVED:
        rows = rows.filter(receiver=request.member.organisation)
    if state == OVERDUE:
        return rows.overdue(today=business_date())
    return rows.filter(stage=state) if state else rows
