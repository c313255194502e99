"""The files of the published tree (C2SP tlog-tiles), made from what the database holds.

A file never changes once it is there: tiles grow at their end, entries stay.
"""

from gongzhi.core.ledger.merkle import HASH_BYTES
from gongzhi.core.ledger.tiles import (
    TILE_WIDTH,
    TileAt,
    bundle_path,
    read_bundle,
    read_path,
    sizes_with,
    tile_path,
    write_bundle,
)
from gongzhi.core.terms import Said
from gongzhi.trust.models import Bundle, LogRow, SignedCheckpoint, Tile
from gongzhi.trust.proofs import signed_size
from gongzhi.trust.refusing import LogRefused

GONE = "{path} 所需的数据不在数据库里；请运行 gongzhi ledger audit"


def published_file(path: str) -> bytes | None:
    """The file at a path, if some signed checkpoint has a tree with it; else None.

    What a checkpoint covers and the database lacks raises LogRefused.
    """
    named = read_path(path)
    if named is None or not _is_published(named.tile, width=named.width):
        return None
    if named.holds_entries:
        return bundle_content(named.tile.number, width=named.width)
    return tile_content(named.tile, width=named.width)


def _is_published(tile: TileAt, *, width: int) -> bool:
    sizes, size = sizes_with(tile, width=width), signed_size()
    if size in sizes:
        return True
    if sizes.start > size:
        return False
    return SignedCheckpoint.objects.filter(size__gte=sizes.start, size__lt=sizes.stop).exists()


def tile_content(tile: TileAt, *, width: int) -> bytes:
    """So many hashes of a tile."""
    stored = Tile.objects.filter(pk=tuple(tile)).first()
    content = bytes(stored.hashes)[: width * HASH_BYTES] if stored else b""
    if len(content) != width * HASH_BYTES:
        raise LogRefused(Said(GONE, {"path": tile_path(tile, width=width)}))
    return content


def bundle_content(number: int, *, width: int) -> bytes:
    """So many entries of a bundle, which may still be in the tail."""
    stored = Bundle.objects.filter(number=number).only("entries").first()
    if stored is not None:
        content = bytes(stored.entries)
        entries = read_bundle(content) if width < TILE_WIDTH else ()
        return write_bundle(entries[:width]) if entries else content
    first = number * TILE_WIDTH
    tail = LogRow.objects.filter(index__gte=first, index__lt=first + width)
    found = [bytes(row.entry) for row in tail.order_by("index")]
    if len(found) == width:
        return write_bundle(found)
    if Bundle.objects.filter(number=number).exists():  # bundled since we looked
        return bundle_content(number, width=width)
    raise LogRefused(Said(GONE, {"path": bundle_path(number, width=width)}))
