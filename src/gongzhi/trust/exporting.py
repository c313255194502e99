"""Publish the log as files (C2SP tlog-tiles): tiles and bundles first, then the checkpoint.

Whoever reads while this runs finds a whole log under the old checkpoint or under the new one.
Only what isn't there yet is written, so that it can be run as often as one likes.

`checkpoint` satisfies `policy` as soon as there is one that does. Where witnesses are asked for,
`pending` is the newest that was signed: witnesses who fetch for themselves find there what awaits
their cosignature.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from gongzhi.core.ledger.merkle import HASH_BYTES
from gongzhi.core.ledger.tiles import (
    TILE_WIDTH,
    TileAt,
    bundle_path,
    read_bundle,
    tile_path,
    tiles_of,
    width_of,
    write_bundle,
)
from gongzhi.core.terms import Said
from gongzhi.trust.models import Bundle, LogRow, Tile
from gongzhi.trust.proofs import PublishedHead, believable_head, head
from gongzhi.trust.refusing import LogRefused
from gongzhi.trust.shelves import Shelf

NOTHING_SIGNED = "日志还没有签出检查点；先运行 gongzhi ledger sequence"
GONE = "{path} 所需的数据不在数据库里；请运行 gongzhi ledger audit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What was published: up to which size, and how many files were new."""

    size: int
    files: int


def export(shelf: Shelf) -> Exported:
    """Bring a shelf up to the newest published checkpoint; raises LogRefused when it can't."""
    published, pending = believable_head(), head()
    if published is None or pending is None:
        raise LogRefused(Said(NOTHING_SIGNED))
    sizes = {published.checkpoint.size, pending.checkpoint.size}
    written = 0
    for size in sorted(sizes):
        for path, content in _files(shelf, size):
            shelf.put(path, content)
            written += 1
    _point_to(shelf, published, pending)
    return Exported(size=published.checkpoint.size, files=written)


def _point_to(shelf: Shelf, published: PublishedHead, pending: PublishedHead) -> None:
    shelf.put("policy", published.policy.encode())
    if published.threshold:
        shelf.put("pending", pending.note.encode())
    shelf.put("checkpoint", published.note.encode())


def _files(shelf: Shelf, size: int) -> Iterator[tuple[str, bytes]]:
    """Every tile and bundle of a tree of the size that the shelf lacks."""
    for tile, width in tiles_of(size):
        path = tile_path(tile, width=width)
        if not shelf.holds(path):
            yield path, _tile(tile, width=width, path=path)
    for number in range(-(-size // TILE_WIDTH)):
        width = width_of(TileAt(0, number), size=size)
        path = bundle_path(number, width=width)
        if not shelf.holds(path):
            yield path, _bundle(number, width=width, path=path)


def _tile(tile: TileAt, *, width: int, path: str) -> bytes:
    stored = Tile.objects.filter(pk=tuple(tile)).first()
    content = bytes(stored.hashes)[: width * HASH_BYTES] if stored else b""
    if len(content) != width * HASH_BYTES:
        raise LogRefused(Said(GONE, {"path": path}))
    return content


def _bundle(number: int, *, width: int, path: str) -> bytes:
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
        return _bundle(number, width=width, path=path)
    raise LogRefused(Said(GONE, {"path": path}))
