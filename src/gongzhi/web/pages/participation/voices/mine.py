"""My voice: what I said, or my organisation, where it stands, what it changed."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongzhi.core.participating.voices import WAITING
from gongzhi.forum.actions.voices import who_is
from gongzhi.forum.models import AdoptedChange, ResourceOffer, Support, Voice
from gongzhi.forum.posts import shown_only
from gongzhi.parties.members import own_organisation
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.here import about
from gongzhi.web.pages.participation.voices.seen import shown_voices

ROWS, BACKED_MAX = 30, 100


@require_safe
@login_required
def voices_mine(request: MemberRequest) -> HttpResponse:
    """The reader's voices; in an office, those of the organisation."""
    about(request)
    member = request.member
    mine = Voice.objects.visible_to(member).of(member)
    page = Paginator(mine.with_facts().defer("words"), ROWS).get_page(request.GET.get("page"))
    changed = AdoptedChange.objects.visible_to(member).filter(
        voice__in=mine, end=AdoptedChange.End.APPROVED
    )
    context: dict[str, Any] = {
        "page": page,
        "rows": shown_voices(page, member=member),
        "query": "",
        "organisation": own_organisation(member),
        "waiting": mine.filter(stage__in=WAITING).count(),
        "changed": changed.count(),
        "backed": _backed(request),
        "offers": ResourceOffer.objects.visible_to(member)
        .filter(organisation=member.organisation)
        .count()
        if member.organisation
        else 0,
        "years": sorted(set(mine.order_by().values_list("fiscal_year", flat=True)), reverse=True),
        "clauses": clauses_shown({"5.3", "5.22"}),
    }
    return render(request, "pages/participation/voices/mine.html", context)


def _backed(request: MemberRequest) -> Any:
    """What the reader stands behind."""
    if request.member.person is None:
        return []
    rows = Support.objects.visible_to(request.member).filter(
        who=who_is(request.member), until_on=None
    )
    backed = Voice.objects.visible_to(request.member).filter(pk__in=rows.values("voice"))
    return shown_voices(
        shown_only(backed).with_facts().defer("words")[:BACKED_MAX], member=request.member
    )
