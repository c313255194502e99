"""How a reader wants the pages: language, size, colours. Kept in cookies, not in accounts."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from gongzhi.web.frame import SIZES, THEMES

YEAR_SECONDS = 31_536_000


def own_address(request: HttpRequest) -> str:
    """The page to go back to, if it is one of this site; else the front page."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    mine = url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure())
    return asked if mine and asked.startswith("/") else reverse("home")


@require_POST
def display(request: HttpRequest) -> HttpResponseBase:
    """Remember a choice and show the page again, a result with all that it carries."""
    if "state" in request.POST:
        answer: HttpResponseBase = HttpResponse(status=307)  # the browser sends the state along
        answer["Location"] = reverse("check-again")
    else:
        answer = redirect(own_address(request))
    languages = tuple(code for code, _ in settings.LANGUAGES)
    known = {settings.LANGUAGE_COOKIE_NAME: languages, "theme": THEMES, "size": SIZES}
    for cookie, values in known.items():
        value = request.POST.get("language" if values is languages else cookie)
        if value in values:
            _remember(answer, cookie=cookie, value=value)
    return answer


def _remember(answer: HttpResponseBase, *, cookie: str, value: str) -> None:
    answer.set_cookie(
        cookie,
        value,
        max_age=YEAR_SECONDS,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
