"""Allocations that were computed lately: the same question has the same answer, and needn't wait.

Scenarios side by side, the next page of projects and a decision ask again for what was just shown.
Each process remembers for itself, up to so many projects together; what was asked longest ago goes
first. A question is the whole of what is asked, so that nobody is shown what others may see.
"""

from collections import OrderedDict
from hashlib import blake2b
from threading import Lock

from gongzhi.core.balance.allocation import Allocation, Asked, Impossible, allocate
from gongzhi.words import say

SECONDS = 5.0
PROJECTS_KEPT = 60_000
Answer = Allocation | Impossible

_lock = Lock()
_known: OrderedDict[bytes, tuple[int, Answer]] = OrderedDict()


def allocated(asked: Asked) -> Answer:
    """The allocation, or what excludes what; what can't be asked like this is a mistake of ours."""
    key = _digest(asked)
    with _lock:
        if key in _known:
            _known.move_to_end(key)
            return _known[key][1]
    found = allocate(asked, seconds=SECONDS)
    assert not isinstance(found, tuple), [say(each, "zh") for each in found]
    _keep(key, len(asked.requests), found)
    return found


def _keep(key: bytes, size: int, found: Answer) -> None:
    with _lock:
        _known[key] = size, found
        while sum(each for each, _ in _known.values()) > PROJECTS_KEPT and len(_known) > 1:
            _known.popitem(last=False)


def _digest(asked: Asked) -> bytes:
    """Of everything that is asked, in its order."""
    heads = sorted(asked.heads.items())
    rest = (asked.total, asked.rules, asked.limits, heads, asked.step)
    made = blake2b(repr(rest).encode(), digest_size=16)
    for each in asked.requests:
        made.update(repr(each).encode())
    return made.digest()
