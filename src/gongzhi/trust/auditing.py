"""Compute the whole log again and name what no longer fits.

Each entry is held against its leaf hash, each tile against the tile above, the head against the
tiles, and the signed checkpoints against the tree: whoever changes a row and everything that
was computed from it still meets what was signed (`signature_auditing`). Of what the log computes,
only what the head covered when the audit began is looked at, so that it may grow meanwhile; that
nothing lies beyond the head is asked in one statement each, which sees one moment.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from typing import NamedTuple

from django.db import connection, transaction
from psycopg import ServerCursor

from gongzhi.core.ledger.growing import Growing
from gongzhi.core.ledger.merkle import HASH_BYTES, leaf_hash, root_of
from gongzhi.core.ledger.tiles import TILE_WIDTH, TileAt, hashes_in, read_bundle, width_of
from gongzhi.core.terms import Said
from gongzhi.trust.extent import first_beyond
from gongzhi.trust.models import Bundle, Head, LogRow, SignedCheckpoint, Tile
from gongzhi.trust.order import moments_of
from gongzhi.trust.signature_auditing import signature_faults
from gongzhi.trust.tiles import root_at

ALTERED = "第 {index} 条记录与它的哈希不符：被改动过"
MISSING = "第 {index} 条记录不见了"
TILE = "第 {level} 层第 {number} 块哈希与下一层不符：被改动过"
HEAD = "树根与存着的哈希不符：被改动过"
IDENTIFIERS = "第 {first} 条至第 {last} 条记录的编号不成一捆：被改动过"
# Every lowest tile with the bundle of its entries, straight from the driver: this is where the
# audit's speed is decided.
LOWEST = """
SELECT trust_tile.number, hashes, entries, leaves, oldest_ms, newest_ms FROM trust_tile
LEFT JOIN trust_bundle ON trust_bundle.number = trust_tile.number
WHERE level = 0 ORDER BY trust_tile.number
"""
TILES_AT_ONCE = 64

# What else holds entries against the rows that they are about; says what is wrong.
Reader = Callable[[Mapping[int, bytes]], Iterator[Said]]


class _Lowest(NamedTuple):
    """A lowest tile with its bundle, if it has one."""

    number: int
    hashes: bytes
    bundle: bytes | None
    leaves: bytes | None
    oldest_ms: int | None
    newest_ms: int | None


def audit(*, read: Reader | None = None) -> Iterator[Said]:
    """What is wrong with the log; nothing, if it is whole. `read` is shown the entries too."""
    head = Head.objects.first()
    size = head.size if head else 0
    growing = Growing(wanted=set(SignedCheckpoint.objects.values_list("size", flat=True)))
    yield from _entries(size, growing, read)
    level, roots = 0, growing.tiles
    while roots:
        level += 1
        faults, roots = _held(level, below=roots, size=size)
        yield from faults
    if head and root_at(size) != bytes(head.root):
        yield Said(HEAD)
    yield from first_beyond()
    yield from signature_faults(growing.roots)


def _entries(size: int, growing: Growing, read: Reader | None) -> Iterator[Said]:
    """Hold the entries against the lowest tiles, from which the tree grows again."""
    expected_number = 0
    for lowest in _lowest():
        number, hashes, bundle = lowest[:3]
        yield from _missing(expected_number, before=number)
        width = width_of(TileAt(0, number), size=size)
        leaves = hashes[: width * HASH_BYTES]
        entries = _entries_in(number, bundle, width=width)
        yield from _faults(number, entries, leaves=leaves, width=width)
        yield from _misnamed(lowest)
        if read:
            yield from read(entries)
        if number == expected_number and growing.size == number * TILE_WIDTH:
            growing.take(hashes_in(leaves))
        expected_number = number + 1
    yield from _missing(expected_number, before=-(-size // TILE_WIDTH))


def _lowest() -> Iterator[_Lowest]:
    """Every lowest tile with its bundle, in order."""
    with (
        transaction.atomic(),
        connection.cursor() as cursor,
        closing(ServerCursor(cursor.connection, "audit")) as straight,
    ):
        straight.itersize = TILES_AT_ONCE
        yield from map(_Lowest._make, straight.execute(LOWEST, binary=True))


def _misnamed(lowest: _Lowest) -> Iterator[Said]:
    """Hold the moments by which a bundle is found against the identifiers in it."""
    if lowest.leaves is None:
        return
    moments = moments_of(lowest.leaves)
    if (min(moments), max(moments)) != (lowest.oldest_ms, lowest.newest_ms):
        first = lowest.number * TILE_WIDTH
        yield Said(IDENTIFIERS, {"first": first, "last": first + TILE_WIDTH - 1})


def _missing(number: int, *, before: int) -> Iterator[Said]:
    for gone in range(number, before):
        yield Said(TILE, {"level": 0, "number": gone})


def _faults(
    number: int, entries: Mapping[int, bytes], *, leaves: bytes, width: int
) -> Iterator[Said]:
    """Which entries of a tile are missing or altered; the good case is one comparison."""
    first = number * TILE_WIDTH
    if len(entries) == width and b"".join(map(leaf_hash, entries.values())) == leaves:
        return
    if len(leaves) < width * HASH_BYTES:
        yield Said(TILE, {"level": 0, "number": number})
    for index, expected in enumerate(hashes_in(leaves), start=first):
        if index not in entries:
            yield Said(MISSING, {"index": index})
        elif leaf_hash(entries[index]) != expected:
            yield Said(ALTERED, {"index": index})


def _entries_in(number: int, bundle: bytes | None, *, width: int) -> dict[int, bytes]:
    """The entries under a tile by their index, in order, from their bundle or from the tail."""
    first = number * TILE_WIDTH
    if bundle is None:
        tail = LogRow.objects.filter(index__gte=first, index__lt=first + width)
        found = {row.index: bytes(row.entry) for row in tail}
        if len(found) == width:
            return found
        moved = Bundle.objects.filter(number=number).first()  # the tail was bundled meanwhile
        if moved is None:
            return found
        bundle = bytes(moved.entries)
    try:
        return dict(enumerate(read_bundle(bundle)[:width], start=first))
    except ValueError:
        return {}


def _held(level: int, *, below: list[bytes], size: int) -> tuple[list[Said], list[bytes]]:
    """Hold the tiles of a level against those below: the faults, and the roots of the full ones."""
    expected = [
        b"".join(below[start : start + TILE_WIDTH]) for start in range(0, len(below), TILE_WIDTH)
    ]
    faults = []
    stored = {tile.number: bytes(tile.hashes) for tile in _level(level)}
    for number in range(max(len(expected), max(stored, default=-1) + 1)):
        width = width_of(TileAt(level, number), size=size)
        content = stored.get(number, b"")[: width * HASH_BYTES]
        if width and (number >= len(expected) or content != expected[number]):
            faults.append(Said(TILE, {"level": level, "number": number}))
    full = [tile for tile in expected if len(tile) == TILE_WIDTH * HASH_BYTES]
    return faults, [root_of(hashes_in(tile)) for tile in full]


def _level(level: int) -> Iterator[Tile]:
    tiles = Tile.objects.filter(level=level).order_by("number")
    return tiles.iterator(chunk_size=TILES_AT_ONCE)
