"""Citizens sign in by a code sent to their telephone or mailbox; the first time opens an account.

The answer is the same for an address that is known and one that isn't; who they are is looked up
only once the code has come back.
"""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from gongzhi.core.terms import Said
from gongzhi.parties.actions.citizens import KNOWN_BY_ANOTHER, register_citizen
from gongzhi.parties.contacts import plain_address
from gongzhi.parties.entry_codes import (
    EntryCode,
    ProvenContact,
    entry_under_way,
    send_entry_code,
    take_entry_code,
)
from gongzhi.parties.factors import limits
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Contact, Person
from gongzhi.parties.openid.providers import provider_here
from gongzhi.parties.outgoing import Channel
from gongzhi.parties.ringing import ring
from gongzhi.parties.sending import can_send
from gongzhi.parties.sign_in import let_in
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.web.filled import shown
from gongzhi.web.limits import neighbourhood, within_hour, within_limit
from gongzhi.web.pages.refusals import too_often
from gongzhi.web.pages.signing.entering import destination, entered, wanted_page, with_next

ENTERING = "entering"  # the code that this browser waits for
ASKED_A_MINUTE_MAX, TRIED_A_MINUTE_MAX = 5, 20  # from one address of the network
ADDRESS_MAX, CODE_MAX = 300, 20
NOT_AN_ADDRESS = Said("手机号或者邮箱写得不对，请核对后再填")
TOO_MANY_CODES = Said("这个手机号或者邮箱今天收到的验证码太多了，请过一小时再试")
WRONG_CODE = Said("验证码不对，或者过了时限；错了太多次的，请重新发送")
SUSPENDED = Said("这个账号已经停用，请联系平台的安全管理员")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_code(request: MemberRequest) -> HttpResponse:
    """Ask for a telephone number or an e-mail address, and send a code there."""
    if request.user.is_authenticated:
        return redirect(destination(request))
    fault = None
    given = request.POST.get("address", "")[:ADDRESS_MAX]
    if request.method == "POST":
        if not within_limit(request, act="entry-code", times_a_minute=ASKED_A_MINUTE_MAX):
            return too_often(request)
        entry, fault = _sent(given)
        if entry is not None:
            request.session[ENTERING] = str(entry.pk)
            return redirect(with_next("enter-code", request))
    context = {
        "faults": shown({"address": fault}) if fault else [],
        "given": given,
        "next": wanted_page(request),
        "provider": provider_here(),
        "channels": [channel.value for channel in Channel if can_send(channel.value)],
    }
    return render(request, "pages/signing/by_code.html", context, status=422 if fault else 200)


@sensitive_post_parameters("code")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter_code(request: MemberRequest) -> HttpResponse:
    """Take the code; whoever comes for the first time gets an account."""
    if request.user.is_authenticated:
        return redirect(destination(request))
    entry = entry_under_way(request.session.get(ENTERING))
    if entry is None:
        return redirect(with_next("sign-in-code", request))
    if request.method != "POST":
        return _asked(request, entry)
    if not within_limit(request, act="entry-tried", times_a_minute=TRIED_A_MINUTE_MAX):
        return too_often(request)
    proven = take_entry_code(entry, request.POST.get("code", "")[:CODE_MAX])
    if proven is None:
        return _asked(request, entry, fault=WRONG_CODE)
    return _entered(request, proven)


def _sent(given: str) -> tuple[EntryCode | None, Said | None]:
    """The code that was sent to what somebody wrote, or why none was."""
    channel = Channel.EMAIL if "@" in given or "＠" in given else Channel.SMS
    address = plain_address(channel, given)
    if not address or not can_send(channel):
        return None, NOT_AN_ADDRESS
    entry = send_entry_code(channel=channel, address=address)
    return entry, None if entry else TOO_MANY_CODES


def _asked(request: MemberRequest, entry: EntryCode, *, fault: Said | None = None) -> HttpResponse:
    context = {
        "faults": shown({"code": fault}) if fault else [],
        "address": entry.shown,
        "minutes": limits().contact_code_minutes,
        "next": wanted_page(request),
    }
    return render(request, "pages/signing/enter_code.html", context, status=422 if fault else 200)


def _entered(request: MemberRequest, proven: ProvenContact) -> HttpResponse:
    """Sign in whoever the contact is, or whoever it is from now on."""
    request.session.pop(ENTERING, None)
    try:
        person, is_new = _whose(request, proven)
    except Unsuitable as unsuitable:
        context = {"faults": shown(unsuitable.faults)}
        return render(request, "pages/signing/no_account.html", context, status=403)
    if not let_in(request, person):
        return redirect(with_next("sign-in-factor", request))
    if is_new:
        wanted = wanted_page(request)
        query = f"?{urlencode({'next': wanted})}" if wanted else ""
        return redirect(reverse("public-name") + query)
    return entered(request, person)


def _whose(request: MemberRequest, proven: ProvenContact) -> tuple[Person, bool]:
    """Whose account the contact opens, and whether it was made just now."""
    known = _account(proven)
    if known is None:
        try:
            person = register_citizen(by=request.member, proven=proven)
        except Unsuitable as unsuitable:
            known = _account(proven)  # made a moment ago, in another window
            if known is None or unsuitable.faults.get("code") != KNOWN_BY_ANOTHER:
                raise
        else:
            note_new_account(request)
            return person, True
    if not known.is_active:
        raise Unsuitable({"code": SUSPENDED})
    return known, False


def note_new_account(request: MemberRequest) -> None:
    """Ring where one place of the network opens very many accounts; it may be a school, or not."""
    most = limits().new_citizens_an_hour
    if not within_hour(request, act="new-citizen", times=most):
        ring("many_citizens", about=neighbourhood(request))


def _account(proven: ProvenContact) -> Person | None:
    return Contact.objects.account_of(proven.digest)
