"""Who opened my data: readings of what isn't public, told to those whom it belongs to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from gongzhi.core.charter import PartyKind
from gongzhi.desk.models import Opening
from gongzhi.desk.openings import MONEY, proof_of_opening, sealed_places
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Office, Organisation
from gongzhi.rules.keeping import load_keeping
from gongzhi.web.clauses import clause_shown
from gongzhi.web.downloads import as_file
from gongzhi.web.places import Place, places

ROWS = 50
AUDIT_ADMINISTRATOR = "audit_admin"  # who sees whose data it was


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownOpening:
    """A reading: of what, by which organisation, in which office; never by name."""

    opening: Opening
    place: Place | None
    of_money: bool
    kind: str
    organisation: str
    office: str
    is_sealed: bool


@require_safe
@login_required
def openings(request: MemberRequest) -> HttpResponse:
    """The readings of what belongs to my organisation or to me, the newest first."""
    own = Opening.objects.visible_to(request.member).select_related("organisation")
    is_auditor = request.member.kind == PartyKind.AUDIT
    page = Paginator(own, ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": _shown(request, page),
        "keeping": load_keeping()["openings"],
        "all": is_auditor or AUDIT_ADMINISTRATOR in request.member.roles,
        "is_auditor": is_auditor,
        "clause": clause_shown("2.5"),
        "query": "",
    }
    return render(request, "pages/desk/openings.html", context)


@require_safe
@login_required
def opening_proof(request: MemberRequest, opening: UUID) -> HttpResponse:
    """The `.row-proof` of a reading, with what its owner is told of it."""
    own = get_object_or_404(Opening.objects.visible_to(request.member), pk=opening)
    proof = proof_of_opening(own)
    if proof is None:
        raise Http404
    return as_file(proof.content, name=f"gongzhi-{opening}.row-proof")


def _shown(request: MemberRequest, found: Iterable[Opening]) -> list[ShownOpening]:
    rows = list(found)
    named = places(request.member, [row.about for row in rows])
    sealed = sealed_places(rows)
    offices = _titles({row.by_office for row in rows if row.by_office})
    parties = {row.pk: row.by_party.partition(":") for row in rows}
    names = _names({UUID(each[2]) for each in parties.values() if each[2]})
    return [
        ShownOpening(
            opening=row,
            place=named.get(row.about),
            of_money=row.about.startswith(f"{MONEY}:"),
            kind=parties[row.pk][0],
            organisation=names.get(parties[row.pk][2], ""),
            office=offices.get(row.by_office, ""),
            is_sealed=row.pk in sealed,
        )
        for row in rows
    ]


def _titles(offices: set[UUID]) -> Mapping[UUID | None, str]:
    return dict(Office.objects.filter(pk__in=offices).values_list("pk", "title"))


def _names(organisations: set[UUID]) -> Mapping[str, str]:
    rows = Organisation.objects.filter(pk__in=organisations).values_list("pk", "name")
    return {str(identifier): name for identifier, name in rows}
