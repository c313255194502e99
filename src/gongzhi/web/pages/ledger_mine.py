"""Which entries concern me: what I and my organisation did, and what was done with either."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongzhi.parties.deed_lists import COUNT_MAX, key_before
from gongzhi.parties.erasing import sealed_about
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.sign_in import signed_in
from gongzhi.web.concerning import leaves_concerning
from gongzhi.web.entry_pages import number_in, page_of

LAST = UUID(int=2**128 - 1)


@require_safe
@login_required
def mine(request: MemberRequest) -> HttpResponse:
    """The entries that concern the reader, the newest first."""
    member, person = request.member, signed_in(request)

    def leaves(key: UUID, most: int) -> list[UUID]:
        return leaves_concerning(member, key, person=person.pk, most=most)

    numbered = key_before(None)
    newest = leaves(LAST, COUNT_MAX)
    context: dict[str, Any] = {
        "page": page_of(leaves, before=number_in(request.GET, "before")),
        "waiting": sum(numbered is None or leaf >= numbered for leaf in newest),
        "promised": sealed_about(person.pk).count(),
    }
    return render(request, "pages/ledger_mine.html", context)
