"""The front page: the region's money and promises as everybody may know them, a form to check."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.clauses import clause_shown
from gongzhi.web.limits import ALLOWED
from gongzhi.web.pages.projects.region import picture

ANYBODY_CHECKS, LATE = "6.3", "9.9"


@require_safe
def home(request: MemberRequest) -> HttpResponse:
    """The front page; where nothing is public yet, what this is and a form to check."""
    context = {
        "limits": ALLOWED,
        "clause": clause_shown(ANYBODY_CHECKS),
        "late_clause": clause_shown(LATE),
        "picture": picture(business_date()),
    }
    return render(request, "pages/home.html", context)
