"""Values as bytes that everybody computes alike: canonical JSON, digests, commitments.

Canonical JSON is RFC 8785 without what could be written in two ways or read with loss:
floats (an amount is a string), integers outside ±(2^53 - 1), keys that aren't strings.
"""

import hashlib
import hmac
import json
from base64 import b64encode
from collections.abc import Mapping
from json.encoder import encode_basestring
from typing import TypeAlias

Sealable: TypeAlias = (
    "bool | int | str | list[Sealable] | tuple[Sealable, ...] | Mapping[str, Sealable] | None"
)

INTEGER_MAX = 2**53 - 1
DEPTH_MAX = 32
SALT_BYTES = 32
_LITERALS = {None: "null", True: "true", False: "false"}


class NotCanonicalError(ValueError):
    """A value that has no single agreed form as bytes."""


def canonical(value: Sealable) -> bytes:
    """The value as canonical JSON (RFC 8785 §3.2): no spaces, sorted keys, UTF-8."""
    try:
        return _written(value, depth=0).encode()
    except UnicodeEncodeError as error:
        raise NotCanonicalError("text holds half a surrogate pair") from error


def read_canonical(content: bytes) -> Sealable:
    """The value whose canonical form is exactly these bytes; anything else is refused."""
    try:
        value: Sealable = json.loads(content.decode())
        same = canonical(value) == content
    except (ValueError, RecursionError) as error:
        raise NotCanonicalError("not canonical JSON") from error
    if not same:
        raise NotCanonicalError("JSON, but not in its canonical form")
    return value


def digest(content: bytes) -> str:
    """The SHA-256 of a document, with the algorithm's name, as an entry cites it."""
    return "sha256:" + hashlib.sha256(content).hexdigest()


def commitment(value: Sealable, *, salt: bytes) -> str:
    """A promise of a value that can't be guessed: base64(HMAC-SHA256(salt, canonical))."""
    assert len(salt) == SALT_BYTES, "a salt is 32 random bytes"
    return b64encode(hmac.digest(salt, canonical(value), "sha256")).decode()


def keeps(promised: str, *, value: Sealable, salt: bytes) -> bool:
    """Whether the value, shown with its salt, is the one that was promised."""
    return hmac.compare_digest(promised.encode(), commitment(value, salt=salt).encode())


def _written(value: Sealable, *, depth: int) -> str:
    """One walk that orders and writes: most values that are sealed are a few short texts."""
    if depth > DEPTH_MAX:
        raise NotCanonicalError(f"nested deeper than {DEPTH_MAX}")
    if isinstance(value, str):
        return encode_basestring(value)
    if value is None or isinstance(value, bool):
        return _LITERALS[value]
    if isinstance(value, int):
        return str(_safe_integer(value))
    inside = depth + 1
    if isinstance(value, dict | Mapping):  # a dict is known at once
        pairs = [
            f"{encode_basestring(key)}:{_written(value[key], depth=inside)}"
            for key in canonical_order(value)
        ]
        return "{" + ",".join(pairs) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join([_written(item, depth=inside) for item in value]) + "]"
    raise NotCanonicalError(f"{type(value).__name__} has no canonical form")


def _safe_integer(value: int) -> int:
    if abs(value) > INTEGER_MAX:
        raise NotCanonicalError("integer that not every reader of JSON keeps exactly")
    return int(value)


def canonical_order(value: Mapping[str, Sealable]) -> list[str]:
    """Keys in the order of their UTF-16 code units (RFC 8785 §3.2.3); of ASCII it is the usual."""
    try:
        if "".join(value).isascii():
            return sorted(value)
    except TypeError:
        raise NotCanonicalError("a key is a string") from None
    return sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
