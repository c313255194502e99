"""The rules of the checks and the rule packs, each with its source and whether it was verified."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongzhi.rules.checks import load_checks
from gongzhi.rules.packs import load_packs


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Every check and every pack."""
    context = {"checks": load_checks().values(), "packs": load_packs().values()}
    return render(request, "pages/rules.html", context)
