"""Signing in and out, and choosing the office to act in.

Sessions belong to the framework, so none of this is a deed. The demo's switcher signs in as
anybody; it works only in a database made by `demo`, for a browser on the same machine.
"""

from collections.abc import Sequence
from ipaddress import ip_address

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest

from gongzhi.parties.models import Office, Person

CHOSEN = "office"
PASSWORDS = "django.contrib.auth.backends.ModelBackend"


class NotADemo(Exception):
    """Somebody tried the demo's switcher where it doesn't exist."""


def sign_in(request: HttpRequest, *, username: str, password: str) -> Person | None:
    """Sign in with a password; None when it is wrong, without saying which part."""
    person = auth.authenticate(request, username=username, password=password)
    if person is not None:
        auth.login(request, person)
    return person


def sign_out(request: HttpRequest) -> None:
    """End the session; its identifier is dead."""
    auth.logout(request)


def chosen_office(request: HttpRequest, held: Sequence[Office]) -> Office | None:
    """The office chosen in this session among those still held, else the first."""
    chosen = request.session.get(CHOSEN)
    for office in held:
        if str(office.pk) == chosen:
            return office
    return held[0] if held else None


def choose_office(request: HttpRequest, office: Office) -> None:
    """Act in another of one's own offices from now on."""
    assert office.person_id == request.user.pk, "somebody else's office"
    request.session[CHOSEN] = str(office.pk)


def may_switch(request: HttpRequest) -> bool:
    """Whether this is a demo and the browser sits on the same machine, with no proxy between."""
    return bool(
        settings.DEMO
        and ip_address(request.META["REMOTE_ADDR"]).is_loopback
        and "HTTP_X_FORWARDED_FOR" not in request.META
    )


def switch_office(request: HttpRequest, office: Office) -> None:
    """Become whoever holds an office: the demo's role switcher."""
    if not may_switch(request):
        raise NotADemo("the switcher exists only in a demo on this machine")
    auth.login(request, office.person, backend=PASSWORDS)
    request.session[CHOSEN] = str(office.pk)
