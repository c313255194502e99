"""Why, or why not? One deed with one thing: the clauses, what is missing, and whom to ask."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongzhi.core.charter import INSTALLATION
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.rights import On, charter_in_force, thing_of, whom_to_ask
from gongzhi.web.here import about
from gongzhi.web.places import Place, place_of
from gongzhi.web.readable import readable_thing
from gongzhi.web.whynot import denied


@require_safe
def why(request: MemberRequest, verb: str, kind: str, thing: UUID) -> HttpResponse:
    """The answer about a thing that its reader may read."""
    row = readable_thing(request, kind, thing)
    return _page(request, verb, row, place=place_of(row))


@require_safe
def why_here(request: MemberRequest, verb: str) -> HttpResponse:
    """The answer about the installation."""
    return _page(request, verb, INSTALLATION)


def _page(request: MemberRequest, verb: str, on: On, *, place: Place | None = None) -> HttpResponse:
    charter, thing = charter_in_force(), thing_of(on)
    here = about(request, on)
    answer = here.answers.get((verb, thing))
    if answer is None:
        raise Http404
    context = {
        "permitted": here.on(on, verb),
        "deed": denied(charter, request.member, verb, thing),
        "kind": charter.kind_names[thing.kind],
        "stage": charter.stage_names.get(thing.stage or ""),
        "place": place,
        "whom": whom_to_ask(answer, thing=thing),
    }
    return render(request, "pages/why.html", context)
