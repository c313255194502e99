"""What came of a vote: the rule in pictures, the file to count again, the list of receipts."""

from hashlib import sha256
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongzhi.core.participating.voting import receipt_digest
from gongzhi.forum.models import Vote
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.downloads import TEXT, as_file
from gongzhi.web.here import about
from gongzhi.web.pages.participation.votes.becoming import becoming
from gongzhi.web.pages.participation.votes.forms import RECEIPT_MAX
from gongzhi.web.pages.participation.votes.seen import rule_in_words, shown_result
from gongzhi.web.readable import readable_thing
from gongzhi.web.step_seals import step_seals


@require_safe
def result(request: MemberRequest, vote: UUID) -> HttpResponse:
    """The whole result."""
    row: Vote = readable_thing(request, "vote", vote)
    about(request, row)
    found = shown_result(row)
    if found is None:
        raise Http404
    context: dict[str, Any] = {
        "vote": row,
        "method": row.method,
        "rule": rule_in_words(row.method),
        "found": found,
        "became": becoming(request.member, row, found.winners),
        "seal": step_seals(request.member, row.thing())("close_vote"),
        "digest": sha256(row.result.file.encode()).hexdigest(),
        "clauses": clauses_shown({"5.11"}),
    }
    return render(request, "pages/participation/votes/result.html", context)


@require_safe
def ballot_file(request: MemberRequest, vote: UUID) -> HttpResponse:
    """All ballots without voters, in the order of their content: to be counted by anybody."""
    row: Vote = readable_thing(request, "vote", vote)
    about(request, row)
    found = getattr(row, "result", None)
    if found is None or not found.file:
        raise Http404
    return as_file(found.file, name=f"gongzhi-vote-{row.pk}.pb", content_type=TEXT)


@require_safe
def receipts(request: MemberRequest, vote: UUID) -> HttpResponse:
    """Whether a receipt is in the list of ballots that were counted."""
    row: Vote = readable_thing(request, "vote", vote)
    about(request, row)
    typed = request.GET.get("receipt", "")[:RECEIPT_MAX]
    entry = row.receipts.filter(digest=receipt_digest(typed)).first() if typed.strip() else None
    context: dict[str, Any] = {
        "vote": row,
        "typed": typed,
        "entry": entry,
        "seal": step_seals(request.member, row.thing())("close_vote"),
        "count": row.receipts.count(),
        "is_closed": row.stage == Vote.Stage.CLOSED,
        "clauses": clauses_shown({"5.11"}),
    }
    return render(request, "pages/participation/votes/receipts.html", context)
