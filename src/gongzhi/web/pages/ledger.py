"""The log: its head, its entries, and the two files that prove each."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongzhi.parties.middleware import MemberRequest
from gongzhi.trust.interval import interval_of
from gongzhi.trust.proofs import Proof, believable_head, entry_at, head, proof_of
from gongzhi.web.cosigners import cosigners_shown
from gongzhi.web.downloads import TEXT, as_file
from gongzhi.web.entries import address_of_thing, shown_entries
from gongzhi.web.pages.ledger_rows import shown_batch
from gongzhi.web.qr_codes import qr_code
from gongzhi.web.verdicts import reasons, verdict_words

ROWS = 20


@require_safe
def ledger(request: MemberRequest) -> HttpResponse:
    """The head of the log, and its entries, the newest first."""
    published = head()
    size = published.checkpoint.size if published else 0
    page = Paginator(range(size - 1, -1, -1), ROWS).get_page(request.GET.get("page"))
    contents = {index: entry_at(index) for index in page}
    entries = shown_entries({index: entry for index, entry in contents.items() if entry})
    context = {
        "head": published,
        "cosigners": cosigners_shown(published),
        "page": page,
        "entries": entries,
        "query": "",
    }
    return render(request, "pages/ledger.html", context)


@require_safe
def entry(request: MemberRequest, index: int) -> HttpResponse:
    """An entry: what it says, the proof of it, and where to check it."""
    proof = _proof(index)
    address = request.build_absolute_uri(reverse("ledger-entry", args=[index]))
    context = {
        "entry": shown_entries({index: proof.record})[0],
        "batch": shown_batch(proof.record),
        "thing": address_of_thing(proof.record, member=request.member),
        "head": head(),
        "interval": interval_of(index),
        "code": qr_code(address),
        "reasons": reasons(),
        "words": verdict_words(),
    }
    return render(request, "pages/entry.html", context)


@require_safe
def proof_file(request: MemberRequest, index: int) -> HttpResponse:  # noqa: ARG001
    """The entry's `.tlog-proof`."""
    return as_file(_proof(index).text, name=f"gongzhi-{index}.tlog-proof")


@require_safe
def record_file(request: MemberRequest, index: int) -> HttpResponse:  # noqa: ARG001
    """The entry's own bytes."""
    return as_file(_proof(index).record, name=f"gongzhi-{index}.record")


@require_safe
def checkpoint_file(request: MemberRequest) -> HttpResponse:  # noqa: ARG001
    """The newest head of the log that satisfies its policy."""
    published = believable_head()
    if published is None:
        raise Http404
    return HttpResponse(published.note, content_type=TEXT)


@require_safe
def policy_file(request: MemberRequest) -> HttpResponse:  # noqa: ARG001
    """The trust policy that believes this log under its witnesses."""
    published = head()
    if published is None:
        raise Http404
    return as_file(published.policy, name="policy")


def _proof(index: int) -> Proof:
    proof = proof_of(index)
    if proof is None:
        raise Http404
    return proof
