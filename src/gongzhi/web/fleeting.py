"""How often somebody may ask where nothing of them may be kept: counted in memory, for a minute.

Unlike `limits`, nothing of this reaches the database: no address, no digest of it, no moment.
Each process counts for itself, with a key that ends with it.
"""

import secrets
import time
from collections import Counter
from hashlib import blake2b
from threading import Lock

from django.http import HttpRequest

from gongzhi.web.limits import MINUTE, household, peer

_key = secrets.token_bytes(32)
_lock = Lock()
_counts: dict[int, Counter[bytes]] = {}


def within_minute(request: HttpRequest, *, act: str, times: int, times_of_all: int = 0) -> bool:
    """Take one of this minute's places; False when none is left for this address, or for anybody.

    Without `times_of_all` there is no limit for everybody together.
    """
    own = _digest(act, household(peer(request)))
    everybody = _digest(act, "")
    with _lock:
        minute = int(time.monotonic() // MINUTE)
        counts = _counts.setdefault(minute, Counter())
        for old in [each for each in _counts if each != minute]:
            del _counts[old]
        if counts[own] >= times or (times_of_all and counts[everybody] >= times_of_all):
            return False
        counts[own] += 1
        counts[everybody] += 1
    return True


def _digest(act: str, address: str) -> bytes:
    return blake2b(f"{act}\n{address}".encode(), key=_key, digest_size=16).digest()
