"""Setting second factors up and taking them away; each step only with a fresh proof."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from gongzhi.parties.contacts import reach
from gongzhi.parties.factors import FACTORS_MAX, NAME_MAX, Factor, has_second_factor
from gongzhi.parties.locked_values import lock, unlock
from gongzhi.parties.models import Person, RecoveryCode
from gongzhi.parties.recovery_codes import make_recovery_codes, recovery_codes_left
from gongzhi.parties.security_keys import add_key, ask_for_new_key
from gongzhi.parties.sign_in import forget_factor, show_again, signed_in
from gongzhi.parties.time_codes import add_time_code, address_of_secret, new_secret
from gongzhi.web.pages.signing.again import ask_if_stale
from gongzhi.web.pages.signing.asking import asked_challenge, remember_challenge, site_of
from gongzhi.web.qr_codes import qr_code

SECRET = "new_secret"  # noqa: S105 - the name under which the session keeps it


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def time_code(request: HttpRequest) -> HttpResponse:
    """Set a telephone up: show its secret, and take it once it shows a right code."""
    if stale := ask_if_stale(request):
        return stale
    person = signed_in(request)
    secret = _kept_secret(request)
    if request.method == "POST" and secret is not None and _has_room(person):
        code = request.POST.get("code", "")
        factor = add_time_code(person, name=_name(request, _("手机")), secret=secret, code=code)
        if factor is not None:
            del request.session[SECRET]
            return _added(request, factor)
    if request.method != "POST" or secret is None:
        secret = new_secret()
        request.session[SECRET] = lock(secret, bound_to=person.pk).hex()
    address = address_of_secret(secret, person=person, issuer=_("共治"))
    context = {
        "picture": qr_code(address),
        "secret": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        "wrong": request.method == "POST",
        "name": request.POST.get("name", "")[:NAME_MAX],
        "room": _has_room(person),
    }
    return render(request, "pages/account/time_code.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def security_key(request: HttpRequest) -> HttpResponse:
    """Set a security key up: the browser makes one, its answer is checked and kept."""
    if stale := ask_if_stale(request):
        return stale
    person, site = signed_in(request), site_of(request)
    if request.method == "POST" and _has_room(person):
        state = asked_challenge(request)
        answer = request.POST.get("answer", "")
        name = _name(request, _("安全密钥"))
        factor = state and add_key(site, person, name=name, state=state, answer=answer)
        if factor:
            return _added(request, factor)
    challenge = ask_for_new_key(site, person)
    remember_challenge(request, challenge)
    context = {
        "options": challenge.options,
        "wrong": request.method == "POST",
        "by_number": site.host.replace(".", "").isdigit() or ":" in site.host,
        "room": _has_room(person),
    }
    return render(request, "pages/account/security_key.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Make new codes for the drawer; they are shown this once."""
    if stale := ask_if_stale(request):
        return stale
    if not has_second_factor(signed_in(request)):
        return redirect("account")
    context: dict[str, object] = {"left": recovery_codes_left(signed_in(request))}
    if request.method == "POST":
        context["codes"] = make_recovery_codes(signed_in(request))
    return render(request, "pages/account/recovery_codes.html", context)


@require_POST
@login_required
def remove_factor(request: HttpRequest, factor: UUID) -> HttpResponse:
    """Take a factor away; with the last one the recovery codes go too."""
    if stale := ask_if_stale(request):
        return stale
    person = signed_in(request)
    gone, _rows = Factor.objects.of(person).filter(pk=factor).delete()
    if not gone:
        raise Http404
    if not has_second_factor(person):
        RecoveryCode.objects.filter(person=person).delete()
        forget_factor(request)
    _tell(person, _("您的一个第二重验证刚刚删除了。"))
    messages.success(request, _("已删除。"), extra_tags="kept")
    return redirect("account")


def _added(request: HttpRequest, factor: Factor) -> HttpResponse:
    """The session has shown the new factor; the first one brings its recovery codes."""
    person = signed_in(request)
    show_again(request, factor=factor.kind)
    _tell(person, _("您的账号刚刚增加了一个第二重验证。"))
    messages.success(request, _("第二重验证已设置。"), extra_tags="kept")
    if not recovery_codes_left(person):
        codes = make_recovery_codes(person)
        return render(request, "pages/account/recovery_codes.html", {"codes": codes})
    return redirect("account")


def _kept_secret(request: HttpRequest) -> str | None:
    """The secret that the page before has shown; it stands locked in the session."""
    kept = request.session.get(SECRET)
    return unlock(bytes.fromhex(kept), bound_to=signed_in(request).pk) if kept else None


def _has_room(person: Person) -> bool:
    return Factor.objects.of(person).count() < FACTORS_MAX


def _name(request: HttpRequest, otherwise: str) -> str:
    return request.POST.get("name", "").strip()[:NAME_MAX] or otherwise


def _tell(person: Person, text: str) -> None:
    warning = _("不是您本人操作的，请马上联系本单位的安全管理员。")
    reach(person, subject=_("第二重验证有变动"), text=f"{text}{warning}")
