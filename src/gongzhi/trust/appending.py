"""Leave something for the log, in the transaction of the deed that did it."""

from collections.abc import Mapping

from django.db import connection

from gongzhi.core.sealed import Sealable
from gongzhi.trust.entries import entry_bytes
from gongzhi.trust.models import PendingLeaf


def leave(entry: Mapping[str, Sealable]) -> PendingLeaf:
    """A leaf that waits for its number; it exists if and only if the transaction holds."""
    assert connection.in_atomic_block, "a leaf is left in the transaction of its deed"
    return PendingLeaf.objects.create(entry=entry_bytes(entry))
