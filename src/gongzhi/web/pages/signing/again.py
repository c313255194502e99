"""Showing a factor again before something weighty; what was being sent is kept and offered again.

A form that the charter refused only because the last proof was too old (clause 3.10) waits in
the session while its sender shows the factor, and is then sent by their own click.
"""

import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth import authenticate
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from gongzhi.core.charter import Refused
from gongzhi.parties.factors import has_second_factor
from gongzhi.parties.openid.providers import provider_here
from gongzhi.parties.passwords import PASSWORD_MAX
from gongzhi.parties.sign_in import show_again, signed_in, standing
from gongzhi.web.clauses import clause_shown
from gongzhi.web.filled import shown
from gongzhi.web.pages.display import own_address
from gongzhi.web.pages.signing.again_by_code import (
    code_sent,
    fault_of_code,
    has_no_password,
    send_again,
)
from gongzhi.web.pages.signing.asking import ask, given

HELD = "held"  # what was being sent: address, fields, the page it came from, which clauses
HELD_S = 1800
HELD_CHARACTERS_MAX = 200_000
NOT_WRITTEN = {"key", "revision"}  # what a form carries beside what its reader wrote
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field


def ask_if_stale(request: HttpRequest) -> HttpResponse | None:
    """For pages of one's own account: the way to show a factor, unless one was shown just now."""
    if standing(request).fresh:
        return None
    here = request.get_full_path() if request.method != "POST" else reverse("account")
    return redirect(_address(here))


def ask_again(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """Keep the form that was refused for its age, and ask for a factor."""
    page = _page_before(request)
    fields = [
        (name, value) for name, values in request.POST.lists() if name != TOKEN for value in values
    ]
    size = sum(len(name) + len(value) for name, value in fields)
    if request.FILES or size > HELD_CHARACTERS_MAX:
        request.session.pop(HELD, None)  # files aren't kept: the page is opened anew
    else:
        request.session[HELD] = {
            "action": request.get_full_path(),
            "fields": fields,
            "back": page,
            "clauses": list(refusal.clauses),
            "at": time.time(),
        }
    return redirect(_address(page))


def _page_before(request: HttpRequest) -> str:
    """The page of this site that the form stood on, else the front page."""
    before = urlsplit(request.headers.get("Referer", ""))
    page = f"{before.path}?{before.query}" if before.query else before.path
    is_ours = url_has_allowed_host_and_scheme(page, {request.get_host()})
    return page if is_ours and page.startswith("/") else reverse("home")


@sensitive_post_parameters("password")
@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest) -> HttpResponse:
    """Ask for the second factor; for the password of who has none, or a code of who has neither."""
    person = signed_in(request)
    by_factor = has_second_factor(person)
    if not by_factor and has_no_password(person):
        return _again_by_code(request)
    if request.method == "POST" and _is_right(request, by_password=not by_factor):
        return _resume(request)
    asked = ask(request, person) if by_factor else None
    return _page(request, {"asked": asked, "wrong": request.method == "POST"})


def _again_by_code(request: HttpRequest) -> HttpResponse:
    """Send a code to the contact by which somebody signs in, and take it."""
    person, fault = signed_in(request), None
    if request.method == "POST" and "send" in request.POST:
        fault = send_again(request, person)
    elif request.method == "POST":
        fault = fault_of_code(request, person)
        if fault is None:
            show_again(request)
            return _resume(request)
    sent = code_sent(request)
    asked = {
        "by_code": True,
        "provider": provider_here() if person.outside_logins.exists() else None,
        "sent_to": sent.shown if sent else "",
        "faults": shown({"code": fault}) if fault else [],
    }
    return _page(request, asked)


def _page(request: HttpRequest, asked: Mapping[str, object]) -> HttpResponse:
    held = _held(request)
    context = {
        **asked,
        "next": own_address(request),
        "action": reverse("sign-in-again"),
        "clauses": [clause_shown(number) for number in held["clauses"]] if held else [],
    }
    return render(request, "pages/signing/again.html", context)


def _is_right(request: HttpRequest, *, by_password: bool) -> bool:
    person = signed_in(request)
    if not by_password:
        factor = given(request, person)
        if factor is None:
            return False
        show_again(request, factor=factor)
        return True
    password = request.POST.get("password", "")[:PASSWORD_MAX]
    if authenticate(request, username=person.username, password=password) != person:
        return False
    show_again(request)
    return True


def _resume(request: HttpRequest) -> HttpResponse:
    """Offer the form again that was waiting; without one, go to the page."""
    held = _held(request)
    request.session.pop(HELD, None)
    if held is None:
        return redirect(own_address(request))
    written = [value for name, value in held["fields"] if name not in NOT_WRITTEN and value]
    return render(request, "pages/signing/resume.html", {"held": held, "texts": written})


def _held(request: HttpRequest) -> Mapping[str, Any] | None:
    held: Mapping[str, Any] | None = request.session.get(HELD)
    return held if held is not None and time.time() - held["at"] <= HELD_S else None


def _address(page: str) -> str:
    return f"{reverse('sign-in-again')}?{urlencode({'next': page})}"
