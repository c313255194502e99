"""The tree cut into tiles of 256 hashes, and entries into bundles (C2SP tlog-tiles)."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from gongzhi.core.ledger.merkle import (
    HASH_BYTES,
    Span,
    Subtree,
    folded,
    parents_of,
    root_of,
    subtrees_of,
)

TILE_WIDTH = 256
TILE_HEIGHT = 8
TILE_BYTES = TILE_WIDTH * HASH_BYTES
LEVELS = 64
SIZE_MAX = 2**63 - 1
ENTRY_BYTES_MAX = 65_535
TILES_KEPT = 256  # some 24 KB each
# Numbers of seven groups of digits are beyond any tree, and still below 2^70.
_PATH = re.compile(r"tile/([0-9]{1,2}|entries)/((?:x[0-9]{3}/){0,6}[0-9]{3})(?:\.p/([0-9]{1,3}))?")


class TileAt(NamedTuple):
    """Where a tile stands: how many tiles below it, and how many to its left."""

    level: int
    number: int


def tile_path(tile: TileAt, *, width: int = TILE_WIDTH) -> str:
    """The path of a tile of hashes (tlog-tiles, Merkle Tree)."""
    assert 0 <= tile.level < LEVELS, "there are 64 levels"
    return f"tile/{tile.level}/{_numbered(tile.number, width)}"


def bundle_path(number: int, *, width: int = TILE_WIDTH) -> str:
    """The path of a bundle of entries (tlog-tiles, Log entries)."""
    return f"tile/entries/{_numbered(number, width)}"


def _numbered(number: int, width: int) -> str:
    assert 0 < width <= TILE_WIDTH, "an empty tile is never served"
    groups = [f"{number % 1000:03}"]
    while number := number // 1000:
        groups.insert(0, f"x{number % 1000:03}")
    return "/".join(groups) + ("" if width == TILE_WIDTH else f".p/{width}")


class FileAt(NamedTuple):
    """What a path of the published tree names: a tile, or the entries under one, and how wide."""

    tile: TileAt
    width: int
    holds_entries: bool


def read_path(path: str) -> FileAt | None:
    """What a path names, if it is written in the one way; the reverse of the two above."""
    found = _PATH.fullmatch(path)
    if found is None:
        return None
    level, groups, partial = found.groups()
    number = int(re.sub(r"\D", "", groups))
    holds_entries = level == "entries"
    tile = TileAt(0 if holds_entries else int(level), number)
    width = TILE_WIDTH if partial is None else int(partial)
    if tile.level >= LEVELS or not 0 < width <= TILE_WIDTH:
        return None
    written = bundle_path(number, width=width) if holds_entries else tile_path(tile, width=width)
    return FileAt(tile, width, holds_entries) if written == path else None


def sizes_with(tile: TileAt, *, width: int) -> range:
    """The sizes of all trees in which the tile is exactly so wide; a full one stays full."""
    step = 1 << (TILE_HEIGHT * tile.level)
    first = (tile.number * TILE_WIDTH + width) * step
    return range(first, first + step if width < TILE_WIDTH else SIZE_MAX + 1)


def width_of(tile: TileAt, *, size: int) -> int:
    """How many hashes the tile holds in a tree of the size (tlog-tiles, Partial Tiles)."""
    at_level = size >> (TILE_HEIGHT * tile.level)
    return max(0, min(TILE_WIDTH, at_level - tile.number * TILE_WIDTH))


def edge_tiles(size: int) -> tuple[TileAt, ...]:
    """The partial tiles of a tree, lowest first; their hashes suffice to compute its root."""
    edge = []
    level = 0
    while at_level := size >> (TILE_HEIGHT * level):
        if at_level % TILE_WIDTH:
            edge.append(TileAt(level, at_level // TILE_WIDTH))
        level += 1
    return tuple(edge)


def tiles_of(size: int, *, since: int = 0) -> Iterator[tuple[TileAt, int]]:
    """Every tile of a tree of the size with its width, level by level.

    Those that were full at the size `since` are left out.
    """
    level = 0
    while at_level := size >> (TILE_HEIGHT * level):
        full = (since >> (TILE_HEIGHT * level)) // TILE_WIDTH
        for number in range(full, -(-at_level // TILE_WIDTH)):
            tile = TileAt(level, number)
            yield tile, width_of(tile, size=size)
        level += 1


def hashes_in(content: bytes) -> list[bytes]:
    """The hashes of a tile's bytes."""
    assert len(content) % HASH_BYTES == 0, "a tile is whole hashes"
    return [content[at : at + HASH_BYTES] for at in range(0, len(content), HASH_BYTES)]


