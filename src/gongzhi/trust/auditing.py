"""Compute the whole log again and name what no longer fits.

Each entry is held against its leaf hash, each tile against the tile above, the head against the
tiles, and the signed checkpoints against the tree: whoever changes a row and everything that
was computed from it still meets what was signed. Only what the head covered when the audit
began is looked at, so that a log may grow meanwhile.
"""

from bisect import bisect_left
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing

from django.db import connection, transaction
from psycopg import ServerCursor

from gongzhi.core.ledger.checkpoint import read_checkpoint
from gongzhi.core.ledger.merkle import HASH_BYTES, leaf_hash, root_of
from gongzhi.core.ledger.note import read_note
from gongzhi.core.ledger.tiles import TILE_WIDTH, TileAt, hashes_in, read_bundle, width_of
from gongzhi.core.terms import Said
from gongzhi.trust.models import Bundle, Head, LogRow, SignedCheckpoint, Tile
from gongzhi.trust.tiles import root_at

ALTERED = "第 {index} 条记录与它的哈希不符：被改动过"
MISSING = "第 {index} 条记录不见了"
TILE = "第 {level} 层第 {number} 块哈希与下一层不符：被改动过"
HEAD = "树根与存着的哈希不符：被改动过"
SIGNED = "前 {size} 条存证算不出当时签出的检查点：从第 {since} 条到第 {last} 条之间有改动"
# Every lowest tile with the bundle of its entries, straight from the driver: this is where the
# audit's speed is decided.
LOWEST = """
SELECT trust_tile.number, hashes, entries FROM trust_tile
LEFT JOIN trust_bundle ON trust_bundle.number = trust_tile.number
WHERE level = 0 ORDER BY trust_tile.number
"""
TILES_AT_ONCE = 64

# What else holds entries against the rows that they are about; says what is wrong.
Reader = Callable[[Mapping[int, bytes]], Iterator[Said]]


def audit(*, read: Reader | None = None) -> Iterator[Said]:
    """What is wrong with the log; nothing, if it is whole. `read` is shown the entries too."""
    head = Head.objects.first()
    size = head.size if head else 0
    roots = yield from _entries(size, read)
    level = 0
    while roots:
        level += 1
        roots = yield from _tiles(level, below=roots, size=size)
    if head and root_at(size) != bytes(head.root):
        yield Said(HEAD)
    yield from _checkpoints()


def _entries(size: int, read: Reader | None) -> Generator[Said, None, list[bytes]]:
    """Hold the entries against the lowest tiles; returns the roots of the full ones."""
    roots, expected_number = [], 0
    for number, hashes, bundle in _lowest():
        yield from _missing(expected_number, before=number)
        expected_number = number + 1
        width = width_of(TileAt(0, number), size=size)
        leaves = hashes[: width * HASH_BYTES]
        entries = _entries_in(number, bundle, width=width)
        yield from _faults(number, entries, leaves=leaves, width=width)
        if read:
            yield from read(entries)
        if len(leaves) == TILE_WIDTH * HASH_BYTES:
            roots.append(root_of(hashes_in(leaves)))
    yield from _missing(expected_number, before=-(-size // TILE_WIDTH))
    return roots


def _lowest() -> Iterator[tuple[int, bytes, bytes | None]]:
    """Number, hashes and bundle of every lowest tile, in order."""
    with (
        transaction.atomic(),
        connection.cursor() as cursor,
        closing(ServerCursor(cursor.connection, "audit")) as straight,
    ):
        straight.itersize = TILES_AT_ONCE
        yield from straight.execute(LOWEST, binary=True)


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


def _tiles(level: int, *, below: list[bytes], size: int) -> Generator[Said, None, list[bytes]]:
    """Hold the tiles of a level against those below; returns the roots of the full ones."""
    expected = [
        b"".join(below[start : start + TILE_WIDTH]) for start in range(0, len(below), TILE_WIDTH)
    ]
    stored = {tile.number: bytes(tile.hashes) for tile in _level(level)}
    for number in range(max(len(expected), max(stored, default=-1) + 1)):
        width = width_of(TileAt(level, number), size=size)
        content = stored.get(number, b"")[: width * HASH_BYTES]
        if width and (number >= len(expected) or content != expected[number]):
            yield Said(TILE, {"level": level, "number": number})
    return [root_of(hashes_in(tile)) for tile in expected if len(tile) == TILE_WIDTH * HASH_BYTES]


def _level(level: int) -> Iterator[Tile]:
    tiles = Tile.objects.filter(level=level).order_by("number")
    return tiles.iterator(chunk_size=TILES_AT_ONCE)


def _checkpoints() -> Iterator[Said]:
    """Find the first signed checkpoint that the tree no longer leads to."""
    sizes = list(SignedCheckpoint.objects.values_list("size", flat=True))
    first_bad = bisect_left(sizes, True, key=lambda size: not _leads_to(size))
    if first_bad < len(sizes):
        size = sizes[first_bad]
        since = sizes[first_bad - 1] if first_bad else 0
        yield Said(SIGNED, {"size": size, "since": since, "last": size - 1})


def _leads_to(size: int) -> bool:
    note = SignedCheckpoint.objects.get(size=size).note
    return root_at(size) == read_checkpoint(read_note(note).text).root
