"""All votes on projects: which are on now, which are being prepared, what came of those before."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongzhi.forum.models import Vote
from gongzhi.parties.business_date import business_date
from gongzhi.parties.members import own_organisation
from gongzhi.parties.middleware import MemberRequest
from gongzhi.rules.participation.votes import load_votes
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.here import about
from gongzhi.web.pages.participation.votes.starting import to_be

ROWS = 30
CLAUSES = {"5.11"}


@require_safe
def votes(request: MemberRequest) -> HttpResponse:
    """Those that are open stand first."""
    own = own_organisation(request.member)
    here = about(request, *([to_be(own)] if own else []))
    today = business_date()
    visible = Vote.objects.visible_to(request.member).with_facts()
    running = visible.filter(stage=Vote.Stage.OPEN, closes_on__gte=today)
    others = visible.exclude(pk__in=running.values("pk"))
    page = Paginator(others.order_by("-closes_on", "-id"), ROWS).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "running": running.order_by("closes_on", "id")[:ROWS],
        "page": page,
        "query": "",
        "start": here["start_vote"] if own else None,
        "clauses": clauses_shown(CLAUSES),
    }
    return render(request, "pages/participation/votes/room.html", context)


@require_safe
def secrecy(request: MemberRequest) -> HttpResponse:
    """Whom secrecy trusts, until when, and what it isn't made for."""
    about(request)
    context = {"rules": load_votes(), "clauses": clauses_shown(CLAUSES)}
    return render(request, "pages/participation/votes/secrecy.html", context)
