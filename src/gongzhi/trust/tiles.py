"""Tiles of the tree in PostgreSQL."""

from collections.abc import Iterable, Mapping

from gongzhi.core.ledger.merkle import HASH_BYTES, Span, consistency_spans
from gongzhi.core.ledger.tiles import TileAt, TiledTree, edge_tiles, tiles_needed, width_of
from gongzhi.trust.models import Tile


def stored_tiles(wanted: Iterable[TileAt]) -> dict[TileAt, bytes]:
    """The tiles that are there, all read at one moment."""
    rows = Tile.objects.filter(pk__in=list(wanted)).values_list("level", "number", "hashes")
    return {TileAt(level, number): bytes(hashes) for level, number, hashes in rows}


def store_tiles(changed: Mapping[TileAt, bytes]) -> None:
    """Write new tiles, and grown ones over what they were."""
    Tile.objects.bulk_create(
        [
            Tile(level=at.level, number=at.number, hashes=hashes)
            for at, hashes in sorted(changed.items())
        ],
        update_conflicts=True,
        unique_fields=["level", "number"],
        update_fields=["hashes"],
    )


def root_at(size: int) -> bytes | None:
    """The root that the tree had at a size, from its tiles as they are now; None if one is gone."""
    return _root_of(stored_tiles(edge_tiles(size)), size=size)


def fits(size: int, root: bytes) -> bool:
    """Whether the tiles lead to a root and end where a tree of the size does."""
    edge = stored_tiles(edge_tiles(size))
    if any(len(edge[at]) != width_of(at, size=size) * HASH_BYTES for at in edge):
        return False
    return _root_of(edge, size=size) == root


def _root_of(edge: Mapping[TileAt, bytes], *, size: int) -> bytes | None:
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
