"""How often a visitor may ask, by the address his connection really comes from."""

import time
from hashlib import sha256
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from gongzhi.intake.limits import LIMITS, MB

MINUTE, HOUR = 60, 3600
IPV6_NETWORK_BITS = 64  # what a household or an office gets
# What a visitor may give at once and how often, as the pages say it.
ALLOWED = {
    "files": LIMITS.files_at_once_max,
    "megabytes": LIMITS.file_bytes_max // MB,
    "times": LIMITS.uploads_per_minute_per_address_max,
    "days": LIMITS.shared_result_days,
}


def peer(request: HttpRequest) -> str:
    """The visitor's address; a header is believed only if the installation names it."""
    named = request.headers.get(settings.PEER_HEADER, "") if settings.PEER_HEADER else ""
    return named if _address(named) else request.META.get("REMOTE_ADDR", "")


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(text)
    except ValueError:
        return None


def household(address: str) -> str:
    """Whom an address belongs to: all addresses of an IPv6 network of 64 bits are one's."""
    found = _address(address)
    if isinstance(found, IPv6Address):
        return str(ip_network((found, IPV6_NETWORK_BITS), strict=False))
    return address


def neighbourhood(request: HttpRequest) -> str:
    """The first address of the household that asks, as wrong passwords are counted by."""
    return household(peer(request)).partition("/")[0]


def within_limit(request: HttpRequest, *, act: str, times_a_minute: int) -> bool:
    """Take one of this minute's places; False when none is left.

    A place is a row that only one request can add, so that requests at the same moment
    can't share one. The address enters only under a keyed digest, for two minutes.
    """
    return _has_place(request, act=act, times=times_a_minute, window_s=MINUTE)


def within_hour(request: HttpRequest, *, act: str, times: int) -> bool:
    """Take one of this hour's places; False when none is left. The digest stays two hours."""
    return _has_place(request, act=act, times=times, window_s=HOUR)


def _has_place(request: HttpRequest, *, act: str, times: int, window_s: int) -> bool:
    window = int(time.time() // window_s)
    seed = f"{settings.SECRET_KEY}\n{act}\n{window}\n{household(peer(request))}"
    key = sha256(seed.encode()).hexdigest()[:32]
    return any(cache.add(f"{key}:{place}", 1, 2 * window_s) for place in range(times))
