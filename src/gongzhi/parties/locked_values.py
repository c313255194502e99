"""Values that nobody may read from the database or a copy of it: locked with a key of our own.

Addresses, secrets of second factors and messages on their way stand in rows only like this.
A value is bound to the row it belongs to: moved to another row, it doesn't open.
"""

import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE_BYTES = 12
KEY_BYTES = 32
PURPOSE = b"gongzhi locked values, 1"


class CannotUnlock(Exception):
    """The value was locked with a key that this installation doesn't have, or was tampered with."""


def lock(text: str, *, bound_to: object) -> bytes:
    """What stands in the row instead of the text."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + _cipher(settings.SECRET_KEY).encrypt(nonce, text.encode(), _bond(bound_to))


def unlock(locked: bytes | memoryview, *, bound_to: object) -> str:
    """The text again; keys that were in use before still open it (GONGZHI_SECRET_KEY_BEFORE)."""
    nonce, rest = bytes(locked[:NONCE_BYTES]), bytes(locked[NONCE_BYTES:])
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return _cipher(key).decrypt(nonce, rest, _bond(bound_to)).decode()
        except InvalidTag:
            continue
    raise CannotUnlock(str(bound_to))


def relocked(locked: bytes | memoryview, *, bound_to: object) -> bytes | None:
    """A value that an earlier key locked, under the key of today; None where it is already."""
    nonce, rest = bytes(locked[:NONCE_BYTES]), bytes(locked[NONCE_BYTES:])
    try:
        _cipher(settings.SECRET_KEY).decrypt(nonce, rest, _bond(bound_to))
    except InvalidTag:
        return lock(unlock(locked, bound_to=bound_to), bound_to=bound_to)
    return None


def _bond(bound_to: object) -> bytes:
    return str(bound_to).encode()


@lru_cache(maxsize=8)
def _cipher(key: str) -> AESGCM:
    derived = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=PURPOSE)
    return AESGCM(derived.derive(key.encode()))
