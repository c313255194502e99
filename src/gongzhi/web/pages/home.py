"""The front page: what this is, a form to check, and what the published forms show."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongzhi.cycle.findings import checked
from gongzhi.cycle.models import FormVersion
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.clauses import clause_shown
from gongzhi.web.limits import ALLOWED
from gongzhi.web.overview import findings_chart, totals_chart

FORMS_SHOWN_MAX = 60  # what one chart can hold; a city's forms need a question of their own


@require_safe
def home(request: MemberRequest) -> HttpResponse:
    """The front page."""
    versions = FormVersion.objects.visible_to(request.member).current()
    forms = [checked(version) for version in versions[:FORMS_SHOWN_MAX]]
    context = {
        "limits": ALLOWED,
        "clause": clause_shown("6.3"),
        "forms": len(forms),
        "charts": (totals_chart(forms), findings_chart(forms)) if forms else (),
    }
    return render(request, "pages/home.html", context)
