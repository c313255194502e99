"""A small identity provider on this machine, for the tests of signing in through one.

Its tokens are signed and checked by PyJWT and its PKCE is held against the vector of RFC 7636, so
that it shares no code with what it tests. What it does wrong is told to it: `wrong`.
"""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, unquote, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT, SECRET = "gongzhi", "a secret with : and %"


def s256(verifier: str) -> str:
    """The challenge of a verifier (RFC 7636, 4.2)."""
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class IdentityProvider:
    """What it knows: its key, who is in front of it, and the codes it gave."""

    issuer: str = ""
    subject: str = "subject-1"
    key: rsa.RSAPrivateKey = field(default_factory=new_key)
    wrong: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def authorize(self, address: str) -> str:
        """Where it sends a browser back to that came with this address and is recognised."""
        question = dict(parse_qsl(urlsplit(address).query))
        assert question["response_type"] == "code"
        assert question["client_id"] == CLIENT
        assert question["scope"].split() == ["openid"]
        assert question["code_challenge_method"] == "S256"
        assert len(question["state"]) >= 22
        assert len(question["nonce"]) >= 22
        code = f"code-{len(self.codes)}"
        self.codes[code] = question
        answer = {"code": code, "state": question["state"], "iss": self.issuer}
        answer |= self.wrong.get("answer", {})
        kept = {name: value for name, value in answer.items() if value is not None}
        return f"{question['redirect_uri']}?{urlencode(kept)}"

    def token(self, body: str, authorization: str) -> tuple[int, dict[str, Any]]:
        """What it gives for a code: once, to its client, for the right verifier."""
        given = {name: values[0] for name, values in parse_qs(body).items()}
        kind, _, basic = authorization.partition(" ")
        client, _, secret = base64.b64decode(basic).decode().partition(":")
        question = self.codes.pop(given.get("code", ""), None)
        if kind != "Basic" or (unquote(client), unquote(secret)) != (CLIENT, SECRET):
            return 401, {"error": "invalid_client"}
        if question is None or given["redirect_uri"] != question["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        if s256(given["code_verifier"]) != question["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        return 200, {
            "access_token": "access",
            "token_type": "Bearer",
            "id_token": self.id_token(question),
        }

    def id_token(self, question: dict[str, str]) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "sub": self.subject,
            "aud": CLIENT,
            "exp": now + 300,
            "iat": now,
            "nonce": question["nonce"],
            "auth_time": now,
        }
        claims |= self.wrong.get("claims", {})
        kept = {name: value for name, value in claims.items() if value is not None}
        key = self.wrong.get("key", self.key)
        algorithm = self.wrong.get("algorithm", "RS256")
        return jwt.encode(kept, key, algorithm=algorithm, headers={"kid": "one"})

    def told(self, path: str) -> dict[str, Any]:
        """What it tells of itself."""
        if path == "/.well-known/openid-configuration":
            told = {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "authorization_response_iss_parameter_supported": True,
            }
            return told | self.wrong.get("told", {})
        assert path == "/keys"
        public = json.loads(RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [public | {"kid": "one", "use": "sig", "alg": "RS256"}]}


@contextmanager
def identity_provider() -> Iterator[IdentityProvider]:
    """A provider that listens on this machine until the end."""
    provider = IdentityProvider()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            provider.asked.append(self.path)
            self._answer(200, provider.told(self.path))

        def do_POST(self) -> None:
            provider.asked.append(self.path)
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._answer(*provider.token(body, self.headers.get("Authorization", "")))

        def _answer(self, status: int, told: dict[str, Any]) -> None:
            text = provider.wrong.get("text", json.dumps(told)).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
