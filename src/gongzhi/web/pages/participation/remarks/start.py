"""The first page: what is it about? What belongs elsewhere is led there before anybody writes."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongzhi.core.charter import Member
from gongzhi.cycle.models import Project
from gongzhi.desk.things import readable
from gongzhi.parties.business_date import business_date
from gongzhi.parties.clocks import clause_with_clock
from gongzhi.parties.middleware import MemberRequest
from gongzhi.rules.participation.remarks import triage_rules
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.here import about

ANSWERING = "answer_remark"


@require_safe
def remarks(request: MemberRequest) -> HttpResponse:
    """Where each kind of matter belongs."""
    about(request)
    _, days = clause_with_clock(ANSWERING) or ("", None)
    context = {
        "project": project_asked(request.member, request.GET.get("about", "")),
        "channels": triage_rules(on=business_date()).channels.values(),
        "days": days,
        "clauses": clauses_shown({"5.3", "9.6", "9.7"}),
    }
    return render(request, "pages/participation/remarks/start.html", context)


def project_asked(member: Member, name: str) -> Project | None:
    """The project that an address names, where the reader may read it."""
    row = readable(member, [name]).get(name) if name else None
    return row if isinstance(row, Project) else None
