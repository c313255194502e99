"""The log: its head, its entries, and the two files that prove each."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongzhi.parties.deed_lists import Count, counted, key_before, leaves_below, wanted_among
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Deed
from gongzhi.parties.rights import charter_in_force
from gongzhi.trust.interval import interval_of
from gongzhi.trust.proofs import Proof, believable_head, head, proof_of
from gongzhi.web.cosigners import cosigners_shown
from gongzhi.web.downloads import TEXT, as_file
from gongzhi.web.entries import chain_of, whole_entry
from gongzhi.web.entry_filters import Asked, asked_in, parties_to_choose, verbs_to_choose
from gongzhi.web.entry_pages import EntryPage, number_in, page_of, page_of_all
from gongzhi.web.pages.ledger_rows import shown_batch
from gongzhi.web.qr_codes import qr_code
from gongzhi.web.verdicts import reasons, verdict_words


@require_safe
def ledger(request: MemberRequest) -> HttpResponse:
    """The head of the log, and those of its entries that are asked for, the newest first."""
    published, asked = head(), asked_in(request.GET, member=request.member)
    context = {
        "head": published,
        "cosigners": cosigners_shown(published),
        "asked": asked,
        "verbs": verbs_to_choose(),
        "parties": parties_to_choose(member=request.member),
        "clauses": charter_in_force().clauses,
        **_listed(request, asked, size=published.checkpoint.size if published else 0),
    }
    return render(request, "pages/ledger.html", context, status=422 if asked.faults else 200)


def _listed(request: MemberRequest, asked: Asked, *, size: int) -> dict[str, Any]:
    """A page of the entries, and how many there are in all."""
    before = number_in(request.GET, "before")
    if asked.faults:
        return {"page": EntryPage(), "count": Count(number=0)}
    if asked.wanted.everything:
        return {"page": page_of_all(before=before), "count": Count(number=size)}
    deeds = wanted_among(Deed.objects.visible_to(request.member), asked.wanted)
    page = page_of(lambda key, most: leaves_below(deeds, key, most=most), before=before)
    newest = key_before(None)
    return {"page": page, "count": counted(deeds.filter(leaf__lt=newest) if newest else deeds)}


@require_safe
def entry(request: MemberRequest, index: int) -> HttpResponse:
    """An entry: what it says, the proof of it, and where to check it."""
    proof = _proof(index)
    address = request.build_absolute_uri(reverse("ledger-entry", args=[index]))
    context = {
        "whole": whole_entry(index, proof.record, member=request.member),
        "chain": chain_of(proof.record, member=request.member),
        "batch": shown_batch(proof.record),
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
