"""Accepting an invitation: whoever has the link opens the account, with a password of their own."""

from collections.abc import Mapping

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from gongzhi.core.terms import Said
from gongzhi.parties.actions.people import Account, InvitationOver
from gongzhi.parties.actions.people import accept_invitation as accept
from gongzhi.parties.business_date import business_date
from gongzhi.parties.factors import limits
from gongzhi.parties.invitations import Invitation
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.passwords import PASSWORD_MAX
from gongzhi.parties.people import NAME_MAX
from gongzhi.parties.sign_in import enter
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.web.filled import faults_of, shown
from gongzhi.web.here import about
from gongzhi.web.limits import within_limit
from gongzhi.web.pages.refusals import too_often
from gongzhi.web.pages.signing.entering import USERNAME_MAX, entered

TRIED_A_MINUTE_MAX = 10  # from one address
IDENTITY_MAX = 40


class AccountForm(forms.Form):
    """The account as it shall be."""

    username = forms.CharField(max_length=USERNAME_MAX)
    name = forms.CharField(max_length=NAME_MAX)
    identity = forms.CharField(max_length=IDENTITY_MAX)
    password = forms.CharField(max_length=PASSWORD_MAX, strip=False)


@sensitive_post_parameters("password", "identity")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept_invitation(request: MemberRequest, token: str) -> HttpResponse:
    """Show the invitation and take the account; a link that is over tells nothing else."""
    if not within_limit(request, act="accept", times_a_minute=TRIED_A_MINUTE_MAX):
        return too_often(request)
    invitation = Invitation.objects.by_token(token, on=business_date())
    if invitation is None:
        return _over(request)
    if request.user.is_authenticated:
        return render(request, "pages/people/signed_in_already.html", status=409)
    if request.method != "POST":
        return _form(request, invitation)
    filled = AccountForm(request.POST)
    if not filled.is_valid():
        return _form(request, invitation, faults=faults_of(filled))
    try:
        account = Account(**filled.cleaned_data)
        person = accept(by=request.member, token=token, account=account)
    except InvitationOver:
        return _over(request)
    except Unsuitable as unsuitable:
        return _form(request, invitation, faults=unsuitable.faults)
    enter(request, person)
    return entered(request, person)


def _form(
    request: MemberRequest,
    invitation: Invitation,
    *,
    faults: Mapping[str, Said] | None = None,
) -> HttpResponse:
    about(request, invitation)
    invitee = invitation.taken_out()
    context = {
        "invitation": invitation,
        "name": request.POST.get("name") or (invitee.name if invitee else ""),
        "username": request.POST.get("username", ""),
        "least": limits().password_characters_min,
        "faults": shown(faults or {}),
    }
    status = 422 if faults else 200
    return render(request, "pages/people/accept_invitation.html", context, status=status)


def _over(request: MemberRequest) -> HttpResponse:
    """Used, withdrawn, too old or never sent: the answer is the same."""
    return render(request, "pages/people/invitation_over.html", status=403)
