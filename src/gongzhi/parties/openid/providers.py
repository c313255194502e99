"""The identity provider that this installation trusts (GONGZHI_OIDC_…), and asking it over HTTPS.

One provider alone, named by the settings: an answer can't be mixed up with another's. No redirect
is followed, no proxy asked; over plain HTTP only a provider on this machine is asked.
"""

import base64
import http.client
import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from django.conf import settings

from gongzhi.parties.asking import ask

ANSWER_BYTES_MAX = 1_000_000
TIMEOUT_S = 10
OK = 200
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
DISCOVERY = "/.well-known/openid-configuration"


class NotAnswered(Exception):
    """The provider's answer can't be used: why, in a word; what it says holds nobody's data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """An identity provider, and who this site is to it.

    `verifies`: it has seen to it that its subjects are who they say, each only once.
    """

    issuer: str
    client: str
    secret: str
    name: str
    verifies: bool

    def __repr__(self) -> str:
        return f"Provider({self.issuer})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoints:
    """Where a provider is asked for what, as it says itself."""

    authorization: str
    token: str
    keys: str
    names_itself: bool


def provider_here() -> Provider | None:
    """The provider of the settings; None where none is set."""
    given: Mapping[str, Any] = settings.OIDC
    if not given["issuer"]:
        return None
    named = given["name"] or urlsplit(given["issuer"]).hostname or given["issuer"]
    return Provider(**{**given, "name": named})


def is_safe(address: str) -> bool:
    """Whether an address may be asked: over HTTPS, or on this machine."""
    parts = urlsplit(address)
    on_this_machine = parts.scheme == "http" and parts.hostname in LOOPBACK
    return parts.scheme == "https" or on_this_machine


def endpoints_of(provider: Provider) -> Endpoints:
    """What the provider says of itself; it must be the one that was asked."""
    told = _asked(provider.issuer.rstrip("/") + DISCOVERY)
    if told.get("issuer") != provider.issuer:
        raise NotAnswered("another issuer")
    found = Endpoints(
        authorization=str(told.get("authorization_endpoint", "")),
        token=str(told.get("token_endpoint", "")),
        keys=str(told.get("jwks_uri", "")),
        names_itself=told.get("authorization_response_iss_parameter_supported") is True,
    )
    if not all(map(is_safe, (found.authorization, found.token, found.keys))):
        raise NotAnswered("unsafe endpoints")
    return found


def keys_at(address: str) -> Mapping[str, Any]:
    """The keys that the provider signs with today."""
    return _asked(address)


def tokens_for(provider: Provider, address: str, given: Mapping[str, str]) -> Mapping[str, Any]:
    """What the provider gives for a code, to this site alone (client_secret_basic)."""
    name = f"{quote(provider.client, safe='')}:{quote(provider.secret, safe='')}"
    headers = {
        "Authorization": f"Basic {base64.b64encode(name.encode()).decode()}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    return _asked(address, body=urlencode(given), headers=headers)


def _asked(
    address: str, *, body: str | None = None, headers: Mapping[str, str] | None = None
) -> Mapping[str, Any]:
    """The JSON object at an address."""
    if not is_safe(address):
        raise NotAnswered("unsafe address")
    parts = urlsplit(address)
    connection = _connection(parts.scheme, parts.hostname or "", parts.port)
    accepting = {"Accept": "application/json", **(headers or {})}
    try:
        status, text = ask(
            connection, parts, body=body, headers=accepting, most=ANSWER_BYTES_MAX + 1
        )
    except (OSError, http.client.HTTPException) as error:
        raise NotAnswered(type(error).__name__) from None
    if status != OK or len(text) > ANSWER_BYTES_MAX:
        raise NotAnswered(f"http {status}")
    return _object(text)


def _connection(scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
    if scheme == "http":
        return http.client.HTTPConnection(host, port, timeout=TIMEOUT_S)
    context = ssl.create_default_context(cafile=settings.OIDC_CA or None)
    return http.client.HTTPSConnection(host, port, timeout=TIMEOUT_S, context=context)


def _object(text: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise NotAnswered("no JSON") from None
    if not isinstance(found, dict):
        raise NotAnswered("no object")
    return found
