"""Invitations: those that are open, sending one, taking one back."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.charter import Thing
from gongzhi.core.terms import Said
from gongzhi.parties.actions import people as actions
from gongzhi.parties.business_date import business_date
from gongzhi.parties.contacts import plain_address
from gongzhi.parties.invitations import Invitation, Invitee, new_token
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Organisation
from gongzhi.parties.offices import TITLE_MAX
from gongzhi.parties.outgoing import Channel
from gongzhi.parties.people import NAME_MAX
from gongzhi.parties.rights import charter_in_force, may
from gongzhi.parties.sending import can_send
from gongzhi.rules.offices import office_rules
from gongzhi.web.filled import KeyForm, do_once, faults_of, new_key, shown
from gongzhi.web.here import NEW, about
from gongzhi.web.pages.people.organisations import Choice, roles_to_give
from gongzhi.web.readable import readable_thing
from gongzhi.web.seals import seals_on

ROWS = 30
ADDRESS_MAX = 254


class InvitationForm(KeyForm):
    """Whom to invite, where the link goes, and which office goes with it."""

    organisation = forms.UUIDField()
    name = forms.CharField(max_length=NAME_MAX)
    channel = forms.ChoiceField(choices=Channel.choices)
    address = forms.CharField(max_length=ADDRESS_MAX)
    title = forms.CharField(max_length=TITLE_MAX, required=False)
    until_on = forms.DateField(required=False)

    def clean(self) -> dict[str, Any]:
        """The address as it was meant; roles need a title."""
        given = self.cleaned_data
        if given.get("channel") and given.get("address"):
            given["address"] = plain_address(given["channel"], given["address"])
            if not given["address"]:
                self.add_error("address", "")
        return given


@require_safe
@login_required
def invitations(request: MemberRequest) -> HttpResponse:
    """The invitations, and a form for who may invite."""
    return _page(request)


@require_POST
def invite_person(request: MemberRequest) -> HttpResponse:
    """Send somebody a link; the answer is the same whether the address is known or not."""
    filled = InvitationForm(request.POST)
    if not filled.is_valid():
        return _page(request, faults=faults_of(filled))
    given = filled.cleaned_data
    organisation = readable_thing(request, "organisation", given["organisation"])
    roles = tuple(r for r in request.POST.getlist("roles") if r in charter_in_force().roles)
    if roles and not given["title"]:
        return _page(request, faults={"title": Said("授予角色要写岗位名称")})
    offer = actions.Offer(title=given["title"], roles=roles, until_on=given["until_on"])
    link = actions.Link(site=f"{request.scheme}://{request.get_host()}", token=new_token())
    do_once(
        request,
        lambda: actions.invite_person(
            by=request.member,
            organisation=organisation,
            invitee=Invitee(name=given["name"], channel=given["channel"], address=given["address"]),
            link=link,
            offer=offer if given["title"] else None,
            key=given["key"],
        ),
        done=_("邀请已发出，并写入存证。链接只在那条消息里。"),
    )
    return redirect("invitations")


@require_POST
def withdraw_invitation(request: MemberRequest, invitation: UUID) -> HttpResponse:
    """Make a link worthless."""
    row = readable_thing(request, "invitation", invitation)
    filled = KeyForm(request.POST)
    if not filled.is_valid():
        return _page(request, faults=faults_of(filled))
    do_once(
        request,
        lambda: actions.withdraw_invitation(
            by=request.member, invitation=row, key=filled.cleaned_data["key"]
        ),
        done=_("邀请已撤回，链接已失效。"),
    )
    return redirect("invitations")


def _page(request: MemberRequest, *, faults: Mapping[str, Said] | None = None) -> HttpResponse:
    today = business_date()
    page = Paginator(
        Invitation.objects.visible_to(request.member).select_related("organisation", "given_by"),
        ROWS,
    ).get_page(request.GET.get("page"))
    inviting = _where_to_invite(request)
    deeds = about(request, *page, *(new_invitation(each) for each in inviting))
    context = {
        "page": page,
        "seals": seals_on(page),
        "query": "",
        "rows": [_shown(invitation, deeds, today=today) for invitation in page],
        "organisations": inviting,
        "roles": _roles(request, inviting, today=today),
        "channels": [choice for choice in Channel.choices if can_send(choice[0])],
        "days": office_rules(on=today).invitation_days,
        "deeds": deeds,
        "given": request.POST,
        "chosen": request.POST.getlist("roles"),
        "faults": shown(faults or {}),
        "key": new_key(),
    }
    return render(request, "pages/people/invitations.html", context, status=422 if faults else 200)


def _shown(invitation: Invitation, deeds: Any, *, today: date) -> Mapping[str, object]:
    names = charter_in_force().roles
    return {
        "invitation": invitation,
        "invitee": invitation.taken_out(),
        "roles": [names[role] for role in invitation.roles if role in names],
        "over": invitation.stage == "open" and invitation.expires_on < today,
        "withdraw": deeds.on(invitation, "withdraw_invitation"),
    }


def new_invitation(organisation: Organisation) -> Thing:
    """An invitation that could be sent into an organisation."""
    return replace(Invitation(organisation=organisation).thing(), id=NEW)


def _where_to_invite(request: MemberRequest) -> list[Organisation]:
    """The organisations into which the reader may invite: all, their own, or none."""
    if request.office is None:
        return []
    own = request.office.organisation
    asker = replace(request.member, fresh=True)
    elsewhere = Thing(kind="invitation", id=NEW, owner="another", stage="open")
    if may(asker, "invite_person", elsewhere):
        return list(Organisation.objects.visible_to(request.member))
    return [own] if may(asker, "invite_person", new_invitation(own)) else []


def _roles(
    request: MemberRequest, inviting: list[Organisation], *, today: date
) -> tuple[Choice, ...]:
    """The roles that may go with an invitation: those that the reader may give at home."""
    own = next((o for o in inviting if str(o.pk) == request.member.organisation), None)
    return roles_to_give(request.member, own, today=today) if own else ()
