"""A proposal for a vote: checked by two offices, taken back, and what became of it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.terms import Said
from gongzhi.forum.actions import vote_proposals as actions
from gongzhi.forum.actions.vote_winners import adopt_winner as adopt
from gongzhi.forum.models import ProposalCheck, Voice, Vote, VoteProposal
from gongzhi.parties.deeds import insist
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.beside import beside
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.filled import KeyForm, new_key, take
from gongzhi.web.here import about
from gongzhi.web.pages.participation.deed_forms import deed_form, faults_sent, sent_form
from gongzhi.web.pages.participation.votes.becoming import becoming
from gongzhi.web.pages.participation.votes.forms import AdoptForm, CheckForm, ProposingForm
from gongzhi.web.pages.participation.votes.proposing import proposal_to_be, voices_of
from gongzhi.web.pages.participation.votes.seen import shown_why
from gongzhi.web.pages.participation.votes.vote import vote_page
from gongzhi.web.readable import readable_thing
from gongzhi.web.stepping import step_on

FORMS: Mapping[str, type[forms.Form]] = {
    "check_proposal": CheckForm,
    "withdraw_proposal": KeyForm,
    "adopt_winner": AdoptForm,
}


@require_POST
@login_required
def propose_project(request: MemberRequest, vote: UUID) -> HttpResponse:
    """Propose one."""
    row: Vote = readable_thing(request, "vote", vote)
    insist(request.member, "propose_project", proposal_to_be(request.member, row))

    def deed(given: Mapping[str, Any]) -> object:
        proposed = actions.Proposed(
            title=given["title"],
            text=given["text"],
            cost_yuan=given["cost_yuan"],
            voice=_voice(request, given["voice"]),
        )
        return actions.propose_project(
            by=request.member, vote=row, proposed=proposed, key=given["key"]
        )

    return take(
        request,
        ProposingForm(request.POST),
        deed,
        done=_("提案已收到，并写入存证；由两个岗位核对费用和合法性。"),
        page=lambda request, *, faults: vote_page(request, row, faults=faults),
        then=f"{reverse('vote', args=[row.pk])}#proposals",
    )


def _voice(request: MemberRequest, identifier: UUID | None) -> Voice | None:
    if identifier is None:
        return None
    known = {str(key) for key, _ in voices_of(request.member)}
    if str(identifier) not in known:
        raise Http404
    found: Voice = Voice.objects.visible_to(request.member).get(pk=identifier)
    return found


@require_safe
def proposal(request: MemberRequest, proposal: UUID) -> HttpResponse:
    """A proposal: what it is, what the offices found, what became of it."""
    return proposal_page(request, readable_thing(request, "vote_proposal", proposal))


def proposal_page(
    request: MemberRequest, row: VoteProposal, *, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    """The page of a proposal, with the faults of a step that could not be taken."""
    side = beside(request.member, row)
    here = about(request, row, *side.made_here)
    context: dict[str, Any] = {
        "proposal": row,
        "vote": row.vote,
        "checks": row.checks.select_related("office__organisation", "office__person"),
        "unchecked": _unchecked(row),
        "forms": {
            name: deed_form(request, here[name], form, address=reverse(name, args=[row.pk]))
            for name, form in FORMS.items()
            if name != "adopt_winner" or row.became_id is None
        },
        "why": shown_why(row),
        "became": becoming(request.member, row.vote, [row])[0],
        "clauses": clauses_shown({"5.11"}),
        "faults": faults_sent(request, faults),
        "key": new_key(),
        "beside": side,
    }
    status = 422 if faults else 200
    return render(request, "pages/participation/votes/proposal.html", context, status=status)


def _unchecked(row: VoteProposal) -> list[str]:
    done = set(row.checks.values_list("kind", flat=True))
    return [str(name) for code, name in ProposalCheck.Kind.choices if code not in done]


def _step(request: MemberRequest, identifier: UUID, deed: Any) -> HttpResponse:
    form = FORMS[sent_form(request)](request.POST)
    return step_on(request, "vote_proposal", identifier, form, deed, page=proposal_page)


@require_POST
def check_proposal(request: MemberRequest, proposal: UUID) -> HttpResponse:
    """Say what an office found."""

    def deed(row: VoteProposal, given: Mapping[str, Any]) -> object:
        checked = actions.Checked(
            kind=given["kind"],
            passed=given["passed"] == "yes",
            reason=given["reason"],
            cost_yuan=given["cost_yuan"],
        )
        return actions.check_proposal(
            by=request.member, proposal=row, checked=checked, key=given["key"]
        )

    return _step(request, proposal, deed)


@require_POST
def withdraw_proposal(request: MemberRequest, proposal: UUID) -> HttpResponse:
    """Take it back."""

    def deed(row: VoteProposal, given: Mapping[str, Any]) -> object:
        return actions.withdraw_proposal(by=request.member, proposal=row, **given)

    return _step(request, proposal, deed)


@require_POST
def adopt_winner(request: MemberRequest, proposal: UUID) -> HttpResponse:
    """Make it a project."""

    def deed(row: VoteProposal, given: Mapping[str, Any]) -> object:
        return adopt(by=request.member, proposal=row, **given)

    return _step(request, proposal, deed)
