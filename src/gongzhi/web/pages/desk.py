"""My desk: what waits for the reader's unit, drafts first."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongzhi.cycle.models import Project
from gongzhi.cycle.waiting import waiting_for
from gongzhi.parties.middleware import MemberRequest
from gongzhi.rules.checks import check_name
from gongzhi.web.frame import reader_language

FINDINGS_SHOWN = 30


@require_safe
@login_required
def desk(request: MemberRequest) -> HttpResponse:
    """What waits for me: drafts to publish or mend, findings to answer, projects to draft for."""
    waiting = waiting_for(request.member)
    language = reader_language()
    unanswered = list(waiting.unanswered)
    readable = Project.objects.visible_to(request.member)
    context = {
        "drafts": waiting.drafts,
        "count": len(unanswered),
        "unanswered": [
            (f, check_name(f.code).in_language(language)) for f in unanswered[:FINDINGS_SHOWN]
        ],
        "more": max(0, len(unanswered) - FINDINGS_SHOWN),
        "projects": readable.filter(unit=request.member.organisation),
    }
    return render(request, "pages/desk.html", context)
