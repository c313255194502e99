"""How one can be reached: adding an address, showing that it is one's own, erasing it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gongzhi.parties.contacts import (
    CONTACTS_MAX,
    add_contact,
    is_only_way_in,
    let_open,
    plain_address,
    reach,
    send_contact_code,
    verify_contact,
)
from gongzhi.parties.models import Contact, Person
from gongzhi.parties.outgoing import Channel
from gongzhi.parties.sending import can_send
from gongzhi.parties.sign_in import signed_in
from gongzhi.web.limits import within_limit
from gongzhi.web.pages.refusals import too_often
from gongzhi.web.pages.signing.again import ask_if_stale

CODES_A_MINUTE_MAX = 3


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new_contact(request: HttpRequest) -> HttpResponse:
    """Add an address and send a code there."""
    if stale := ask_if_stale(request):
        return stale
    channel = request.POST.get("channel", "")
    address = plain_address(channel, request.POST.get("address", "")[:300])
    has_room = Contact.objects.of(signed_in(request)).count() < CONTACTS_MAX
    if request.method == "POST" and address and channel in Channel.values and has_room:
        if not within_limit(request, act="contact", times_a_minute=CODES_A_MINUTE_MAX):
            return too_often(request)
        contact = add_contact(signed_in(request), channel=channel, address=address)
        if contact is not None:
            send_contact_code(contact)
            return redirect("verify-contact", contact.pk)
        has_room = False
    context = {
        "channels": [(c.value, c.label) for c in Channel if can_send(c.value)],
        "wrong": request.method == "POST",
        "room": has_room,
    }
    return render(request, "pages/account/new_contact.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def verify(request: HttpRequest, contact: UUID) -> HttpResponse:
    """Take the code that was sent, or send another."""
    own = _own(request, contact)
    if request.method == "POST" and "again" in request.POST:
        if not within_limit(request, act="contact", times_a_minute=CODES_A_MINUTE_MAX):
            return too_often(request)
        send_contact_code(own)
        messages.success(request, _("验证码已重新发送。"), extra_tags="kept")
        return redirect("verify-contact", own.pk)
    if request.method == "POST" and verify_contact(own, request.POST.get("code", "")[:20]):
        if not let_open(own):
            own.delete()
            told = _("这个联系方式已经是另一个账号的登录方式，没有增加。")
            messages.warning(request, told, extra_tags="watch")
            return redirect("account")
        _tell(own.person, _("您的账号刚刚增加了一个联系方式。"))
        messages.success(request, _("联系方式已核实。"), extra_tags="kept")
        return redirect("account")
    context = {"contact": own, "wrong": request.method == "POST"}
    return render(request, "pages/account/verify_contact.html", context)


@require_POST
@login_required
def erase_contact(request: HttpRequest, contact: UUID) -> HttpResponse:
    """Erase an address; nothing of it is kept."""
    if stale := ask_if_stale(request):
        return stale
    own = _own(request, contact)
    if is_only_way_in(own):
        told = _("这是您登录用的唯一联系方式，先增加另一个再删除；要删除账号，请到“我的数据”。")
        messages.warning(request, told, extra_tags="watch")
        return redirect("account")
    if own.verified_at is not None:
        _tell(own.person, _("您的账号刚刚删除了一个联系方式。"))
    own.delete()
    messages.success(request, _("联系方式已删除。"), extra_tags="kept")
    return redirect("account")


def _tell(person: Person, text: str) -> None:
    """Tell the person where they could be reached until now."""
    warning = _("不是您本人操作的，请马上联系本单位的安全管理员。")
    reach(person, subject=_("联系方式有变动"), text=f"{text}{warning}")


def _own(request: HttpRequest, identifier: UUID) -> Contact:
    found = Contact.objects.of(signed_in(request)).filter(pk=identifier).first()
    if found is None:
        raise Http404
    own: Contact = found
    return own
