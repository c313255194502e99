"""All surveys: what is asked now, what came of those that ended."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongzhi.forum.models import Survey
from gongzhi.parties.business_date import business_date
from gongzhi.parties.members import own_organisation
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.here import about
from gongzhi.web.pages.participation.surveys.starting import to_be

ROWS = 30
OPEN_MAX = 50


@require_safe
def surveys(request: MemberRequest) -> HttpResponse:
    """Those that can be answered stand first."""
    own = own_organisation(request.member)
    here = about(request, *([to_be(own)] if own else []))
    visible = Survey.objects.visible_to(request.member).with_facts()
    today = business_date()
    running = visible.filter(stage=Survey.Stage.OPEN, closes_on__gte=today)
    others = visible.exclude(pk__in=running.values("pk"))
    page = Paginator(others.order_by("-closes_on", "-id"), ROWS).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "running": running.order_by("closes_on", "id")[:OPEN_MAX],
        "page": page,
        "query": "",
        "start": here["start_survey"] if own else None,
        "clauses": clauses_shown({"5.18"}),
    }
    return render(request, "pages/participation/surveys/room.html", context)
