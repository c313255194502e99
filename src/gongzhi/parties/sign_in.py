"""Signing in and out, and choosing the office to act in.

Sessions belong to the framework, so none of this is a deed. A password alone lets somebody with
a second factor no further than the page that asks for it. What a session has shown (a factor,
and when last) stands in it; the charter asks for it (clauses 3.9 and 3.10).

The demo's switcher signs in as anybody; it works only in a database made by `demo`, for a
browser on the same machine, and such a session counts as one that has shown everything.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest

from gongzhi.parties.factors import has_second_factor, limits
from gongzhi.parties.models import Office, Person
from gongzhi.parties.sessions import end_sessions

CHOSEN = "office"
SHOWN = "shown"  # what this session has shown: when it began, which factor, when last
PENDING = "pending"  # who gave the right password and has still to show the second factor
PENDING_S = 600
DEMO = "demo"
PASSWORDS = "django.contrib.auth.backends.ModelBackend"

# What a browser says of itself, the more telling words first.
BROWSERS = {
    "MicroMessenger": "WeChat",
    "Edg": "Edge",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Windows": "Windows",
    "Android": "Android",
    "iPhone": "iPhone",
    "Mac OS": "macOS",
    "Linux": "Linux",
}


class NotADemo(Exception):
    """Somebody tried the demo's switcher where it doesn't exist."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a session has shown: a second factor, and whether something of late."""

    second_factor: bool
    fresh: bool
    demo: bool = False


NOTHING_SHOWN = Standing(second_factor=False, fresh=False)


def sign_in(request: HttpRequest, *, username: str, password: str) -> Person | None:
    """Take a password; None when it is wrong, without saying which part.

    Without a second factor the person is in; with one, they are now the session's pending person.
    """
    person = auth.authenticate(request, username=username, password=password)
    if person is None:
        return None
    let_in(request, person)
    return person


def let_in(request: HttpRequest, person: Person) -> bool:
    """Let somebody in who has shown a first factor; False where a second one is asked for."""
    if has_second_factor(person):
        request.session.flush()
        request.session[PENDING] = {"person": str(person.pk), "at": time.time()}
        return False
    enter(request, person)
    return True


def signed_in(request: HttpRequest) -> Person:
    """Who is signed in, where a page has made sure that somebody is."""
    person = request.user
    assert isinstance(person, Person), "the page asks for a sign-in first"
    return person


def pending_person(request: HttpRequest) -> Person | None:
    """Who has given the password a short while ago and not yet the second factor."""
    pending = request.session.get(PENDING)
    if pending is None or time.time() - pending["at"] > PENDING_S:
        return None
    return Person.objects.filter(pk=pending["person"], is_active=True).first()


def enter(request: HttpRequest, person: Person, *, factor: str | None = None) -> None:
    """Let a person in who has shown who they are; the session gets a new identifier."""
    request.session.pop(PENDING, None)
    auth.login(request, person, backend=PASSWORDS)
    now = time.time()
    request.session[SHOWN] = {
        "began": now,
        "seen": now,
        "last": now,
        "factor": factor,
        "device": device_of(request),
    }


def device_of(request: HttpRequest) -> str:
    """The browser and its system in two words, so that a person knows their sessions apart."""
    agent = request.headers.get("User-Agent", "")
    browser = next((name for word, name in BROWSERS.items() if word in agent), "")
    system = next((name for word, name in SYSTEMS.items() if word in agent), "")
    return " · ".join(filter(None, (browser, system)))


def show_again(request: HttpRequest, *, factor: str | None = None) -> None:
    """Note that the person has just shown a factor again, or the password if there is none."""
    shown = dict(request.session.get(SHOWN) or {})
    request.session.cycle_key()
    request.session[SHOWN] = shown | {
        "last": time.time(),
        "factor": factor or shown.get("factor"),
    }


def forget_factor(request: HttpRequest) -> None:
    """Once the last factor is gone, the session has none either."""
    shown = dict(request.session.get(SHOWN) or {})
    request.session[SHOWN] = shown | {"factor": None}


def standing(request: HttpRequest) -> Standing:
    """What the session of this request has shown so far."""
    shown: Mapping[str, Any] | None = request.session.get(SHOWN)
    if shown is None:
        return NOTHING_SHOWN
    if shown.get(DEMO):
        is_demo = may_switch(request)
        return Standing(second_factor=is_demo, fresh=is_demo, demo=is_demo)
    age = time.time() - shown["last"]
    return Standing(
        second_factor=shown["factor"] is not None, fresh=age <= limits().fresh_minutes * 60
    )


def is_over(request: HttpRequest) -> bool:
    """Whether the session has lasted or stood idle for too long; a demo's switcher may stand."""
    shown = request.session.get(SHOWN)
    if shown and shown.get(DEMO) and may_switch(request):
        return False
    return has_ended(shown)


def has_ended(shown: Mapping[str, Any] | None) -> bool:
    """Whether a session that has shown this is over by the clock."""
    now, held = time.time(), limits()
    if shown is None:
        return True
    return bool(
        now - shown["began"] > held.session_hours * 3600
        or now - shown["seen"] > held.session_idle_minutes * 60
    )


def note_seen(request: HttpRequest, *, every_s: int) -> None:
    """Note that the session is in use; the row is written at most that often."""
    shown, now = request.session[SHOWN], time.time()
    if now - shown["seen"] >= every_s:
        request.session[SHOWN] = {**shown, "seen": now}


def sign_out(request: HttpRequest) -> None:
    """End the session; its identifier is dead."""
    auth.logout(request)


def sign_out_everywhere(request: HttpRequest, *, but_here: bool = False) -> int:
    """End all sessions of the person, or all but this one; says how many."""
    here = request.session.session_key if but_here else None
    ended = end_sessions(signed_in(request), but=here)
    if not but_here:
        auth.logout(request)
    return ended


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
    become(request, office.person)
    request.session[CHOSEN] = str(office.pk)


def become(request: HttpRequest, person: Person) -> None:
    """Become a person, in an office of theirs if they hold one: only in a demo."""
    if not may_switch(request):
        raise NotADemo("the switcher exists only in a demo on this machine")
    enter(request, person)
    request.session[SHOWN] = {**request.session[SHOWN], DEMO: True}
    request.session.pop(CHOSEN, None)
