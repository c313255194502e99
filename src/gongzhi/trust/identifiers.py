"""Identifiers: UUIDv7, in one process strictly in the order in which they are made."""

import secrets
import threading
import time
from uuid import UUID

CHANCE_BITS = 74
_MILLISECOND_BITS = 48


class _Ascending:
    """The last identifier's time and chance; the next is larger, whatever the clock does."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0

    def next(self) -> int:
        fresh = time.time_ns() // 1_000_000 << CHANCE_BITS | secrets.randbits(CHANCE_BITS)
        with self._lock:
            self._last = max(fresh, self._last + 1)
            return self._last


_ascending = _Ascending()


def new_id() -> UUID:
    """A new identifier (RFC 9562 §5.7): 48 bits of time in milliseconds, 74 bits of chance."""
    value = _ascending.next()
    moment, chance = value >> CHANCE_BITS, value & (2**CHANCE_BITS - 1)
    high, low = chance >> 62, chance & (2**62 - 1)
    return UUID(int=moment << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)


def millisecond_of(identifier: UUID) -> int:
    """The moment an identifier was made, in milliseconds since 1970."""
    return identifier.int >> (128 - _MILLISECOND_BITS)


def identifier_in(text: str) -> UUID | None:
    """The identifier that a text is; None where it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
