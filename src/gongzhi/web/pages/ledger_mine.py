"""Which entries concern me: what I did, what my organisation did, what is promised about me."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongzhi.core.charter import Member
from gongzhi.parties.erasing import sealed_about
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Deed
from gongzhi.parties.sign_in import signed_in
from gongzhi.trust.proofs import entry_at, indexes_of
from gongzhi.web.entries import shown_entries

ROWS = 20


@require_safe
@login_required
def mine(request: MemberRequest) -> HttpResponse:
    """The deeds of the reader and of their organisation, the newest first, by their entries."""
    member, person = request.member, signed_in(request)
    deeds = Deed.objects.visible_to(member).filter(_mine(member, person=str(person.pk)))
    page = Paginator(deeds.order_by("-id"), ROWS).get_page(request.GET.get("page"))
    numbers = indexes_of([deed.leaf for deed in page])
    context: dict[str, Any] = {
        "page": page,
        "entries": shown_entries(_contents(numbers[d.leaf] for d in page if d.leaf in numbers)),
        "waiting": sum(deed.leaf not in numbers for deed in page),
        "promised": sealed_about(person.pk).count(),
        "query": "",
    }
    return render(request, "pages/ledger_mine.html", context)


def _mine(member: Member, *, person: str) -> Q:
    """What the person did, what their organisation did, and what was done with either."""
    mine = Q(person=person) | Q(on=f"person:{person}")
    if member.organisation:
        mine |= Q(party=member.party) | Q(on=f"organisation:{member.organisation}")
    return mine


def _contents(indexes: Any) -> dict[int, bytes]:
    contents = {index: entry_at(index) for index in indexes}
    return {index: content for index, content in contents.items() if content}
