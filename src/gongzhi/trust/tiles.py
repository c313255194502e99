"""Tiles of the tree in PostgreSQL."""

from collections.abc import Iterable, Mapping

from gongzhi.core.ledger.merkle import HASH_BYTES, Span, consistency_spans
from gongzhi.core.ledger.tiles import TileAt, TiledTree, edge_tiles, tiles_needed, width_of
from gongzhi.trust.straight import asked, straight

# Each tile is looked up by its key, whatever the planner believes about the table.
STORED = """
SELECT level, number, hashes FROM unnest(%b::int2[], %b::int8[]) AS wanted (level, number)
CROSS JOIN LATERAL (
    SELECT hashes FROM trust_tile tile
    WHERE tile.level = wanted.level AND tile.number = wanted.number LIMIT 1
) AS found
"""
STORE = """
INSERT INTO trust_tile (level, number, hashes)
SELECT * FROM unnest(%b::int2[], %b::int8[], %b::bytea[])
ON CONFLICT (level, number) DO UPDATE SET hashes = excluded.hashes
"""


def stored_tiles(wanted: Iterable[TileAt]) -> dict[TileAt, bytes]:
    """The tiles that are there, all read at one moment."""
    places = list(wanted)
    rows = asked(STORED, [[at.level for at in places], [at.number for at in places]])
    return {TileAt(level, number): hashes for level, number, hashes in rows}


def store_tiles(changed: Mapping[TileAt, bytes]) -> None:
    """Write new tiles, and grown ones over what they were."""
    rows = [(at.level, at.number, hashes) for at, hashes in sorted(changed.items())]
    with straight() as cursor:
        cursor.execute(STORE, [list(column) for column in zip(*rows, strict=True)])


def root_at(size: int) -> bytes | None:
    """The root that the tree had at a size, from its tiles as they are now; None if one is gone."""
    return root_in(stored_tiles(edge_tiles(size)), size=size)


def fits(edge: Mapping[TileAt, bytes], *, size: int, root: bytes) -> bool:
    """Whether the tiles lead to a root and end where a tree of the size does."""
    widths = {at: width_of(at, size=size) * HASH_BYTES for at in edge_tiles(size)}
    if any(len(edge.get(at, b"")) != width for at, width in widths.items()):
        return False
    return root_in(edge, size=size) == root


def root_in(edge: Mapping[TileAt, bytes], *, size: int) -> bytes | None:
    """The root of a tree of the size, from the tiles at its edge; None if one is missing."""
    try:
        return TiledTree(edge).hash_of(Span(0, size))
    except KeyError:
        return None


def consistency_path(old_size: int, *, size: int) -> tuple[bytes, ...] | None:
    """How the tree of a size grew from an older one, proved; None if a tile is gone."""
    spans = consistency_spans(old_size, size=size) if 0 < old_size < size else ()
    tree = TiledTree(stored_tiles(tiles_needed(spans)))
    try:
        return tuple(tree.hash_of(span) for span in spans)
    except KeyError:
        return None
