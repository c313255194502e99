"""Signing in with a password, then with the second factor; signing out."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from gongzhi.parties.business_date import business_date
from gongzhi.parties.guessing import remember_device
from gongzhi.parties.members import offices_held
from gongzhi.parties.models import Person
from gongzhi.parties.openid.providers import provider_here
from gongzhi.parties.passwords import PASSWORD_MAX
from gongzhi.parties.sign_in import enter, pending_person
from gongzhi.parties.sign_in import sign_in as take_password
from gongzhi.parties.sign_in import sign_out as end_session
from gongzhi.web.pages.display import own_address
from gongzhi.web.pages.signing.asking import ask, given

USERNAME_MAX = 60


class PasswordForm(forms.Form):
    """A username and its password."""

    username = forms.CharField(max_length=USERNAME_MAX)
    password = forms.CharField(max_length=PASSWORD_MAX, strip=False)


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for username and password; what is wrong with them isn't told apart."""
    if request.user.is_authenticated:
        return redirect(destination(request))
    filled = PasswordForm(request.POST or None)
    if request.method == "POST" and filled.is_valid():
        person = take_password(request, **filled.cleaned_data)
        if person is not None and request.user.is_authenticated:
            return entered(request, person)
        if person is not None:
            return redirect(with_next("sign-in-factor", request))
    context = {
        "wrong": request.method == "POST",
        "username": request.POST.get("username", "")[:USERNAME_MAX],
        "next": wanted_page(request),
        "provider": provider_here(),
    }
    return render(request, "pages/signing/sign_in.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """Ask somebody who gave the right password for the second factor."""
    if request.user.is_authenticated:
        return redirect(destination(request))
    person = pending_person(request)
    if person is None:
        return redirect(with_next("sign-in", request))
    if request.method == "POST" and (factor := given(request, person)):
        enter(request, person, factor=factor)
        return entered(request, person)
    context = {
        "asked": ask(request, person),
        "wrong": request.method == "POST",
        "next": wanted_page(request),
        "action": reverse("sign-in-factor"),
    }
    return render(request, "pages/signing/second_factor.html", context)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session and go to the front page."""
    end_session(request)
    return redirect("home")


def entered(request: HttpRequest, person: Person, *, wanted: str = "") -> HttpResponse:
    """Send somebody on who has just signed in; an office without a second factor sets one up."""
    has_office = offices_held(person, on=business_date()).exists()
    if has_office and not person.factors.exists():
        messages.info(request, _("在岗人员要先设置第二重验证，才能办理。"), extra_tags="watch")
        answer: HttpResponse = redirect("account")
    else:
        answer = redirect(wanted or destination(request))
    remember_device(request, answer, person)
    return answer


def destination(request: HttpRequest) -> str:
    """Where the visitor wanted to go, else the desk."""
    return own_address(request) if wanted_page(request) else reverse("desk")


def wanted_page(request: HttpRequest) -> str:
    """The page that somebody came from, if it is one of this site."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    return own_address(request) if asked else ""


def with_next(name: str, request: HttpRequest) -> str:
    """The address of a page on the way in, with the page that somebody wanted."""
    wanted = wanted_page(request)
    return reverse(name) + (f"?{urlencode({'next': wanted})}" if wanted else "")
