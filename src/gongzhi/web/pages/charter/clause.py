"""One clause at its permanent address, to be printed and held up."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongzhi.core.charter import Charter, Clause
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.rights import charter_in_force
from gongzhi.web.pages.charter.entries import entry_of
from gongzhi.web.pages.charter.parts import part_shown
from gongzhi.web.qr_codes import qr_code


@require_safe
def clause(request: MemberRequest, number: str) -> HttpResponse:
    """The clause as it is in force here."""
    charter = charter_in_force()
    found = charter.clauses.get(number)
    if found is None:
        raise Http404
    place = list(charter.clauses).index(number)
    context = {
        "charter": charter,
        "clause": found,
        "entry": entry_of(charter, found),
        "part": part_shown(charter, found.part),
        "permanent": _permanent(request, number),
        "qr_code": qr_code(_permanent(request, number)),
        "previous": _beside(charter, place, -1),
        "next": _beside(charter, place, 1),
    }
    return render(request, "pages/charter/clause.html", context)


def _permanent(request: MemberRequest, number: str) -> str:
    return request.build_absolute_uri(reverse("clause", args=[number]))


def _beside(charter: Charter, place: int, step: int) -> Clause | None:
    clauses = list(charter.clauses.values())
    if not 0 <= place + step < len(clauses):
        return None
    return clauses[place + step]
