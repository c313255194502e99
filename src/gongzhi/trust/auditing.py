"""Compute the whole log again and name what no longer fits.

Each entry is held against its leaf hash, each tile against the tile above, the head against the
tiles, and the signed checkpoints against the tree: whoever changes a row and everything that
was computed from it still meets what was signed.
"""

from bisect import bisect_left
from collections.abc import Generator, Iterator

from gongzhi.core.ledger.checkpoint import read_checkpoint
from gongzhi.core.ledger.merkle import leaf_hash, root_of
from gongzhi.core.ledger.note import read_note
from gongzhi.core.ledger.tiles import TILE_BYTES, TILE_WIDTH, hashes_in, read_bundle
from gongzhi.core.terms import Said
from gongzhi.trust.models import Bundle, Head, LogRow, SignedCheckpoint, Tile
from gongzhi.trust.tiles import root_at

ALTERED = "第 {index} 条记录与它的哈希不符：被改动过"
MISSING = "第 {index} 条记录不见了"
TILE = "第 {level} 层第 {number} 块哈希与下一层不符：被改动过"
HEAD = "树根与存着的哈希不符：被改动过"
SIGNED = "前 {size} 条存证算不出当时签出的检查点：从第 {since} 条到第 {last} 条之间有改动"
TILES_AT_ONCE = 16


def audit() -> Iterator[Said]:
    """What is wrong with the log; nothing, if it is whole."""
    roots = yield from _entries()
    level = 0
    while roots:
        level += 1
        roots = yield from _tiles(level, below=roots)
    head = Head.objects.first()
    if head and root_at(head.size) != bytes(head.root):
        yield Said(HEAD)
    yield from _checkpoints()


def _entries() -> Generator[Said, None, list[bytes]]:
    """Hold the entries against the lowest tiles; returns the roots of the full ones."""
    roots = []
    for tile in _level(0):
        hashes, first = hashes_in(bytes(tile.hashes)), tile.number * TILE_WIDTH
        entries = _entries_in(tile.number)
        for index, expected in enumerate(hashes, start=first):
            if index not in entries:
                yield Said(MISSING, {"index": index})
            elif leaf_hash(entries[index]) != expected:
                yield Said(ALTERED, {"index": index})
        if len(hashes) == TILE_WIDTH:
            roots.append(root_of(hashes))
    return roots


def _tiles(level: int, *, below: list[bytes]) -> Generator[Said, None, list[bytes]]:
    """Hold the tiles of a level against those below; returns the roots of the full ones."""
    expected = [
        b"".join(below[start : start + TILE_WIDTH]) for start in range(0, len(below), TILE_WIDTH)
    ]
    stored = {tile.number: bytes(tile.hashes) for tile in _level(level)}
    for number in range(max(len(expected), max(stored, default=-1) + 1)):
        content = stored.get(number)
        if number >= len(expected) or content != expected[number]:
            yield Said(TILE, {"level": level, "number": number})
    return [root_of(hashes_in(tile)) for tile in expected if len(tile) == TILE_BYTES]


def _level(level: int) -> Iterator[Tile]:
    tiles = Tile.objects.filter(level=level).order_by("number")
    return tiles.iterator(chunk_size=TILES_AT_ONCE)


def _entries_in(number: int) -> dict[int, bytes]:
    """The entries under a tile by their index, from their bundle or from the tail."""
    first = number * TILE_WIDTH
    bundle = Bundle.objects.filter(number=number).first()
    if bundle is None:
        rows = LogRow.objects.filter(index__gte=first, index__lt=first + TILE_WIDTH)
        return {row.index: bytes(row.entry) for row in rows}
    try:
        return dict(enumerate(read_bundle(bytes(bundle.entries)), start=first))
    except ValueError:
        return {}


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
