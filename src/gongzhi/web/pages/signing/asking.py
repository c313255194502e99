"""Asking a person for a second factor, and looking at what they gave: a code, a key, a paper code.

The same for signing in, for showing a factor again, and before one is taken away.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongzhi.parties.contacts import reach
from gongzhi.parties.factors import Factor, FactorKind
from gongzhi.parties.models import Person
from gongzhi.parties.recovery_codes import recovery_codes_left, use_recovery_code
from gongzhi.parties.security_keys import Challenge, Site, ask_for_key, use_key
from gongzhi.parties.time_codes import plain_code, use_time_code

CHALLENGE = "challenge"
CHALLENGE_S = 300
CODE_MAX = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedFactor:
    """What a page asks for: codes, and what a key should sign (as JSON; empty: no key)."""

    codes: bool
    key: str
    closed_minutes: int = 0


def site_of(request: HttpRequest) -> Site:
    """This site as the browser sees it."""
    host = request.get_host()
    return Site(
        name=_("共治"),
        host=host.partition(":")[0],
        origin=f"{request.scheme}://{host}",
    )


def ask(request: HttpRequest, person: Person) -> AskedFactor:
    """What to show; a fresh challenge for the key is remembered in the session."""
    challenge = ask_for_key(site_of(request), person)
    remember_challenge(request, challenge)
    codes = Factor.objects.of(person, kind=FactorKind.TIME_CODE)
    now = timezone.now()
    pauses = [factor.closed_until for factor in codes if factor.is_closed(at=now)]
    wait = max((until - now for until in pauses if until), default=None)
    return AskedFactor(
        codes=bool(codes),
        key=challenge.options if challenge else "",
        closed_minutes=int(wait.total_seconds() // 60) + 1 if wait else 0,
    )


def given(request: HttpRequest, person: Person) -> str | None:
    """Which factor the form shows, if it is right; it is used up."""
    if answer := request.POST.get("answer", ""):
        state = asked_challenge(request)
        site = site_of(request)
        used = state is not None and use_key(site, person, state=state, answer=answer)
        return FactorKind.SECURITY_KEY.value if used else None
    code = request.POST.get("code", "")[:CODE_MAX]
    if plain_code(code):
        return FactorKind.TIME_CODE.value if use_time_code(person, code) else None
    if use_recovery_code(person, code):
        _tell_of_recovery(request, person)
        return FactorKind.RECOVERY_CODE.value
    return None


def remember_challenge(request: HttpRequest, challenge: Challenge | None) -> None:
    """Keep what a key was asked to sign, in place of anything asked before."""
    if challenge is None:
        request.session.pop(CHALLENGE, None)
    else:
        request.session[CHALLENGE] = {"state": dict(challenge.state), "at": time.time()}


def asked_challenge(request: HttpRequest) -> Mapping[str, Any] | None:
    """What a key was asked to sign a short while ago; good for one answer."""
    asked = request.session.pop(CHALLENGE, None)
    if asked is None or time.time() - asked["at"] > CHALLENGE_S:
        return None
    state: Mapping[str, Any] = asked["state"]
    return state


def _tell_of_recovery(request: HttpRequest, person: Person) -> None:
    left = recovery_codes_left(person)
    messages.warning(
        request,
        ngettext(
            "用掉了一个备用码，还剩 %(left)s 个。", "用掉了一个备用码，还剩 %(left)s 个。", left
        )
        % {"left": left},
        extra_tags="watch",
    )
    reach(
        person,
        subject=_("用备用码通过了验证"),
        text=_("您的一个备用码刚刚用掉了。不是您本人操作的，请马上联系本单位的安全管理员。"),
    )
