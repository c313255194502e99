"""The order of the log: which leaves stand from a number on, and which numbers leaves have."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db import connection

from gongzhi.core.ledger.tiles import TILE_WIDTH
from gongzhi.trust.identifiers import millisecond_of
from gongzhi.trust.models import Bundle, LogRow

LEAF_ID_BYTES = 16
MOMENT_BYTES = 6

# The bundles in whose time some moments lie.
LIKELY = """
SELECT number, leaves FROM trust_bundle WHERE number IN (
    SELECT number FROM unnest(%s::bigint[]) AS moment
    JOIN trust_bundle ON newest_ms >= moment AND oldest_ms <= moment
)
"""


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


def numbers_of(leaves: Collection[UUID]) -> Mapping[UUID, int]:
    """The numbers of those leaves that have one, in two queries however many they are."""
    rows = LogRow.objects.filter(leaf__in=leaves).values_list("leaf", "index")
    numbers = dict(rows)
    missing = set(leaves) - numbers.keys()
    if not missing:
        return numbers
    by_bytes = {leaf.bytes: leaf for leaf in missing}
    with connection.cursor() as cursor:
        cursor.execute(LIKELY, [list({millisecond_of(leaf) for leaf in missing})])
        for number, ids in cursor.fetchall():
            for place, each in enumerate(_cut(bytes(ids))):
                if each in by_bytes:
                    numbers[by_bytes[each]] = int(number) * TILE_WIDTH + place
    return numbers


def moments_of(ids: bytes) -> list[int]:
    """The moments of a bundle's identifiers, in milliseconds since 1970; there is at least one."""
    places = range(0, len(ids), LEAF_ID_BYTES)
    return [int.from_bytes(ids[place : place + MOMENT_BYTES]) for place in places]


def _parted(ids: bytes) -> list[UUID]:
    return [UUID(bytes=each) for each in _cut(ids)]


def _cut(ids: bytes) -> list[bytes]:
    places = range(0, len(ids), LEAF_ID_BYTES)
    return [ids[place : place + LEAF_ID_BYTES] for place in places]
