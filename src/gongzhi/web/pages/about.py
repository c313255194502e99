"""The short pages: what this is, how it can be used by everybody, what it knows of a visitor."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongzhi.intake.limits import LIMITS
from gongzhi.web.clauses import clause_shown


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What gongzhi is and what it isn't."""
    return render(request, "pages/about.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What was done so that everybody can use the pages, and whom to tell where it fails."""
    return render(request, "pages/accessibility.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of a visitor, for how long, and what is not."""
    context = {"days": LIMITS.shared_result_days, "sharing": clause_shown("6.4")}
    return render(request, "pages/privacy.html", context)