def grown(
    edge: Mapping[TileAt, bytes], *, size: int, leaf_hashes: Sequence[bytes]
) -> Iterator[tuple[TileAt, bytes]]:
    """The tiles that new leaves change or add to a tree of the size, given its edge tiles."""
    level, arriving = 0, leaf_hashes
    while arriving:
        number, held = divmod(size >> (TILE_HEIGHT * level), TILE_WIDTH)
        begun = hashes_in(edge[TileAt(level, number)]) if held else []
        assert len(begun) == held, "the edge belongs to the size"
        hashes, arriving = [*begun, *arriving], []
        for start in range(0, len(hashes), TILE_WIDTH):
            tile = hashes[start : start + TILE_WIDTH]
            yield TileAt(level, number), b"".join(tile)
            number += 1
            if len(tile) == TILE_WIDTH:
                arriving.append(root_of(tile))
        level += 1


@dataclass(frozen=True, slots=True)
class TiledTree:
    """Hashes of a tree, read from the tiles at hand."""

    tiles: Mapping[TileAt, bytes]

    def hash_of(self, span: Span) -> bytes:
        """The hash of a span; KeyError names a tile that isn't at hand."""
        return folded([self._subtree(subtree) for subtree in subtrees_of(span)])

    def _subtree(self, subtree: Subtree) -> bytes:
        tile, height, position = _place(subtree)
        levels = _levels(self.tiles[tile]) if height else (self.tiles[tile],)
        at = position * HASH_BYTES
        if len(levels) <= height or len(levels[height]) < at + HASH_BYTES:
            raise KeyError(tile)
        return levels[height][at : at + HASH_BYTES]


@lru_cache(maxsize=TILES_KEPT)
def _levels(tile: bytes) -> tuple[bytes, ...]:
    """The hashes of a tile, and level by level above them those of its complete subtrees.

    Kept for the tiles that were used last. They are known by all their bytes, so one that was
    altered is another one. Of a tile that is cut off, its whole hashes count.
    """
    levels = [hashes_in(tile[: len(tile) // HASH_BYTES * HASH_BYTES])]
    while len(levels[-1]) > 1:
        levels.append(parents_of(levels[-1]))
    return tuple(b"".join(level) for level in levels)


def tiles_needed(spans: Iterable[Span]) -> frozenset[TileAt]:
    """The tiles from which the hashes of the spans can be computed."""
    return frozenset(_place(subtree)[0] for span in spans for subtree in subtrees_of(span))


def _place(subtree: Subtree) -> tuple[TileAt, int, int]:
    """The tile that holds a subtree, and where in it: how high, and how far to the right."""
    level, height = divmod(subtree.height, TILE_HEIGHT)
    number, position = divmod(subtree.position, TILE_WIDTH >> height)
    return TileAt(level, number), height, position


def write_bundle(entries: Sequence[bytes]) -> bytes:
    """Entries as a bundle: each with its length in two bytes (tlog-tiles, Log entries)."""
    assert len(entries) <= TILE_WIDTH, "a bundle is as wide as a tile"
    longest = max(map(len, entries), default=0)
    assert longest <= ENTRY_BYTES_MAX, "a document enters by its hash"
    return b"".join([len(entry).to_bytes(2, "big") + entry for entry in entries])


def read_bundle(content: bytes) -> tuple[bytes, ...]:
    """The entries of a bundle; ValueError when it is cut off or too wide."""
    entries, at = [], 0
    while at < len(content):
        start = at + 2
        end = start + int.from_bytes(content[at:start], "big")
        if start > len(content) or end > len(content):
            raise ValueError("the bundle is cut off")
        entries.append(content[start:end])
        at = end
    if len(entries) > TILE_WIDTH:
        raise ValueError("the bundle is wider than a tile")
    return tuple(entries)
