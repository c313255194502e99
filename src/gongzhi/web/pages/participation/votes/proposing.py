"""Proposing a project for a vote: the form on its page, and one's own voices to begin with."""

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _

from gongzhi.core.charter import Member, Thing
from gongzhi.forum.actions import vote_proposals as actions
from gongzhi.forum.models import Voice, Vote
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.here import NEW, Here
from gongzhi.web.pages.participation.deed_forms import DeedForm, deed_form
from gongzhi.web.pages.participation.votes.forms import ProposingForm

VOICES_MAX = 50


def proposal_to_be(member: Member, row: Vote) -> Thing:
    """The proposal that the reader could make."""
    return replace(actions.proposal_to_be(member, row).thing(), id=NEW)


def proposing_form(request: MemberRequest, row: Vote, *, here: Here) -> DeedForm | None:
    """The form to propose a project, while proposals are taken."""
    verb = "propose_project"
    if row.stage != Vote.Stage.ANNOUNCED or row.proposals_until < business_date():
        return None
    return deed_form(
        request,
        here[verb],
        ProposingForm,
        address=reverse(verb, args=[row.pk]),
        choices={"voice": [("", _("不是从意见来的")), *voices_of(request.member)]},
        values=request.GET.dict(),
    )


def voices_of(member: Member) -> list[tuple[object, str]]:
    """One's own needs and proposals, from which a project for the vote can be made."""
    rows = Voice.objects.visible_to(member).defer("words")
    if member.organisation is not None:
        own = rows.filter(organisation=member.organisation)
    elif member.person is not None:
        own = rows.filter(person=member.person)
    else:
        return []
    return [(each.pk, str(each)) for each in own.order_by("-pk")[:VOICES_MAX]]
