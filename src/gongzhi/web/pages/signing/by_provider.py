"""Signing in through the identity provider (OpenID Connect), linking it, showing it again."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongzhi.core.terms import Said
from gongzhi.parties.actions.citizens import KNOWN_BY_ANOTHER, confirm_identity, register_citizen
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Person
from gongzhi.parties.openid.flow import (
    CHANGED_MIND,
    AskedProvider,
    Subject,
    ask_provider,
    subject_of_answer,
)
from gongzhi.parties.openid.providers import NotAnswered, Provider, provider_here
from gongzhi.parties.outside_logins import keep_login, known_login
from gongzhi.parties.sign_in import let_in, show_again, signed_in
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.web.filled import shown
from gongzhi.web.limits import within_limit
from gongzhi.web.pages.refusals import too_often
from gongzhi.web.pages.signing.again import ask_if_stale
from gongzhi.web.pages.signing.by_code import SUSPENDED, note_new_account
from gongzhi.web.pages.signing.entering import entered, wanted_page

ASKED = "provider"  # what this browser was sent with: good for one answer
SENT_A_MINUTE_MAX = 10
NO_ANSWER = Said("身份认证平台没有给出可用的回答，请重新登录")
GAVE_UP = Said("您没有完成身份认证，可以重新来，也可以用别的方式登录")
SOMEBODY_ELSE = Said("开始认证以后换了账号，请重新来")


@never_cache
@require_safe
def to_provider(request: MemberRequest) -> HttpResponse:
    """Send the browser to the provider: to sign in, to link it, or to show who one is again."""
    provider = _provider()
    if not within_limit(request, act="provider", times_a_minute=SENT_A_MINUTE_MAX):
        return too_often(request)
    again = request.user.is_authenticated and "again" in request.GET
    if request.user.is_authenticated and not again and (stale := ask_if_stale(request)):
        return stale
    back = request.build_absolute_uri(reverse("provider-answered"))
    try:
        address, asked = ask_provider(provider, back=back, anew=again)
    except NotAnswered:
        return _refused(request, NO_ANSWER)
    request.session[ASKED] = {
        "asked": asked.kept(),
        "next": wanted_page(request),
        "person": str(request.user.pk) if request.user.is_authenticated else "",
    }
    return redirect(address)


@never_cache
@require_safe
def provider_answered(request: MemberRequest) -> HttpResponse:
    """Take the provider's answer, once."""
    provider, kept = _provider(), request.session.pop(ASKED, None)
    if not within_limit(request, act="provider-back", times_a_minute=SENT_A_MINUTE_MAX):
        return too_often(request)
    if kept is None:
        return _refused(request, NO_ANSWER)
    if request.GET.get("error") == CHANGED_MIND:
        return _refused(request, GAVE_UP)
    asked = AskedProvider(**kept["asked"])
    try:
        subject = subject_of_answer(provider, asked, address=request.get_full_path())
    except NotAnswered:
        return _refused(request, NO_ANSWER)
    own = str(request.user.pk) if request.user.is_authenticated else ""
    if own != kept["person"]:
        return _refused(request, SOMEBODY_ELSE)
    wanted = kept["next"]
    try:
        if own:
            return _linked(request, subject, anew=asked.anew, wanted=wanted)
        return _entered(request, subject, wanted=wanted)
    except Unsuitable as unsuitable:
        return _refused(request, *unsuitable.faults.values())


def _linked(request: MemberRequest, subject: Subject, *, anew: bool, wanted: str) -> HttpResponse:
    """The provider now signs in to the account at hand, or has shown again whose it is."""
    own = Person.objects.visible_to(request.member)  # the row itself, which a deed locks
    person = own.get(pk=signed_in(request).pk)
    known = known_login(subject.issuer, subject.identifier)
    if (known is not None and known.person != person) or (known is None and anew):
        raise Unsuitable({"provider": KNOWN_BY_ANOTHER})
    if anew:
        show_again(request)
        return redirect(wanted or "account")
    if known is None:
        keep_login(person, issuer=subject.issuer, subject=subject.identifier)
    if subject.verified and person.human_id is None:
        confirm_identity(by=request.member, person=person, subject=subject)
    messages.success(request, _("身份认证平台已连到您的账号。"), extra_tags="kept")
    return redirect(wanted or "account")


def _entered(request: MemberRequest, subject: Subject, *, wanted: str) -> HttpResponse:
    """Sign in whoever the subject is here, or whoever it is from now on."""
    known = known_login(subject.issuer, subject.identifier)
    if known is None:
        person = register_citizen(by=request.member, outside=subject)
        note_new_account(request)
    else:
        person = known.person
    if not person.is_active:
        raise Unsuitable({"provider": SUSPENDED})
    query = f"?{urlencode({'next': wanted})}" if wanted else ""
    if not let_in(request, person):
        return redirect(reverse("sign-in-factor") + query)
    if known is None:
        return redirect(reverse("public-name") + query)
    return entered(request, person, wanted=wanted)


def _provider() -> Provider:
    provider = provider_here()
    if provider is None:
        raise Http404
    return provider


def _refused(request: MemberRequest, *faults: Said) -> HttpResponse:
    told = [fault for each in faults for fault in shown({"": each})]
    return render(request, "pages/signing/no_account.html", {"faults": told}, status=403)
