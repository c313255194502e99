"""A vote: how it is held, what is proposed, how to take part, and its steps for who holds it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.participating.voting import keys_needed
from gongzhi.core.participating.voting.keepers import LEAST_KEEPERS
from gongzhi.core.terms import Said
from gongzhi.forum.actions import ballots
from gongzhi.forum.actions import votes as actions
from gongzhi.forum.models import BoxKeeper, RollEntry, Vote, VoteProposal
from gongzhi.parties.business_date import business_date
from gongzhi.parties.deeds import AlreadyDone
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.rules.participation.votes import load_votes
from gongzhi.web.beside import beside
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.filled import KeyForm, new_key
from gongzhi.web.here import Here, about
from gongzhi.web.pages.participation.deed_forms import deed_form, faults_sent, sent_form
from gongzhi.web.pages.participation.votes.forms import BALLOTS, PhraseForm
from gongzhi.web.pages.participation.votes.proposing import proposal_to_be, proposing_form
from gongzhi.web.pages.participation.votes.seen import rule_in_words, shown_result
from gongzhi.web.qr_codes import qr_code
from gongzhi.web.readable import readable_thing
from gongzhi.web.stepping import step_on

FORMS: Mapping[str, type[forms.Form]] = {
    "keep_box": KeyForm,
    "open_vote": KeyForm,
    "unlock_box": PhraseForm,
    "close_vote": KeyForm,
}


@require_safe
def vote(request: MemberRequest, vote: UUID) -> HttpResponse:
    """All that is published of it."""
    return vote_page(request, readable_thing(request, "vote", vote))


def vote_page(
    request: MemberRequest, row: Vote, *, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    """The page of a vote, with the faults of a step that could not be taken."""
    side = beside(request.member, row)
    here = about(request, row, proposal_to_be(request.member, row), *side.made_here)
    today = business_date()
    keepers = list(row.keepers.select_related("office__organisation", "person"))
    context: dict[str, Any] = {
        "vote": row,
        "method": row.method,
        "ballot": BALLOTS[row.ballot_rules().kind],
        "rule": rule_in_words(row.method),
        "takes": row.stage == Vote.Stage.OPEN and row.closes_on >= today,
        "is_past": row.stage == Vote.Stage.OPEN and row.closes_on < today,
        "collects": row.stage == Vote.Stage.ANNOUNCED and row.proposals_until >= today,
        "propose": proposing_form(request, row, here=here),
        "proposals": _proposals(request, row),
        "roll": RollEntry.objects.standing().filter(vote=row).count(),
        "changes": row.roll_changes.count(),
        "keepers": keepers,
        "needed": keys_needed(max(len(keepers), LEAST_KEEPERS)),
        "forms": _forms(request, row, keepers, here=here, is_past=today > row.closes_on),
        "own": request.member.organisation == str(row.organisation_id),
        "found": shown_result(row),
        "rules": load_votes(),
        "clauses": clauses_shown({"5.11"}),
        "faults": faults_sent(request, faults),
        "key": new_key(),
        "beside": side,
    }
    if context["takes"]:
        address = request.build_absolute_uri(reverse("voting", args=[row.pk]))
        context["qr"] = qr_code(address)
    status = 422 if faults else 200
    return render(request, "pages/participation/votes/vote.html", context, status=status)


def _proposals(request: MemberRequest, row: Vote) -> list[VoteProposal]:
    visible = VoteProposal.objects.visible_to(request.member).filter(vote=row).with_facts()
    return list(visible.prefetch_related("checks").order_by("number"))


def _forms(
    request: MemberRequest, row: Vote, keepers: Sequence[BoxKeeper], *, here: Here, is_past: bool
) -> dict[str, Any]:
    """The forms of its steps that may be taken; keys and counting wait for the last day."""
    own = [each for each in keepers if str(each.person_id) == request.member.person]
    keeps = any(each.released_on is None for each in own)
    hidden = {
        "unlock_box": not (keeps and is_past),
        "close_vote": not is_past,
        "keep_box": bool(own),
    }
    return {
        verb: None
        if hidden.get(verb)
        else deed_form(request, here[verb], form, address=reverse(verb, args=[row.pk]))
        for verb, form in FORMS.items()
    }


def _take(request: MemberRequest, identifier: UUID, action: Any) -> HttpResponse:
    def step(row: Vote, given: Mapping[str, Any]) -> object:
        return action(by=request.member, vote=row, **given)

    form = FORMS[sent_form(request)](request.POST)
    return step_on(request, "vote", identifier, form, step, page=vote_page)


@require_POST
def open_vote(request: MemberRequest, vote: UUID) -> HttpResponse:
    """Let people vote."""
    return _take(request, vote, actions.open_vote)


@require_POST
def close_vote(request: MemberRequest, vote: UUID) -> HttpResponse:
    """Open the box and count."""
    return _take(request, vote, actions.close_vote)


@require_POST
def unlock_box(request: MemberRequest, vote: UUID) -> HttpResponse:
    """Give one's key."""
    return _take(request, vote, ballots.unlock_box)


@require_POST
def keep_box(request: MemberRequest, vote: UUID) -> HttpResponse:
    """Keep a key: the answer shows the phrase, this once."""
    row: Vote = readable_thing(request, "vote", vote)
    filled = KeyForm(request.POST)
    key = filled.cleaned_data["key"] if filled.is_valid() else new_key()
    try:
        phrase = ballots.keep_box(by=request.member, vote=row, key=key)
    except AlreadyDone:
        return vote_page(request, row, faults={"": Said("口令只显示一次，已经显示过")})
    except Unsuitable as unsuitable:
        return vote_page(request, row, faults=unsuitable.faults)
    about(request, row)
    context = {"vote": row, "phrase": phrase}
    return render(request, "pages/participation/votes/phrase.html", context)
