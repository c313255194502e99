"""Guessing passwords, and what is done about it: pauses, an alarm, and no owner locked out.

django-axes counts wrong passwords by account and address. One account from one address pauses
after a few; one address that tries many accounts after some more. One account tried from many
addresses pauses for browsers that never signed in to it: its owner's own browser goes on.
A pause isn't made longer by trying during it, so it always ends.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.core.signing import BadSignature
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from gongzhi.parties.factors import limits
from gongzhi.parties.models import Person
from gongzhi.parties.ringing import ring

DEVICE = "device"  # a cookie that names the accounts this browser has signed in to
SALT = "gongzhi.parties.guessing"
DEVICE_ACCOUNTS_MAX = 5
Credentials = Mapping[str, Any] | None


class Guard(AxesDatabaseHandler):  # type: ignore[misc]
    """django-axes' own counting by account and address, and two wider limits (AXES_HANDLER)."""

    def is_locked(self, request: HttpRequest, credentials: Credentials = None) -> bool:
        """Whether this sign-in has to wait."""
        if super().is_locked(request, credentials):
            return True
        held = limits()
        username = str((credentials or {}).get("username") or "")
        address: str = request.axes_ip_address  # type: ignore[attr-defined]
        if _wrong(ip_address=address) >= held.wrong_passwords_of_address_max:
            ring("many_accounts", about=address)
            return True
        if _wrong(username=username) >= held.wrong_passwords_of_account_max:
            ring("one_account", about=username, person=_person(username))
            return not is_known_device(request, username)
        return False


def failure_limit(request: HttpRequest, credentials: Credentials) -> int:  # noqa: ARG001
    """How many wrong passwords one account is allowed from one address (AXES_FAILURE_LIMIT)."""
    return limits().wrong_passwords_of_pair_max


def pause(request: HttpRequest | None = None) -> timedelta:  # noqa: ARG001
    """How long a pause lasts (AXES_COOLOFF_TIME)."""
    return timedelta(minutes=limits().wrong_password_minutes)


def is_known_device(request: HttpRequest, username: str) -> bool:
    """Whether this browser has signed in to the account before."""
    return _account(username) in _accounts(request)


def remember_device(request: HttpRequest, response: HttpResponse, person: Person) -> None:
    """Let the browser show, next time, that it has signed in to this account before."""
    own = _account(person.username)
    others = [account for account in _accounts(request) if account != own]
    response.set_signed_cookie(
        DEVICE,
        ".".join([own, *others][:DEVICE_ACCOUNTS_MAX]),
        salt=SALT,
        max_age=_device_age(),
        httponly=True,
        secure=request.is_secure(),
        samesite="Strict",
    )


def _accounts(request: HttpRequest) -> list[str]:
    try:
        known = request.get_signed_cookie(DEVICE, default="", salt=SALT, max_age=_device_age())
    except BadSignature:
        return []
    return known.split(".") if known else []


def _device_age() -> timedelta:
    return timedelta(days=limits().known_device_days)


def _account(username: str) -> str:
    """An account as the cookie names it, so that the cookie doesn't tell its name."""
    return salted_hmac(SALT, username, algorithm="sha256").hexdigest()[:32]


def _wrong(*, username: str | None = None, ip_address: str | None = None) -> int:
    """The wrong passwords of the last minutes, for an account or from an address."""
    recent = AccessAttempt.objects.filter(attempt_time__gte=timezone.now() - pause())
    asked = recent.filter(ip_address=ip_address) if ip_address else recent.filter(username=username)
    found: int | None = asked.aggregate(sum=Sum("failures_since_start"))["sum"]
    return found or 0


def _person(username: str) -> Person | None:
    return Person.objects.filter(username=username, is_active=True).first()
