"""The code flow with PKCE, state and nonce: where to send somebody, and what came back with them.

Authlib checks the answer and the claims, joserfc the signature. What is kept between the two steps
stands in the browser's own session, and is good for one answer.
"""

import secrets
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.oauth2.rfc6749.parameters import (
    parse_authorization_code_response,
    prepare_grant_uri,
)
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from django.utils.crypto import constant_time_compare
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from gongzhi.parties.openid.providers import (
    Endpoints,
    NotAnswered,
    Provider,
    endpoints_of,
    keys_at,
    tokens_for,
)

ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]  # by a key pair: never none, never a secret
ASKED_S = 600
LEEWAY_S = 60
SUBJECT_MAX = 255
# What a provider may say when somebody changed their mind: no fault of anybody.
CHANGED_MIND = "access_denied"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedProvider:
    """What a browser was sent with; kept in its session until it comes back."""

    state: str
    nonce: str
    verifier: str
    back: str
    anew: bool
    at: float

    def kept(self) -> dict[str, Any]:
        """As the session keeps it."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Whom the provider knows, by its own identifier, and whether it verified who they are."""

    issuer: str
    identifier: str
    verified: bool = False

    def __repr__(self) -> str:
        return f"Subject({self.issuer})"


def ask_provider(provider: Provider, *, back: str, anew: bool = False) -> tuple[str, AskedProvider]:
    """Where to send a browser, and what to keep; `anew`: the provider asks for a proof again."""
    asked = AskedProvider(
        state=secrets.token_urlsafe(32),
        nonce=secrets.token_urlsafe(32),
        verifier=secrets.token_urlsafe(64),
        back=back,
        anew=anew,
        at=time.time(),
    )
    again = {"prompt": "login", "max_age": "0"} if anew else {}
    address: str = prepare_grant_uri(
        endpoints_of(provider).authorization,
        provider.client,
        "code",
        redirect_uri=back,
        scope="openid",
        state=asked.state,
        nonce=asked.nonce,
        code_challenge=create_s256_code_challenge(asked.verifier),
        code_challenge_method="S256",
        **again,
    )
    return address, asked


def subject_of_answer(provider: Provider, asked: AskedProvider, *, address: str) -> Subject:
    """Who came back to this address, after every check; raises NotAnswered."""
    if not 0 <= time.time() - asked.at <= ASKED_S:
        raise NotAnswered("too late")
    endpoints = endpoints_of(provider)
    code = _code(provider, endpoints, asked, address=address)
    given = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": asked.back,
        "code_verifier": asked.verifier,
    }
    tokens = tokens_for(provider, endpoints.token, given)
    claims = _claims(provider, endpoints, asked, tokens)
    return Subject(issuer=provider.issuer, identifier=claims["sub"], verified=provider.verifies)


def _code(provider: Provider, endpoints: Endpoints, asked: AskedProvider, *, address: str) -> str:
    """The code in the answer: to this browser's question, and from this provider (RFC 9207)."""
    try:
        answer = parse_authorization_code_response(address, asked.state)
    except AuthlibBaseError as error:
        raise NotAnswered(str(error.error)) from None
    if not constant_time_compare(answer.get("state", ""), asked.state):
        raise NotAnswered("another question")
    issuer = answer.get("iss")
    if issuer is None and endpoints.names_itself:
        raise NotAnswered("no issuer")
    if issuer is not None and issuer != provider.issuer:
        raise NotAnswered("another issuer")
    return str(answer["code"])


def _claims(
    provider: Provider, endpoints: Endpoints, asked: AskedProvider, tokens: Mapping[str, Any]
) -> Mapping[str, Any]:
    """What the identity token says, once its signature and each of its claims hold."""
    try:
        keys = KeySet.import_key_set(keys_at(endpoints.keys))  # type: ignore[arg-type]
        token = jwt.decode(str(tokens.get("id_token", "")), keys, algorithms=ALGORITHMS)
        claims = CodeIDToken(
            token.claims,
            token.header,
            options={
                "iss": {"essential": True, "value": provider.issuer},
                "aud": {"essential": True, "value": provider.client},
                "sub": {"essential": True},
                "exp": {"essential": True},
                "nonce": {"essential": True, "value": asked.nonce},
            },
            params={
                "nonce": asked.nonce,
                "client_id": provider.client,
                "access_token": tokens.get("access_token"),
            },
        )
        claims.validate(now=int(time.time()), leeway=LEEWAY_S)
    except (JoseError, AuthlibBaseError) as error:
        raise NotAnswered(f"token: {getattr(error, 'error', '')}") from None
    except (ValueError, TypeError, KeyError, AttributeError):
        raise NotAnswered("token: malformed") from None
    _check_subject(claims)
    if asked.anew and not _is_fresh(claims.get("auth_time"), since=asked.at):
        raise NotAnswered("not asked anew")
    found: Mapping[str, Any] = claims
    return found


def _check_subject(claims: Mapping[str, Any]) -> None:
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= SUBJECT_MAX:
        raise NotAnswered("token: subject")


def _is_fresh(auth_time: object, *, since: float) -> bool:
    """Whether somebody showed who they are since they were sent there."""
    is_moment = isinstance(auth_time, int | float) and not isinstance(auth_time, bool)
    return is_moment and auth_time >= since - LEEWAY_S  # type: ignore[operator]
