"""The order of the log: which leaves stand from a number on, for who reads it entry by entry."""

from uuid import UUID

from gongzhi.core.ledger.tiles import TILE_WIDTH
from gongzhi.trust.models import Bundle, LogRow

LEAF_ID_BYTES = 16


def leaves_since(index: int, *, count: int) -> list[UUID]:
    """The leaves of up to `count` entries from that number on, in their order."""
    leaves: list[UUID] = []
    bundles = Bundle.objects.filter(number__gte=index // TILE_WIDTH)
    for number, ids in bundles.values_list("number", "leaves").iterator(chunk_size=1):
        first = max(0, index - number * TILE_WIDTH)
        leaves += _parted(bytes(ids))[first:]
        if len(leaves) >= count:
            return leaves[:count]
    tail = LogRow.objects.filter(index__gte=index).values_list("leaf", flat=True)
    return [*leaves, *tail[: count - len(leaves)]]


def _parted(ids: bytes) -> list[UUID]:
    places = range(0, len(ids), LEAF_ID_BYTES)
    return [UUID(bytes=ids[place : place + LEAF_ID_BYTES]) for place in places]
