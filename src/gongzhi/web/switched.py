"""After somebody took another seat: back to the page they were on, or on to their own desk.

What the page showed may not be for the new seat. To say so by the page that isn't there would be
right and of no use; so the next answer knows, from a cookie for that one page, that they switched.
"""

from urllib.parse import quote, urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

COOKIE, SECONDS = "switched", 30


def back_to(address: str) -> HttpResponse:
    """Back to where they were, with word that they switched there."""
    answer = redirect(address)
    answer.set_cookie(
        COOKIE,
        quote(urlsplit(address).path),
        max_age=SECONDS,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return answer


def elsewhere(request: HttpRequest) -> HttpResponse | None:
    """From a page that isn't there for the new seat on to its desk; None where nobody switched.

    Whether the page isn't there at all makes no difference.
    """
    if request.method != "GET" or request.COOKIES.get(COOKIE) != quote(request.path):
        return None
    messages.info(request, _("换了身份，刚才那一页不对这个身份公开。"), extra_tags="watch")
    answer = redirect("desk" if request.user.is_authenticated else "home")
    answer.delete_cookie(COOKIE, samesite="Lax")
    return answer
